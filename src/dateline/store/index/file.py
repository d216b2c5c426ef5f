"""The file of an index: its tables, connections for many readers and one writer, and the numbers that values have.

A value that many rows share (a type, a place, a publisher) stands in the file once and has a number of its kind. The
number 0 is "not stated".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, RLock, local
from typing import Literal

from dateline.errors import StoreError

VERSION = 5
"""What the file is of: one of another version is made anew."""

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE terms (kind TEXT, code INTEGER, value TEXT NOT NULL, PRIMARY KEY (kind, code)) WITHOUT ROWID;
CREATE TABLE reports (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, line TEXT NOT NULL);
CREATE TABLE packs (
    report INTEGER PRIMARY KEY, about BLOB NOT NULL, rows BLOB NOT NULL, people BLOB NOT NULL, assigned BLOB NOT NULL
);
CREATE TABLE rows (number INTEGER PRIMARY KEY, key TEXT NOT NULL, line TEXT NOT NULL);
CREATE TABLE events (code INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, line TEXT NOT NULL, pack BLOB NOT NULL);
CREATE VIRTUAL TABLE report_words USING fts5 (
    title, text, content='', tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE row_words USING fts5 (words, tokenize='unicode61 remove_diacritics 2');
"""

_FIRST = "INSERT INTO terms VALUES ('status', 1, 'suggested');"
"""What has a number that the code knows (:data:`dateline.store.index.memory.columns.SUGGESTED`)."""


Table = Literal["reports", "packs", "rows", "events", "row_words"]


class IndexFile:
    """The file, opened; made where there is none, and anew where it is of another version or damaged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = RLock()
        self._list_lock = Lock()
        self._own = local()
        self._all: list[sqlite3.Connection] = []
        try:
            fits = path.exists() and self._version() == VERSION
        except sqlite3.DatabaseError:
            fits = False
        if not fits:
            self.close()
            self._make()

    def _version(self) -> int:
        return int(self.reading().execute("PRAGMA user_version").fetchone()[0])

    def _make(self) -> None:
        for end in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)
        db = self.reading()
        db.executescript(f"BEGIN; {_TABLES} {_FIRST} PRAGMA user_version = {VERSION}; COMMIT;")

    def reading(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if found is None:
            try:
                found = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=30)
                # What is lost with a machine that stops is made again.
                found.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;")
                found.execute("PRAGMA mmap_size=1073741824")
            except sqlite3.OperationalError as error:
                raise StoreError(f"the index {self.path} cannot be opened ({error}); is the folder there?") from error
            with self._list_lock:
                self._all.append(found)
            self._own.connection = found
        return found

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction of the one writer."""
        with self.lock:
            db = self.reading()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    def meta(self, name: str) -> int:
        """A number that is kept of the whole index; 0 where it was never set."""
        found = self.reading().execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return int(found[0]) if found else 0

    def close(self) -> None:
        """Close every connection."""
        with self._list_lock:
            for connection in self._all:
                connection.close()
            self._all.clear()
        self._own = local()


class Terms:
    """Values and their numbers by kind, all in memory; new ones wait until :meth:`keep`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._codes: dict[str, dict[str, int]] = {}
        self._values: dict[str, list[str]] = {}
        self._ranks: dict[str, tuple[int, list[int]]] = {}
        self._new: list[tuple[str, int, str]] = []
        self.read(db)

    def read(self, db: sqlite3.Connection) -> None:
        """What the file holds; what is there already has the numbers that it has there."""
        for kind, code, value in db.execute("SELECT kind, code, value FROM terms ORDER BY kind, code"):
            values, codes = self._of(kind)
            while len(values) <= code:
                values.append("")
            values[code] = value
            codes[value] = code

    def _of(self, kind: str) -> tuple[list[str], dict[str, int]]:
        if kind not in self._values:
            self._values[kind], self._codes[kind] = [""], {}
        return self._values[kind], self._codes[kind]

    def code(self, kind: str, value: str | None) -> int:
        """The number of a value, a new one where it has none; 0 for what is not stated."""
        if not value:
            return 0
        values, codes = self._of(kind)
        found = codes.get(value)
        if found is None:
            found = len(values)
            values.append(value)
            codes[value] = found
            self._new.append((kind, found, value))
        return found

    def has(self, kind: str, value: str) -> bool:
        """Whether the index knows a value."""
        return value in self._of(kind)[1]

    def known(self, kind: str, value: str) -> int | None:
        """The number of a value that the index has, without regard to case where the exact one is not there."""
        _, codes = self._of(kind)
        found = codes.get(value)
        if found is None:
            wanted = value.casefold()
            found = next((code for name, code in list(codes.items()) if name.casefold() == wanted), None)
        return found

    def ranks(self, kind: str) -> list[int]:
        """The rank of each value of a kind among all, by the alphabet; 0 for no value."""
        values = self.values(kind)
        many, ranks = self._ranks.get(kind, (0, []))
        if many != len(values):
            ranks = [0] * len(values)
            for rank, code in enumerate(sorted(range(1, len(ranks)), key=lambda code: values[code].casefold()), 1):
                ranks[code] = rank
            self._ranks[kind] = len(ranks), ranks
        return ranks

    def values(self, kind: str) -> list[str]:
        """The values of a kind by their numbers; the first is no value."""
        return self._of(kind)[0]

    def value(self, kind: str, code: int) -> str | None:
        """The value of a number; None for 0."""
        return self._of(kind)[0][code] or None

    def keep(self, db: sqlite3.Connection) -> None:
        """Write the new ones."""
        db.executemany("INSERT OR REPLACE INTO terms VALUES (?, ?, ?)", self._new)
        self._new.clear()
