"""When rows are: by days, weeks, months or longer, by what most of them leave room for."""

from __future__ import annotations

from typing import get_args

import numpy as np

from dateline.store.index.file import Terms
from dateline.store.index.lines import DayCount, Stretch, TimeCount, Unit
from dateline.store.index.memory.columns import Array, Columns
from dateline.store.index.memory.counting import different, types_of

_UNITS: tuple[Unit, ...] = get_args(Unit)
_MOST = 0.9
"""The share of rows that the unit is chosen for: one that tells of long ago should not make all one bar."""
_EPOCH = 719_163
"""The ordinal of 1 January 1970, from which numpy counts."""
_STRETCHES = 24
_FIRST, _LAST = 1, 3_652_059
_BITS = 22
"""Bits that hold any day."""
Bounds = tuple[int | None, int | None]


def count_times(
    columns: Columns, fitting: Array, covered: Array, terms: Terms, bars: int, bounds: Bounds = (None, None)
) -> TimeCount:
    """The rows that fit by when they are, and by what ``covered`` reports were published meanwhile."""
    used = len(fitting)
    slots = np.flatnonzero(fitting & (columns.rows["first"][:used] > 0))
    undated = int(np.count_nonzero(fitting)) - len(slots)
    first = columns.rows["first"][:used][slots].astype("i8")
    last = columns.rows["last"][:used][slots].astype("i8")
    if not len(slots):
        return TimeCount("day", (), (), 0, 0, undated)
    unit, edges = _scale(first, last, bars, bounds)
    begins, number = np.searchsorted(edges, first, side="right") - 1, len(edges) - 1
    longer = np.flatnonzero(first != last)
    ends = begins.copy()
    ends[longer] = np.searchsorted(edges, last[longer], side="right") - 1
    close = begins == ends
    inside = close & (begins >= 0) & (begins < number)
    return TimeCount(
        unit,
        _bars(columns, slots[inside], begins[inside], edges, covered, terms),
        _stretches(columns, slots[~close], first[~close], last[~close]),
        earlier=int(np.count_nonzero(close & (begins < 0))),
        later=int(np.count_nonzero(close & (begins >= number))),
        undated=undated,
    )


def _scale(first: Array, last: Array, bars: int, bounds: Bounds) -> tuple[Unit, Array]:
    """The finest unit that gives most rows room, and the days on which its stretches begin, with that of the end."""
    first, last, rows = _spans(first, last)
    for unit in _UNITS:
        close = _starts(first, unit) == _starts(last, unit)
        order = np.argsort(first[close], kind="stable")
        days, many = first[close][order], rows[close][order]
        # A unit that leaves out what is dated by longer ones must hold a good part of what there is.
        if many.sum() < 0.5 * _MOST * rows.sum():
            continue
        begin, end = _most(days, many)
        if len(_edges(unit, *_within(begin, end, bounds))) - 1 <= bars:
            return unit, _grown(np.unique(_starts(days, unit)), unit, (begin, end), bars, bounds)
    return "decade", _edges("decade", *_within(int(first.min()), int(last.max()), bounds))[: bars + 1]


def _grown(starts: Array, unit: Unit, most: tuple[int, int], bars: int, bounds: Bounds) -> Array:
    """The stretches of most days, and of the others the nearest ones, while there is room for them."""
    low, high = (int(at) for at in np.searchsorted(starts, _starts(np.array(most), unit)))
    edges = _edges(unit, *_within(*most, bounds))
    while low > 0 or high < len(starts) - 1:
        before = starts[low] - starts[low - 1] if low > 0 else _LAST
        after = starts[high + 1] - starts[high] if high < len(starts) - 1 else _LAST
        low, high = (low - 1, high) if before <= after else (low, high + 1)
        more = _edges(unit, *_within(int(starts[low]), int(starts[high]), bounds))
        if len(more) - 1 > bars:
            break
        edges = more
    return edges


def _within(begin: int, end: int, bounds: Bounds) -> tuple[int, int]:
    """The days from the first to the last, no further than the query asks for."""
    since, until = bounds
    begin = begin if since is None else max(begin, since)
    return begin, max(begin, end if until is None else min(end, until))


