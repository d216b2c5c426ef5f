"""The numbers of the map and of the time line as tables for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields

from dateline.export.safe import cell
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
                mark.types,
            )
            for mark in marks
        ),
    )


def _table(kind: type[PlaceRow], rows: Iterable[PlaceRow]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = [field.name for field in fields(kind)]
    writer.writerow(names)
    for row in rows:
        values = (getattr(row, name) for name in names)
        writer.writerow([cell(value) if isinstance(value, str) else value for value in values])
    return out.getvalue()
