"""A mention with its place, its date and who says so: one event spread over several places is one mention a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.coder.events.model import Mention
from dateline.coder.placing.when import day_of_item, event_date
from dateline.coder.placing.where import event_places
from dateline.coder.syntax.model import Parse
from dateline.model import Because, Date, Place, Span

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention at one of its places, with its date and the attributions it stands inside, outermost first.

    ``retold`` are further sentences of the report that tell the same event again.
    """

    mention: Mention
    place: Place | None
    date: Date | None
    chain: tuple[str, ...]
    because: tuple[Because, ...]
    retold: tuple[Span, ...] = ()


def place(
    parse: Parse,
    mention: Mention,
    places: Sequence[Place],
    dates: Sequence[Date],
    chain: tuple[str, ...],
    apart: Sequence[Place] = (),
) -> Iterator[Placed]:
    """The mention at each of its places; once without a place where the report supports none."""
    where, why_where = event_places(parse, mention.root, places, background=mention.historical, apart=apart)
    when, why_when = event_date(parse, mention.root, dates, where, places, also=_told_by(mention))
    if when is None and not mention.historical:
        when, why_when = day_of_item(parse, mention.root, dates)
    because = tuple(reason for reason in (why_where, why_when) if reason is not None)
    for here in where or (None,):
        yield Placed(mention, here, when, chain, because)


def _told_by(mention: Mention) -> tuple[Token, ...]:
    """The other words that tell the event as a whole: "carried out" of "were killed in a raid carried out by"."""
    return tuple(t for t in mention.tokens if t != mention.root and t.pos_ in {"VERB", "NOUN"})
