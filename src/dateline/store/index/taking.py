"""What changed in a project since the index was last brought up, taken in: the file first, then what is in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from sqlite3 import Connection as Connected
from typing import get_args

from sqlalchemy import Column, Connection, func, select

from dateline.store.door.versions import versions_of
from dateline.store.index.file import IndexFile, Table, Terms
from dateline.store.index.making.events import MadeEvent, make_events
from dateline.store.index.making.reports import Made, make
from dateline.store.index.memory import columns as c
from dateline.store.index.memory.columns import Columns
from dateline.store.project import Project
from dateline.store.review.tables import acts
from dateline.store.tables import codings, log, reports

BATCH = 200
"""Reports that are taken in together."""
_EVENTS = 5_000
"""Events that are."""


@dataclass(frozen=True, slots=True)
class _UpTo:
    """The last of each that the index knows of."""

    report: int
    coding: int
    log: int
    act: int
    read_by: int
    """What else decides what the index holds: the list of publishers, policies, whether names are kept."""


_NAMES = tuple(field.name for field in fields(_UpTo))
_COUNTED = _NAMES[:-1]


class Taker:
    """Brings an index up to its project."""

    def __init__(self, project: Project, file: IndexFile, terms: Terms, columns: Columns) -> None:
        self._project = project
        self._file = file
        self._terms = terms
        self._columns = columns
        self.version = file.meta("version")

    def catch_up(self, told: Callable[[int, int], None] | None = None) -> int:
        """Take in what is lacking; how many reports."""
        with self._file.lock:
            self._follow()
            then = _UpTo(*(self._file.meta(name) for name in _NAMES))
            with self._project.database.reading() as db:
                now = _state(db, self._read_by())
                if now == then:
                    return 0
                if any(getattr(then, name) > getattr(now, name) for name in _COUNTED):
                    # The project is an older copy of what the index is of.
                    self._begin_anew()
                    then = _UpTo(0, 0, 0, 0, 0)
                numbers, events = _changed(db, then, now)
            done = 0
            for at in range(0, len(numbers), BATCH):
                batch = numbers[at : at + BATCH]
                events |= self._take(batch)
                done += len(batch)
                if told is not None:
                    told(done, len(numbers))
            self._take_events(events)
            with self._file.writing() as file:
                file.executemany(
                    "INSERT OR REPLACE INTO meta VALUES (?, ?)",
                    [(name, getattr(now, name)) for name in _NAMES],
                )
            return done

    def refresh(self, wanted: Iterable[int]) -> None:
        """Take in reports again."""
        numbers = sorted(set(wanted))
        with self._file.lock:
            self._follow()
            for at in range(0, len(numbers), BATCH):
                self._take_events(self._take(numbers[at : at + BATCH]))

    def _follow(self) -> None:
        """Take in what another process has put into the file."""
        if self._file.meta("version") != self.version:
            self._terms.read(self._file.reading())
            self._columns.become(Columns.read(self._file.reading()))
            self.version = self._file.meta("version")

    def _begin_anew(self) -> None:
        with self._file.writing() as file:
            for table in get_args(Table):
                file.execute(f"DELETE FROM {table}")
            # A table without contents cannot be emptied row by row.
            file.execute("INSERT INTO report_words (report_words) VALUES ('delete-all')")
            self._count(file)
        self._columns.become(Columns())
        self.version += 1

    def _read_by(self) -> int:
        settings, path = self._project.settings, self._project.folder / self._project.settings.publishers
        told = json.dumps([settings.coding.names, sorted(settings.policies.items())]).encode()
        listed = path.read_bytes() if path.exists() else b""
        return int.from_bytes(sha256(told + listed).digest()[:7])

    def _take(self, numbers: Sequence[int]) -> set[str]:
        """Take reports in; the events that they tell of, or told of before."""
        settings = self._project.settings
        with self._project.database.reading() as db:
            made = list(make(db, numbers, self._terms, self._project.publishers, settings.coding.names))
        before = self._events_of(numbers)
        with self._file.writing() as file:
            self._terms.keep(file)
            for one in made:
                _write(file, one)
            self._count(file)
        for one in made:
            self._columns.put(one.about, one.columns, one.people, one.assigned)
        self.version += 1
        return before.union(*(one.events for one in made))

    def _events_of(self, numbers: Sequence[int]) -> set[str]:
        codes = [
            code
            for number in numbers
            for code in self._columns.rows["event"][self._columns.slots_of(number)].tolist()
            if code
        ]
        return {self._terms.values("event")[code] for code in codes}

    def _take_events(self, ids: Iterable[str]) -> None:
        wanted = sorted(id for id in ids if self._terms.has("event", id))
        policies, publishers = self._project.settings.policies, self._project.publishers
        for at in range(0, len(wanted), _EVENTS):
            some = wanted[at : at + _EVENTS]
            with self._file.writing() as file:
                made = list(make_events(file, some, self._columns, self._terms, publishers, policies))
                self._terms.keep(file)
                for one in made:
                    _write_event(file, one)
                self._count(file)
            for one in made:
                self._columns.put_event(one.pack, gone=one.line is None)
            self.version += 1

    def _count(self, file: Connected) -> None:
        file.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (self.version + 1,))


def _state(db: Connection, read_by: int) -> _UpTo:
    def last(column: Column[int]) -> int:
        return int(db.execute(select(func.coalesce(func.max(column), 0))).scalar_one())

    return _UpTo(last(reports.c.number), last(codings.c.number), last(log.c.number), last(acts.c.number), read_by)


def _changed(db: Connection, then: _UpTo, now: _UpTo) -> tuple[list[int], set[str]]:
    """The reports and the events of which something was said since, at most as far as ``now`` goes."""
    if not then.report or then.read_by != now.read_by:
        return list(db.execute(select(reports.c.number).order_by(reports.c.number)).scalars()), set()
    found = set(db.execute(select(reports.c.number).where(reports.c.number > then.report)).scalars())
    coded = set(db.execute(select(codings.c.report).where(codings.c.number > then.coding)).scalars())
    # What is coded now may end an older version of its story.
    found |= coded | {version.number for number in coded for version in versions_of(db, number)}
    found |= {n for n in db.execute(select(acts.c.report).where(acts.c.number > then.act)).scalars() if n}
    abouts = set(db.execute(select(log.c.about).where(log.c.number > then.log, log.c.number <= now.log)).scalars())
    for some in _some({name for about in abouts for name in (about, about.rpartition("#")[0]) if name}):
        found |= set(db.execute(select(reports.c.number).where(reports.c.id.in_(some))).scalars())
    return sorted(found), abouts


def _some(names: set[str]) -> Iterator[list[str]]:
    ordered = sorted(names)
    for at in range(0, len(ordered), 500):
        yield ordered[at : at + 500]


def _write(file: Connected, made: Made) -> None:
    execute = file.execute
    first = made.number << c.SHIFT
    within = (first, first + (1 << c.SHIFT) - 1)
    known = execute("SELECT 1 FROM reports WHERE number = ?", (made.number,)).fetchone()
    if known:
        execute("DELETE FROM row_words WHERE rowid BETWEEN ? AND ?", within)
        execute("DELETE FROM rows WHERE number BETWEEN ? AND ?", within)
    else:
        # A report's words never change.
        execute("INSERT INTO report_words (rowid, title, text) VALUES (?, ?, ?)", (made.number, made.title, made.text))
    execute("INSERT OR REPLACE INTO reports VALUES (?, ?, ?)", (made.number, made.id, made.line))
    file.executemany("INSERT INTO rows VALUES (?, ?, ?)", [row[:3] for row in made.rows])
    file.executemany("INSERT INTO row_words (rowid, words) VALUES (?, ?)", [(row[0], row[3]) for row in made.rows])
    execute(
        "INSERT OR REPLACE INTO packs VALUES (?, ?, ?, ?, ?)",
        (made.number, *(part.tobytes() for part in (made.about, made.columns, made.people, made.assigned))),
    )


def _write_event(file: Connected, made: MadeEvent) -> None:
    execute = file.execute
    if made.line is None:
        execute("DELETE FROM events WHERE code = ?", (made.code,))
    else:
        values = (made.code, made.id, made.line, made.pack.tobytes())
        execute("INSERT OR REPLACE INTO events VALUES (?, ?, ?, ?)", values)
