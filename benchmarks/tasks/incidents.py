"""Killed, injured, day and town of an incident, as the coded report tells them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from benchmarks.tally import VIOLENCE, figures, of_incident, struck, tally, with_recalled
from benchmarks.tools import Record, Tools
from dateline.model import Coding, EventMention

INPUTS = {"id": None, "published": None, "title": None, "text": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The coded reports."""
    kept = list(records)
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        yield {"id": record["id"], **(incident(coding) if coding else {})}


def incident(coding: Coding) -> dict[str, Any]:
    """What a coding says of the incident that the report is about.

    Its dead and hurt are those of the asserted and possible events, by the rules of :mod:`benchmarks.tally`, and those
    of the background that are of the same day; where there are none, all of the background, since a report of a trial
    tells of the shooting as background. Its day and town are those of most of its violent events.
    """
    told = [event for event in coding.events if event.modality in {"asserted", "possible"}]
    background = [event for event in coding.events if event.modality == "historical"]
    recalled = figures(coding, background)
    found = of_incident(with_recalled(figures(coding, told), recalled) or recalled)
    counted = tally(found, struck(coding, told, found))
    numbers: dict[str, int | None] = {str(kind): number for kind, number in counted.items()}
    if numbers:
        # The gold counts nobody where a report tells of one kind of victim alone; a coding keeps that unstated (null).
        numbers = {"killed": 0, "injured": 0, **numbers}
    violent = [event for event in told if event.type == VIOLENCE] or told
    return {**numbers, "date": _day(violent) or _day(told), "city": _town(violent) or _town(told)}


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
