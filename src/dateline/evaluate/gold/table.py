"""Tables as people save them, read as rows of text: CSV with commas, semicolons or tabs, and workbooks of Excel."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from dateline.errors import MissingPartError, SheetError
from dateline.export.formats.xlsx import library
from dateline.intake.encoding import decode

_WORKBOOK, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MOST_BYTES = 1_000_000_000
_CELL_LIMIT = 20_000_000


def read_file(path: Path) -> str:
    """The text of a file, of a workbook its first sheet as CSV. Raises :class:`SheetError`, :class:`OSError`."""
    with path.open("rb") as file:
        packed = file.peek(2)[:2] == b"\x1f\x8b"
        try:
            data = (gzip.GzipFile(fileobj=file) if packed else file).read(_MOST_BYTES + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise SheetError(f"the gzip data are damaged ({error})", "get the file again") from error
    if len(data) > _MOST_BYTES:
        raise SheetError(f"the file is over {_MOST_BYTES:,} bytes", "evaluate it in parts")
    if data.startswith(_WORKBOOK):
        return _workbook(data)
    if data.startswith(_OLD_OFFICE):
        raise SheetError("this looks like an office document", "save the sheet as CSV")
    if not data.strip():
        raise SheetError("the file is empty", "give a file of coded reports, or a sheet with a row an event")
    return decode(data).removeprefix("\ufeff")


def read_rows(text: str) -> list[tuple[int, list[str]]]:
    """The heading and the rows that hold something, each with the line on which it begins."""
    first = text.split("\n", 1)[0]
    found = list(_csv_rows(text, max(",;\t", key=lambda c: (first.count(c), c == ","))))
    if not found:
        raise SheetError("the sheet has no heading", "write the names of the columns in the first line")
    return found


def _csv_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    # The limit belongs to the whole process: a report in a cell is longer than what it is set to.
    limit = csv.field_size_limit(_CELL_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise SheetError(
            f"line {reader.line_num} is no row of a sheet ({error})", "save the sheet as CSV anew"
        ) from error
    finally:
        csv.field_size_limit(limit)


def _workbook(data: bytes) -> str:
    """The first sheet of a workbook as CSV; other office documents are told."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            there = "xl/workbook.xml" in parts.namelist()
    except zipfile.BadZipFile as error:
        raise SheetError(f"the workbook is damaged ({error})", "get the file again") from error
    if not there:
        raise SheetError("this looks like an office document", "save the sheet as CSV")
    try:
        openpyxl = library()
    except MissingPartError as error:
        raise SheetError(
            "this is a workbook, and openpyxl, which reads it, is not installed",
            "save the sheet as CSV, or write: pip install 'dateline[xlsx]'",
        ) from error
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        for row in book.worksheets[0].iter_rows(values_only=True):
            writer.writerow([_text(value) for value in row])
    except (KeyError, ValueError, IndexError, zipfile.BadZipFile) as error:
        raise SheetError(f"the workbook is damaged ({error})", "save the sheet as CSV") from error
    return out.getvalue()


def _text(value: object) -> str:
    """A cell's value as CSV would have it: a day without its midnight, a whole number without a point."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)
