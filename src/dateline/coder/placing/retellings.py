"""The same event told again in a report is one mention with more evidence.

It is told again by a noun that points back ("the rally", "her arrest"), by the bare toll of what was just told ("two
were killed"), and by the same deed done to the same one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.coder.placing.place import Placed
from dateline.lang.en.placing.told_again import (
    is_organised,
    is_toll,
    is_toll_of_nobody,
    pointing_noun,
    tells_harm,
    tells_more,
)
from dateline.model import Count, Date, Place, Span
from dateline.rules import rule

if TYPE_CHECKING:
    from spacy.tokens import Token

LOOK_BACK = 100
"""Earlier mentions of the same type that one may point back to, from the nearest."""
ADJACENT = 6
"""Code points between the end of one sentence and the start of the next: white space and quotation marks."""
TOLD_AGAIN = rule("evidence.told-again", "the same event is told again")


@dataclass(frozen=True, slots=True)
class PeopleAndDeeds:
    """What is known of a report's people and types.

    ``who`` gives the actor of a participant by its offsets, ``persons`` those actors that are single persons, and
    ``deeds`` the types that are done to somebody rather than said.
    """

    who: Mapping[tuple[int, int], str]
    persons: frozenset[str]
    deeds: frozenset[str]

    def ids(self, spans: Sequence[Span]) -> set[str]:
        """The actors of the participants, as far as they are known."""
        return {self.who[s.start, s.end] for s in spans if (s.start, s.end) in self.who}


@dataclass(slots=True)
class _Kept:
    """A mention kept so far, with the lemmas that named it."""

    placed: Placed
    lemmas: set[str] = field(default_factory=set)

    def last(self) -> Span:
        """The latest sentence that tells it."""
        return max((self.placed.mention.sentence, *self.placed.retold), key=lambda s: s.end)


def merge_retold(placed: Sequence[Placed], known: PeopleAndDeeds) -> list[Placed]:
    """The mentions without those that tell an earlier one again, which gains their sentences, people and numbers.

    Nothing that a later telling says of people, place, day or mode may differ from the earlier one. Who tells it first
    stays the one who is credited with it; numbers keep the attribution of their own words.
    """
    kept: list[_Kept] = []
    tellings = Counter(p.mention.trigger.start for p in placed)
    of_type: dict[str, list[_Kept]] = defaultdict(list)
    for later in placed:
        before = of_type[later.mention.type]
        nearest = [k for k in before[: -LOOK_BACK - 1 : -1] if tellings[k.placed.mention.trigger.start] == 1]
        earlier = _earlier_telling(later, nearest, known)
        if earlier is None:
            kept.append(_Kept(later, _lemmas(later)))
            before.append(kept[-1])
        else:
            earlier.placed = _with_telling(earlier.placed, later, known)
            earlier.lemmas |= _lemmas(later)
    return [k.placed for k in kept]


def _earlier_telling(later: Placed, nearest: Sequence[_Kept], known: PeopleAndDeeds) -> _Kept | None:
    """The earlier mention that ``later`` tells again; ``nearest`` has the nearest first."""
    if not nearest or any(k.placed.mention is later.mention for k in nearest):
        return None
    pointing = pointing_noun(later.mention.tokens)
    if pointing is not None:
        by_noun = (k for k in nearest if pointing.lemma_.lower() in k.lemmas)
        by_mode = (k for k in nearest if _same_mode(later, k.placed))
        # "the attack" may be any attack, and is the one told last
        by_type = (k for k in nearest[:1] if later.mention.mode is None or k.placed.mention.mode is None)
        for one in (*by_noun, *by_mode, *by_type):
            if _retells(later, one.placed, pointing, known):
                return one
    last = nearest[0]
    if _is_bare_toll(later) and last.placed.mention.modality == "asserted":
        gap = later.mention.sentence.start - last.last().end
        if gap <= ADJACENT and _same_place(later, last.placed) and _same_time(later.date, last.placed.date):
            return last
    return next((k for k in nearest if _same_deed(later, k, known)), None)


def _lemmas(placed: Placed) -> set[str]:
    return {t.lemma_.lower() for t in placed.mention.tokens}


def _same_mode(later: Placed, earlier: Placed) -> bool:
    return later.mention.mode is not None and later.mention.mode == earlier.mention.mode


def _retells(later: Placed, earlier: Placed, pointing: Token, known: PeopleAndDeeds) -> bool:
    """Whether nothing differs that the two tell of people, place, day, modality and background."""
    new, old = later.mention, earlier.mention
    if (new.modality, new.historical) != (old.modality, old.historical):
        # "the march" of a march to come or long past is that march, unless it is told what came of it
        told_on = new.modality == "asserted" and not new.historical and old.modality in {"asserted", "planned"}
        if not told_on or (old.modality == "planned" and (new.counts or later.date)):
            return False
    harm = new.root != pointing and tells_harm(new.root)
    organised = is_organised(new.root)
    return (
        _same_place(later, earlier)
        and _same_time(later.date, earlier.date)
        and (organised or harm or _same_people(new.actors, old.actors, known))
        and (harm or _same_people(new.recipients, old.recipients, known))
    )


def _is_bare_toll(later: Placed) -> bool:
    """Whether the mention only tells how many came to harm, in what was told just before ("two were killed")."""
    mention = later.mention
    root, sentence = mention.root, mention.sentence
    if not is_toll(root) or mention.actors or mention.instrument or mention.mode:
        return False
    if mention.historical:
        return False
    if mention.modality != "asserted" and not (mention.modality == "negated" and is_toll_of_nobody(root)):
        return False
    if any(sentence.start <= s.start < sentence.end for s in (later.date, later.place) if s is not None):
        return False
    return not tells_more(root)


def _same_deed(later: Placed, one: _Kept, known: PeopleAndDeeds) -> bool:
    """Whether the same is told to be done to the same person, or by the same ones to the same ones."""
    new, old = later.mention, one.placed.mention
    if (
        new.type not in known.deeds
        or new.modality != old.modality
        or new.modality != "asserted"
        or new.historical
        or old.historical
        or new.sentence == old.sentence
    ):
        return False
    suffering, suffered = known.ids(new.recipients), known.ids(old.recipients)
    acting, acted = known.ids(new.actors), known.ids(old.actors)
    same_word = bool(_lemmas(later) & one.lemmas)
    if not suffering & suffered or not (same_word or _same_mode(later, one.placed)):
        return False
    if acting and acted and not acting & acted:
        return False
    certain = bool(suffering & suffered & known.persons) or (bool(acting & acted) and same_word)
    return certain and _same_place(later, one.placed) and _same_time(later.date, one.placed.date)


def _same_time(new: Date | None, old: Date | None) -> bool:
    """The same day, or an hour of it; what is not told does not differ."""
    if new is None or old is None or not new.edtf or not old.edtf:
        return True
    return new.edtf.startswith(old.edtf) or old.edtf.startswith(new.edtf)


def _same_place(later: Placed, earlier: Placed) -> bool:
    """The same place, or the country that it is in; a place taken from elsewhere in the report does not differ."""
    new, old = later.place, earlier.place
    if new is None or old is None or new.name == old.name:
        return True
    sentence = later.mention.sentence
    return not sentence.start <= new.start < sentence.end or _within(new, old) or _within(old, new)


def _within(inner: Place, outer: Place) -> bool:
    return outer.precision == "country" and inner.country == outer.country


def _same_people(new: Sequence[Span], old: Sequence[Span], known: PeopleAndDeeds) -> bool:
    """Nobody is named whom the earlier mention does not have, unless it has none."""
    words = " ".join(span.quote.lower() for span in old)
    ids = known.ids(old)
    return not words or all(known.who.get((s.start, s.end)) in ids or s.quote.lower().split()[-1] in words for s in new)


def _number(count: Count) -> tuple[str, int | None, int | None, int | None]:
    return count.kind, count.low, count.best, count.high


def _with_telling(earlier: Placed, later: Placed, known: PeopleAndDeeds) -> Placed:
    """The earlier mention with what a later telling adds: its sentence, its people, its numbers, place and date."""
    old, new = earlier.mention, later.mention
    numbers = {_number(c) for c in old.counts}
    sentences = {(s.start, s.end) for s in (old.sentence, *earlier.retold)}
    again = (new.sentence.start, new.sentence.end) not in sentences
    ids, quotes = known.ids((*old.actors, *old.recipients)), {s.quote.lower() for s in (*old.actors, *old.recipients)}
    more = [s for s in new.recipients if known.who.get((s.start, s.end)) not in ids and s.quote.lower() not in quotes]
    recipients = old.recipients or (() if is_organised(new.root) else new.recipients)
    return replace(
        earlier,
        mention=replace(
            old,
            actors=old.actors or new.actors,
            recipients=(*old.recipients, *more) if tells_harm(new.root) else recipients,
            instrument=old.instrument or new.instrument,
            mode=old.mode or new.mode,
            counts=(*old.counts, *(c for c in new.counts if _number(c) not in numbers)),
        ),
        place=earlier.place or later.place,
        date=earlier.date or later.date,
        because=(*earlier.because, TOLD_AGAIN.because(new.trigger.quote)),
        retold=(*earlier.retold, new.sentence) if again else earlier.retold,
    )
