"""Workbooks made for a test, by the library that reads them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest

Cells = Sequence[Sequence[object]]


def workbook(rows: Cells, **others: Cells) -> bytes:
    """An XLSX file with these rows in its first sheet, and others by the names of their sheets."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for sheet, cells in [(book.active, rows), *((book.create_sheet(name), cells) for name, cells in others.items())]:
        for row in cells:
            sheet.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
