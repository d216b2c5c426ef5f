"""Tables as people save them, read as rows of text: CSV with commas, semicolons or tabs, and workbooks of Excel."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path

from dateline.errors import SheetError
from dateline.files.workbook import STARTS, sheets, unpacked
from dateline.intake.encoding import decode

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
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
    if data.startswith(STARTS):
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
    if unpacked(data) > _MOST_BYTES:
        raise SheetError(f"the workbook unpacks to over {_MOST_BYTES:,} bytes", "evaluate it in parts")
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(sheets(data)[0].rows())
    return out.getvalue()
