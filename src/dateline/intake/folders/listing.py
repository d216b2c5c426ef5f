"""What a folder holds: the files that are read, those that are not, by ending, and what belongs to saved pages."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DatelineError
from dateline.intake.failure import Failure
from dateline.intake.reader import is_address
from dateline.intake.registry import Readers, readers

_PAGES = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".asp", ".aspx")
_BESIDE = (
    *("_files", ".files", "-files", "_file", "-Dateien", "_fichiers", "_archivos", "_bestanden", "_arquivos"),
    *("_ficheiros", "-filer", "_tiedostot", "_pliki", "_soubory", "_elemei", "_dosyalar", "_datoteke", "_fitxers"),
)
"""How browsers end the name of the folder that they save beside a page, in their languages."""

_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9_]{0,9}$")
_HEAD = 8192
_LINES = (".jsonl", ".ndjson")
_MANY = (
    *_LINES,
    ".urls",
    ".json",
    ".csv",
    ".tsv",
    ".tab",
    ".xlsx",
    ".xlsm",
    ".parquet",
    ".warc",
    ".wacz",
    ".zip",
    ".mbox",
    ".mbx",
)
"""Endings of files that hold many reports."""
_COUNTED = 200_000_000  # bytes
_MOST_KINDS = 12


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a folder that are read, sorted, with a failure in its place for what may not be looked at; how many
    are not read, by ending; and how many belong to saved pages.
    """

    files: tuple[Path | Failure, ...]
    unread: tuple[tuple[str, int], ...]
    beside: int

    def remarks(self, known: Readers) -> Iterator[str]:
        """What a person should know of what is not read."""
        if self.unread:
            number = sum(count for _, count in self.unread)
            kinds = [f"{ending or 'without an ending'} {count}" for ending, count in self.unread]
            more = f" and {len(kinds) - _MOST_KINDS} other endings" if len(kinds) > _MOST_KINDS else ""
            told = ", ".join(kinds[:_MOST_KINDS])
            were = "1 file was" if number == 1 else f"{number:,} files were"
            yield f"{were} not read: {told}{more} ({known.told}: {', '.join(known.endings)})"
        if self.beside:
            files = "1 file belongs" if self.beside == 1 else f"{self.beside:,} files belong"
            yield f"{files} to saved pages (in PAGE_files beside PAGE.html) and are no reports of their own"


def holds_many(name: str) -> bool:
    """Whether a file of this name may hold more than one report."""
    return name.lower().removesuffix(".gz").endswith(_MANY)


def listing(root: Path, known: Readers, apart: Collection[Path] = ()) -> Listing:
    """What a folder holds, with all folders in it; hidden files and folders, and those ``apart``, are passed over.

    A file is read where its name tells a form, or where it has no ending, or that of a program that made a page, and
    its first bytes tell one. A folder that may not be listed, and a link that leads out of the folder, is a failure.
    """
    files: list[Path | Failure] = []
    closed: list[OSError] = []
    inside = root.resolve()
    unread: Counter[str] = Counter()
    beside = 0
    away = {path.resolve() for path in apart}
    for folder, folders, names in os.walk(root, onerror=closed.append):
        files += _unlisted(closed)
        own = [name for name in folders if _is_beside(name, names)]
        beside += sum(_readable(Path(folder, name), known) for name in own)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in own)
        for name in folders:
            files += _leads_out(Path(folder, name), inside)
        for name in sorted(names):
            if name.startswith("."):
                continue
            path = Path(folder, name)
            if apart and path.resolve() in away:
                continue
            if known.named(name) or _tells_itself(path, known):
                files += list(_leads_out(path, inside)) or [path]
            else:
                unread[file_ending(name)] += 1
    files += _unlisted(closed)
    return Listing(tuple(files), tuple(sorted(unread.items())), beside)


def _unlisted(closed: list[OSError]) -> list[Failure]:
    """A failure for each folder that could not be listed since the last time."""
    told = [
        Failure(
            str(error.filename),
            None,
            f"the folder cannot be listed ({error.strerror or error})",
            "check its rights, or leave it out",
        )
        for error in closed
    ]
    closed.clear()
    return told


def _leads_out(path: Path, inside: Path) -> Iterator[Failure]:
    """A failure for a link that leads out of the folder: who gave the folder need not know what lies elsewhere."""
    try:
        target = path.readlink() and path.resolve(strict=True)
    except (OSError, RuntimeError):
        return  # it is no link, or leads nowhere, of which reading it tells
    if not target.is_relative_to(inside):
        what = f"it is a link out of the folder, to {target}"
        yield Failure(str(path), None, what, "name what it leads to by itself, or put a copy in its place")


def expected(path: str | Path) -> int | None:
    """How many reports a file or folder gives, where that shows without reading them; None where it does not."""
    if str(path) == "-":
        return None
    root = Path(path)
    known = readers()
    files = listing(root, known).files if root.is_dir() else (root,)
    numbers = [_expected(file) for file in files if isinstance(file, Path)]
    told = [number for number in numbers if number is not None]
    return sum(told) if len(told) == len(numbers) else None


def _names_addresses(file: Path) -> bool:
    try:
        with file.open("rb") as lines:
            return is_address(lines.read(16).decode("utf-8", "replace"))
    except OSError:
        return False


def _expected(file: Path) -> int | None:
    """One for a page or a text; the lines of JSON Lines, where counting them takes no time."""
    name = file.name.lower()
    if name.endswith(".txt") and _names_addresses(file):
        return None
    if not name.endswith(_MANY):
        return None if name.endswith(tuple(f"{ending}.gz" for ending in _MANY)) else 1
    try:
        if not name.endswith(_LINES) or file.stat().st_size > _COUNTED:
            return None
        with file.open("rb") as lines:
            return sum(bool(line.strip()) for line in lines)
    except OSError:
        return 1


def page_of(folder: Path) -> Path | None:
    """The saved page to which a folder belongs; None where it belongs to none."""
    try:
        names = [path.name for path in folder.parent.iterdir() if path.is_file()]
    except OSError:
        return None
    page = next((name for name in sorted(names) if _is_beside(folder.name, [name])), None)
    return None if page is None else folder.parent / page


def _is_beside(folder: str, names: Sequence[str]) -> bool:
    """Whether a folder is what a browser saved beside one of the pages of these names."""
    stems = folder_stems(folder)
    return any(stem in stems for name in names for stem in page_stems(name))


def folder_stems(folder: str) -> list[str]:
    """The names, without their endings, of the pages that a folder is saved beside; none where its own is no such."""
    return [folder[: -len(ending)] for ending in _BESIDE if folder.endswith(ending)]


def page_stems(name: str) -> list[str]:
    """The name of a page without its ending; none where it is no page's."""
    return [name[: -len(ending)] for ending in _PAGES if name.lower().endswith(ending)]


def _readable(folder: Path, known: Readers) -> int:
    """How many files in a folder would be read."""
    return sum(bool(known.named(name)) for _, _, names in os.walk(folder) for name in names)


def file_ending(name: str) -> str:
    """The ending of a name in small letters, with what is before ``.gz``; nothing where it has none."""
    bare = name[:-3] if name.lower().endswith(".gz") else name
    found = _ENDING.search(bare)
    ending = found[0] if found and found.start() else ""
    return (ending + name[len(bare) :]).lower()


def _tells_itself(path: Path, known: Readers) -> bool:
    """Whether a name that tells no form, as some programs save pages, is that of a file whose first bytes tell one."""
    if file_ending(path.name) not in ("", *_PAGES) or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        return bool(head.strip()) and known.sniffed(head)
    except (OSError, DatelineError):
        return False
