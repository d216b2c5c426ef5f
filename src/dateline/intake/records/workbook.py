"""Workbooks: XLSX with a report a row, read by openpyxl, which is not installed unless somebody asks for it."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from dateline.errors import IntakeError
from dateline.intake.failure import Failure
from dateline.intake.limits import Limits
from dateline.intake.reader import Reader, Source
from dateline.intake.records.rows import Heading, Row, read_rows
from dateline.model import Report

INSTALL = "install it with: pip install 'dateline[xlsx]', or save the sheet as CSV"
_IN_MEMORY = 4
"""How many bytes of memory a byte of an unpacked workbook may cost."""


class _Workbook:
    """The first sheet whose heading names a column for the text."""

    form = "XLSX"
    endings = (".xlsx", ".xlsm")

    def sniff(self, head: bytes) -> bool:
        """Whether it is a zip archive that holds a workbook."""
        office = b"[Content_Types].xml" in head and b"word/" not in head and b"ppt/" not in head
        return head.startswith(b"PK\x03\x04") and (office or b"xl/" in head)

    def read(self, source: Source) -> Iterator[Report | Failure]:
        """A report a row."""
        data = source.data()
        if not data.startswith(b"PK"):
            raise IntakeError("this is no XLSX workbook", "save it as XLSX or as CSV")
        yield from read_rows(source, _sheet(data, source))


def _sheet(data: bytes, source: Source) -> Iterator[Row]:
    """The rows of the sheet that holds the reports."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise IntakeError("reading XLSX needs openpyxl, which is not installed", INSTALL) from error
    try:
        _check(data, source.limits)
        with warnings.catch_warnings():
            # It warns of parts of a workbook that hold no cells, such as the rules for filling them in.
            warnings.simplefilter("ignore")
            sheets = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets
            chosen = next((sheet for sheet in sheets if Heading.find(_rows(sheet))), sheets[0])
            rows = list(_rows(chosen))
    except IntakeError:
        raise
    except Exception as error:
        raise IntakeError(
            f"the workbook cannot be read ({type(error).__name__}: {error})", "save it anew as XLSX, or as CSV"
        ) from error
    if others := [sheet.title for sheet in sheets if sheet is not chosen]:
        told = ", ".join(repr(name[:60]) for name in others[:12])
        source.remark(f"of its sheets {chosen.title!r} is read, and these are not: {told}")
    return iter(rows)


def _check(data: bytes, limits: Limits) -> None:
    """Refuse an archive that unpacks to more than there may be memory for."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        limits.check("memory", _IN_MEMORY * sum(part.file_size for part in archive.infolist()), "the workbook")


def _rows(sheet: Any) -> Iterator[Row]:
    # What a workbook says of its size may be wrong: rows are read until there are none.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        cells = [_words(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _words(value: object) -> str:
    """A cell as it is written in a record: a day as 2024-02-01, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


WORKBOOK: Reader = _Workbook()
