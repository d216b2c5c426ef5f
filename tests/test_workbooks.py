"""Workbooks as rows of text, for everyone who reads them: intake, comparing and corrections."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from tests.workbooks import workbook

from dateline.errors import SheetError
from dateline.evaluate.gold import table
from dateline.export.ours import is_ours
from dateline.files.workbook import sheets, unpacked


def archive(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Men met.", "Men met."),
        (7, "7"),
        (8.0, "8"),
        (8.5, "8.5"),
        (True, "true"),
        (datetime(2024, 2, 1), "2024-02-01"),
        (datetime(2024, 2, 1, 9, 30), "2024-02-01T09:30:00"),
        (date(2024, 2, 1), "2024-02-01"),
        (time(9, 30), "09:30:00"),
    ],
)
def test_a_cell_is_what_csv_would_have(cell: object, text: str) -> None:
    [sheet] = sheets(workbook([("id",), (cell,)]))
    assert sheet.rows() == [["id"], [text]]


def test_sheets_keep_their_names_rows_keep_their_places_and_empty_ends_go() -> None:
    first, second = sheets(workbook([("a", "b", None), (None,), (None, "x")], Notes=[("c",)]))
    assert (first.title, first.rows()) == ("Sheet", [["a", "b"], [], ["", "x"]])
    assert first.rows(1) == [["a", "b"]]
    assert (second.title, second.rows()) == ("Notes", [["c"]])


def test_what_a_workbook_says_of_its_size_is_not_believed() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook([("a", "b"), ("c", "d")]))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    at = "xl/worksheets/sheet1.xml"
    assert b'ref="A1:B2"' in parts[at]
    parts[at] = parts[at].replace(b'ref="A1:B2"', b'ref="A1"')
    [sheet] = sheets(archive(**parts))
    assert sheet.rows() == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04 and no more", "the workbook is damaged"),
        (archive(**{"word/document.xml": b"<w/>"}), "no workbook"),
    ],
)
def test_what_is_no_workbook_is_told_with_the_mend(data: bytes, what: str, tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=f"{what}.*save it anew as XLSX, or as CSV"):
        unpacked(data)
    (path := tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(SheetError, match=what):
        table.read_file(path)
    assert not is_ours(path)


def test_a_damaged_part_of_a_workbook_is_told() -> None:
    with pytest.raises(SheetError, match="the workbook is damaged"):
        sheets(archive(**{"xl/workbook.xml": b"<workbook", "[Content_Types].xml": b"<Types/>"}))


def test_a_coded_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_MOST_BYTES", 50_000)
    data = archive(**{"xl/workbook.xml": b" " * 60_000})
    assert len(data) < 1_000
    (path := tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(SheetError, match="unpacks to over 50,000 bytes"):
        table.read_file(path)
