"""A process of its own for parsing files, bounded in memory and time, so that a hostile file costs only itself.

Parent and worker speak over pipes: each message is its length in eight bytes, then JSON (for a request, followed by a
second message with the file's bytes). JSON, not pickle: the worker has read hostile bytes, and its words are only data.
What can be parsed is listed in :mod:`dateline.intake.bounded.forms`. Run as a module this file is the worker; it ends
when its input ends, so it never outlives the parent.
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
from dataclasses import fields
from typing import IO, Any

from dateline.errors import IntakeError
from dateline.intake.bounded.forms import parser
from dateline.intake.limits import Limits, over

_LENGTH = struct.Struct(">Q")
_FILES_PER_WORKER = 5_000  # parsers keep caches: a fresh process now and then keeps the memory of a long run flat
_START_SECONDS = 60.0
_TELL = "save its text as a .txt file, or lift the limit with --limit {}=N"


class Worker:
    """A parsing process, started for the first file and again after one that had to be killed. Safe among threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._memory = 0
        self._files = 0
        self._loaded: set[str] = set()

    def parse(self, form: str, data: bytes, limits: Limits, **about: Any) -> dict[str, Any]:
        """What the parser of a form makes of bytes, or IntakeError where it, or a bound, refuses.

        ``form`` is one of :data:`~dateline.intake.bounded.forms.FORMS`; ``about``, what is known of the file, and the
        result are JSON values.
        """
        with self._lock:
            process = self._running(limits)
            self._files += 1
            bounds = {bound.name: getattr(limits, bound.name) for bound in fields(Limits)}
            request = json.dumps({"form": form, "limits": bounds, "about": about}).encode(), data
            try:
                # Loading the parser is not the file's cost, and no file has more time than another.
                answer: bytes | None = b""
                late = False
                if form not in self._loaded:
                    answer, late = _answer(process, _START_SECONDS, json.dumps({"load": form}).encode(), b"")
                    self._loaded.add(form)
                if answer is not None:
                    answer, late = _answer(process, limits.seconds, *request)
            except BaseException:
                # Interrupted half-way: what the pipe holds next would answer the wrong file.
                self._stop()
                raise
            if answer is None:
                self._stop()
                if late or process.returncode == -_CPU_SIGNAL:
                    raise IntakeError(
                        f"parsing the {form} took more than {limits.seconds:g} seconds", _TELL.format("seconds")
                    )
                raise IntakeError(
                    f"the parser broke on the {form} (exit {process.returncode}), most likely for want of memory: the "
                    f"limit is {limits.memory:,} bytes",
                    _TELL.format("memory"),
                )
        found: dict[str, Any] = json.loads(answer)
        if "error" in found:
            raise IntakeError(str(found["error"]), str(found["mend"]))
        return found

    def close(self) -> None:
        """End the process. The next file starts another."""
        with self._lock:
            self._stop()

    def _running(self, limits: Limits) -> subprocess.Popen[bytes]:
        process = self._process
        # After a fork the pipes belong to the parent; closing our copies is all that may be done to them.
        if process is not None and self._owner != os.getpid():
            self._process = process = None
        if process is not None and (
            process.poll() is not None or self._memory != limits.memory or self._files >= _FILES_PER_WORKER
        ):
            self._stop()
            process = None
        if process is None:
            environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", PYTHONHASHSEED="0")
            process = self._process = subprocess.Popen(
                [sys.executable, "-m", "dateline.intake.bounded.worker", str(limits.memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,  # Ctrl-C is for the parent, which then ends the worker
            )
            self._owner, self._memory, self._files = os.getpid(), limits.memory, 0
            self._loaded = set()
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


def _parsed(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    limits, form = Limits(**request["limits"]), request["form"]
    _allow_seconds(limits.seconds)
    try:
        return parser(form)(data, limits, request["about"])
    except IntakeError as error:
        return {"error": error.error, "mend": error.mend}
    except MemoryError:
        refusal = over("memory", limits.memory, f"parsing the {form}")
        return {"error": refusal.error, "mend": _TELL.format("memory")}
    except Exception as error:
        return {
            "error": f"the {form} cannot be parsed ({type(error).__name__}: {str(error)[:200]})",
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
    while (message := _receive(sys.stdin.buffer)) is not None:
        data = _receive(sys.stdin.buffer)
        if data is None:
            return
        request = json.loads(message)
        if "load" in request:
            parser(request["load"])
            _send(output, b"ready")
        else:
            _send(output, json.dumps(_parsed(request, data)).encode())


if __name__ == "__main__":
    main()
