"""Killed, injured, day and town of an incident, as the coded report tells them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.tally import figures, of_incident, tally
from benchmarks.tools import Record, Tools
from dateline.model import Coding

INPUTS = {"id": None, "published": None, "title": None, "text": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The coded reports."""
    kept = list(records)
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        yield {"id": record["id"], **(incident(coding) if coding else {})}


def incident(coding: Coding) -> dict[str, Any]:
    """What a coding says of the incident that the report is about.

    Its dead and hurt are those of the asserted and possible events, by the rules of :mod:`benchmarks.tally`; where they
    have no number, the background's are read, since a report of a trial tells of the shooting as background.
    """
    told = [event for event in coding.events if event.modality in {"asserted", "possible"}]
    background = [event for event in coding.events if event.modality == "historical"]
    found = figures(coding, told) or figures(coding, background)
    numbers: dict[str, int | None] = dict(tally(of_incident(found)))
    if numbers:
        # The gold counts nobody where a report tells of one kind of victim alone; a coding keeps that unstated (null).
        numbers = {"killed": 0, "injured": 0, **numbers}
    counted = [e for e in told if any(c.kind in {"killed", "injured"} for c in e.counts)]
    dated = next((e.date for e in [*counted[:1], *told] if e.date and e.date.edtf), None)
    placed = next((e.place for e in [*counted[:1], *told] if e.place), None)
    return {**numbers, "date": dated.edtf if dated else None, "city": placed.name if placed else None}
