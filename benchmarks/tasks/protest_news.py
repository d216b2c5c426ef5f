"""Does the text report a protest event.

The gold of whole articles asks for protests; that of single sentences, taken from such articles, marks every sentence
that tells of contention, attacks among them. A sentence has its number in its article (``n``), an article has none: to
tell the two by length takes many short articles for sentences.

The reading is the form's alone, by the types, modalities and sectors of the coding:

- A sentence tells of contention where a protest or an assault is told in it as fact or as planned, but for what the
  state alone does, and sexual violence.
- An article is about protest where two protests are told in it, or one as fact in its opening; an attack of rebels or
  other armed groups there counts as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dateline.codebook.crosswalk.sides import kind_of
from dateline.model import Coding, EventMention

if TYPE_CHECKING:
    from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "text": None, "n": None}
OPENING = 600
"""Characters in which an article tells its main event."""
ARMED_GROUPS = {"REB", "UAF"}
"""Sectors of those who fight a state."""


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """1 where the text tells of a protest, else 0."""
    kept = list(records)
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        reads = _sentence if "n" in record else _article
        yield {"id": record["id"], "label": int(coding is not None and reads(coding))}


def _sentence(coding: Coding) -> bool:
    return any(
        event.type == "PROTEST"
        or (event.type == "ASSAULT" and event.mode != "sexual" and not _by_the_state(coding, event))
        for event in coding.events
        if event.modality in {"asserted", "planned"} and not event.historical
    )


def _article(coding: Coding) -> bool:
    protests = [event for event in coding.events if event.type == "PROTEST"]
    told = [event for event in coding.events if event.modality == "asserted" and not event.historical]
    opening = [event for event in told if event.trigger.start < OPENING]
    return len(protests) > 1 or any(
        event.type == "PROTEST" or (event.type == "ASSAULT" and ARMED_GROUPS & set(_sectors(coding, event)))
        for event in opening
    )


def _sectors(coding: Coding, event: EventMention) -> list[str | None]:
    """The sector of each actor of an event."""
    sectors = {actor.id: actor.sector for actor in coding.actors}
    return [sectors.get(participant.actor or "") for participant in event.actors]


def _by_the_state(coding: Coding, event: EventMention) -> bool:
    told = zip(event.actors, _sectors(coding, event), strict=True)
    return bool(event.actors) and all(kind_of(actor.quote, sector) == "state" for actor, sector in told)
