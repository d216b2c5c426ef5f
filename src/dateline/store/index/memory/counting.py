"""How many rows of a query have which value, are where and when."""

from __future__ import annotations

import json
from typing import Literal, get_args

import numpy as np

from dateline.errors import ReviewError
from dateline.store.index.file import Terms
from dateline.store.index.lines import DayCount, Facet, PlaceCount
from dateline.store.index.making.reports import COUNTED
from dateline.store.index.memory.choosing import OfReports, OfRows
from dateline.store.index.memory.columns import Array, Columns

Role = Literal["actor", "recipient"]
"""Who takes part in a row, by the numbers of the columns."""


def count_values(name: str, columns: Columns, fitting: Array, terms: Terms, most: int) -> Facet:
    """The values of a filter, the most frequent first, then by the alphabet. Raises :class:`ReviewError`."""
    used = len(fitting)
    if name == "counted":
        bits = columns.rows["counted"][:used][fitting]
        counted = [(kind, int(np.count_nonzero(bits & (1 << place)))) for place, kind in enumerate(COUNTED)]
        found = sorted(((kind, n) for kind, n in counted if n), key=lambda one: (-one[1], one[0]))
        return Facet(name, tuple(found[:most]), len(found) > most)
    kind, codes = _codes(name, columns, fitting, used)
    values = terms.values(kind)
    numbers = np.bincount(codes, minlength=1)
    numbers[0] = 0
    there = np.flatnonzero(numbers)
    if len(there) > 4 * most:
        bound = np.partition(numbers[there], -most)[-most]
        likely = there[numbers[there] >= bound]
    else:
        likely = there
    ranked = sorted(((values[code], int(numbers[code])) for code in likely), key=lambda one: (-one[1], one[0]))
    return Facet(name, tuple(ranked[:most]), len(there) > most)


def _codes(name: str, columns: Columns, fitting: Array, used: int) -> tuple[str, Array]:
    """The kind of values of a filter, and the numbers of those that the rows have."""
    if name in get_args(Role):
        all_of = columns.used_people
        slot, role = columns.people["slot"][:all_of], columns.people["role"][:all_of]
        mine = (role == get_args(Role).index(name)) & (slot < used)
        mine &= fitting[np.where(mine, slot, 0)]
        return "person", columns.people["code"][:all_of][mine]
    of = columns.rows["report"][:used]
    if name == "assigned":
        by_report = np.bincount(of[fitting], minlength=len(columns.count))
        all_of = columns.used_assigned
        return "assigned", np.repeat(columns.assigned["code"][:all_of], by_report[columns.assigned["report"][:all_of]])
    if name == "language" or name in get_args(OfReports):
        return name, columns.about[name][of[fitting]]
    if name in get_args(OfRows):
        return name, columns.rows[name][:used][fitting]
    raise ReviewError(f"{name[:40]!r} is no filter whose values can be counted")


def count_places(columns: Columns, fitting: Array, terms: Terms, most: int) -> tuple[PlaceCount, ...]:
    """Where rows are, the places with most first; rows without a place are left out."""
    used = len(fitting)
    spots = columns.rows["spot"][:used]
    slots = np.flatnonzero(fitting & (spots > 0))
    spot, report = spots[slots].astype("i8"), columns.rows["report"][:used][slots].astype("i8")
    if not len(slots):
        return ()
    size = int(spot.max()) + 1
    rows = np.bincount(spot, minlength=size)
    reports = _different(spot, report, size)
    event = columns.rows["event"][:used][slots].astype("i8")
    events = _different(spot[event > 0], event[event > 0], size)
    killed = np.full(size, -1, "i8")
    np.maximum.at(killed, spot, columns.rows["killed"][:used][slots])
    types = terms.values("type")
    by_type = np.bincount(spot * len(types) + columns.rows["type"][:used][slots], minlength=size * len(types))
    by_type = by_type.reshape(size, len(types))
    there = np.flatnonzero(rows)
    there = there[np.argsort(-rows[there], kind="stable")][:most]
    return tuple(_place(terms, int(at), rows, reports, events, killed, by_type[at], types) for at in there)


def _place(
    terms: Terms, at: int, rows: Array, reports: Array, events: Array, killed: Array, by_type: Array, types: list[str]
) -> PlaceCount:
    name, _, country, precision, lat, lon = json.loads(terms.values("spot")[at])
    return PlaceCount(
        place=name,
        country=country,
        precision=precision or "unknown",
        lat=lat,
        lon=lon,
        rows=int(rows[at]),
        reports=int(reports[at]),
        events=int(events[at]),
        killed=None if killed[at] < 0 else int(killed[at]),
        types=_types(by_type, types),
    )


def _types(numbers: Array, types: list[str]) -> tuple[tuple[str, int], ...]:
    told = [(types[code], int(numbers[code])) for code in np.flatnonzero(numbers) if code]
    return tuple(sorted(told, key=lambda one: (-one[1], one[0])))


def _different(group: Array, of: Array, size: int) -> Array:
    """For each group how many different ones it has."""
    if not len(group):
        return np.zeros(size, "i8")
    width = int(of.max()) + 1
    pairs = np.unique(group * width + of)
    return np.bincount(pairs // width, minlength=size)


def count_days(columns: Columns, fitting: Array, covered: Array, terms: Terms, bars: int) -> tuple[DayCount, ...]:
    """When rows are, in stretches of equal length from the first to the last; none where none has a day."""
    used = len(fitting)
    first, last = columns.rows["first"][:used], columns.rows["last"][:used]
    slots = np.flatnonzero(fitting & (first > 0))
    if not len(slots):
        return ()
    starts, ends = first[slots].astype("i8"), last[slots].astype("i8")
    known = ends - starts <= 31
    if not known.any():
        return ()
    begin, end = int(starts[known].min()), int(starts[known].max())
    width = max(1, -(-(end - begin + 1) // bars))
    number = -(-(end - begin + 1) // width)
    slots, starts = slots[known], starts[known]
    bar = (starts - begin) // width
    rows = np.bincount(bar, minlength=number)
    event = columns.rows["event"][:used][slots].astype("i8")
    events = _different(bar[event > 0], event[event > 0], number)
    types = terms.values("type")
    by_type = np.bincount(bar * len(types) + columns.rows["type"][:used][slots], minlength=number * len(types))
    by_type = by_type.reshape(number, len(types))
    published = columns.about["published"][: len(covered)].astype("i8")
    within = covered & (published >= begin) & (published < begin + width * number)
    coverage = np.bincount((published[within] - begin) // width, minlength=number)
    return tuple(
        DayCount(
            begin + at * width,
            begin + (at + 1) * width - 1,
            int(rows[at]),
            int(events[at]),
            int(coverage[at]),
            _types(by_type[at], types),
        )
        for at in range(number)
    )
