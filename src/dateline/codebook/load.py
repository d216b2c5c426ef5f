"""A codebook file to a :class:`~dateline.codebook.model.Codebook`.

    name: my-codebook          # needed, and so is version
    version: "1.0"
    extends: plover            # a built-in codebook or a file next to this one
    remove: [SANCTION]         # types of the extended codebook to leave out
    recodes: plover            # instead of extends: sort that codebook's events anew (see dateline.codebook.recode)
    include: [contexts.yaml]   # files next to this one that hold types, contexts, lists, conditions, acled or cameo
    lists: {building: [house, school]}
    types: [...]
    contexts: [...]
    conditions: [...]          # conditions that rows of the crosswalks can name
    acled: [...]               # rows of the crosswalk to ACLED-like sub-events
    cameo: [...]               # rows of the crosswalk to CAMEO

A type that the extended codebook has already gains what is written here: new modes, triggers, exclusions and
examples are added, a definition replaces the old one, and ``without`` names trigger words to take out. A word that is
written without a `when` is taken from the extended codebook's other types: what this file says goes.
Every fault of a file is reported with its line and its mend (:class:`~dateline.errors.CodebookError`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from dateline.codebook.model import Codebook, Condition, Context
from dateline.codebook.reading.parts import Draft, read_draft
from dateline.codebook.reading.validate import faults
from dateline.errors import CodebookError, Problem, did_you_mean
from dateline.files.read import ReadFile
from dateline.files.yaml_tree import MAX_BYTES, Sort, read_tree
from dateline.plugins import Plugins

ENTRY_POINTS = "dateline.codebooks"
"""The entry-point group of codebooks: each point gives a function without arguments that returns a path."""

SORT = Sort(CodebookError, "codebook", "dateline codebook new NAME", "`name:` and `types:`")

_MAX_FILES = 20


def _named() -> Mapping[str, Callable[[], str | Path]]:
    return Plugins(ENTRY_POINTS, "codebook")


def builtin_codebooks() -> tuple[str, ...]:
    """The names of the installed codebooks, sorted: those of dateline and of every plugin."""
    return tuple(_named())


def codebook_path(name_or_path: str | Path) -> Path:
    """The file of an installed codebook, or the path itself. Raises :class:`CodebookError` where there is none."""
    name = str(name_or_path)
    installed = _named()
    if name in installed and not Path(name).is_file():
        return Path(installed[name]())
    path = Path(name)
    if path.is_file():
        return path
    if path.is_dir():
        raise CodebookError([Problem(name, 0, "This is a folder.", "Name the YAML file in it.")])
    mend = did_you_mean(name, builtin_codebooks(), what="codebooks")
    raise CodebookError([Problem(name, 0, "There is no such codebook or file.", mend)])


def load_codebook(name_or_path: str | Path = "plover") -> Codebook:
    """Read a codebook by its name or from a file.

    Raises :class:`CodebookError` with every problem that was found.
    """
    path = codebook_path(name_or_path)
    files: list[ReadFile] = []
    draft, problems = _read(path, (), files)
    recoded = _recoded(draft, path) if draft.recodes and not problems else None
    problems += faults(draft, recoded)
    if problems:
        raise CodebookError(sorted(set(problems)))
    if recoded is not None:
        above = max((kind.level for kind in recoded.types), default=0) + 1
        worded = tuple(replace(kind, level=above) for kind in draft.types.values() if kind.triggers)
        found = tuple(
            replace(kind, triggers=tuple(t for t in kind.triggers if not draft.claims(t, kind.name)))
            for kind in recoded.types
        )
        recoded = replace(
            recoded,
            types=(*found, *worded),
            contexts=_by_name((*recoded.contexts, *draft.contexts.values())),
            lists=tuple({**dict(recoded.lists), **draft.lists}.items()),
            acled=(*draft.acled, *recoded.acled),
            cameo=(*draft.cameo, *recoded.cameo),
            conditions=_by_name((*recoded.conditions, *draft.conditions.values())),
        )
    return Codebook(
        name=draft.name,
        version=draft.version,
        description=draft.description,
        types=tuple(draft.types.values()),
        contexts=tuple(draft.contexts.values()),
        lists=tuple(draft.lists.items()),
        acled=tuple(draft.acled),
        cameo=tuple(draft.cameo),
        conditions=tuple(draft.conditions.values()),
        recodes=recoded,
        source=str(path),
        # One that two others include is read twice.
        files=tuple(dict.fromkeys((*files, *(recoded.files if recoded else ())))),
    )


@cache
def _installed() -> dict[str, Codebook]:
    return {f"{book.name} {book.version}": book for book in map(load_codebook, builtin_codebooks())}


def installed_codebook(label: str) -> Codebook | None:
    """The installed codebook that a coding names ("plover 1.0").

    None where there is none of that name and version: a coding may come from elsewhere.
    """
    return _installed().get(label)


def _recoded(draft: Draft, path: Path) -> Codebook:
    name, line = draft.recodes or ("", 1)
    beside = path.with_name(name) if Path(name).suffix else Path(name)
    try:
        book = load_codebook(beside if beside.is_file() else name)
    except CodebookError as error:
        problems = [replace(p, file=draft.file, line=line) if p.file == name else p for p in error.problems]
        raise CodebookError(problems) from None
    if book.recodes is not None:
        what = f"{book.name} sorts another codebook's events anew itself."
        raise CodebookError([Problem(draft.file, line, what, f"Write `recodes: {book.recodes.name}`.")])
    return book


_Named = TypeVar("_Named", Context, Condition)


def _by_name(entries: Iterable[_Named]) -> tuple[_Named, ...]:
    return tuple({entry.name: entry for entry in entries}.values())


def _read(path: Path, reading: tuple[Path, ...], files: list[ReadFile]) -> tuple[Draft, list[Problem]]:
    """One file with all that it extends and includes, each added to ``files``; ``reading`` are those that led here."""
    here = path.resolve()
    if here in reading or len(reading) > _MAX_FILES:
        chain = " -> ".join(p.name for p in (*reading[reading.index(here) if here in reading else 0 :], here))
        mend = "Take one `extends` or `include` out."
        raise CodebookError([Problem(reading[-1].name, 1, f"Codebooks extend each other in a circle: {chain}.", mend)])
    draft, problems = read_draft(read_tree(_text(path, files), path.name, SORT), path.name, part=bool(reading))
    for key, line, name in draft.others:
        if Path(name).is_absolute() or ".." in Path(name).parts:
            problems.append(
                Problem(
                    path.name, line, f"{name!r} is outside the codebook's folder.", "Put the file next to this one."
                )
            )
            continue
        beside = path.with_name(name) if Path(name).suffix else Path(name)
        try:
            target = beside if beside.is_file() else codebook_path(name)
            other, more = _read(target, (*reading, here), files)
        except CodebookError as error:
            # A file that is not there is a fault of this line, any other fault one of the file it is in.
            problems.extend(replace(p, file=path.name, line=line) if p.file == name else p for p in error.problems)
            continue
        problems += more
        draft, clashes = draft.over(other) if key == "extends" else draft.with_part(other)
        problems += clashes
    if not reading and not problems:
        problems += draft.unmet()
    return draft, problems


def _text(path: Path, files: list[ReadFile]) -> str:
    if path.stat().st_size > MAX_BYTES:
        raise CodebookError([Problem(path.name, 1, "The file is too large for a codebook.", "Keep it under 2 MB.")])
    data = path.read_bytes()
    files.append(ReadFile.of(path, data))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CodebookError([Problem(path.name, line, "The file is not UTF-8 text.", "Save it as UTF-8.")]) from None
