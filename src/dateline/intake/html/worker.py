"""A process of its own for parsing pages, bounded in memory and time, so that a hostile page costs only itself.

Parent and worker speak over pipes: each message is its length in eight bytes, then JSON (for a request, followed by a
second message with the page). JSON, not pickle: the worker has read hostile bytes, and its words are only data. Run
as a module this file is the worker; it ends when its input ends, so it never outlives the parent.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import struct
import subprocess
import sys
import threading
from dataclasses import asdict, fields
from typing import IO

from dateline.errors import IntakeError
from dateline.intake.html.page import Page, load_parser, parse_html
from dateline.intake.limits import Limits, over

_LENGTH = struct.Struct(">Q")
_PAGES_PER_WORKER = 500  # parsers keep caches: a fresh process now and then keeps the memory of a long run flat
_START_SECONDS = 60.0
_TELL = "save its text as a .txt file, or lift the limit with --limit {}=N"


class Worker:
    """A parsing process, started for the first page and again after one that had to be killed. Safe among threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._memory = 0
        self._pages = 0

    def parse(self, html: str, limits: Limits, url: str | None) -> Page:
        """The parts of a page, as :func:`parse_html` gives them, or IntakeError where it, or a bound, refuses."""
        with self._lock:
            process = self._running(limits)
            starts, self._pages = self._pages == 0, self._pages + 1
            bounds = {bound.name: getattr(limits, bound.name) for bound in fields(Limits)}
            request = json.dumps({"limits": bounds, "url": url}).encode(), html.encode("utf-8", "replace")
            try:
                # Loading the parser is not the page's cost, and no page has more time than another.
                answer, late = _answer(process, _START_SECONDS) if starts else (b"", False)
                if answer is not None:
                    answer, late = _answer(process, limits.seconds, *request)
            except BaseException:
                # Interrupted half-way: what the pipe holds next would answer the wrong page.
                self._stop()
                raise
            if answer is None:
                self._stop()
                if late or process.returncode == -_CPU_SIGNAL:
                    raise IntakeError(
                        f"parsing the page took more than {limits.seconds:g} seconds", _TELL.format("seconds")
                    )
                raise IntakeError(
                    f"the parser broke on the page (exit {process.returncode}), most likely for want of memory: the "
                    f"limit is {limits.memory:,} bytes",
                    _TELL.format("memory"),
                )
        return _page(json.loads(answer))

    def close(self) -> None:
        """End the process. The next page starts another."""
        with self._lock:
            self._stop()

    def _running(self, limits: Limits) -> subprocess.Popen[bytes]:
        process = self._process
        # After a fork the pipes belong to the parent; closing our copies is all that may be done to them.
        if process is not None and self._owner != os.getpid():
            self._process = process = None
        if process is not None and (
            process.poll() is not None or self._memory != limits.memory or self._pages >= _PAGES_PER_WORKER
        ):
            self._stop()
            process = None
        if process is None:
            environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", PYTHONHASHSEED="0")
            process = self._process = subprocess.Popen(
                [sys.executable, "-m", "dateline.intake.html.worker", str(limits.memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,  # Ctrl-C is for the parent, which then ends the worker
            )
            self._owner, self._memory, self._pages = os.getpid(), limits.memory, 0
        return process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()


WORKER = Worker()
"""The worker of this process."""
atexit.register(WORKER.close)

_CPU_SIGNAL = 24  # SIGXCPU, by number: Windows has no name for it


def _answer(process: subprocess.Popen[bytes], seconds: float, *request: bytes) -> tuple[bytes | None, bool]:
    """What the process says within so many seconds, or None where it says nothing, and whether it was ended for it."""
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), end)
    timer.start()
    try:
        assert process.stdin is not None and process.stdout is not None
        _send(process.stdin, *request)
        return _receive(process.stdout), late.is_set()
    except OSError:
        return None, late.is_set()
    finally:
        timer.cancel()


def _send(pipe: IO[bytes], *messages: bytes) -> None:
    for message in messages:
        pipe.write(_LENGTH.pack(len(message)))
        pipe.write(message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    header = pipe.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(header)
    message = pipe.read(length)
    return message if len(message) == length else None


def _page(answer: dict[str, object]) -> Page:
    if "error" in answer:
        raise IntakeError(str(answer["error"]), str(answer["mend"]))
    parts = answer.pop("parts")
    assert isinstance(parts, list)
    return Page(**answer, parts=tuple((kind, words) for kind, words in parts))  # type: ignore[arg-type]


def _parsed(request: dict[str, object], html: str) -> dict[str, object]:
    limits = Limits(**request["limits"])  # type: ignore[arg-type]
    _allow_seconds(limits.seconds)
    try:
        return asdict(parse_html(html, limits, url=request["url"]))  # type: ignore[arg-type]
    except IntakeError as error:
        return {"error": error.error, "mend": error.mend}
    except MemoryError:
        refusal = over("memory", limits.memory, "parsing the page")
        return {"error": refusal.error, "mend": _TELL.format("memory")}
    except Exception as error:
        return {
            "error": f"the page cannot be parsed ({type(error).__name__}: {str(error)[:200]})",
            "mend": "save its text as a .txt file",
        }


def _limit_memory(memory: int) -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _allow_seconds(seconds: float) -> None:
    """Let this process use so many more seconds of processor time, in case no parent is left to end it."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main() -> None:
    """Answer requests from standard input until it ends."""
    output = sys.stdout.buffer
    # Whatever a library prints must not stand between the answers.
    sys.stdout = sys.stderr
    _limit_memory(int(sys.argv[1]))
    load_parser()
    _send(output, b"ready")
    while (request := _receive(sys.stdin.buffer)) is not None:
        page = _receive(sys.stdin.buffer)
        if page is None:
            return
        _send(output, json.dumps(_parsed(json.loads(request), page.decode("utf-8", "replace"))).encode())


if __name__ == "__main__":
    main()