def _spans(first: Array, last: Array) -> tuple[Array, Array, Array]:
    """The stretches of days that there are, each once, with how many rows have it."""
    low = int(first.min())
    by_day = np.bincount(first[first == last] - low)
    days = np.flatnonzero(by_day)
    longer = np.sort((first[first != last] << _BITS) | last[first != last])
    new = np.flatnonzero(np.diff(longer, prepend=-1))
    rows = np.diff(new, append=len(longer))
    begins, ends = longer[new] >> _BITS, longer[new] & ((1 << _BITS) - 1)
    return (
        np.concatenate([days + low, begins]),
        np.concatenate([days + low, ends]),
        np.concatenate([by_day[days], rows]),
    )


def _most(days: Array, rows: Array) -> tuple[int, int]:
    """The shortest stretch that holds most rows; the days, which are in order, have so many each."""
    summed = np.cumsum(rows)
    held = max(1, round(int(summed[-1]) * _MOST))
    ends = np.searchsorted(summed, summed - rows + held)
    begins = np.flatnonzero(ends < len(days))
    at = begins[np.argmin(days[ends[begins]] - days[begins])]
    return int(days[at]), int(days[ends[at]])


def _starts(days: Array, unit: Unit) -> Array:
    """The first day of the stretch in which each day lies."""
    match unit:
        case "day":
            return days
        case "week":
            mondays: Array = days - (days - 1) % 7
            return mondays
        case "month":
            return _days((days - _EPOCH).astype("M8[D]").astype("M8[M]"))
        case "quarter":
            months = (days - _EPOCH).astype("M8[D]").astype("M8[M]").astype("i8")
            return _days((months - months % 3).astype("M8[M]"))
        case "year" | "decade":
            years = (days - _EPOCH).astype("M8[D]").astype("M8[Y]").astype("i8") + 1970
            whole = years - years % 10 if unit == "decade" else years
            return _days((np.maximum(whole, 1) - 1970).astype("M8[Y]"))


def _days(dates: Array) -> Array:
    found: Array = dates.astype("M8[D]").astype("i8") + _EPOCH
    return found


def _edges(unit: Unit, begin: int, end: int) -> Array:
    """The days on which stretches begin, from that of the first day to the one after that of the last."""
    ends = np.array([max(begin, _FIRST), min(end, _LAST)], "i8")
    low, high = (int(day) for day in _starts(ends, unit))
    match unit:
        case "day":
            return np.arange(low, high + 2)
        case "week":
            return np.arange(low, high + 8, 7)
        case _:
            months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
            lowest, highest = (
                (np.array([day]) - _EPOCH).astype("M8[D]").astype("M8[M]").astype("i8")[0] for day in (low, high)
            )
            return _days(np.arange(lowest, highest + months + 1, months).astype("M8[M]"))


def _bars(
    columns: Columns, slots: Array, bar: Array, edges: Array, covered: Array, terms: Terms
) -> tuple[DayCount, ...]:
    number = len(edges) - 1
    rows = np.bincount(bar, minlength=number)
    event = columns.rows["event"][slots].astype("i8")
    events = different(bar[event > 0], event[event > 0], number)
    types = terms.values("type")
    by_type = np.bincount(bar * len(types) + columns.rows["type"][slots], minlength=number * len(types))
    by_type = by_type.reshape(number, len(types))
    published = columns.about["published"][: len(covered)].astype("i8")
    numbers = np.flatnonzero(covered & (published >= edges[0]) & (published < edges[-1]))
    within = np.searchsorted(edges, published[numbers], side="right") - 1
    publisher = columns.about["publisher"][numbers].astype("i8")
    coverage = np.bincount(within, minlength=number)
    publishers = different(within[publisher > 0], publisher[publisher > 0], number)
    return tuple(
        DayCount(
            first=int(edges[at]),
            last=int(edges[at + 1]) - 1,
            rows=int(rows[at]),
            events=int(events[at]),
            published=int(coverage[at]),
            types=types_of(by_type[at], types),
            publishers=int(publishers[at]),
        )
        for at in range(number)
    )


def _stretches(columns: Columns, slots: Array, first: Array, last: Array) -> tuple[Stretch, ...]:
    """The stretches that rows are known to lie in, those of most rows first."""
    if not len(slots):
        return ()
    found, of = np.unique((first << _BITS) | last, return_inverse=True)
    rows = np.bincount(of)
    reports = different(of, columns.rows["report"][slots].astype("i8"), len(rows))
    begins, ends = found >> _BITS, found & ((1 << _BITS) - 1)
    ranked = np.lexsort((begins, -rows))[:_STRETCHES]
    return tuple(Stretch(int(begins[at]), int(ends[at]), int(rows[at]), int(reports[at])) for at in ranked)
