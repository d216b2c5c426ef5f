"""CSV, one row an event mention, in the words of the field; a report without events gives one row that says why."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from typing import TextIO

from dateline.export.formats.columns import names
from dateline.export.formats.rows import Cell, rows
from dateline.export.safe import cell, is_plain, on_one_line
from dateline.model import Coding

COLUMNS = names("csv")
"""The header. ``event`` is empty in the row of a report without events; ``notes`` says why there are none."""

MARK = "\ufeff"
"""The byte order mark, by which spreadsheets know that a file is UTF-8."""


def write(codings: Iterable[Coding], out: TextIO, *, as_of: int | None = None) -> None:
    """A header and the rows, each on one line; an empty cell is "not stated", never 0.

    Text that a spreadsheet would take for a formula starts with an apostrophe; several values of one cell are
    separated by `` | ``. ``as_of`` is the last coding of the project that the sheet is of.
    """
    write_rows((row for coding in codings for row in rows(coding, as_of=as_of)), COLUMNS, out)


def write_for_spreadsheets(codings: Iterable[Coding], out: TextIO, *, as_of: int | None = None) -> None:
    """The same, behind a byte order mark."""
    out.write(MARK)
    write(codings, out, as_of=as_of)


def write_rows(
    table: Iterable[Mapping[str, Cell]], header: tuple[str, ...], out: TextIO, *, delimiter: str = ","
) -> None:
    """A header and rows of cells by its names, each row on one line."""
    writer = csv.writer(out, lineterminator="\n", delimiter=delimiter)
    writer.writerow(header)
    known = frozenset(header)
    for row in table:
        if not row.keys() <= known:
            raise ValueError(f"no column is named {', '.join(sorted(row.keys() - known))}")
        writer.writerow([None if (value := row.get(name)) is None else shown(value) for name in header])


def shown(value: Cell) -> Cell:
    """A value as a spreadsheet's file holds it."""
    if isinstance(value, str):
        return value if is_plain(value) else cell(on_one_line(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
