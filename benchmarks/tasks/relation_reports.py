"""The kind of act between a source and a target that the coder finds itself: the events of the coded reports.

The reading is the form's alone. The annotators also mark as the target where something was done ("aid in Kenya"), so an
event's own place stands beside its recipients here; and what several actors do with each other has each of them as its
target too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from benchmarks.tools import named
from dateline.model import Coding, EventMention, Span

if TYPE_CHECKING:
    from benchmarks.tools import Record, Tools

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT", "ASSAULT"})
INPUTS = {"id": None, "text": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The events of each coded report in the public form, as far as the scorer reads them."""
    kept = list(records)
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        yield {"id": record["id"], "events": [_event(coding, event) for event in coding.events] if coding else []}


def _event(coding: Coding, event: EventMention) -> dict[str, Any]:
    actors = [named(coding, actor) for actor in event.actors]
    recipients: list[Span] = [named(coding, recipient) for recipient in event.recipients]
    several = len(actors) > 1 or any(" and " in actor.quote for actor in actors)
    if several and event.type in MUTUAL:
        recipients += actors  # "X and Y agreed": what several do with each other is done to each of them
    if event.place is not None:
        recipients.append(event.place)
    return {"type": event.type, "actors": _spans(actors), "recipients": _spans(recipients)}


def _spans(spans: Sequence[Span]) -> list[dict[str, Any]]:
    return [{"start": span.start, "end": span.end, "quote": span.quote} for span in spans]
