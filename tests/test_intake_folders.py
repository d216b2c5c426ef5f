"""Folders of reports: what is not read is counted, and what belongs to a saved page is no report."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from dateline.intake import Failure, read_path
from dateline.intake.folders.listing import listing, page_of
from dateline.intake.registry import readers
from dateline.model import Report

PAGE = "<html><head><title>March</title></head><body><p>Nurses marched through Lima on Monday.</p></body></html>"


def put(root: Path, *names: str, text: str = "Nurses marched through Lima.") -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE if ".html" in name else text, encoding="utf-8")


def test_files_that_are_not_read_are_counted_by_their_endings(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    put(tmp_path, "report.txt", "a.odt", "b.ODT", "sub/letter.rtf", "saved.doc", "notes", "x.tar.gz", ".hidden.odt")
    with caplog.at_level(logging.WARNING, "dateline"):
        found = list(read_path(tmp_path))
    assert [item.id for item in found if isinstance(item, Report)] == ["report.txt"]
    assert len(found) == 1
    [told] = caplog.messages
    assert "6 files were not read: without an ending 1, .doc 1, .odt 2, .rtf 1, .tar.gz 1" in told
    assert str(tmp_path) in told and "dateline reads" in told


def test_a_folder_without_reports_is_a_failure_and_says_what_is_in_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(tmp_path, "a.odt")
    with caplog.at_level(logging.WARNING, "dateline"):
        [item] = list(read_path(tmp_path))
    assert isinstance(item, Failure)
    assert "1 file was not read: .odt 1" in caplog.text


@pytest.mark.parametrize("folder", ["Nurses march_files", "Nurses march-Dateien", "Nurses march_fichiers"])
def test_the_frames_of_a_saved_page_are_no_reports(
    folder: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(tmp_path, "Nurses march.html", f"{folder}/frame.html", f"{folder}/deep/ad.html", f"{folder}/logo.png")
    put(tmp_path, "other_files/story.html")
    with caplog.at_level(logging.WARNING, "dateline"):
        found = list(read_path(tmp_path))
    assert [item.id for item in found if isinstance(item, Report)] == ["Nurses march.html", "other_files/story.html"]
    assert "2 files belong to saved pages" in caplog.text
    assert page_of(tmp_path / folder) == tmp_path / "Nurses march.html"
    assert page_of(tmp_path / "other_files") is None


def test_pages_that_were_saved_without_an_ending_are_known_by_their_bytes(tmp_path: Path) -> None:
    put(tmp_path, "story.html?id=3", "view.php", "LICENSE")
    (tmp_path / "article-123").write_text(PAGE, encoding="utf-8")
    (tmp_path / "view.php").write_text(PAGE, encoding="utf-8")
    found = listing(tmp_path, readers())
    assert [path.name for path in found.files] == ["article-123", "story.html?id=3", "view.php"]
    assert found.unread == (("", 1),)


def test_an_address_without_a_fetcher_is_refused_with_what_to_do() -> None:
    [item] = list(read_path("https://news.example/story"))
    assert "nothing is fetched here" in str(item) and "curl" in str(item)
