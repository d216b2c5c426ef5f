"""Linking while people decide: once decisions rest, what is waiting is linked, and the index follows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from threading import Event, Lock, Thread

from dateline.errors import DatelineError
from dateline.store.index.index import Index
from dateline.store.project import Project

REST_SECONDS = 2.0
"""How long no decision must have been made before what is waiting is linked."""
_TURN_SECONDS = 0.005

_told = logging.getLogger(__name__)


class Linker:
    """A thread that links a project's waiting codings after decisions; it runs from :meth:`start` to :meth:`stop`.

    It begins with all that waits; from then on it links the reports of which something was decided, so that people who
    decide never wait until a whole project was looked through.
    """

    def __init__(self, project: Project, index: Index, rest: float = REST_SECONDS) -> None:
        self._project = project
        self._index = index
        self._rest = rest
        self._woken = Event()
        self._ended = Event()
        self._lock = Lock()
        self._thread: Thread | None = None
        self._decided = set[int]()
        self._is_new = True

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

    def wake(self, reports: Iterable[int]) -> None:
        """Say that something was decided of reports, by their numbers."""
        with self._lock:
            self._decided.update(reports)
        self._woken.set()

    def link(self, until: Callable[[], bool] = lambda: False) -> int:
        """Link what is waiting and bring the index to it, at once; how many codings were taken up.

        Reports are linked one at a time, and none is begun once ``until`` says so: it waits for the next time.
        """
        with self._lock:
            wanted, self._decided = sorted(self._decided), set()
            everything = self._is_new
        taken = 0
        try:
            if everything:
                taken = sum(batch.codings for batch in self._project.link())
                self._is_new, wanted = False, []
            while wanted and not until():
                taken += sum(batch.codings for batch in self._project.link(wanted[:1]))
                del wanted[0]
        finally:
            with self._lock:
                self._decided.update(wanted)
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
                self.link(self._is_disturbed)
            except DatelineError as error:
                # Nothing is lost: what waits is linked after the next decision, or by `dateline link`.
                _told.warning("what was decided is kept, but could not be linked yet: %s", error)

    def _is_disturbed(self) -> bool:
        """Whether somebody decides again; who waits to write has a turn meanwhile."""
        return self._ended.wait(_TURN_SECONDS) or self._woken.is_set()
