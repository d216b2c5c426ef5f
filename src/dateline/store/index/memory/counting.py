"""How many rows of a query have which value, are where and when."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np

from dateline.errors import ReviewError
from dateline.store.index.file import Terms
from dateline.store.index.lines import DayCount, Facet, PlaceCount, SourceCount
from dateline.store.index.making.reports import COUNTED
from dateline.store.index.memory import columns as c
from dateline.store.index.memory.choosing import OfReports, OfRows
from dateline.store.index.memory.columns import Array, Columns

Role = Literal["actor", "recipient"]
"""Who takes part in a row, by the numbers of the columns."""

_Marked = Literal["historical", "flagged", "confidential"]


_TABLE = 1 << 24
"""The most yes and no that are counted in a table of their own, in bytes."""


def count_values(name: str, columns: Columns, fitting: Array, terms: Terms, most: int) -> Facet:
    """The values of a filter, the most frequent first, then by the alphabet. Raises :class:`ReviewError`."""
    used = len(fitting)
    if name == "counted":
        bits = columns.rows["counted"][:used][fitting]
        counted = [(kind, int(np.count_nonzero(bits & (1 << place)))) for place, kind in enumerate(COUNTED)]
        found = sorted(((kind, n) for kind, n in counted if n), key=lambda one: (-one[1], one[0]))
        return Facet(name, tuple(found[:most]), len(found) > most)
    if name in get_args(_Marked):
        return _marked(name, columns, fitting)
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


def _marked(name: str, columns: Columns, fitting: Array) -> Facet:
    """How many rows are marked so, and how many are not."""
    used = len(fitting)
    flags = columns.rows["flags"][:used][fitting]
    of_report = columns.about["flags"][columns.rows["report"][:used][fitting]]
    match name:
        case "historical":
            marked = (flags & c.HISTORICAL) != 0
        case "flagged":
            marked = (of_report & c.FLAGGED) != 0
        case _:
            marked = ((flags & c.CONFIDENTIAL) != 0) | ((of_report & c.SECRET) != 0)
    yes = int(np.count_nonzero(marked))
    told = [("yes", yes), ("no", len(marked) - yes)]
    return Facet(name, tuple(one for one in told if one[1]), False)


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
    reports = different(spot, report, size)
    publisher = columns.about["publisher"][report].astype("i8")
    publishers = different(spot[publisher > 0], publisher[publisher > 0], size)
    event = columns.rows["event"][:used][slots].astype("i8")
    events = different(spot[event > 0], event[event > 0], size)
    killed = np.full(size, -1, "i8")
    told = columns.rows["killed"][:used][slots]
    np.maximum.at(killed, spot[told >= 0], told[told >= 0])
    types = terms.values("type")
    by_type = np.bincount(spot * len(types) + columns.rows["type"][:used][slots], minlength=size * len(types))
    by_type = by_type.reshape(size, len(types))
    there = np.flatnonzero(rows)
    there = there[np.argsort(-rows[there], kind="stable")][:most]
    return tuple(
        _place(terms, int(at), (rows, reports, publishers, events, killed), by_type[at], types) for at in there
    )


def _place(terms: Terms, at: int, counted: Sequence[Array], by_type: Array, types: list[str]) -> PlaceCount:
    rows, reports, publishers, events, killed = (int(numbers[at]) for numbers in counted)
    name, _, country, precision, lat, lon = json.loads(terms.values("spot")[at])
    return PlaceCount(
        place=name,
        country=country,
        precision=precision or "unknown",
        lat=lat,
        lon=lon,
        rows=rows,
        reports=reports,
        publishers=publishers,
        events=events,
        killed=None if killed < 0 else killed,
        types=types_of(by_type, types),
    )


def types_of(numbers: Array, types: list[str]) -> tuple[tuple[str, int], ...]:
    """The types that are there, each with its number, the most frequent first."""
    told = [(name, number) for name, number in zip(types, numbers.tolist(), strict=False) if number and name]
    return tuple(sorted(told, key=lambda one: (-one[1], one[0])))


def different(group: Array, of: Array, size: int) -> Array:
    """For each group, up to ``size`` of them, how many different ones it has."""
    if not len(group):
        return np.zeros(size, "i8")
    width = int(of.max()) + 1
    if size * width <= _TABLE:
        table = np.zeros(size * width, bool)
        table[group * width + of] = True
        found: Array = table.reshape(size, width).sum(axis=1, dtype="i8")
        return found
    # Most are in one group alone: only what is in another one as well has to be sorted.
    home, there = np.zeros(width, group.dtype), np.zeros(width, bool)
    home[of], there[of] = group, True
    away = home[of] != group
    pairs = np.sort(group[away] * width + of[away])
    new = np.flatnonzero(np.diff(pairs, prepend=-1))
    return np.bincount(home[there], minlength=size) + np.bincount(pairs[new] // width, minlength=size)


def count_sources(columns: Columns, terms: Terms, blind: frozenset[int] = frozenset()) -> tuple[SourceCount, ...]:
    """What each publisher published and what was made of it, those with most reports first.

    Of the reports of the numbers ``blind`` no row is counted.
    """
    there = columns.about["number"] > 0
    about = {name: column[there] for name, column in columns.about.items()}
    told = ~np.isin(about["number"], list(blind))
    publisher = about["publisher"]
    values = terms.values("publisher")
    size = len(values)

    def summed(name: str) -> Array:
        return np.bincount(publisher, weights=about[name] * told, minlength=size).astype("i8")

    reports = np.bincount(publisher, minlength=size)
    rows, suggestions, reviewed = summed("rows"), summed("suggestions"), summed("reviewed")
    dated = about["published"] > 0
    first, last = np.full(size, np.iinfo("i4").max), np.zeros(size, "i8")
    np.minimum.at(first, publisher[dated], about["published"][dated])
    np.maximum.at(last, publisher[dated], about["published"][dated])
    interest = np.zeros(size, "i8")
    interest[publisher] = about["interest"]
    return tuple(
        SourceCount(
            values[code] or None,
            terms.value("interest", int(interest[code])) or "unknown",
            int(reports[code]),
            int(rows[code]),
            int(suggestions[code]),
            int(reviewed[code]),
            int(first[code]) if last[code] else None,
            int(last[code]) or None,
        )
        for code in np.argsort(-reports, kind="stable")
        if reports[code]
    )


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
    events = different(bar[event > 0], event[event > 0], number)
    types = terms.values("type")
    by_type = np.bincount(bar * len(types) + columns.rows["type"][:used][slots], minlength=number * len(types))
    by_type = by_type.reshape(number, len(types))
    # The two were counted one after the other, and a report may have come between them.
    covered = covered[: len(columns.about["published"])]
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
            types_of(by_type[at], types),
        )
        for at in range(number)
    )
