"""A corrected sheet as it was given: its rows by their keys, with unknown columns and doubtful rows told by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from dateline.errors import CorrectionError, InputError, Problem, SheetError
from dateline.evaluate.gold.table import read_file, read_rows
from dateline.export.formats.columns import columns
from dateline.export.formats.rows import key
from dateline.export.safe import unguarded


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: the line on which it begins, its key, and its cells by our names of the columns."""

    line: int
    key: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A corrected sheet. ``as_of`` is the last coding of the project when it was written; None where it is of none."""

    file: str
    rows: tuple[SheetRow, ...]
    as_of: int | None


def read_sheet(path: Path, ignored: Collection[str] = ()) -> Sheet:
    """Read a sheet that dateline wrote and a person changed; ``ignored`` are columns of the person's own.

    Raises :class:`CorrectionError` with every column, key and row that cannot be told, and :class:`SheetError` where
    the file is no table at all.
    """
    try:
        (_, names), *lines = read_rows(read_file(path))
    except InputError as error:
        raise SheetError(f"{path}: {error.error}", error.mend) from error
    names = [name.strip() for name in names]
    problems = list(_columns(path.name, names, ignored))
    rows: list[SheetRow] = []
    for line, cells in lines if not problems else ():
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            what = f"The row has {len(cells)} cells, the heading {len(names)}."
            problems.append(Problem(path.name, line, what, "Put cells that hold a comma between quotation marks."))
            continue
        told = {name: unguarded(cell.strip()) for name, cell in zip(names, cells, strict=False) if name not in ignored}
        own = told.get("key") or (key(told["report"], told.get("event", "")) if told.get("report") else "")
        if not own:
            problems.append(Problem(path.name, line, "The row has no key.", "Copy it from the sheet as it was."))
        rows.append(SheetRow(line, own, told))
    problems += _twice(path.name, rows)
    states = Counter(row.cells["as_of"] for row in rows if row.cells.get("as_of"))
    if len(states) > 1 or not all(state.isdecimal() for state in states):
        what = f"The column 'as_of' is not the same in all rows ({', '.join(sorted(states)[:4])})."
        problems.append(Problem(path.name, 1, what, "Apply each sheet by itself, as dateline wrote it."))
    if problems:
        raise CorrectionError(problems)
    return Sheet(path.name, tuple(rows), int(next(iter(states))) if states else None)


def _columns(file: str, names: Sequence[str], ignored: Collection[str]) -> Iterator[Problem]:
    known = [column.name for column in columns("csv")]
    for name in names:
        if name and name not in known and name not in ignored:
            near = get_close_matches(name.casefold(), known, 1)
            mend = f"Did you mean {near[0]!r}? " if near else ""
            yield Problem(file, 1, f"There is no column {name!r}.", f"{mend}One of your own: --ignore {name!r}")
    for name, times in Counter(filter(None, names)).items():
        if times > 1:
            yield Problem(file, 1, f"The column {name!r} is there {times} times.", "Keep one of them.")
    if "key" not in names and not ("report" in names and "event" in names):
        yield Problem(
            file, 1, "There is no column 'key'.", "Keep it, or both 'report' and 'event': they name the rows."
        )
    for name in ignored:
        if name not in names:
            yield Problem(file, 1, f"There is no column {name!r} to ignore.", "Check how it is written.")


def _twice(file: str, rows: Sequence[SheetRow]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for row in rows:
        if row.key in seen:
            what = f"The row {row.key!r} is there twice (also on line {seen[row.key]})."
            yield Problem(file, row.line, what, "Keep one of them.")
        seen.setdefault(row.key, row.line)
