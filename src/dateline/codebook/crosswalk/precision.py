"""From precisions of places and dates to the precision codes of ACLED (1 to 3) and of UCDP GED (1 to 7 and 1 to 5).

The rows stand in ``data/precision_of_places.csv`` and ``data/precision_of_dates.csv``, each with its condition.
They are tried in order, the first that fits gives its codes, and an empty code says that the scheme has none so wide.
The scales are those of ACLED's codebook (``geo_precision``, ``time_precision``) and of the codebook of UCDP's
Georeferenced Event Dataset (``where_prec``, ``date_prec``); the crosswalk is ours, and neither project has checked it.
UCDP's 2 and 7 for places ("near a town", "at sea or in the air") are never given: no precision says so much.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from dateline.lang.dates import edtf
from dateline.model import Codes, Date, Place


@dataclass(frozen=True, slots=True)
class PrecisionCodes:
    """A precision in both schemes; None where a scheme has no code for it."""

    acled: int | None = None
    ucdp: int | None = None


def with_precision(codes: Codes, place: Place | None, date: Date | None) -> Codes:
    """The codes of an event, with those that tell how exact its place and its date are."""
    where, when = of_place(place), of_date(date)
    return replace(
        codes,
        acled_geo_precision=where.acled,
        acled_time_precision=when.acled,
        ucdp_where_prec=where.ucdp,
        ucdp_date_prec=when.ucdp,
    )


def of_place(place: Place | None) -> PrecisionCodes:
    """How exact a place is; nothing for one that is unknown.

    A site that the text only puts in a division or country has the precision of that division or country.
    """
    if place is None:
        return PrecisionCodes()
    own_point = place.lat is not None and place.lon is not None
    for row in _rows("precision_of_places.csv"):
        if (
            row["precision"] == place.precision
            and (row["point"] == "any" or own_point)
            and (row["inside"] == "any" or place.country is not None)
        ):
            return _codes(row)
    return PrecisionCodes()


def of_date(date: Date | None) -> PrecisionCodes:
    """How exact a date is, by the days that its EDTF can mean; nothing for one without a beginning or an end."""
    if date is None or date.edtf is None:
        return PrecisionCodes()
    first, last = edtf.bounds(date.edtf)
    if first is None or last is None:
        return PrecisionCodes()
    days = (last - first).days + 1
    approximate = "yes" if date.edtf[-1] in "~?%" else "no"
    for row in _rows("precision_of_dates.csv"):
        if days <= int(row["most_days"]) and row["approximate"] in ("any", approximate):
            return _codes(row)
    return PrecisionCodes()


def _codes(row: dict[str, str]) -> PrecisionCodes:
    return PrecisionCodes(int(row["acled"]) if row["acled"] else None, int(row["ucdp"]) if row["ucdp"] else None)


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = (files("dateline.data") / name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
