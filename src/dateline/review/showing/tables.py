"""The numbers of the map and of the time line as tables for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from dateline.export.safe import cell
from dateline.review.showing.lines import LineShown, Span
from dateline.review.showing.marks import Mark


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with its numbers. ``latitude`` and ``longitude`` are of the gazetteer, in degrees, and empty for what is
    drawn as an area; ``reach_km`` is the radius that holds nine of ten towns of a division.
    """

    place: str
    country: str
    precision: str
    latitude: float | None
    longitude: float | None
    reach_km: float | None
    rows: int
    events: int
    reports: int
    publishers: int
    killed_most: int | None
    types: str


def places_table(marks: Iterable[Mark]) -> str:
    """The places of a map as CSV (RFC 4180, UTF-8), the most first."""
    return _table(
        PlaceRow,
        (
            PlaceRow(
                mark.name,
                mark.country,
                mark.precision,
                None if mark.kind == "country" else mark.lat,
                None if mark.kind == "country" else mark.lon,
                None if mark.reach is None else round(mark.reach, 1),
                mark.rows,
                mark.events,
                mark.reports,
                mark.publishers,
                mark.killed,
                _types(mark.by_type),
            )
            for mark in marks
        ),
    )


@dataclass(frozen=True, slots=True)
class DayRow:
    """A stretch of days with its numbers; ``known`` is "bar" for one of the calendar's, "stretch" for days between
    which rows are known to lie, and no closer: there, ``reports`` are those that tell of it.
    """

    since: str
    until: str
    known: Literal["bar", "stretch"]
    rows: int
    events: int | None
    reports: int
    publishers: int | None
    types: str


def days_table(seen: LineShown) -> str:
    """The bars and stretches of a time line as CSV (RFC 4180, UTF-8)."""
    return _table(
        DayRow,
        (
            *(_day(bar, "bar", bar.events, bar.publishers) for bar in seen.bars),
            *(_day(one, "stretch", None, None) for one in seen.stretches),
        ),
    )


def _day(span: Span, known: Literal["bar", "stretch"], events: int | None, publishers: int | None) -> DayRow:
    since, until = (date.fromordinal(day).isoformat() for day in (span.first, span.last))
    return DayRow(since, until, known, span.rows, events, span.reports, publishers, _types(span.by_type))


def _types(by_type: Iterable[tuple[str, int]]) -> str:
    """Types with their numbers, for a program to take apart: "PROTEST 12; ASSAULT 3"."""
    return "; ".join(f"{name} {count}" for name, count in by_type)


def _table(kind: type[PlaceRow] | type[DayRow], rows: Iterable[PlaceRow | DayRow]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = [field.name for field in fields(kind)]
    writer.writerow(names)
    for row in rows:
        values = (getattr(row, name) for name in names)
        writer.writerow([cell(value) if isinstance(value, str) else value for value in values])
    return out.getvalue()
