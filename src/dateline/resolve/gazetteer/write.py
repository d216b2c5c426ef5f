"""Writing a gazetteer's file: places come in one after the other, and only what is left to sort is kept, on disk."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from dateline.lang.name_keys import fold, spelling_mark
from dateline.resolve.gazetteer.entry import Kind
from dateline.resolve.gazetteer.points import Point

SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE place (
  id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, admin1 TEXT,
  admin2 TEXT, lat REAL NOT NULL, lon REAL NOT NULL, population INTEGER NOT NULL, capital INTEGER NOT NULL,
  source INTEGER NOT NULL REFERENCES source (id), feature TEXT);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (key, place))
  WITHOUT ROWID;
CREATE TABLE spelt (mark INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (mark, place)) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE called (key TEXT NOT NULL, place INTEGER NOT NULL, rank INTEGER NOT NULL);
"""
TOGETHER = 10_000
"""Rows that are written at once."""


@dataclass(slots=True)
class Row:
    """A place to be written, with its folded names and the rank of each."""

    geonameid: int | None
    name: str
    kind: Kind
    country: str | None
    admin1: str | None
    admin2: str | None
    point: Point
    population: int
    source: str
    capital: bool = False
    feature: str | None = None
    names: dict[str, int] = field(default_factory=dict)

    def called(self, name: str, rank: int) -> None:
        """Gives it a name, at the highest rank that it was given with."""
        key = fold(name)
        if len(key) > 1 and self.names.get(key, 0) < rank:
            self.names[key] = rank


class Writer:
    """Writes places to a new file. The same places in the same order give the same bytes."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.places = 0
        self._sources: dict[str, int] = {}
        self._rows: list[tuple[object, ...]] = []
        self._names: list[tuple[str, int, int]] = []
        db.executescript(SCHEMA)

    def add(self, row: Row) -> int:
        """Writes a place and returns its number."""
        self.places += 1
        self._rows.append(
            (
                self.places,
                row.geonameid,
                row.name,
                row.kind,
                row.country,
                row.admin1,
                row.admin2,
                round(row.point[0], 5),
                round(row.point[1], 5),
                row.population,
                int(row.capital),
                self.source(row.source),
                row.feature,
            )
        )
        self._names += [(key, self.places, rank) for key, rank in row.names.items()]
        if len(self._rows) >= TOGETHER:
            self.flush()
        return self.places

    def source(self, name: str) -> int:
        """The number of a source."""
        if name not in self._sources:
            self._sources[name] = len(self._sources) + 1
        return self._sources[name]

    def call(self, place: int, name: str, rank: int) -> None:
        """Gives a place that was written before another name."""
        key = fold(name)
        if len(key) > 1:
            self._names.append((key, place, rank))
        if len(self._names) >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Writes what waits to be written."""
        self.db.executemany(f"INSERT INTO place VALUES ({', '.join('?' * 13)})", self._rows)
        self.db.executemany("INSERT INTO called VALUES (?, ?, ?)", self._names)
        self._rows.clear()
        self._names.clear()

    def finish(self, meta: dict[str, str]) -> None:
        """Sorts the names and writes what is known of the file as a whole."""
        self.flush()
        db = self.db
        db.executemany("INSERT INTO source VALUES (?, ?)", [(i, name) for name, i in self._sources.items()])
        db.execute("INSERT INTO name SELECT key, place, max(rank) FROM called GROUP BY key, place ORDER BY key, place")
        db.execute("CREATE INDEX place_kind ON place (kind) WHERE kind = 'country'")
        db.execute("CREATE INDEX place_town ON place (country, lat, lon) WHERE kind = 'town'")
        db.execute("CREATE INDEX name_place ON name (place)")
        db.create_function("spelling_mark", 2, spelling_mark, deterministic=True)
        # In order, so that the table is written from its beginning to its end.
        db.execute(
            "INSERT INTO spelt SELECT DISTINCT spelling_mark(n.key, p.country), n.place "
            "FROM name n JOIN place p ON p.id = n.place WHERE p.kind = 'town' AND p.country <> '' ORDER BY 1, 2"
        )
        names = db.execute("SELECT count(*) FROM name").fetchone()[0]
        say(f"wrote {self.places:,} places and {names:,} names")
        known = {**meta, "places": str(self.places), "names": str(names)}
        db.executemany("INSERT INTO meta VALUES (?, ?)", known.items())


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A writer for a file that appears whole or not at all; several processes may write the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        db = sqlite3.connect(temporary)
        try:
            with db:
                yield Writer(db)
        finally:
            db.close()
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def write(path: Path, rows: Iterable[Row], meta: dict[str, str]) -> None:
    """Writes all rows."""
    with writing(path) as writer:
        for row in rows:
            writer.add(row)
        writer.finish(meta)


def say(message: str) -> None:
    """One line on standard error on what is being done."""
    print(f"gazetteer: {message}", file=sys.stderr, flush=True)
