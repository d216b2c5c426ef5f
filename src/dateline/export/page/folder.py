"""A folder of pages: the first screen, and a page for each report, where one file would be too heavy."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.errors import OptionError
from dateline.export.ours import is_ours
from dateline.export.page.build import index, report_page
from dateline.export.statement import KeptBack
from dateline.model import Coding

INDEX = "index.html"


def write_folder(codings: Iterable[Coding], folder: Path, *, kept_back: KeptBack | None = None) -> None:
    """Write ``index.html`` and ``r1.html``, ``r2.html`` ..., each of them whole in itself, into a folder.

    An earlier folder of pages is replaced, whole or not at all. Raises :class:`OptionError` where the folder holds
    anything else.
    """
    everything = list(codings)
    with _replaced(folder) as made:
        _put(made / INDEX, index(everything, within=False, kept_back=kept_back))
        for at, coding in enumerate(everything, 1):
            _put(made / f"r{at}.html", report_page(coding, at, len(everything)))


@contextmanager
def _replaced(folder: Path) -> Iterator[Path]:
    """A new folder beside the old one, which takes its place when all is written."""
    _check(folder)
    made, old = folder.with_name(f"{folder.name}.partial"), folder.with_name(f"{folder.name}.old")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    try:
        yield made
        if folder.exists():
            folder.rename(old)
        made.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _check(folder: Path) -> None:
    """Nothing of anybody's is removed: the folder is new, empty, or one that was written here."""
    if folder.exists() and not folder.is_dir():
        raise OptionError(
            f"{folder} is a file", "name a folder for the pages, or a file that ends in .html for one page"
        )
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix != ".html" or not is_ours(path):
            raise OptionError(f"{folder} holds {path.name}, which is no page of dateline", "name a new folder")


def _put(path: Path, parts: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(parts)
