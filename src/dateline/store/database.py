"""The database of a project: opened in WAL mode, brought to the version of the tables that this dateline knows."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from dateline.errors import StoreError
from dateline.store.seals import seal

WAIT_MILLISECONDS = 30_000
"""How long a writer waits for another before it gives up."""


DAMAGED = "restore a copy (`dateline verify` tells what is damaged)"
"""The mend where the file is not what was written."""

NEWEST = "0004"
"""The version of the tables that this dateline knows: the last of the migrations."""


class Database:
    """The tables of one project. Many may read while one writes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = _engine(path)

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
        """A file that cannot be used, or a row in it that cannot be read, as :class:`StoreError`."""
        try:
            yield
        except IntegrityError:
            raise  # what may not be written is a fault of the program
        except DatabaseError as error:
            # A text that cannot be decoded is quoted whole: the beginning will do.
            what, mend = str(error.orig)[:200], _mend(error.orig)
            raise StoreError(f"{self.path} cannot be used as a project's database ({what}); {mend}") from error
        except (JSONDecodeError, UnicodeDecodeError, zlib.error, struct.error) as error:
            raise StoreError(f"a row of {self.path} cannot be read ({error}); {DAMAGED}") from error

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


def _mend(error: object) -> str:
    """What to do about an error of the database."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "wait for the other program that writes to it"
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return "make room on its disk, and look whether the disk is sound"
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return "allow yourself to write to it and to its folder"
    return DAMAGED


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
