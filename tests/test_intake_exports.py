"""Tables of other programs. The rows are invented."""

from __future__ import annotations

from pathlib import Path

from dateline.intake.reader import Link, Source
from dateline.intake.records.exports import ARCHIVER, ATLOS
from dateline.intake.registry import readers
from dateline.model import Report

SHEET = b"""link,archive status,archive date,upload title,upload timestamp,text content,hash
https://a.example/1,wayback: success,2024-02-07T10:00:00,Held @desk,2024-02-06T08:00:00+00:00,Police held four.,0
https://a.example/2,Archive failed,,Nurses march,,,
"""
EXPORT = b"""slug,project,inserted_at,latitude,sensitive,description,date,status,source_1
AB12,Port,2024-02-06 08:00:00,1.5,Not Sensitive,Police held four farmers in Graz.,2024-02-05,Completed,https://a.example/x
"""


def test_a_sheet_of_the_archiver_gives_reports_and_links() -> None:
    assert readers().choose("sheet.csv", SHEET) == "auto-archiver"
    report, link = ARCHIVER.read(Source.of(SHEET))
    assert isinstance(report, Report)
    assert (report.text, report.title, report.url) == ("Police held four.", "Held", "https://a.example/1")
    assert (report.published, report.retrieved) == ("2024-02-06T08:00:00+00:00", "2024-02-07T10:00:00")
    assert link == Link("https://a.example/2", {"title": "Nurses march"})


def test_an_export_of_atlos_gives_descriptions_without_places_and_sources() -> None:
    assert readers().choose("export.csv", EXPORT) == "atlos"
    [report] = ATLOS.read(Source.of(EXPORT))
    assert isinstance(report, Report)
    assert (report.id, report.text, report.publisher, report.published, report.url) == (
        *("AB12", "Police held four farmers in Graz.", "Port", "2024-02-06T08:00:00", None),
    )


def test_other_tables_are_theirs(tmp_path: Path) -> None:
    assert readers().choose("sheet.csv", b"id,text\n1,Men met.\n") == "csv"
