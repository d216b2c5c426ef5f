"""A process that codes what it is given, and how it is started, spoken with and ended.

Over its pipe come lists of reports; for each report an outcome goes back, and :class:`Done` after the last of a list.
On Linux a worker is forked from the process that loaded the coder: the models are loaded once, and the workers share
their memory for as long as none writes to it. Elsewhere it is started anew, and makes the coder itself.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import Any, Literal

from dateline.coder.encoder.network import reading_in_line
from dateline.engine.coder import Coder, coder_of
from dateline.engine.cores import memory_used
from dateline.engine.local import run
from dateline.errors import DatelineError, PluginError
from dateline.intake import Failure
from dateline.model import Coding, Report
from dateline.settings import CoderSettings

Start = Literal["fork", "spawn"]
"""How a worker comes to be: as a copy of this process, or as a new one."""

MOST_REPORTS = 5_000
"""Reports after which a worker gives way to a fresh one: the pipeline keeps every word that it ever met."""
MOST_GROWTH = 500_000_000
"""Bytes by which a worker may grow before it does."""


def usual_start() -> Start:
    """Fork where it is safe: on Linux. On macOS the system's own libraries may break in a forked process."""
    return "fork" if sys.platform == "linux" else "spawn"


@dataclass(frozen=True, slots=True)
class Done:
    """A worker has nothing to do; ``tired`` says that a fresh one should take what comes next."""

    tired: bool


Answer = Coding | Failure | Done | DatelineError


class Worker:
    """A process of its own, with the coder. It ends when it is told to, or when its pipe does."""

    def __init__(
        self, coder: Coder, settings: CoderSettings | None, start: Start, others: Iterable[Connection]
    ) -> None:
        context: Any = get_context(start)
        self.pipe, end = context.Pipe()
        self.lists = 0
        # In a copy of this process the other workers' pipes are open too, and would outlive this process.
        given = (end, coder, (self.pipe, *others)) if start == "fork" else (end, settings or _packed(coder), ())
        self.process = context.Process(target=_work, args=given, daemon=True, name="dateline coder")
        with _without_parallel_tokenizers(), warnings.catch_warnings():
            # Newer Pythons warn of forking beside threads; those here, of a progress bar, hold nothing that it uses.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.process.start()
        end.close()

    def give(self, reports: list[Report]) -> bool:
        """Hand it reports to code; False where it is there no more."""
        try:
            self.pipe.send(reports)
        except OSError:
            return False
        self.lists += 1
        return True

    def take(self) -> Answer | None:
        """What it answers next; None where it is there no more."""
        try:
            answer: Answer = self.pipe.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        return answer

    def end(self) -> int | None:
        """End it, whatever it does: it keeps nothing. Its exit code, below 0 for the signal that ended it."""
        self.pipe.close()
        # One that died by itself is given the time to have been waited for: its own exit code tells why.
        self.process.join(0.05)
        self.process.kill()
        self.process.join()
        code: int | None = self.process.exitcode
        self.process.close()
        return code


@contextmanager
def _without_parallel_tokenizers() -> Iterator[None]:
    """Tokenizers that once used several threads are told that they have none: those are not there in a copy."""
    name = "TOKENIZERS_PARALLELISM"
    before = os.environ.get(name)
    os.environ[name] = "false"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _packed(coder: Coder) -> bytes:
    try:
        return bytes(ForkingPickler.dumps(coder))
    except Exception as error:
        raise PluginError(
            f"the coder {coder.info.name!r} cannot be handed to another process ({type(error).__name__}: {error}); "
            "code with one job (--jobs 1), give its settings along, or tell whoever made it"
        ) from error


def _work(pipe: Connection, given: Coder | CoderSettings | bytes, others: Iterable[Connection]) -> None:
    """What a worker does: say that it is there, and code what comes, until nothing more does."""
    # Ctrl-C is for the process that asked for the codings, which then ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in others:
        other.close()
    # A thread of a progress bar may have held the stream while this process was copied: nobody would give it back.
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # open until the end
    with reading_in_line(), suppress(EOFError, OSError):  # whoever started it may end at any time
        try:
            coder = _coder(given)
        except DatelineError as error:
            pipe.send(error)
            return
        before, coded = memory_used(), 0
        pipe.send(Done(tired=False))
        while True:
            reports: list[Report] = pipe.recv()
            for answer in _answers(reports, coder):
                pipe.send_bytes(answer)
            coded += len(reports)
            now = memory_used()
            grown = now - before if now is not None and before is not None else 0
            pipe.send(Done(coded >= MOST_REPORTS or grown >= MOST_GROWTH))


def _coder(given: Coder | CoderSettings | bytes) -> Coder:
    if isinstance(given, CoderSettings):
        return coder_of(given)
    if not isinstance(given, bytes):
        return given
    coder: Coder = pickle.loads(given)
    return coder


def _answers(reports: list[Report], coder: Coder) -> Iterable[bytes]:
    """The outcome of each report, ready to be sent; an error of the coder instead of what it would end."""
    try:
        for outcome in run(reports, coder, first=len(reports)):
            yield _sent(outcome, coder)
    except DatelineError as error:
        yield bytes(ForkingPickler.dumps(error))


def _sent(outcome: Coding | Failure, coder: Coder) -> bytes:
    try:
        return bytes(ForkingPickler.dumps(outcome))
    except Exception as error:
        raise PluginError(
            f"what the coder {coder.info.name!r} gives cannot be handed from one process to another "
            f"({type(error).__name__}: {error}); code with one job (--jobs 1), or tell whoever made it"
        ) from error
