"""A project's database on a server of PostgreSQL, for a team: many may read while one writes, from anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from dateline.errors import MissingPartError, StoreError
from dateline.store.databases.sqlite import WAIT_MILLISECONDS

_SCHEMES = ("postgresql://", "postgres://")
_WRITERS, _WATCHERS = 0x6461_7465, 0x6461_7466
"""The first halves of the keys of two locks; the second is the schema that the project is in."""
_SCHEMA = "hashtext(current_schema())"

_PASSWORD = re.compile(r"(?<=://)([^/@?:]*):[^@]*@|([?&])(?:password|sslpassword)=[^&]*")


def is_address(given: str) -> bool:
    """Whether this is the address of a database, and no path."""
    return given.startswith(_SCHEMES)


def without_password(address: str) -> str:
    """An address as it may be shown and kept."""
    bare = _PASSWORD.sub(lambda found: f"{found[1]}@" if found[1] is not None else found[2], address)
    return bare.replace("&&", "&").replace("?&", "?").rstrip("?&")


class Server:
    """The database that an address names, as libpq understands it: a ``.pgpass`` file and services hold here too."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._shown = without_password(address)

    def __str__(self) -> str:
        return self._shown

    @property
    def mend(self) -> str:
        """What to do where no project is in it."""
        return f"restore a copy, or begin one there: dateline init DIR --database {self._shown}"

    def engine(self) -> Engine:
        """What opens connections. Raises :class:`MissingPartError` where the driver is not installed."""
        try:
            import psycopg

            from dateline.store.databases import words
        except ImportError as error:
            raise MissingPartError(
                f"a project in PostgreSQL needs {error.name}, which is not installed; "
                "write: pip install 'dateline[postgres]'"
            ) from error

        def connect() -> Any:
            connection = psycopg.connect(
                self.address,
                client_encoding="utf8",
                connect_timeout=10,
                fallback_application_name="dateline",
            )
            words.register(connection)
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = {WAIT_MILLISECONDS}")
                # An acknowledged decision is on the disk, whatever this database is used to.
                cursor.execute(
                    "SELECT set_config('synchronous_commit', 'on', false) "
                    "WHERE current_setting('synchronous_commit') = 'off'"
                )
            connection.commit()
            return connection

        # The address goes to libpq as it is: the one here says only which dialect is spoken.
        return create_engine("postgresql+psycopg://", creator=connect, pool_pre_ping=True, max_overflow=15)

    def begin_reading(self, connection: Connection) -> None:
        """Read one state of the tables, whatever is written meanwhile."""
        connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def passing(self, connection: Connection) -> Iterator[None]:
        """Nothing: what the server holds of the tables is not held here."""
        del connection
        yield

    def begin_writing(self, connection: Connection) -> None:
        """Take the lock that all writers take, here and on other machines; it ends with the transaction.

        What is read after it is what the writer before has left, so that no two mix and nothing has to be tried again.
        """
        connection.execution_options(isolation_level="READ COMMITTED")
        connection.execute(text(f"SELECT pg_advisory_xact_lock(:writers, {_SCHEMA})"), {"writers": _WRITERS})

    def begin_snapshot(self, connection: Connection) -> None:
        """Nothing more than reading begins with: that is of one state."""

    @contextmanager
    def unguarded(self, connection: Connection) -> Iterator[None]:
        """Within a transaction, write rows as they are: without triggers that number, seal and refuse."""
        names = inspect(connection).get_table_names()
        for what in ("DISABLE", "ENABLE"):
            for name in names:
                connection.exec_driver_sql(f'ALTER TABLE "{name}" {what} TRIGGER USER')
            if what == "DISABLE":
                yield

    def is_alone(self, connection: Connection) -> bool:
        """Take the lock of who watches, unless another session has it; it is held until the connection is closed."""
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()
        taken = connection.execute(text(f"SELECT pg_try_advisory_lock(:watchers, {_SCHEMA})"), {"watchers": _WATCHERS})
        return bool(taken.scalar_one())

    def check(self, connection: Connection) -> None:
        """Raise :class:`StoreError` where the database cannot hold a project."""
        encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise StoreError(
                f"{self} keeps text in {encoding}, which lacks most characters; "
                "make a database in UTF8: createdb -E UTF8 -T template0 NAME"
            )
        if connection.execute(text("SELECT current_schema()")).scalar_one() is None:
            raise StoreError(f"{self} has no schema that you may use; ask its owner for one, or set search_path")

    def fault(self, error: DBAPIError) -> StoreError:
        """The error for what PostgreSQL would not do, with the mend for what it says is the matter."""
        told = " ".join(str(error.orig).split())[:300]
        secret = _secret(self.address)
        if secret:
            told = told.replace(secret, "...")
        return StoreError(f"{self} cannot be used as a project's database ({told}); {_mend(error, told)}")


def _secret(address: str) -> str | None:
    found = re.search(r"(?<=://)[^/@?:]*:([^@]*)@", address) or re.search(r"[?&]password=([^&]*)", address)
    return unquote(found[1]) if found and found[1] else None


_AGAIN = "nothing of this was kept, and what was acknowledged is: run this again"
_STATES = {
    "23": "",
    "28": "look at the user's name and password (~/.pgpass, DATELINE_DATABASE) and the server's pg_hba.conf",
    "3D": "make it first: createdb -E UTF8 -T template0 NAME",
    "40": _AGAIN,
    "42501": "ask its owner for the right to make and write tables there",
    "53100": "the server's disk is full: free some room and run this again; what was acknowledged is kept",
    "53300": "the server has no connection left: end another program, or raise its max_connections",
    "54": "a name or an address in it is longer than PostgreSQL can look up by; SQLite has no such limit",
    "55P03": "wait for the other program and run this again",
    "57": f"the server was stopped or is starting; {_AGAIN}",
    "25006": "it is open for reading only: give the address of the server that is written to",
    "08": f"look at the server and the way to it; {_AGAIN}",
}
_WORDS = (
    ("password authentication failed", "28"),
    ("no password supplied", "28"),
    ("pg_hba.conf", "28"),
    ("authentication", "28"),
    ("role ", "28"),
    ("does not exist", "3D"),
    ("too many", "53300"),
    ("remaining connection slots", "53300"),
    ("starting up", "57"),
    ("shutting down", "57"),
)
"""What libpq says where it gives no code: at the door."""


def _mend(error: DBAPIError, told: str) -> str:
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        state = next((state for words, state in _WORDS if words in told), "08")
    mends = (_STATES[start] for start in (state, state[:2]) if start in _STATES)
    return next(mends, "`dateline verify` tells what is damaged; restore a copy where something is")
