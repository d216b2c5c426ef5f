"""A project's database as a file beside its evidence: SQLite in WAL mode."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from dateline.errors import StoreError
from dateline.store import faults
from dateline.store.review.chain import chained
from dateline.store.seals import seal

WAIT_MILLISECONDS = 30_000
"""How long a writer waits for another before it gives up."""

_CACHE, _PASSING = -64_000, -4_000
"""The most that a connection holds of the file, in KiB with a minus: as a rule, and for who goes through all of it."""


class File:
    """The file of a database. Many may read while one writes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __str__(self) -> str:
        return str(self.path)

    @property
    def mend(self) -> str:
        """What to do where no project is in it."""
        return f"restore a copy, or take it away and write: dateline init {self.path.parent}"

    def engine(self) -> Engine:
        """What opens connections."""
        # A path is no URL: what it holds of "?" and "%" stands for itself.
        engine = create_engine(URL.create("sqlite", database=str(self.path)))

        @event.listens_for(engine, "connect")
        def _settings(connection: Any, _: object) -> None:
            # SQLAlchemy begins transactions itself: the driver's own way would begin them too late for BEGIN IMMEDIATE.
            connection.isolation_level = None
            connection.create_function("seal", -1, seal, deterministic=True)
            connection.create_function("chained", -1, chained, deterministic=True)
            for setting in (
                "journal_mode=WAL",
                # An acknowledged decision is on the disk.
                "synchronous=FULL",
                "foreign_keys=ON",
                f"busy_timeout={WAIT_MILLISECONDS}",
                f"cache_size={_CACHE}",
                "mmap_size=268435456",
            ):
                connection.execute(f"PRAGMA {setting}")

        return engine

    def begin_reading(self, connection: Connection) -> None:
        """Nothing: what a statement reads is of one state."""

    @contextmanager
    def passing(self, connection: Connection) -> Iterator[None]:
        """Hold few pages: what is looked at once would fill the room for those that are looked at again and again."""
        connection.exec_driver_sql(f"PRAGMA cache_size={_PASSING}")
        try:
            yield
        finally:
            connection.exec_driver_sql(f"PRAGMA cache_size={_CACHE}")

    def begin_writing(self, connection: Connection) -> None:
        """Take the lock at once, so that no two writers mix."""
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def begin_snapshot(self, connection: Connection) -> None:
        """Read one state of the tables from here on, whatever is written meanwhile."""
        connection.exec_driver_sql("BEGIN")

    @contextmanager
    def unguarded(self, connection: Connection) -> Iterator[None]:
        """Within a transaction, write rows as they are: without triggers that number, seal and refuse."""
        triggers = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        for name, _ in triggers:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        yield
        for _, made in triggers:
            connection.exec_driver_sql(made)

    def check(self, connection: Connection) -> None:
        """Nothing: whatever SQLite can open will do."""

    def fault(self, error: DBAPIError) -> StoreError:
        """The error for what SQLite would not do."""
        return faults.of_database(self.path, error)
