"""Linking while people decide: once decisions rest, what is waiting is linked, and the index follows."""

from __future__ import annotations

import logging
from threading import Event, Lock, Thread

from dateline.errors import DatelineError
from dateline.store.index.index import Index
from dateline.store.project import Project

REST_SECONDS = 2.0
"""How long no decision must have been made before what is waiting is linked."""

_told = logging.getLogger(__name__)


class Linker:
    """A thread that links a project's waiting codings after decisions; it runs from :meth:`start` to :meth:`stop`."""

    def __init__(self, project: Project, index: Index, rest: float = REST_SECONDS) -> None:
        self._project = project
        self._index = index
        self._rest = rest
        self._woken = Event()
        self._ended = Event()
        self._lock = Lock()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin, where it has not: what waits from before is linked first."""
        with self._lock:
            if self._thread is None:
                self._ended.clear()
                self._woken.set()
                self._thread = Thread(target=self._run, name="linking", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End, after what is being linked."""
        with self._lock:
            if self._thread is not None:
                self._ended.set()
                self._woken.set()
                self._thread.join()
                self._thread = None

    def wake(self) -> None:
        """Say that something was decided."""
        self._woken.set()

    def link(self) -> int:
        """Link what is waiting and bring the index to it, at once; how many codings were taken up."""
        taken = sum(batch.codings for batch in self._project.link())
        self._index.catch_up()
        return taken

    def _run(self) -> None:
        while not self._ended.is_set():
            self._woken.wait()
            # Each decision begins the rest anew.
            while self._woken.is_set() and not self._ended.is_set():
                self._woken.clear()
                self._ended.wait(self._rest)
            if self._ended.is_set():
                return
            try:
                self.link()
            except DatelineError as error:
                # Nothing is lost: what waits is linked after the next decision, or by `dateline link`.
                _told.warning("what was decided is kept, but could not be linked yet: %s", error)
