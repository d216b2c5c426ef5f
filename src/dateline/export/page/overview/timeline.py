"""The time line: entries by day, week, month, year or decade, by what most of them leave room for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.export.page.overview.entries import Entry
from dateline.export.words import edtf_words

_MOST = 0.85
"""The share of entries that the unit is chosen for: one that tells of long ago should not make all one bar."""
_BARS = 60
_ROOM = 12
_WIDTH = 720.0
_WIDEST = 48.0
HEIGHT = 72.0


@dataclass(frozen=True, slots=True)
class Bar:
    """Entries of one stretch of time; ``since`` and ``until`` are its days, for whoever picks it."""

    number: int
    words: str
    since: str
    until: str
    count: int
    happened: int
    x: float
    width: float
    height: float
    solid: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars without gaps in time, by ``unit``; ``of`` gives the bar of an entry by its id; ``rest`` is in no bar."""

    unit: str
    bars: tuple[Bar, ...]
    most: int
    of: dict[str, int]
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of the calendar: the first day of the one that a day lies in, and of the one after it."""

    name: str
    start: Callable[[date], date]
    after: Callable[[date], date]
    words: Callable[[date], str]


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


UNITS = (
    Unit("day", lambda d: d, lambda d: d + timedelta(1), lambda d: edtf_words(d.isoformat())[1]),
    Unit(
        "week",
        lambda d: d - timedelta(d.weekday()),
        lambda d: d + timedelta(7),
        lambda d: f"week of {edtf_words(d.isoformat())[1]}",
    ),
    Unit("month", lambda d: d.replace(day=1), _month_after, lambda d: edtf_words(d.isoformat()[:7])[1]),
    Unit("year", lambda d: d.replace(month=1, day=1), lambda d: date(d.year + 1, 1, 1), lambda d: str(d.year)),
    Unit(
        "decade",
        lambda d: date(max(d.year - d.year % 10, 1), 1, 1),
        lambda d: date(d.year - d.year % 10 + 10, 1, 1),
        lambda d: f"the {d.year - d.year % 10}s",
    ),
    Unit(
        "century",
        lambda d: date(max(d.year - d.year % 100, 1), 1, 1),
        lambda d: date(d.year - d.year % 100 + 100, 1, 1),
        lambda d: f"from {max(d.year - d.year % 100, 1)} on",
    ),
)
_LAST_YEAR = 9899
"""Calendars of the library end with the year 9999: what lies later is in no bar."""


def timeline(entries: Sequence[Entry]) -> Timeline | None:
    """The time line of the entries; None where none has a day."""
    dated = sorted((e.days, e.id, e) for e in entries if e.days and date.fromordinal(e.days[1]).year <= _LAST_YEAR)
    if not dated:
        return None
    days = [(date.fromordinal(found[0]), date.fromordinal(found[1])) for found, _, _ in dated]
    unit, starts = _scale([first for first, _ in days])
    at = {start: n for n, start in enumerate(starts)}
    bars: list[list[Entry]] = [[] for _ in starts]
    earlier = later = vague = 0
    for (first, last), (_, _, entry) in zip(days, dated, strict=True):
        start = unit.start(first)
        if unit.start(last) != start:
            vague += 1
        elif start in at:
            bars[at[start]].append(entry)
        else:
            earlier, later = earlier + (start < starts[0]), later + (start > starts[-1])
    most = max(map(len, bars))
    rest = (
        (earlier, f"before {unit.words(starts[0])}"),
        (later, f"after {unit.words(starts[-1])}"),
        (vague, f"dated less closely than to a {unit.name}"),
        (len(entries) - len(dated), "without a date"),
    )
    return Timeline(
        unit.name,
        tuple(
            _bar(n, unit, start, told, len(starts), most)
            for n, (start, told) in enumerate(zip(starts, bars, strict=True))
        ),
        most,
        {entry.id: n for n, told in enumerate(bars) for entry in told},
        tuple(f"{count:,} {words}" for count, words in rest if count),
    )


def _scale(days: Sequence[date]) -> tuple[Unit, tuple[date, ...]]:
    """The finest unit that gives most of the days room, and as many of its stretches as there is room for."""
    held = max(1, round(len(days) * _MOST))
    first = min(range(len(days) - held + 1), key=lambda n: days[n + held - 1] - days[n])
    last = first + held - 1
    scales = ((unit, _stretches(unit, days[first], days[last])) for unit in UNITS)
    unit, starts = next(scale for scale in scales if len(scale[1]) <= _BARS or scale[0] is UNITS[-1])
    # The others come in from both sides, the nearer first, while they do not press those of the most together.
    room = min(_BARS, max(_ROOM, 2 * len(starts)))
    while first > 0 or last < len(days) - 1:
        before = days[first] - days[first - 1] if first > 0 else timedelta.max
        after = days[last + 1] - days[last] if last < len(days) - 1 else timedelta.max
        nearer = (first - 1, last) if before < after else (first, last + 1)
        more = _stretches(unit, days[nearer[0]], days[nearer[1]])
        if len(more) > room:
            break
        (first, last), starts = nearer, more
    return unit, starts


def _stretches(unit: Unit, first: date, last: date) -> tuple[date, ...]:
    found = [unit.start(first)]
    while len(found) <= _BARS and (after := unit.after(found[-1])) <= last:
        found.append(after)
    return tuple(found)


def _bar(n: int, unit: Unit, start: date, told: Sequence[Entry], bars: int, most: int) -> Bar:
    room = _WIDTH / bars
    wide = min(room * 0.84, _WIDEST)
    happened = sum(entry.told == "asserted" for entry in told)
    return Bar(
        number=n,
        words=unit.words(start),
        since=start.isoformat(),
        until=(unit.after(start) - timedelta(1)).isoformat(),
        count=len(told),
        happened=happened,
        x=round(n * room + (room - wide) / 2, 1),
        width=round(wide, 1),
        height=round(HEIGHT * len(told) / (most or 1), 1),
        solid=round(HEIGHT * happened / (most or 1), 1),
    )
