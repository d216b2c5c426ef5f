"""An Excel workbook: the rows of the sheet, what its columns hold, and the data statement.

Every text is a text: no code loses its noughts, no date changes its form, and nothing is a formula. Written by
openpyxl, which is no part of what dateline needs.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from typing import IO, Any, TextIO

from dateline.errors import MissingPartError, OptionError
from dateline.export.formats.columns import columns, names
from dateline.export.formats.rows import Cell, Cells, rows
from dateline.export.safe import on_one_line
from dateline.export.statement import KeptBack, Statement
from dateline.files.workbook import library
from dateline.model import Coding

SHEETS = ("events", "columns", "about")
"""The names of the sheets: the rows, what their columns hold, and the data statement."""

LONGEST = 32_767
"""Characters that a cell of a workbook can hold."""

MOST_ROWS = 1_048_576
"""Rows that a sheet can hold, the header among them."""

_MADE = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_FIRST = (1980, 1, 1, 0, 0, 0)
_WIDE = 24


def write(
    codings: Iterable[Coding], out: TextIO, *, as_of: int | None = None, kept_back: KeptBack | None = None
) -> None:
    """The workbook, as bytes to the stream under ``out``. Raises :class:`MissingPartError` without openpyxl."""
    statement = Statement(kept_back=kept_back)

    def told() -> Iterator[Cells]:
        for coding in codings:
            statement.add(coding)
            yield from rows(coding, as_of=as_of)

    meant = [(column.name, column.holds, "may be corrected" if column.field else None) for column in columns("csv")]
    write_book(out, names("csv"), told(), meant, statement.rows)


def write_book(
    out: TextIO,
    header: Sequence[str],
    told: Iterable[Mapping[str, Cell]],
    meant: Iterable[Sequence[Cell]],
    stated: Callable[[], Iterable[tuple[str, str]]],
) -> None:
    """A workbook of rows, of what its columns hold, and of what is stated once all rows have come.

    Raises :class:`MissingPartError` without openpyxl, and :class:`OptionError` for more rows than a sheet can hold.
    """
    binary = getattr(out, "buffer", None)
    if binary is None or out.isatty():
        raise MissingPartError("a workbook is no text that a terminal can show; write it to a file: -o FILE.xlsx")
    openpyxl = library()
    book = openpyxl.Workbook(write_only=True)
    sheet, columns_sheet, about = map(book.create_sheet, SHEETS)
    sheet.freeze_panes = "C2"
    for n in range(len(header)):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(n + 1)].width = _WIDE
    sheet.append(_texts(sheet, header))
    for number, row in enumerate(told, 2):
        if number > MOST_ROWS:
            raise OptionError(f"a sheet of a workbook holds {MOST_ROWS:,} rows, and there are more", "take -f csv")
        sheet.append(_texts(sheet, [row.get(name) for name in header]))
    for column in meant:
        columns_sheet.append(_texts(columns_sheet, column))
    for heading in stated():
        about.append(_texts(about, heading))
    with TemporaryFile() as made:
        book.save(made)
        _the_same_bytes(made, binary)


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


def _the_same_bytes(book: IO[bytes], out: IO[bytes]) -> None:
    """Write the workbook without the time at which it was written."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _FIRST)
            part.compress_type = zipfile.ZIP_DEFLATED
            if name == "docProps/core.xml":
                new.writestr(part, _MADE.sub(b"", old.read(name)))
                continue
            part.file_size = old.getinfo(name).file_size  # what is too large for the older form of archives is told
            with old.open(name) as before, new.open(part, "w") as after:
                shutil.copyfileobj(before, after)
