"""Killed, injured, day and town of an incident, as the coded report tells them.

The reading is the form's alone: one number of killed and of injured, one day and one town a report. The numbers are the
largest that an event which is told as fact or as possible has; where none has any, the largest of the background, since
a report of a trial tells of the shooting as background. Day and town are those of most violent events. The form counts
nobody killed where a report tells of injured alone, and the other way round; a coding keeps that unstated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from benchmarks.tools import VIOLENCE, Record, Tools
from dateline.model import Coding, CountKind, EventMention

INPUTS = {"id": None, "published": None, "title": None, "text": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The coded reports."""
    kept = list(records)
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        yield {"id": record["id"], **(incident(coding) if coding else {})}


def incident(coding: Coding) -> dict[str, Any]:
    """What a coding says of the incident that the report is about."""
    told, background = told_and_background(coding)
    numbers = {kind: _largest(told, kind) for kind in ("killed", "injured")}
    if not any(n is not None for n in numbers.values()):
        numbers = {kind: _largest(background, kind) for kind in ("killed", "injured")}
    return {**with_nobody(numbers), **day_and_town(told)}


def told_and_background(coding: Coding) -> tuple[list[EventMention], list[EventMention]]:
    """The events that are told as fact or as possible, and those of the background."""
    told = [event for event in coding.events if event.modality in {"asserted", "possible"}]
    return [event for event in told if not event.historical], [event for event in told if event.historical]


def with_nobody(numbers: dict[str, int | None]) -> dict[str, int]:
    """The numbers as the form has them: nobody of the other kind where one is told, else none of either."""
    told = any(number is not None for number in numbers.values())
    return {kind: number or 0 for kind, number in numbers.items()} if told else {}


def day_and_town(told: Sequence[EventMention]) -> dict[str, str | None]:
    """The day and the town of most violent events, else of most events."""
    violent = [event for event in told if event.type == VIOLENCE] or told
    return {"date": _day(violent) or _day(told), "city": _town(violent) or _town(told)}


def _largest(events: Iterable[EventMention], kind: CountKind) -> int | None:
    told = ((c.best, c.high, c.low) for event in events for c in event.counts if c.kind == kind)
    numbers = (next((n for n in bounds if n is not None), None) for bounds in told)
    return max((n for n in numbers if n is not None), default=None)


def _day(events: Sequence[EventMention]) -> str | None:
    """The day that most events are on, the first of them in a tie; else the first date of any precision."""
    dates = [event.date for event in events if event.date and event.date.edtf]
    days = Counter(date.edtf[:10] for date in dates if date.edtf and date.precision in {"day", "time"})
    return max(days, key=lambda day: days[day], default=dates[0].edtf if dates else None)


def _town(events: Sequence[EventMention]) -> str | None:
    """The town, or site with its town, that most events are at, the first in a tie; else the first place."""
    places = [event.place for event in events if event.place]
    towns = Counter(place.name for place in places if place.precision in {"town", "site"})
    return max(towns, key=lambda town: towns[town], default=places[0].name if places else None)
