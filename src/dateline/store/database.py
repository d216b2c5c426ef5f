"""The database of a project: opened in WAL mode, brought to the version of the tables that this dateline knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError

from dateline.errors import StoreError
from dateline.store import faults

WAIT_MILLISECONDS = 30_000
"""How long a writer waits for another before it gives up."""


class Database:
    """The tables of one project. Many may read while one writes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = _engine(path)

    @classmethod
    def open(cls, path: Path) -> Database:
        """Open, and migrate where the tables are those of an older version.

        Raises :class:`StoreError` where the file is no project's, or was written by a newer dateline.
        """
        database = cls(path)
        database._migrate()
        return database

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the tables."""
        with self._told(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: everything in it is kept, or nothing. The lock is taken at once, so no two writers mix."""
        with self._told(), self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """A file that is damaged, locked or full, or a value that it cannot hold, as :class:`StoreError`."""
        try:
            yield
        except IntegrityError:
            raise  # what may not be written is a fault of the program
        except DBAPIError as error:
            raise faults.of_database(self.path, error) from error
        except UnicodeEncodeError as error:
            # Python hands on what was typed in another encoding as halves of characters.
            raise StoreError(f"{error.object!r} is not UTF-8 and cannot be in a project; write it in UTF-8") from error

    def _migrate(self) -> None:
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        newest = ScriptDirectory.from_config(config).get_current_head()
        with self.reading() as connection:
            now = MigrationContext.configure(connection).get_current_revision()
        if now == newest:
            return
        if now is not None and now not in {s.revision for s in ScriptDirectory.from_config(config).walk_revisions()}:
            raise StoreError(
                f"{self.path} was written by a newer dateline (its tables are {now}); install that version"
            )
        with self.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _: object) -> None:
        # SQLAlchemy begins transactions itself: the driver's own way would begin them too late for BEGIN IMMEDIATE.
        connection.isolation_level = None
        for setting in (
            "journal_mode=WAL",
            # An acknowledged decision is on the disk.
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={WAIT_MILLISECONDS}",
            "cache_size=-64000",
            "mmap_size=268435456",
        ):
            connection.execute(f"PRAGMA {setting}")

    return engine
