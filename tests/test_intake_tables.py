"""Tables of reports: a row is a report, by the names of its columns, and no row is lost without a word."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from tests.workbooks import workbook

from dateline.intake import Failure, Limits, read_path
from dateline.model import Report

SHEET = """id,text,published,publisher,title
a,"Police detained four farmers in Lyon, the prefecture said.",2024-02-01,Sample Daily,Farmers held
b,"Nurses marched in Lima.
They sang.",2024-02-02,Sample Post,
"""


def read(path: Path, data: str | bytes) -> list[Report | Failure]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_path(path))


def reports(items: Iterable[Report | Failure]) -> list[Report]:
    found = list(items)
    assert all(isinstance(item, Report) for item in found), found
    return [item for item in found if isinstance(item, Report)]


def failure(items: Sequence[Report | Failure]) -> str:
    [one] = [str(item) for item in items if isinstance(item, Failure)]
    return one


def test_each_row_is_a_report_with_its_columns(tmp_path: Path) -> None:
    first, second = reports(read(tmp_path / "sheet.csv", SHEET))
    assert (first.id, first.published, first.publisher, first.title) == (
        *("a", "2024-02-01", "Sample Daily", "Farmers held"),
    )
    assert second.text == "Nurses marched in Lima.\nThey sang."
    assert second.title is None


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_the_separator_is_the_one_that_the_heading_shows(tmp_path: Path, separator: str) -> None:
    line = separator.join(("id", "text", "date", "source"))
    row = separator.join(("a", "Police, in Lyon, detained four farmers.", "2024-02-01", "Sample Daily"))
    [report] = reports(read(tmp_path / "sheet.csv", f"{line}\n{row}\n"))
    assert (report.text, report.published) == ("Police, in Lyon, detained four farmers.", "2024-02-01")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_of_spreadsheets_are_read(tmp_path: Path, encoding: str) -> None:
    rows = "id\ttext\n1\tLa police a arrêté quatre éleveurs à Orléans.\n"
    [report] = reports(read(tmp_path / "sheet.tsv", rows.encode(encoding)))
    assert report.text == "La police a arrêté quatre éleveurs à Orléans."


def test_other_names_of_columns_are_read_and_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    rows = "Article ID,Full_Text,Date,Outlet,Headline,Coder notes\n" + "".join(
        f'{n},"Nurses marched in Lima.",2024-02-0{n},Sample Post,Nurses march,check\n' for n in (1, 2, 3)
    )
    with caplog.at_level(logging.WARNING, "dateline"):
        first, *_ = reports(read(tmp_path / "sheet.csv", rows))
    assert (first.id, first.published, first.publisher, first.title) == (
        "1",
        "2024-02-01",
        "Sample Post",
        "Nurses march",
    )
    told = "\n".join(record.getMessage() for record in caplog.records)
    assert told.count("'Date' is read as published") == 1
    assert told.count("columns are not read: 'Coder notes'") == 1
    assert told.count("sheet.csv") == 2


def test_what_our_own_names_hold_goes_before_other_names(tmp_path: Path) -> None:
    rows = "id,body,text,date,published\n1,no,Nurses marched in Lima.,2020-01-01,2024-02-01\n"
    [report] = reports(read(tmp_path / "sheet.csv", rows))
    assert (report.text, report.published) == ("Nurses marched in Lima.", "2024-02-01")


def test_a_table_without_texts_is_refused_by_its_columns(tmp_path: Path) -> None:
    told = failure(read(tmp_path / "sheet.csv", "name,owner,interest\nSample,none,party\n"))
    assert "no column for the text" in told and "'owner'" in told and '"text"' in told


def test_a_row_that_cannot_be_read_costs_itself_and_has_the_number_of_the_spreadsheet(tmp_path: Path) -> None:
    rows = (
        'id,text,published\n1,"Nurses\nmarched in Lima.",2024-02-01\n2,,2024-02-02\n,Workers met.,\n4,Men met.,5/6/24\n'
    )
    found = read(tmp_path / "sheet.csv", rows)
    lines = [(item.line, item.error) for item in found if isinstance(item, Failure)]
    assert [number for number, _ in lines] == [3, 4, 5]
    assert "no text" in lines[0][1] and "no id" in lines[1][1] and "5/6/24" in lines[2][1]
    assert [item.id for item in found if isinstance(item, Report)] == ["1"]


def test_a_text_that_was_cut_by_its_own_comma_is_refused(tmp_path: Path) -> None:
    found = read(tmp_path / "sheet.csv", "id,text\n1,Police, in Lyon, detained four.\n2,Nurses marched in Lima.\n")
    assert "more cells than the heading" in failure(found)
    assert [item.id for item in found if isinstance(item, Report)] == ["2"]


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows_in_silence(tmp_path: Path) -> None:
    found = read(tmp_path / "sheet.csv", 'id,text\n1,Men met.\n2,"Nurses marched.\n3,Workers met.\n')
    assert [item.id for item in found if isinstance(item, Report)] == ["1"]
    assert "breaks off" in failure(found)


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    assert "two columns are called 'text'" in failure(read(tmp_path / "sheet.csv", "id,text,text\n1,a b,c d\n"))


def test_a_title_above_the_heading_and_empty_rows_are_passed_over(tmp_path: Path) -> None:
    found = read(tmp_path / "sheet.csv", "Reports of March,,\n,,\nid,text,url\n\n1,Nurses marched.,\n2,,x\n")
    assert [item.id for item in found if isinstance(item, Report)] == ["1"]
    assert "sheet.csv:6: " in failure(found)


def test_rows_without_a_column_of_ids_are_named_by_what_they_hold(tmp_path: Path) -> None:
    one = reports(read(tmp_path / "a.csv", "text,publisher\nNurses marched.,Sample Post\nMen met.,Sample Post\n"))
    more = reports(read(tmp_path / "b.csv", "text,publisher\nWomen met.,X\nNurses marched.,Sample Post\n"))
    assert len({report.id for report in one}) == 2
    assert more[1].id == one[0].id and more[1].sha256 == one[0].sha256


def test_the_evidence_is_the_file_and_then_each_row(tmp_path: Path) -> None:
    kept: list[bytes] = []
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET, encoding="utf-8")
    list(read_path(path, keep=lambda data, _: kept.append(data)))
    assert kept[0] == SHEET.encode()
    assert [json.loads(line)["id"] for line in kept[1:]] == ["a", "b"]


def test_a_long_cell_is_read_whole(tmp_path: Path) -> None:
    text = "Nurses marched in Lima. " * 20_000
    [report] = reports(read(tmp_path / "sheet.csv", f'id,text\n1,"{text}"\n'))
    assert len(report.text) == len(text) > 131_072


def test_a_workbook_is_read_with_its_days_and_numbers(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    day = datetime(2024, 2, 1)
    with caplog.at_level(logging.WARNING, "dateline"):
        rows = [("id", "text", "published"), (7, "Nurses marched in Lima.", day), (None,) * 3, (8.0, "Men met.", None)]
        found = read(tmp_path / "sheet.xlsx", workbook(rows, Notes=[("a", "b")]))
    first, second = reports(found)
    assert (first.id, first.published, second.id, second.published) == ("7", "2024-02-01", "8", None)
    assert "of its sheets 'Sheet' is read, and these are not: 'Notes'" in caplog.text


def test_the_sheet_with_the_texts_is_found_and_its_rows_are_numbered(tmp_path: Path) -> None:
    reports = [("id", "text"), (1, "Men met."), (2, None)]
    found = read(tmp_path / "s.xlsx", workbook([("how to", "use")], Reports=reports))
    assert [item.id for item in found if isinstance(item, Report)] == ["1"]
    assert "s.xlsx:3: " in failure(found)


def test_a_workbook_that_is_none_and_one_that_unpacks_to_too_much_are_refused(tmp_path: Path) -> None:
    assert "cannot be read" in failure(read(tmp_path / "a.xlsx", b"PK\x03\x04 no xl/ archive"))
    path = tmp_path / "b.xlsx"
    path.write_bytes(workbook([("id", "text"), (1, "Men met.")]))
    [item] = list(read_path(path, limits=Limits(memory=1_000)))
    assert "--limit memory" in str(item)


def test_a_workbook_without_its_reader_names_the_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([("id", "text"), (1, "Men met.")]))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert "pip install 'dateline[xlsx]'" in failure(list(read_path(path)))


RECORDS = [
    {"id": "1", "content": "Nurses marched in Lima.", "date": "2024-02-01", "source": {"name": "Sample"}, "rank": 3},
    {"id": "2", "text": "Men met.", "published": None, "date": "2024-02-02", "rank": 4},
]


@pytest.mark.parametrize("name", ["r.jsonl", "r.json"])
def test_keys_of_records_have_other_names_too_and_unknown_ones_are_told_once(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lines = "\n".join(map(json.dumps, RECORDS)) if name.endswith("l") else json.dumps(RECORDS)
    with caplog.at_level(logging.WARNING, "dateline"):
        first, second = reports(read(tmp_path / name, lines))
    assert (first.text, first.published, first.publisher) == ("Nurses marched in Lima.", "2024-02-01", None)
    assert (second.text, second.published) == ("Men met.", "2024-02-02")
    assert caplog.text.count("'source', 'rank'") == 1
    assert caplog.text.count("rank") == 1
    assert caplog.text.count("'date' is read as published") == 1


def test_a_table_on_the_standard_input_is_known_by_its_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SHEET.encode())))
    assert [report.id for report in reports(read_path("-"))] == ["a", "b"]
