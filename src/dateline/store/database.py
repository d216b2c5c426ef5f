"""The database of a project: opened, and brought to the version of the tables that this dateline knows."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from dateline.errors import StoreError
from dateline.store import faults
from dateline.store.databases.postgres import Server
from dateline.store.databases.sqlite import File

NEWEST = "0009"
"""The version of the tables that this dateline knows: the last of the migrations."""

Place = File | Server
"""Where the tables are."""


class Database:
    """The tables of one project. Many may read while one writes."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.engine = place.engine()
        # Threads of one process wait for their turn here: what a file makes them do is look again and again.
        self._turn = Lock()

    @classmethod
    def open(cls, place: Place | Path, *, new: bool = False, again: bool = False) -> Database:
        """Open, and migrate where the tables are those of an older version.

        Raises :class:`StoreError` where it is no project's, or was written by a newer dateline. Only a ``new`` one may
        be empty, and must be; ``again``: or hold a project in which nothing was ever done.
        """
        database = cls(File(place) if isinstance(place, Path) else place)
        try:
            database._migrate(new, again)
        except BaseException:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the tables."""
        with self._told(), self.engine.connect() as connection:
            self.place.begin_reading(connection)
            yield connection

    @contextmanager
    def passing(self) -> Iterator[Connection]:
        """The same for who goes through all of a project: what was read is not kept at hand for a second time."""
        with self.reading() as connection, self.place.passing(connection):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: everything in it is kept, or nothing. The lock is taken at once, so no two writers mix."""
        with self._turn, self._told(), self.engine.connect() as connection:
            self.place.begin_writing(connection)
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
            raise self.place.fault(error) from error
        except (JSONDecodeError, UnicodeDecodeError, zlib.error, struct.error) as error:
            raise StoreError(f"a row of {self.place} cannot be read ({error}); {faults.DAMAGED}") from error
        except UnicodeEncodeError as error:
            # Python hands on what was typed in another encoding as halves of characters.
            raise StoreError(f"{error.object!r} is not UTF-8 and cannot be in a project; write it in UTF-8") from error

    def _is_unused(self) -> bool:
        with self.reading() as connection:
            used = connection.execute(text("SELECT (SELECT count(*) FROM log) + (SELECT count(*) FROM evidence)"))
            return int(used.scalar_one()) == 0

    def _migrate(self, new: bool, again: bool) -> None:
        with self.reading() as connection:
            now, others = _revision(connection), list[str]()
            if now is None:
                self.place.check(connection)
                others = inspect(connection).get_table_names() if new else []
        if new and now is not None and not (again and self._is_unused()):
            raise StoreError(f"{self.place} holds a project already; name an empty database, or a schema of its own")
        if others:
            raise StoreError(f"{self.place} holds tables of another program; name an empty database, or a schema")
        if now == NEWEST:
            return
        if now is None and not new:
            raise StoreError(f"{self.place} has no tables of a project in it; {self.place.mend}")
        # Loaded where the tables are not those of this version: every other verb would wait for it in vain.
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
        if now is not None and now not in {s.revision for s in ScriptDirectory.from_config(config).walk_revisions()}:
            raise StoreError(
                f"{self.place} was written by a newer dateline (its tables are {now}); install that version"
            )
        with self.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    """The version of the tables, where alembic keeps it; None for a database that has none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
