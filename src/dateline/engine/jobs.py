"""Batches on several cores: processes code, and the outcomes come in the order of the reports, as from one process.

A process that dies (of want of memory, say) costs no other report anything: what it was coding is given to fresh ones,
each report by itself, and one over which a second process dies becomes a failure.
"""

from __future__ import annotations

import gc
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from multiprocessing.connection import wait

from dateline.coder.encoder.network import reading_in_line
from dateline.engine.coder import Coder
from dateline.engine.cores import default_jobs
from dateline.engine.local import BATCH_CHARACTERS, run
from dateline.engine.worker import Done, Start, Worker, usual_start
from dateline.errors import DatelineError, PluginError
from dateline.intake import Failure
from dateline.model import Coding, Report
from dateline.settings import CoderSettings

AT_ONCE = 8
"""Reports that a worker is given together."""
AHEAD = 6
"""Lists of so many reports that are read ahead, a worker: more wait until the first of them are coded."""
DEATHS = 2
"""Workers that may die over a report before it is given up."""
STILLBORN = 3
"""Workers that may die one after the other before they have begun."""
BY_HAND = 50_000
"""Characters of the longest first report that is coded in this process."""

Outcome = Coding | Failure


def run_jobs(
    items: Iterable[Report | Failure],
    coder: Coder,
    jobs: int | None = None,
    *,
    settings: CoderSettings | None = None,
    start: Start | None = None,
    guarded: bool = False,
) -> Generator[Outcome, None, None]:
    """Code every report of ``items`` in ``jobs`` processes, a core each; None: on all cores that may be used.

    Outcomes come in order, and are the same for any number of jobs. The first report is coded in this process, so that
    whoever gives one starts no other; with one job all are. ``settings`` are those that the coder was made by: where a
    worker cannot be a copy of this process, it makes its own coder by them. ``guarded``: no report is coded in this
    process, also with one job, so that none can end it. Raises what :func:`run` raises, and
    :class:`PluginError` where a coder or its codings cannot be handed from one process to another.
    """
    jobs = default_jobs() if jobs is None else jobs
    rest = iter(items)
    if guarded:
        with closing(_Jobs(coder, jobs, settings, start or usual_start())) as pool:
            yield from pool.outcomes(rest)
        return
    # Failures ahead of the first report are told at once.
    for item in rest:
        if isinstance(item, Failure):
            yield item
            continue
        if jobs == 1:
            with reading_in_line():
                yield from run(chain((item,), rest), coder)
            return
        if len(item.text) <= BY_HAND:
            yield from run((item,), coder)
        else:
            rest = chain((item,), rest)
        break
    with closing(_Jobs(coder, jobs, settings, start or usual_start())) as pool:
        yield from pool.outcomes(rest)


@dataclass(slots=True)
class _Task:
    """A report that is to be coded: its place in the order, and how many workers died over it."""

    place: int
    report: Report
    deaths: int = 0


