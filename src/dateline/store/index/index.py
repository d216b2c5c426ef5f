"""The index of a project: rows, events and reports as people look for them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from time import monotonic, thread_time
from typing import Any, TypeVar

import numpy as np

from dateline.store.index.file import IndexFile, Terms
from dateline.store.index.lines import (
    DayCount,
    EventLine,
    Facet,
    Found,
    Page,
    PlaceCount,
    ReportLine,
    RowLine,
    SourceCount,
    TimeCount,
    Totals,
)
from dateline.store.index.memory import columns as c
from dateline.store.index.memory import telling
from dateline.store.index.memory.choosing import (
    Chosen,
    Waiting,
    choose,
    day,
    due,
    event_order,
    page_of,
    report_order,
    row_order,
    waiting,
)
from dateline.store.index.memory.columns import Columns
from dateline.store.index.memory.counting import count_days, count_places, count_sources, count_values
from dateline.store.index.memory.finding import find
from dateline.store.index.memory.timing import count_times
from dateline.store.index.query import REJECTED, STATUSES, Query, order_of
from dateline.store.index.taking import Taker
from dateline.store.project import Project

FILE = "index.sqlite"
_REMEMBERED = 256
"""Counts that are remembered until something changes."""
_QUERIES = 24
"""Queries of which it is remembered which rows fit: a byte for each row of the project."""
SLOW = 0.003
"""Seconds of processor time from which on a count takes long: a page has up to twenty of them."""
REST = 20
"""How many times as long as a count took it holds at least, where that is long: who waits for a page goes first."""
Counted = TypeVar("Counted")


@dataclass(frozen=True, slots=True)
class _Count:
    """What was counted in a version of the index, how long it took, and until when it rests."""

    version: int
    value: Any
    seconds: float
    until: float


class Index:
    """The index of a project, opened; :meth:`catch_up` brings it to what the project says now.

    Many threads may ask while one brings it up.
    """

    blind: frozenset[int] = frozenset()
    """The numbers of the reports that who asks codes blind: their rows are neither given nor counted."""
    seen: str = ""
    """Who asks sees another part of it than others do: what was counted for one is not given to the other."""

    def __init__(self, project: Project, path: Path) -> None:
        self.project = project
        self.path = path
        self._file = IndexFile(path)
        self._terms = Terms(self._file.reading())
        self._columns = Columns.read(self._file.reading())
        self._taker = Taker(project, self._file, self._terms, self._columns)
        self._counted: dict[Hashable, _Count] = {}
        self._counting: set[Hashable] = set()
        self._behind = ThreadPoolExecutor(1, "counting")
        self._chosen = lru_cache(_QUERIES)(self._choose)

    @classmethod
    def open(cls, project: Project) -> Index:
        """The index beside the project's database, made where there is none or it is of another version."""
        return cls(project, project.folder / FILE)

    def close(self) -> None:
        """Close the file."""
        self._behind.shutdown(cancel_futures=True)
        self._file.close()

    @property
    def version(self) -> int:
        """How often something changed in it: what was counted of one version holds as long as it stays."""
        return self._taker.version

    def catch_up(self, told: Callable[[int, int], None] | None = None) -> int:
        """Take in what the project has that the index lacks; how many reports. ``told`` hears of done and total."""
        return self._taker.catch_up(told)

    def refresh(self, reports: Iterable[int]) -> None:
        """Take in these reports again, by their numbers: what was decided of them holds now."""
        self._taker.refresh(reports)

    def rows(self, query: Query, *, order: str = "-stake", after: str | None = None, limit: int = 50) -> Page[RowLine]:
        """Rows that fit. Raises :class:`ReviewError` for an order, a day or the like that is none."""
        return self._rows(*self._fitting(query), order, after, limit)

    def due(self, query: Query, *, order: str = "-stake", after: str | None = None, limit: int = 50) -> Page[RowLine]:
        """Rows that who asks is to decide on, where they fit. Raises as :meth:`rows` does."""
        if not self.blind:
            return self.rows(query, order=order, after=after, limit=limit)
        columns = self._columns.view()
        chosen = due(query, columns, self._terms, self._file.reading(), self.blind)
        return self._rows(columns, chosen, order, after, limit)

    def _rows(self, columns: Columns, chosen: Chosen, order: str, after: str | None, limit: int) -> Page[RowLine]:
        name, descending = order_of(order)
        slots = np.flatnonzero(chosen.rows)
        keys = row_order(name, columns, self._terms, slots)
        taken, cursor = page_of(keys, columns.rows["number"][slots], descending, after, limit)
        lines = telling.rows(self._file.reading(), columns, self._terms, slots[taken].tolist())
        return Page(lines, len(slots), chosen.cut, cursor)

    def totals(self, query: Query) -> Totals:
        """How many rows and reports fit."""
        _, chosen = self._fitting(query)
        return Totals(int(np.count_nonzero(chosen.rows)), int(np.count_nonzero(chosen.reports)), chosen.cut)

    def row(self, key: str, *, rejected: bool = False) -> RowLine | None:
        """The row of that key, also one below the bound from which on the machine shows them.

        ``rejected``: one that somebody rejected as well.
        """
        query = (
            "SELECT rows.number FROM reports r "
            "JOIN rows ON rows.number BETWEEN r.number << ? AND ((r.number + 1) << ?) - 1 "
            "WHERE r.id = ? AND rows.key = ?"
        )
        of = key.rpartition("#")[0]
        at = self._file.reading().execute(query, (c.SHIFT, c.SHIFT, of, key)).fetchone()
        if at is None:
            return None
        slot = self._columns.slot_of(int(at[0]))
        lines = () if slot is None else telling.rows(self._file.reading(), self._columns, self._terms, [slot])
        found = lines[0] if lines else None
        return None if found is not None and found.status == REJECTED and not rejected else found

    def events(
        self, query: Query, *, order: str = "-stake", after: str | None = None, limit: int = 50
    ) -> Page[EventLine]:
        """Events of which a row fits."""
        name, descending = order_of(order)
        columns, chosen = self._fitting(query)
        codes = np.flatnonzero(np.bincount(columns.rows["event"][: len(chosen.rows)][chosen.rows], minlength=1))
        codes = codes[(codes > 0) & (codes < len(columns.events["code"]))]
        codes = codes[columns.events["code"][codes] > 0]
        keys = event_order(name, codes, columns)
        taken, cursor = page_of(keys, codes.astype("i8"), descending, after, limit)
        lines = telling.events(self._file.reading(), columns, codes[taken].tolist())
        return Page(lines, len(codes), chosen.cut, cursor)

    def reports(
        self, query: Query, *, order: str = "-stake", after: str | None = None, limit: int = 50
    ) -> Page[ReportLine]:
        """Reports that fit, or of which a row does."""
        name, descending = order_of(order)
        columns, chosen = self._fitting(query)
        numbers = np.flatnonzero(chosen.reports)
        keys = report_order(name, numbers, columns)
        taken, cursor = page_of(keys, numbers, descending, after, limit)
        lines = telling.reports(self._file.reading(), columns, self._terms, numbers[taken].tolist())
        return Page(lines, len(numbers), chosen.cut, cursor)

    def report(self, number: int) -> ReportLine | None:
        """The report of a number."""
        lines = telling.reports(self._file.reading(), self._columns, self._terms, [number])
        return lines[0] if lines else None

    def report_of(self, id: str) -> ReportLine | None:
        """The report of an id."""
        found = self._file.reading().execute("SELECT number FROM reports WHERE id = ?", (id,)).fetchone()
        return None if found is None else self.report(int(found[0]))

    def waiting(self, why: Waiting, *, after: str | None = None, limit: int = 50) -> Page[ReportLine]:
        """Reports before any event, by why there is none; the last added first."""
        columns = self._columns.view()
        numbers = waiting(why, columns)
        if self.blind:
            numbers = numbers[~np.isin(numbers, list(self.blind))]
        taken, cursor = page_of(numbers.astype("f8"), numbers, True, after, limit)
        lines = telling.reports(self._file.reading(), columns, self._terms, numbers[taken].tolist())
        return Page(lines, len(numbers), False, cursor)

    def sources(self) -> tuple[SourceCount, ...]:
        """The publishers, those with most reports first."""
        return self._once(("sources",), lambda: count_sources(self._columns.view(), self._terms, self.blind))

    def facets(self, query: Query, names: Iterable[str], *, most: int = 12) -> tuple[Facet, ...]:
        """For each of the filters what values the rows of the query have.

        The values of a filter are counted without that filter itself: one can choose another value of it.
        Raises :class:`ReviewError` for a name that is no filter of values.
        """
        return tuple(self._facet(query, name, most) for name in names)

    def _facet(self, query: Query, name: str, most: int) -> Facet:
        nothing: str | tuple[str, ...] = "" if isinstance(getattr(query, name, ()), str) else ()
        rest = replace(query, **{name: nothing}) if hasattr(query, name) else query  # type: ignore[arg-type]
        if name == "status":
            # Rejected rows are found where they are asked for: their number stands beside the others.
            rest = replace(rest, status=STATUSES)

        def counted() -> Facet:
            columns, chosen = self._fitting(rest)
            return count_values(name, columns, chosen.rows, self._terms, most)

        return self._once(("values", name, rest, most), counted)

    def places(self, query: Query, *, most: int = 2000) -> tuple[PlaceCount, ...]:
        """Where the rows of the query are, the places with most first."""

        def counted() -> tuple[PlaceCount, ...]:
            columns, chosen = self._fitting(query)
            return count_places(columns, chosen.rows, self._terms, most)

        return self._once(("places", query, most), counted)

    def days(self, query: Query, *, bars: int = 60) -> tuple[DayCount, ...]:
        """When the rows of the query are, in at most so many stretches of equal length.

        A row counts where it begins; one that is only known to be in a longer stretch than a bar counts in none.
        """
        columns, chosen = self._fitting(query)
        # Coverage is what was published, whether or not it tells of what is looked for.
        _, covered = self._fitting(Query(publisher=query.publisher, interest=query.interest))
        return count_days(columns, chosen.rows, covered.reports, self._terms, bars)

    def times(self, query: Query, *, bars: int = 60) -> TimeCount:
        """When the rows of the query are, by days, weeks, months or whatever leaves no more than so many bars.

        Bars are where most rows are: what lies far before or after them is counted apart. None reaches beyond the days
        of the query.
        """

        def counted() -> TimeCount:
            columns, chosen = self._fitting(query)
            # Coverage is what was published, whether or not it tells of what is looked for.
            _, covered = self._fitting(Query(publisher=query.publisher, interest=query.interest))
            since, until = (day(told) if told else None for told in (query.since, query.until))
            return count_times(columns, chosen.rows, covered.reports, self._terms, bars, (since, until))

        return self._once(("times", query, bars), counted)

    def find(self, words: str, *, most: int = 12) -> tuple[Found, ...]:
        """Anything whose name or words begin so: what Ctrl-K shows."""
        return find(words, self._file.reading(), self._columns.view(), self._terms, most, self.blind)

    def _once(self, what: Hashable, count: Callable[[], Counted]) -> Counted:
        """What was counted, until something changes in the index.

        What takes long to count is given as it was, while it is counted anew behind the scenes: whoever looks again
        sees what has changed.
        """
        version = self._taker.version
        what = (self.seen, self.blind, what)
        known = self._counted.get(what)
        if known is not None and known.version != version and known.seconds > SLOW:
            if what not in self._counting and monotonic() >= known.until:
                self._counting.add(what)
                self._behind.submit(self._count_anew, what, count)
        elif known is None or known.version != version:
            known = self._count(what, count)
        found: Counted = known.value
        return found

    def _count(self, what: Hashable, count: Callable[[], Any]) -> _Count:
        version, began = self._taker.version, thread_time()
        value = count()
        seconds = thread_time() - began
        found = _Count(version, value, seconds, monotonic() + REST * seconds)
        if len(self._counted) >= _REMEMBERED:
            self._counted.clear()
        self._counted[what] = found
        return found

    def _count_anew(self, what: Hashable, count: Callable[[], Any]) -> None:
        try:
            self._count(what, count)
        finally:
            self._counting.discard(what)

    def _fitting(self, query: Query) -> tuple[Columns, Chosen]:
        return self._chosen(query, self._taker.version, self.blind)

    def _choose(self, query: Query, version: int, blind: frozenset[int]) -> tuple[Columns, Chosen]:
        del version
        seen = self._columns.view()
        return seen, choose(query, seen, self._terms, self._file.reading(), blind)
