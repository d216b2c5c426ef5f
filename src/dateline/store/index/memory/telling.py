"""Lines of the index as people read them: rows, reports and events of the file put together with their columns."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from math import isnan
from typing import Any

from dateline.store.index.file import Terms
from dateline.store.index.lines import EventLine, ReportLine, RowLine
from dateline.store.index.memory import columns as c
from dateline.store.index.memory.columns import Columns


def _fetched(db: sqlite3.Connection, query: str, numbers: Sequence[int]) -> dict[int, Any]:
    marks = ", ".join("?" for _ in numbers)
    return {row[0]: row for row in db.execute(f"{query} IN ({marks})", list(numbers))}


def rows(db: sqlite3.Connection, columns: Columns, terms: Terms, slots: Sequence[int]) -> tuple[RowLine, ...]:
    """The rows of these slots, in their order."""
    numbers = [int(columns.rows["number"][slot]) for slot in slots]
    found = _fetched(db, "SELECT number, key, line FROM rows WHERE number", numbers)
    of = _fetched(
        db, "SELECT number, id, line FROM reports WHERE number", sorted({number >> c.SHIFT for number in numbers})
    )
    reports = {number: (row[1], json.loads(row[2])) for number, row in of.items()}
    return tuple(
        _row(columns, terms, slot, found[number][1], json.loads(found[number][2]), *reports[number >> c.SHIFT])
        for slot, number in zip(slots, numbers, strict=True)
        # Between the columns and the file a report may have got other rows.
        if number in found and number >> c.SHIFT in reports
    )


def _row(columns: Columns, terms: Terms, slot: int, key: str, line: Any, report: str, of: Any) -> RowLine:
    told = {name: column[slot].item() for name, column in columns.rows.items()}
    about = {name: column[told["report"]].item() for name, column in columns.about.items()}

    def named(kind: str) -> str | None:
        return terms.value(kind, told[kind])

    spot = json.loads(terms.value("spot", told["spot"]) or "[null, null, null, null, null, null]")
    return RowLine(
        key=key,
        report=report,
        number=told["report"],
        row=line["row"],
        suggestion=bool(told["flags"] & c.SUGGESTION),
        type=named("type") or "",
        mode=named("mode"),
        modality=named("modality") or "",
        historical=bool(told["flags"] & c.HISTORICAL),
        place=named("place"),
        admin1=named("admin1"),
        country=named("country"),
        precision=named("precision"),
        lat=spot[4],
        lon=spot[5],
        edtf=line["edtf"],
        days=(told["first"], told["last"]) if told["first"] else None,
        counts=tuple((kind, number) for kind, number in line["counts"]),
        actors=tuple(line["actors"]),
        recipients=tuple(line["recipients"]),
        said_by=named("said_by"),
        publisher=terms.value("publisher", about["publisher"]),
        interest=terms.value("interest", about["interest"]) or "unknown",
        published=of["published"],
        title=of["title"],
        sentence=line["sentence"],
        chance=line["chance"],
        stake=told["stake"],
        why=tuple(line["why"]),
        status=named("status") or "suggested",
        by=named("by"),
        state=terms.value("state", about["state"]) or "to do",
        flagged=bool(about["flags"] & c.FLAGGED),
        confidential=bool(told["flags"] & c.CONFIDENTIAL or about["flags"] & c.SECRET),
        event=named("event"),
        coding=of["coding"],
    )


def reports(db: sqlite3.Connection, columns: Columns, terms: Terms, numbers: Sequence[int]) -> tuple[ReportLine, ...]:
    """The reports of these numbers, in their order."""
    found = _fetched(db, "SELECT number, id, line FROM reports WHERE number", numbers)
    return tuple(
        _report(columns, terms, number, found[number][1], json.loads(found[number][2]))
        for number in numbers
        if number in found
    )


def _report(columns: Columns, terms: Terms, number: int, id: str, line: Any) -> ReportLine:
    about = {name: column[number].item() for name, column in columns.about.items()}
    return ReportLine(
        number=number,
        id=id,
        title=line["title"],
        publisher=terms.value("publisher", about["publisher"]),
        interest=terms.value("interest", about["interest"]) or "unknown",
        published=line["published"],
        added=line["added"],
        language=terms.value("language", about["language"]),
        rows=about["rows"],
        suggestions=about["suggestions"],
        reviewed=about["reviewed"],
        state=terms.value("state", about["state"]) or "to do",
        flagged=bool(about["flags"] & c.FLAGGED),
        confidential=bool(about["flags"] & c.SECRET),
        stake=about["stake"],
        why=tuple(line["why"]),
        assigned=tuple(line["assigned"]),
        original=line["original"],
        url=line["url"],
        coding=line["coding"],
        notes=tuple(line["notes"]),
        before=line["before"],
    )


def events(db: sqlite3.Connection, columns: Columns, codes: Sequence[int]) -> tuple[EventLine, ...]:
    """The events of these numbers, in their order."""
    found = _fetched(db, "SELECT code, id, line FROM events WHERE code", codes)
    return tuple(
        _event(found[code][1], json.loads(found[code][2]), columns.events["stake"][code].item())
        for code in codes
        if code in found
    )


def _event(id: str, line: Any, stake: float) -> EventLine:
    days, counts = line.pop("days"), line.pop("counts")
    return EventLine(
        id=id,
        stake=0.0 if isnan(stake) else stake,
        days=None if days is None else (days[0], days[1]),
        counts=tuple((kind, low, best, high) for kind, low, best, high in counts),
        **line,
    )
