"""What the system refuses to a project is told with its own mend, and costs nothing that was acknowledged."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.rights import python

import dateline
from dateline.errors import StoreError
from dateline.intake import Failure
from dateline.store import Project, faults
from dateline.store.door.likeness import Added

HERE = os.environ | {"PYTHONPATH": str(Path(dateline.__file__).parents[1])}
"""The environment of a process in another folder that runs this dateline."""

RECORD = json.dumps({"id": "{0}", "text": "Workers marched. {1}"}).replace("{1}", "word " * 2_000)


def records(folder: Path, number: int) -> Path:
    path = folder / "many.jsonl"
    path.write_text("".join(RECORD.replace("{0}", f"r{n}") + "\n" for n in range(number)), encoding="utf-8")
    return path


def test_a_full_disk_is_called_full_and_what_was_acknowledged_stays(tmp_path: Path) -> None:
    many = records(tmp_path, 200)
    with Project.create(tmp_path / "p") as project:
        pages = 100  # the database may grow so far, as on a disk with that much room
        with project.database.reading() as db:
            db.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        acknowledged: list[str] = []
        with pytest.raises(StoreError, match=r"disk is full.*free some room and run this again"):
            acknowledged += [outcome.id for outcome in project.add(many) if isinstance(outcome, Added)]
    with Project.open(tmp_path / "p") as project:
        before = project.state().reports
        assert all(isinstance(outcome, Added) for outcome in project.add(many))
        assert before < project.state().reports == 200
        assert list(project.verify()) == []


def test_each_refusal_of_the_database_has_its_own_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.store.databases.sqlite.WAIT_MILLISECONDS", 1)
    with Project.create(tmp_path / "p") as project, Project.open(tmp_path / "p") as other:
        with (
            other.database.writing(),
            pytest.raises(StoreError, match="wait for the other program and run this again"),
        ):
            list(project.add(records(tmp_path, 1)))
        with other.database.reading() as db:
            db.exec_driver_sql("PRAGMA query_only=ON")
        with pytest.raises(StoreError, match=r"readonly.*must be writable for you"):
            list(other.add(records(tmp_path, 1)))
        assert len(list(project.add(records(tmp_path, 1)))) == 1


@pytest.mark.parametrize(
    ("number", "mend"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EROFS, "must be writable for you"),
        (errno.EACCES, "must be writable for you"),
        (errno.EIO, "look at the disk"),
    ],
)
def test_evidence_that_cannot_be_kept_says_why(tmp_path: Path, number: int, mend: str) -> None:
    told = str(faults.of_system(tmp_path, OSError(number, os.strerror(number))))
    assert os.strerror(number) in told and mend in told and str(tmp_path) in told


@pytest.mark.parametrize("verb", ["add more.jsonl", "decide r0 r1 same --who A", "link"])
def test_a_project_that_may_not_be_written_to_is_told_and_the_input_is_not_blamed(tmp_path: Path, verb: str) -> None:
    with Project.create(tmp_path / "p") as project:
        list(project.add(records(tmp_path, 2)))
    (tmp_path / "more.jsonl").write_text('{"id": "new", "text": "Nurses marched."}\n', encoding="utf-8")
    for path in (tmp_path / "p").rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    (tmp_path / "p").chmod(0o555)
    try:
        done = python(tmp_path, "-m", "dateline", *verb.split(), "-p", "p")
    finally:
        (tmp_path / "p").chmod(0o755)
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert "must be writable for you" in line
    assert "more.jsonl" not in line


def test_evidence_that_may_not_be_written_is_no_fault_of_the_input(tmp_path: Path) -> None:
    Project.create(tmp_path / "p").close()
    (tmp_path / "a.txt").write_text("Workers marched.", encoding="utf-8")
    (tmp_path / "p" / "evidence").mkdir(exist_ok=True)
    (tmp_path / "p" / "evidence").chmod(0o555)
    try:
        done = python(tmp_path, "-m", "dateline", "add", "a.txt", "-p", "p")
    finally:
        (tmp_path / "p" / "evidence").chmod(0o755)
    assert done.returncode == 2, done.stderr
    assert done.stderr == (
        "dateline: the evidence cannot be kept in p/evidence (Permission denied); it must be writable for you, and so "
        "must the folder p/evidence\n"
    )


TOO_LARGE = """
import resource, signal, sys
from dateline.cli.app import app
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
sys.argv = ["dateline", *sys.argv[1:]]
app()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs bounds on the size of files")
def test_evidence_that_the_system_will_not_take_ends_the_verb_and_names_the_evidence(tmp_path: Path) -> None:
    Project.create(tmp_path / "p").close()
    (tmp_path / "a.txt").write_text("Workers marched.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("word " * 300_000, encoding="utf-8")
    command = [sys.executable, "-c", TOO_LARGE, "add", "a.txt", "b.txt", "-p", "p"]
    done = subprocess.run(command, cwd=tmp_path, env=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert "the evidence cannot be kept in p/evidence (File too large); look at the disk" in line
    with Project.open(tmp_path / "p") as project:
        assert (project.state().reports, project.state().refused) == (1, 0)
        assert list(project.verify()) == []


def test_a_list_whose_first_record_is_bad_is_no_refusal_however_often_it_is_added(tmp_path: Path) -> None:
    mixed, bad = tmp_path / "mixed.json", tmp_path / "bad.json"
    mixed.write_text('[5, {"id": "a", "text": "Police arrested a man."}, 6]', encoding="utf-8")
    bad.write_text("[5]", encoding="utf-8")
    with Project.create(tmp_path / "p") as project:
        for new in (True, False):
            found = [*project.add(mixed), *project.add(bad)]
            assert [isinstance(outcome, Failure) for outcome in found] == [True, False, True, True]
            assert isinstance(found[1], Added) and (found[1].id, found[1].new) == ("a", new)
            state = project.state()
            assert (state.evidence, state.reports, state.refused) == (2, 1, 1)
