"""The database of a project: opened in WAL mode, brought to the version of the tables that this dateline knows."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from dateline.errors import StoreError
from dateline.store import faults
from dateline.store.review.chain import chained
from dateline.store.seals import seal

WAIT_MILLISECONDS = 30_000
"""How long a writer waits for another before it gives up."""


NEWEST = "0007"
"""The version of the tables that this dateline knows: the last of the migrations."""


class Database:
    """The tables of one project. Many may read while one writes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = _engine(path)
        # Threads of one process wait for their turn here: what the file makes them do is look again and again.
        self._turn = Lock()

    @classmethod
    def open(cls, path: Path, *, new: bool = False) -> Database:
        """Open, and migrate where the tables are those of an older version.

        Raises :class:`StoreError` where the file is no project's, or was written by a newer dateline. Only a ``new``
        one may be empty.
        """
        database = cls(path)
        database._migrate(new)
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
        with self._turn, self._told(), self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the database refuses, or a row in it that cannot be read or kept, as :class:`StoreError`."""
        try:
            yield
        except IntegrityError:
            raise  # what may not be written is a fault of the program
        except DBAPIError as error:
            raise faults.of_database(self.path, error) from error
        except (JSONDecodeError, UnicodeDecodeError, zlib.error, struct.error) as error:
            raise StoreError(f"a row of {self.path} cannot be read ({error}); {faults.DAMAGED}") from error
        except UnicodeEncodeError as error:
            # Python hands on what was typed in another encoding as halves of characters.
            raise StoreError(f"{error.object!r} is not UTF-8 and cannot be in a project; write it in UTF-8") from error

    def _migrate(self, new: bool) -> None:
        with self.reading() as connection:
            now = _revision(connection)
        if now == NEWEST:
            return
        if now is None and not new:
            raise StoreError(
                f"{self.path} has no tables of a project in it; restore a copy, or take it away and write: "
                f"dateline init {self.path.parent}"
            )
        # Loaded where the tables are not those of this version: every other verb would wait for it in vain.
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
        if now is not None and now not in {s.revision for s in ScriptDirectory.from_config(config).walk_revisions()}:
            raise StoreError(
                f"{self.path} was written by a newer dateline (its tables are {now}); install that version"
            )
        with self.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    """The version of the tables, where alembic keeps it; None for a database that has none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _engine(path: Path) -> Engine:
    # A path is no URL: what it holds of "?" and "%" stands for itself.
    engine = create_engine(URL.create("sqlite", database=str(path)))

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
            "cache_size=-64000",
            "mmap_size=268435456",
        ):
            connection.execute(f"PRAGMA {setting}")

    return engine
