"""The public functions: from text to a coding in one call."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Unpack

from dateline.coder.machine import MachineCoder, load_machine
from dateline.engine.coder import Coder, Factory, coders, codings, make_coder
from dateline.files.read import ReadFile
from dateline.intake import read_text
from dateline.model import Coding, Report
from dateline.settings import CoderOptions, CoderSettings


def load_coder(
    codebook: str | Path | None = None, *, settings: CoderSettings | None = None, **options: Unpack[CoderOptions]
) -> Coder:
    """The coder that the settings name, made by them: the machine, or that of a plugin; loaded once.

    ``settings`` say how it codes (see :class:`CoderSettings`); every field of them is an option here too, and goes
    before what they say: ``load_coder("plover", coder="machine", names="keep")``. A coder is loaded anew when one of
    the files that it was made of has changed.

    Raises :class:`UnknownCoderError` that lists the installed coders where none has the name, :class:`PluginError`
    where one cannot be used, and what :func:`machine_coder` raises.
    """
    chosen = CoderSettings.chosen(codebook, settings, options)
    return _kept(coders()[chosen.coder], chosen)


def machine_coder(
    codebook: str | Path | None = None, *, settings: CoderSettings | None = None, **options: Unpack[CoderOptions]
) -> MachineCoder:
    """The machine coder for a codebook, by its built-in name or the path of its YAML file; loaded once.

    It is what :func:`load_coder` gives where nobody names another coder, with all that a machine has beside.

    Raises :class:`CodebookError`, :class:`AuthorityError` or :class:`GazetteerError` with file, line and mend where the
    codebook or a list cannot be used.
    """
    coder = _kept(load_machine, CoderSettings.chosen(codebook, settings, options))
    assert isinstance(coder, MachineCoder)
    return coder


def _kept(factory: Factory, settings: CoderSettings) -> Coder:
    # The same path is another file in another folder.
    wanted = factory, settings, Path.cwd()
    coder, modified = _loaded(*wanted)
    if _modified(coder.files) != modified:
        _loaded.cache_clear()
        coder, _ = _loaded(*wanted)
    return coder


Modified = tuple[tuple[int, int] | None, ...]
"""When each file was changed last, and how long it is; None for one that is not there."""


@lru_cache(maxsize=4)
def _loaded(factory: Factory, settings: CoderSettings, folder: Path) -> tuple[Coder, Modified]:  # noqa: ARG001
    coder = make_coder(factory, settings)
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
    """Code a report that was read before, by settings or options (see :func:`load_coder`)."""
    (coding,) = codings(load_coder(codebook, settings=settings, **options), [report])
    return coding


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
    """Code one report given as plain text, by settings or options (see :func:`load_coder`).

    ``published`` is an ISO 8601 date ("2024-02-01"): without it no weekday or "yesterday" gets a calendar date.
    Raises :class:`IntakeError` where the text or the date cannot be used.
    """
    report = read_text(text, id=id, published=published, publisher=publisher, title=title, url=url)
    return code_report(report, codebook=codebook, settings=settings, **options)
