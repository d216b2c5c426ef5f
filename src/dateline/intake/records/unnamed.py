"""Tables whose columns no name tells: what a person is shown who can say which column holds the texts."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dateline.errors import IntakeError, SheetError
from dateline.files.workbook import sheets
from dateline.intake.encoding import decode
from dateline.intake.reader import Columns
from dateline.intake.records.rows import LOOKED_AT, Heading, Row
from dateline.intake.records.table import SEPARATORS, TABLE, rows_parted
from dateline.intake.records.workbook import WORKBOOK

LOOKED_INTO = 1_000_000
"""Bytes of a table as text that are looked into."""


@dataclass(frozen=True, slots=True)
class Unnamed:
    """The columns of a table in which none is known to hold the texts: their names, and a row to tell them by."""

    names: tuple[str, ...]
    sample: tuple[str, ...]


def unnamed(path: Path, columns: Columns | None = None) -> Unnamed | None:
    """The columns of a table that cannot be read as it is; None for every other file, and for what is no table."""
    name = path.name.lower()
    if not path.is_file() or not name.endswith((*TABLE.endings, *WORKBOOK.endings)):
        return None
    try:
        rows = _first(path, name.endswith(WORKBOOK.endings))
    except (OSError, IntakeError, SheetError, csv.Error):
        return None  # what is wrong with it is told when it is read
    if Heading.find(rows, columns) or Heading.find(rows, columns, "url"):
        return None
    filled = [tuple(cell.strip() for cell in row) for row in rows if any(map(str.strip, row))]
    # A title has one cell; the heading is the first row that is as wide as the table.
    width = max((sum(map(bool, row)) for row in filled), default=0)
    at = next((n for n, row in enumerate(filled) if sum(map(bool, row)) == width), None)
    if at is None or width < 2:
        return None
    below = next(iter(filled[at + 1 :]), ())
    return Unnamed(filled[at], below)


def _first(path: Path, workbook: bool) -> list[Row]:
    if workbook:
        return list(islice(sheets(path.read_bytes())[0].rows(LOOKED_AT), LOOKED_AT))
    with path.open("rb") as file:
        data = file.read(LOOKED_INTO)
    whole = data if len(data) < LOOKED_INTO else data[: data.rfind(b"\n") + 1]
    text = decode(whole, "the table")
    # Names tell nothing here: what parts the cells is what stands oftenest in the first lines.
    top = "\n".join(text.splitlines()[:LOOKED_AT])
    return list(islice(rows_parted(text, max(SEPARATORS, key=top.count)), LOOKED_AT))
