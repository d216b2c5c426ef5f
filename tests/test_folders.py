"""Names that are no text, folders that may not be looked into, links out of a folder: each costs itself and is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.rights import python

from dateline.intake import Failure, IntakeError, Source, read_path, read_text
from dateline.intake.registry import Readers
from dateline.model import Report
from dateline.store import Project

STORY = "Police arrested a man in Lyon."


def told(*paths: Path | str) -> list[str]:
    """Ids of what was read, and what was said of the rest."""
    found = [outcome for path in paths for outcome in read_path(path)]
    return [outcome.id if isinstance(outcome, Report) else str(outcome) for outcome in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pages"
    made.mkdir()
    (made / "a.txt").write_text(STORY, encoding="utf-8")
    return made


def any_bytes(folder: Path, name: bytes, text: str) -> None:
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(text, encoding="utf-8")
    except OSError:
        pytest.skip("this system has no names but those in UTF-8")


# Names that are not UTF-8


def test_files_whose_names_are_not_utf_8_have_ids_that_can_be_kept_and_differ(folder: Path, tmp_path: Path) -> None:
    any_bytes(folder, b"d\xff.txt", "Police killed a man.")
    any_bytes(folder, b"d\xfe.txt", "Police killed two men.")
    assert told(folder) == ["a.txt", r"d\xfe.txt", r"d\xff.txt"]
    with Project.create(tmp_path / "p") as project:
        assert [outcome.id for outcome in project.add(folder)] == ["a.txt", r"d\xfe.txt", r"d\xff.txt"]
        (one,) = project.add(os.fsdecode(os.fsencode(folder) + b"/d\xff.txt"))
        assert (one.id, one.new, project.state().reports) == (r"d\xff.txt", False, 3)


def test_a_file_that_cannot_be_read_and_whose_name_is_not_utf_8_is_refused_and_kept(
    folder: Path, tmp_path: Path
) -> None:
    any_bytes(folder, b"b\xff.json", "{")
    with Project.create(tmp_path / "p") as project:
        found = list(project.add(folder))
        assert [isinstance(outcome, Failure) for outcome in found] == [False, True]
        assert (project.state().reports, project.state().refused) == (1, 1)


@pytest.mark.parametrize("field", ["publisher", "title", "author", "url", "id"])
def test_no_report_has_values_that_no_file_can_hold(folder: Path, field: str) -> None:
    for bad in ("caf\udce9", "a\0b"):
        with pytest.raises(IntakeError, match=f"the {field} holds"):
            list(read_path(folder, **{field: bad}))
        with pytest.raises(IntakeError, match=f"the {field} holds"):
            read_text(STORY, **{field: bad})


def test_a_reader_whose_reports_hold_such_values_costs_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Odd:
        form, endings = "odd", (".txt",)

        def sniff(self, head: bytes) -> bool:
            return True

        def read(self, source: Source):
            yield Report(source.id or "", source.data().decode(), publisher="caf\udce9")

    monkeypatch.setattr("dateline.intake.paths.readers", lambda: Readers({"odd": Odd()}))
    (line,) = told(folder)
    assert "the publisher holds a NUL or half a character" in line


@pytest.mark.parametrize(
    "verb", ["show caf\udce9", "decide caf\udce9 b same --who A", "decide a b same --who caf\udce9"]
)
def test_words_on_the_command_line_that_are_not_utf_8_are_told(tmp_path: Path, verb: str) -> None:
    Project.create(tmp_path / "p").close()
    command = [sys.executable, "-m", "dateline", *verb.split(), "-p", tmp_path / "p"]
    done = subprocess.run([os.fsencode(word) for word in command], capture_output=True, check=False)
    (line,) = done.stderr.decode().splitlines()
    assert done.returncode == 2 and line.startswith("dateline: ")
    assert "UTF-8" in line or "no event" in line


# Folders that may not be looked into


READ = """
import sys
from dateline.intake import read_path
for path in sys.argv[1:]:
    for outcome in read_path(path):
        print(getattr(outcome, "id", None) or str(outcome))
"""


@pytest.mark.parametrize(
    ("mode", "what"),
    [
        (0o000, "the folder cannot be listed (Permission denied)"),
        (0o444, "the file cannot be read (Permission denied)"),
    ],
)
def test_a_folder_without_rights_is_told_in_its_place_and_the_rest_is_read(folder: Path, mode: int, what: str) -> None:
    (folder / "c.txt").write_text("Police freed a man.", encoding="utf-8")
    closed = folder / "b"
    closed.mkdir()
    (closed / "b.txt").write_text("Police arrested a woman.", encoding="utf-8")
    closed.chmod(mode)
    try:
        done = python(folder, "-c", READ, folder, closed, closed / "b.txt", folder / "c.txt")
    finally:
        closed.chmod(0o755)
    lines = done.stdout.splitlines()
    assert (done.stderr, lines[:2]) == ("", ["a.txt", "c.txt"])
    assert [what in line for line in lines[2:4]] == [True, True]
    # A path in it costs itself too, and what is named after it is read.
    assert "Permission denied" in lines[4] and "no such file" not in lines[4]
    assert lines[5:] == ["c.txt"]


# Links


def test_links_out_of_a_folder_are_told_and_not_followed(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "secret"
    outside.mkdir()
    (outside / "page.txt").write_text("user:x:0:0", encoding="utf-8")
    (folder / "b.txt").symlink_to(outside / "page.txt")
    (folder / "c").symlink_to(outside)
    (folder / "d.txt").symlink_to("../secret/page.txt")
    (folder / "e.txt").symlink_to(folder / "b.txt")
    lines = told(folder)
    assert lines[1:2] == ["a.txt"]
    assert sum("a link out of the folder" in line for line in lines) == 4
    with Project.create(tmp_path / "p") as project:
        list(project.add(folder))
        assert project.state().evidence == 1


def test_links_inside_a_folder_are_followed_and_a_folder_may_itself_be_one(folder: Path, tmp_path: Path) -> None:
    (folder / "b.txt").symlink_to("a.txt")
    (folder / "c").symlink_to(".")
    (folder / "d.txt").symlink_to("nowhere.txt")
    (folder / "e.txt").symlink_to("e.txt")
    (tmp_path / "by another name").symlink_to(folder)
    for path in (folder, tmp_path / "by another name"):
        lines = told(path)
        assert lines[:2] == ["a.txt", "b.txt"]
        assert ["no such file" in line for line in lines[2:]] == [True, True]
    assert told(folder / "b.txt") == ["b.txt"]
