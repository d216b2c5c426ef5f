"""One watch at a time: two would ask every host twice as often as it was promised."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.errors import StoreError

LOCK = "watch.lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of a project's watch; the system lets go of it when the process ends, however it ends.

    Raises :class:`StoreError` where another process holds it.
    """
    try:
        import fcntl
    except ImportError:  # Windows: its transactions keep two from putting a page in twice
        yield
        return
    with (folder / LOCK).open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(f"{folder} is being watched by another process; it polls what you add to it") from error
        yield
