"""Tables of other programs. The rows are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.intake.failure import Failure
from dateline.intake.reader import Link, Source
from dateline.intake.records.archived import ARCHIVED
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


ARCHIVED_RECORD = {
    "status": "wayback: success",
    "metadata": {
        "url": "https://a.example/1",
        "title": "Held @desk",
        "content": "Police held four farmers in Graz.",
        "timestamp": "2024-02-06T08:00:00+00:00",
        "_processed_at": 1707300000.5,
        "author": {"name": "Somebody", "handle": "@somebody"},
    },
    "media": [{"filename": "a.jpg"}],
}


@pytest.mark.parametrize("as_lines", [True, False])
def test_the_json_of_the_archiver_gives_reports_and_links(as_lines: bool) -> None:
    bare = {"status": "x", "metadata": {"url": "https://a.example/2", "title": "Nurses march"}, "media": []}
    broken = {"status": "x", "metadata": {"url": "a file"}, "media": []}
    records = [ARCHIVED_RECORD, bare, broken]
    data = ("\n".join(map(json.dumps, records)) if as_lines else json.dumps(records)).encode()
    assert readers().choose("archive.jsonl" if as_lines else "archive.json", data) == "auto-archiver-json"
    report, link, failure = ARCHIVED.read(Source.of(data, id="archive.json"))
    assert isinstance(report, Report)
    assert (report.id, report.text, report.title) == ("archive.json", "Police held four farmers in Graz.", "Held")
    assert (report.url, report.published, report.retrieved) == (
        *("https://a.example/1", "2024-02-06T08:00:00+00:00", "2024-02-07T10:00:00+00:00"),
    )
    assert report.author is None
    assert link == Link("https://a.example/2", {"title": "Nurses march", "published": None})
    assert isinstance(failure, Failure) and failure.line == 3


def test_other_json_is_read_as_records() -> None:
    assert readers().choose("a.json", b'[{"id": "1", "text": "Men met."}]') == "json"
    assert readers().choose("a.jsonl", b'{"id": "1", "text": "Men met."}\n') == "jsonl"