class _Jobs:
    """Workers and what they do."""

    def __init__(self, coder: Coder, jobs: int, settings: CoderSettings | None, start: Start) -> None:
        self._coder, self._jobs, self._settings, self._start = coder, jobs, settings, start
        self._idle: list[Worker] = []
        self._busy: dict[Worker, deque[_Task]] = {}
        self._waiting: deque[_Task] = deque()
        self._done: dict[int, Outcome] = {}
        self._read = self._next = 0
        self._characters = 0
        self._ended = False
        self._stillborn = 0

    def outcomes(self, items: Iterator[Report | Failure]) -> Iterator[Outcome]:
        """One outcome an item, in order."""
        while True:
            self._serve(0)
            self._hand_out()
            if self._next in self._done:
                yield self._done.pop(self._next)
                self._next += 1
            elif not self._ended and self._has_room():
                self._take(next(items, None))
            elif self._next < self._read:
                self._serve(None)
            elif self._ended:
                return

    def close(self) -> None:
        """End every worker."""
        for worker in (*self._idle, *self._busy):
            worker.end()
        self._idle, self._busy = [], {}
        gc.unfreeze()

    def _has_room(self) -> bool:
        """Whether more may be read: bounded in reports, those that are done and wait for an earlier one too."""
        return (
            self._read - self._next < AHEAD * AT_ONCE * self._jobs
            and self._characters < AHEAD * BATCH_CHARACTERS * self._jobs
        )

    def _take(self, item: Report | Failure | None) -> None:
        if item is None:
            self._ended = True
            return
        if isinstance(item, Report):
            self._waiting.append(_Task(self._read, item))
            self._characters += len(item.text)
        else:
            self._done[self._read] = item
        self._read += 1

    def _hand_out(self) -> None:
        """Give what waits to workers that have nothing to do, and start more while there may be more."""
        while self._waiting and self._idle:
            worker = self._idle.pop()
            tasks = self._some(worker.lists)
            if worker.give([task.report for task in tasks]):
                self._busy[worker] = tasks
            else:
                self._waiting.extendleft(reversed(tasks))
                worker.end()
        starting = sum(not tasks for tasks in self._busy.values())
        if starting < len(self._waiting) and len(self._busy) < self._jobs:
            self._busy[self._new()] = deque()

    def _some(self, lists: int) -> deque[_Task]:
        """The next tasks for a worker that was given so many lists: the first codings wait for no long one, and in the
        end each worker has some. A report over which a worker died is given alone.
        """
        tasks: deque[_Task] = deque()
        most = min(AT_ONCE, 1 << lists, -(-len(self._waiting) // self._jobs) if self._ended else AT_ONCE)
        size = 0
        while self._waiting and len(tasks) < max(1, most) and size < BATCH_CHARACTERS:
            if self._waiting[0].deaths and tasks:
                break
            task = self._waiting.popleft()
            tasks.append(task)
            size += len(task.report.text)
            if task.deaths:
                break
        return tasks

    def _new(self) -> Worker:
        # What is there now is not looked through for garbage again: a worker that did would copy all of it.
        gc.freeze()
        return Worker(self._coder, self._settings, self._start, [worker.pipe for worker in (*self._idle, *self._busy)])

    def _serve(self, seconds: float | None) -> None:
        """Take one answer of each worker that has one, after waiting for the first of them so many seconds."""
        if not self._busy:
            return
        workers = {worker.pipe: worker for worker in self._busy}
        for pipe in wait(list(workers), seconds):
            worker = workers[pipe]
            answer = worker.take()
            if answer is None:
                self._buried(worker)
            elif isinstance(answer, DatelineError):
                raise answer
            elif isinstance(answer, Done):
                del self._busy[worker]
                self._stillborn = 0
                if answer.tired:
                    worker.end()
                else:
                    self._idle.append(worker)
            else:
                self._put(self._busy[worker].popleft(), answer)

    def _put(self, task: _Task, outcome: Outcome) -> None:
        self._done[task.place] = outcome
        self._characters -= len(task.report.text)

    def _buried(self, worker: Worker) -> None:
        """What a dead worker leaves is coded by others, report by report; its death is laid to each of them."""
        tasks, code = self._busy.pop(worker), worker.end()
        if not tasks:
            self._stillborn += 1
            if self._stillborn == STILLBORN:
                raise PluginError(
                    f"no process that codes can be started ({_ended(code)}); code with one job (--jobs 1), and where "
                    'this is a program of your own, begin it with: if __name__ == "__main__":'
                )
        for task in reversed(tasks):
            task.deaths += 1
            if task.deaths < DEATHS:
                self._waiting.appendleft(task)
            else:
                self._put(task, _given_up(task.report, code))


def _given_up(report: Report, code: int | None) -> Failure:
    return Failure(
        path=report.id,
        line=None,
        error=f"{DEATHS} processes died while they coded it ({_ended(code)}), most likely for want of memory",
        mend="the other reports are coded; set it apart, split it, or lower --limit words=N so that it is passed over",
    )


def _ended(code: int | None) -> str:
    """How a process ended, in words."""
    if code is not None and code < 0:
        return signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    return f"exit code {code}"
