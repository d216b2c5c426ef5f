"""Workbooks: the sheets of an XLSX file as rows of text, read by openpyxl, which is no part of what dateline needs."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from dateline.errors import MissingPartError, SheetError

STARTS = b"PK\x03\x04"
"""What every workbook begins with, as does every other archive."""

_ANEW = "save it anew as XLSX, or as CSV"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    title: str
    _cells: Any

    def rows(self, most: int | None = None) -> list[list[str]]:
        """Its first rows, or all, without the empty cells at their ends. Raises :class:`SheetError`."""
        with _reading():
            # What a workbook says of its size may be wrong: rows are read until there are none.
            self._cells.reset_dimensions()
            return [_texts(row) for row in islice(self._cells.iter_rows(values_only=True), most)]


def unpacked(data: bytes) -> int:
    """The bytes that a workbook unpacks to. Raises :class:`SheetError` for what is no workbook."""
    with _reading(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise SheetError("this looks like an office document that is no workbook", _ANEW)
    return sum(part.file_size for part in parts)


def sheets(data: bytes) -> list[Sheet]:
    """The sheets of a workbook in their order. Raises :class:`SheetError`, also where openpyxl is not installed."""
    try:
        openpyxl = library()
    except MissingPartError as error:
        raise SheetError(
            "this is a workbook, and openpyxl, which reads it, is not installed",
            "save the sheet as CSV, or write: pip install 'dateline[xlsx]'",
        ) from error
    with _reading():
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    if not book.worksheets:
        raise SheetError("the workbook has no sheet with cells", _ANEW)
    return [Sheet(str(cells.title), cells) for cells in book.worksheets]


def library() -> Any:
    """Openpyxl. Raises :class:`MissingPartError` that names what to install."""
    try:
        import openpyxl
        import openpyxl.cell
        import openpyxl.utils
    except ImportError as error:
        raise MissingPartError(
            "workbooks (.xlsx) are read and written by openpyxl, which is not installed; "
            "write: pip install 'dateline[xlsx]', or take CSV for spreadsheets: -f csv-bom"
        ) from error
    return openpyxl


@contextmanager
def _reading() -> Iterator[None]:
    """What openpyxl meets in a damaged workbook is of every kind, and is told as :class:`SheetError`."""
    try:
        with warnings.catch_warnings():
            # It warns of parts of a workbook that hold no cells, such as the rules for filling them in.
            warnings.simplefilter("ignore")
            yield
    except Exception as error:
        raise SheetError(
            f"the workbook is damaged and cannot be read ({type(error).__name__}: {error})", _ANEW
        ) from error


def _texts(row: Iterable[object]) -> list[str]:
    cells = [_words(value) for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _words(value: object) -> str:
    """A cell as CSV would have it: a day as 2024-02-01, a whole number without a point."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case _:
            return str(value)
