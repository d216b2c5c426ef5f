"""Counting on standard error: a bar with the rate and the time left on a terminal, a line now and then in a log."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self, TypeVar

from dateline.errors import printable_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

T = TypeVar("T")
Count = Callable[[Iterable[T]], Iterator[T]]
"""Passes outcomes on and counts them."""

LOG_SECONDS = 60.0
"""How often a log is told."""


def progress(outcomes: Iterable[T], what: str = "Coding reports", total: int | None = None) -> Iterator[T]:
    """The outcomes as they come, counted on standard error."""
    with counted(what, total) as count:
        yield from count(outcomes)


@contextmanager
def counted(what: str, total: int | None = None) -> Iterator[Callable[[Iterable[T]], Iterator[T]]]:
    """What counts outcomes as they pass, with their rate and, where a ``total`` is known, the time left.

    Where nobody watches, standard error is taken for a log, and is told once a minute.
    """
    if not sys.stderr.isatty():
        yield _Log(what, total).count
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    number = MofNCompleteColumn() if total is not None else TextColumn("{task.completed}")
    left = (TextColumn("left:"), TimeRemainingColumn()) if total is not None else ()
    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), number, rate, TimeElapsedColumn(), *left)
    with (
        Progress(*columns, console=Console(stderr=True), transient=True) as bar,
        _Fetching(bar, what) as fetching,
    ):
        task = fetching.task = bar.add_task(what, total=total, rate="")
        speed = _Speed()

        def count(outcomes: Iterable[T]) -> Iterator[T]:
            for outcome in outcomes:
                bar.update(task, advance=1, description=what, rate=_paced(speed.after_one()))
                yield outcome

        yield count


class _Speed:
    """How many come a second, since the first of them: what was loaded before it is no work of theirs."""

    def __init__(self) -> None:
        self.number = 0
        self.began = 0.0

    def after_one(self, now: float | None = None) -> float | None:
        """The rate after one more; None while it is not known."""
        now = time.monotonic() if now is None else now
        if not self.number:
            self.began = now
        self.number += 1
        took = now - self.began
        return (self.number - 1) / took if took > 0.5 else None


def _paced(rate: float | None) -> str:
    """A rate in words: a second, or a minute where that is easier to read."""
    if rate is None:
        return ""
    return f"{rate:,.1f}/s" if rate >= 1 else f"{60 * rate:,.1f}/min"


class _Log:
    """Lines for a log."""

    def __init__(self, what: str, total: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._what, self._total, self._clock = what, total, clock
        self._speed = _Speed()
        self._told = clock()

    def count(self, outcomes: Iterable[T]) -> Iterator[T]:
        """The outcomes as they come."""
        for outcome in outcomes:
            now = self._clock()
            rate = self._speed.after_one(now)
            if now - self._told >= LOG_SECONDS:
                self._told = now
                print(f"dateline: {self._line(rate)}", file=sys.stderr, flush=True)
            yield outcome

    def _line(self, rate: float | None) -> str:
        done = f"{self._what}: {self._speed.number:,}"
        done += f" of {self._total:,}" if self._total is not None else ""
        if rate is None:
            return done
        if self._total is None or not rate:
            return f"{done}, {_paced(rate)}"
        left = int(max(0, self._total - self._speed.number) / rate)
        return f"{done}, {_paced(rate)}, left: {left // 3600}:{left // 60 % 60:02}:{left % 60:02}"


class _Fetching(logging.Handler):
    """Says beside the count what is being fetched: a slow host is seen to be one."""

    def __init__(self, bar: Progress, what: str) -> None:
        super().__init__(logging.INFO)
        self._bar, self._what = bar, what
        self._log = logging.getLogger("dateline.intake.fetch")
        self._level = self._log.level
        self.task: TaskID | None = None

    def __enter__(self) -> Self:
        self._log.addHandler(self)
        self._log.setLevel(logging.INFO)
        return self

    def __exit__(self, *_: object) -> None:
        self._log.removeHandler(self)
        self._log.setLevel(self._level)

    def emit(self, record: logging.LogRecord) -> None:
        from rich.markup import escape

        if self.task is not None:
            words = escape(printable_line(record.getMessage())[:60])
            self._bar.update(self.task, description=f"{self._what}, {words}")
