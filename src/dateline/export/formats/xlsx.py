"""An Excel workbook: the rows of the sheet, what its columns hold, and the data statement.

Every text is a text: no code loses its noughts, no date changes its form, and nothing is a formula. Written by
openpyxl, which is no part of what dateline needs.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from dateline.errors import MissingPartError
from dateline.export.formats.columns import columns, names
from dateline.export.formats.rows import Cell, rows
from dateline.export.safe import on_one_line
from dateline.export.statement import KeptBack, Statement
from dateline.files.workbook import library
from dateline.model import Coding

SHEETS = ("events", "columns", "about")
"""The names of the sheets: the rows, what their columns hold, and the data statement."""

LONGEST = 32_767
"""Characters that a cell of a workbook can hold."""

_MADE = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_FIRST = (1980, 1, 1, 0, 0, 0)
_WIDE = 24


def write(
    codings: Iterable[Coding], out: TextIO, *, as_of: int | None = None, kept_back: KeptBack | None = None
) -> None:
    """The workbook, as bytes to the stream under ``out``. Raises :class:`MissingPartError` without openpyxl."""
    binary = getattr(out, "buffer", None)
    if binary is None or out.isatty():
        raise MissingPartError("a workbook is no text that a terminal can show; write it to a file: -o FILE.xlsx")
    openpyxl = library()
    book = openpyxl.Workbook(write_only=True)
    statement = Statement(kept_back=kept_back)
    told, meant, about = map(book.create_sheet, SHEETS)
    told.freeze_panes = "C2"
    for n in range(len(columns("csv"))):
        told.column_dimensions[openpyxl.utils.get_column_letter(n + 1)].width = _WIDE
    header = names("csv")
    told.append(_texts(told, header))
    for coding in codings:
        statement.add(coding)
        for row in rows(coding, as_of=as_of):
            told.append(_texts(told, [row.get(name) for name in header]))
    for column in columns("csv"):
        meant.append(_texts(meant, [column.name, column.holds, "may be corrected" if column.field else None]))
    for heading, words in statement.rows():
        about.append(_texts(about, [heading, words]))
    made = io.BytesIO()
    book.save(made)
    binary.write(_the_same_bytes(made.getvalue()))


def _texts(sheet: Any, row: Iterable[Cell]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    for value in row:
        if isinstance(value, bool):
            yield "true" if value else "false"
        elif isinstance(value, str):
            text = on_one_line(value)
            told = WriteOnlyCell(sheet, text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")
            told.data_type = "s"  # what begins with = is a text too
            yield told
        else:
            yield value


def _the_same_bytes(book: bytes) -> bytes:
    """The workbook without the time at which it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _MADE.sub(b"", data)
            part = zipfile.ZipInfo(name, _FIRST)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, data)
    return made.getvalue()
