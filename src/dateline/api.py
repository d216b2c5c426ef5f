"""The public functions: from text to a coding in one call."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Unpack

from dateline.coder.machine import MachineCoder
from dateline.files import ReadFile
from dateline.intake import read_text
from dateline.model import Coding, Report
from dateline.settings import CoderOptions, CoderSettings


def machine_coder(
    codebook: str | Path | None = None, *, settings: CoderSettings | None = None, **options: Unpack[CoderOptions]
) -> MachineCoder:
    """The machine coder for a codebook, by its built-in name or the path of its YAML file; loaded once.

    ``settings`` say how it codes (see :class:`CoderSettings`); every field of them is an option here too, and goes
    before what they say: ``machine_coder("plover", names="keep")``. A coder is loaded anew when one of the files that
    it was made of has changed.

    Raises :class:`CodebookError`, :class:`AuthorityError` or :class:`GazetteerError` with file, line and mend where the
    codebook or a list cannot be used.
    """
    # The same path is another file in another folder.
    wanted = CoderSettings.chosen(codebook, settings, options), Path.cwd()
    coder, modified = _loaded(*wanted)
    if _modified(coder.files) != modified:
        _loaded.cache_clear()
        coder, _ = _loaded(*wanted)
    return coder


Modified = tuple[tuple[int, int] | None, ...]
"""When each file was changed last, and how long it is; None for one that is not there."""


@lru_cache(maxsize=4)
def _loaded(settings: CoderSettings, folder: Path) -> tuple[MachineCoder, Modified]:  # noqa: ARG001 (part of the key)
    coder = MachineCoder.load(settings=settings)
    return coder, _modified(coder.files)


def _modified(files: Iterable[ReadFile]) -> Modified:
    def of(path: str) -> tuple[int, int] | None:
        try:
            stat = Path(path).stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size

    return tuple(of(file.path) for file in files)


def code_report(
    report: Report,
    *,
    codebook: str | Path | None = None,
    settings: CoderSettings | None = None,
    **options: Unpack[CoderOptions],
) -> Coding:
    """Code a report that was read before, by settings or options (see :func:`machine_coder`)."""
    return machine_coder(codebook, settings=settings, **options).code(report)


def code(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    id: str | None = None,
    codebook: str | Path | None = None,
    settings: CoderSettings | None = None,
    **options: Unpack[CoderOptions],
) -> Coding:
    """Code one report given as plain text, by settings or options (see :func:`machine_coder`).

    ``published`` is an ISO 8601 date ("2024-02-01"): without it no weekday or "yesterday" gets a calendar date.
    Raises :class:`IntakeError` where the text or the date cannot be used.
    """
    report = read_text(text, id=id, published=published, publisher=publisher, title=title, url=url)
    return code_report(report, codebook=codebook, settings=settings, **options)
