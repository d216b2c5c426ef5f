"""One watch at a time: two would ask every host twice as often as it was promised."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dateline.errors import StoreError
from dateline.files.lock import take
from dateline.store.databases.postgres import Server
from dateline.store.project import Project

LOCK = "watch.lock"


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Hold the lock of a project's watch; it is let go of when the process ends, however it ends.

    Raises :class:`StoreError` where another process holds it, for a database on a server also on another machine.
    """
    folder, place = project.folder, project.database.place
    held = StoreError(f"{folder} is being watched by another process; it polls what you add to it")
    if isinstance(place, Server):
        # Its own connection: the lock is the session's, and no transaction is open meanwhile.
        with project.database.engine.connect() as connection:
            if not place.is_alone(connection):
                raise held
            yield
        return
    with (folder / LOCK).open("w", encoding="utf-8") as file:
        # Where there are no locks, transactions keep two from putting a page in twice.
        if take(file.fileno()) is False:
            raise held
        yield
