"""FastWARC, which reads web archives: loaded where it is installed, and its faults told as ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dateline.errors import IntakeError


def library() -> Any:
    """``fastwarc.warc``. Raises :class:`IntakeError` that names what to install."""
    try:
        import fastwarc.warc
    except ImportError as error:
        raise IntakeError(
            "this is a web archive, and fastwarc, which reads it, is not installed",
            "write: pip install 'dateline[archive]'",
        ) from error
    return fastwarc.warc


@contextmanager
def guarded(what: str) -> Iterator[None]:
    """What the library meets in damaged bytes, as :class:`IntakeError`; a panic of its own is no end of ours."""
    try:
        yield
    except IntakeError:
        raise  # what the stream itself says
    except (OSError, ValueError, MemoryError) as error:
        raise IntakeError(f"{what} cannot be read ({error})", "get the archive again") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise IntakeError(f"{what} cannot be read (the library broke: {error})", "get the archive again") from error
