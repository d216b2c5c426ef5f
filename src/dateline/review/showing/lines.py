"""The time line as its page shows it: what is told of when, over what was published meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from dateline.errors import ReviewError
from dateline.export.phrases import label
from dateline.export.words import edtf_words
from dateline.review.showing.marks import type_words
from dateline.review.showing.shown import PICKED
from dateline.review.workspace import Workspace
from dateline.store.index.lines import DayCount, RowLine, TimeCount, Totals
from dateline.store.index.query import Query

PATH = "/timeline"
BARS = 60
TYPES = 6
"""Types that get a line of their own."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days with what is told of it and, for bars, what was published in it.

    ``href`` is the page with the stretch picked, ``table`` its rows, ``only`` the page of these days alone.
    """

    key: str
    words: str
    first: int
    last: int
    rows: int
    events: int
    reports: int
    publishers: int
    by_type: tuple[tuple[str, int], ...]
    href: str
    table: str
    only: str
    picked: bool

    @property
    def types(self) -> str:
        """What is told most of it, in words; empty for stretches."""
        return type_words(self.by_type)


@dataclass(frozen=True, slots=True)
class TypeLine:
    """How much each bar has of one type."""

    type: str
    words: str
    rows: int
    bars: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PickedDays:
    """The stretch that is picked, with its first rows and how many there are."""

    span: Span
    rows: tuple[RowLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class LineShown:
    """What the page shows: bars of the calendar, stretches that are known no closer, and what is in neither."""

    unit: str
    bars: tuple[Span, ...]
    stretches: tuple[Span, ...]
    types: tuple[TypeLine, ...]
    more_types: int
    earlier: int
    later: int
    undated: int
    covered: Totals
    picked: PickedDays | None
    data: str


def line_shown(workspace: Workspace, query: Query, *, at: str = "") -> LineShown:
    """The time line of what fits. Raises :class:`ReviewError` for days that are none."""
    times = workspace.index.times(query, bars=BARS)
    bars = tuple(_bar(bar, query, at) for bar in times.bars)
    stretches = tuple(
        _span((one.first, one.last), query, at, rows=one.rows, reports=one.reports) for one in times.stretches
    )
    types, more = type_lines(times)
    return LineShown(
        unit=times.unit,
        bars=bars,
        stretches=stretches,
        types=types,
        more_types=more,
        earlier=times.earlier,
        later=times.later,
        undated=times.undated,
        covered=workspace.index.totals(query),
        picked=_picked(workspace, query, at),
        data=data_of(bars, stretches, types),
    )


def type_lines(times: TimeCount) -> tuple[tuple[TypeLine, ...], int]:
    """The types of most rows with their numbers bar by bar, and how many other types there are."""
    by_bar = [dict(bar.types) for bar in times.bars]
    totals: dict[str, int] = {}
    for bar in by_bar:
        for name, count in bar.items():
            totals[name] = totals.get(name, 0) + count
    ranked = sorted(totals, key=lambda name: (-totals[name], name))
    lines = tuple(
        TypeLine(name, label(name, None), totals[name], tuple(bar.get(name, 0) for bar in by_bar))
        for name in ranked[:TYPES]
    )
    return lines, max(len(ranked) - TYPES, 0)


def stretch_words(first: int, last: int) -> str:
    """Days as people write them: "4 May 2024", "4–10 May 2024", "May 2024", "2024"."""
    begin, end = date.fromordinal(first), date.fromordinal(last)
    after = date.fromordinal(last + 1) if last < date.max.toordinal() else end
    if first == last:
        return edtf_words(begin.isoformat())[1]
    if begin.day == 1 and after.day == 1:
        if (begin.month, after.month) == (1, 1):
            ten = begin.year % 10 == 0 and end.year == begin.year + 9
            years = f"{begin.year} to {end.year}" if end.year > begin.year else str(begin.year)
            return f"the {begin.year}s" if ten else years
        if (begin.year, begin.month) == (end.year, end.month):
            return edtf_words(begin.isoformat()[:7])[1]
        months = edtf_words(begin.isoformat()[:7])[1], edtf_words(end.isoformat()[:7])[1]
        same = begin.year == end.year
        return f"{months[0].removesuffix(f' {begin.year}') if same else months[0]} – {months[1]}"
    until = edtf_words(end.isoformat())[1]
    if (begin.year, begin.month) == (end.year, end.month):
        return f"{begin.day}–{until}"
    since = edtf_words(begin.isoformat())[1]
    return f"{since.removesuffix(f' {begin.year}') if begin.year == end.year else since} – {until}"


def data_of(bars: Iterable[Span], stretches: Iterable[Span], types: Iterable[TypeLine]) -> str:
    """The time line for the page's script, as JSON that may stand in a page."""
    told = {
        "bars": [_plain(bar) for bar in bars],
        "stretches": [_plain(one) for one in stretches],
        "types": [{"type": one.type, "words": one.words, "rows": one.rows, "bars": one.bars} for one in types],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _plain(span: Span) -> dict[str, str | int]:
    return {
        "key": span.key,
        "words": span.words,
        # A day that is not there any more is when the one after it begins.
        "begin": date.fromordinal(span.first).isoformat(),
        "end": date.fromordinal(min(span.last + 1, date.max.toordinal())).isoformat(),
        "rows": span.rows,
        "events": span.events,
        "reports": span.reports,
        "publishers": span.publishers,
        "types": span.types,
        "href": span.href,
    }


def _bar(bar: DayCount, query: Query, at: str) -> Span:
    return _span(
        (bar.first, bar.last),
        query,
        at,
        rows=bar.rows,
        events=bar.events,
        reports=bar.published,
        publishers=bar.publishers,
        by_type=bar.types,
    )


def _span(
    days: tuple[int, int],
    query: Query,
    at: str,
    *,
    rows: int,
    reports: int,
    events: int = 0,
    publishers: int = 0,
    by_type: tuple[tuple[str, int], ...] = (),
) -> Span:
    since, until = (date.fromordinal(day).isoformat() for day in days)
    key = f"{since}/{until}"
    only = replace(query, since=since, until=until)
    return Span(
        key=key,
        words=stretch_words(*days),
        first=days[0],
        last=days[1],
        rows=rows,
        events=events,
        reports=reports,
        publishers=publishers,
        by_type=by_type,
        href=query.address(PATH, at=key),
        table=only.address("/table"),
        only=only.address(PATH),
        picked=key == at,
    )


def _picked(workspace: Workspace, query: Query, at: str) -> PickedDays | None:
    if not at:
        return None
    since, _, until = at.partition("/")
    try:
        days = date.fromisoformat(since).toordinal(), date.fromisoformat(until).toordinal()
    except ValueError:
        raise ReviewError("'at' is two days with a stroke between them: at=2024-05-01/2024-05-31") from None
    page = workspace.index.rows(replace(query, since=since, until=until), order="date", limit=PICKED)
    span = _span(days, query, at, rows=page.total, reports=0)
    return PickedDays(span, page.lines, page.total)
