"""A project's store: what is put in is kept, once, unchanged, and whatever happens to the process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from dateline.intake import Failure
from dateline.model import Chances, CoderInfo, Coding, EventMention, Report
from dateline.store import Project, StoreError
from dateline.store.door.likeness import Added, Likeness
from dateline.store.tables import metadata, reports

CODER = CoderInfo("hand", "1", "plover 1")
NOON = "2024-05-01T12:00:00+00:00"


@pytest.fixture
def project(tmp_path: Path, either: str) -> Iterator[Project]:
    with Project.create(tmp_path / "project", clock=lambda: NOON) as made:
        yield made


def by_first_word(reports: Iterable[Report]) -> Iterator[Coding | Failure]:
    """A coder of one rule: the first word of a report is a protest."""
    for report in reports:
        end = len(report.text.split()[0])
        yield Coding(report, CODER, (EventMention("e1", "PROTEST", report.span(0, end)),))


def add(project: Project, path: Path) -> list[Added | Failure]:
    return list(project.add(path))


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_the_same_bytes_add_nothing_whatever_the_file_is_called(project: Project, tmp_path: Path) -> None:
    first, second = write(tmp_path, "a.txt", "Workers marched."), write(tmp_path, "b.txt", "Workers marched.")
    assert add(project, first) == [Added("a.txt", True)]
    assert add(project, first) == [Added("a.txt", False, Likeness("a.txt", "the same bytes"))]
    assert add(project, second) == [Added("b.txt", False, Likeness("a.txt", "the same bytes"))]
    assert project.state().reports == 1


def test_other_bytes_of_the_same_name_are_another_report(project: Project, tmp_path: Path) -> None:
    add(project, write(tmp_path, "a.txt", "Workers marched."))
    [added] = add(project, write(tmp_path, "a.txt", "Workers did not march."))
    assert isinstance(added, Added) and added.new and added.id.startswith("a.txt@")
    assert project.state().reports == 2


def test_a_list_of_reports_shares_its_evidence_and_equal_lines_are_one(project: Project, tmp_path: Path) -> None:
    record = {"id": "x", "text": "Workers marched."}
    assert len(add(project, write(tmp_path, "two.json", json.dumps([record, record | {"id": "y"}])))) == 2
    line = json.dumps(record | {"id": "z"}) + "\n"
    assert [a.new for a in add(project, write(tmp_path, "l.jsonl", line * 2)) if isinstance(a, Added)] == [True, False]
    state = project.state()
    assert (state.reports, state.evidence) == (3, 2)


def test_evidence_without_a_report_is_kept_with_the_reason(project: Project, tmp_path: Path) -> None:
    [failure] = add(project, write(tmp_path, "empty.html", "<html><body></body></html>"))
    assert isinstance(failure, Failure)
    assert (project.state().evidence, project.state().refused, project.state().reports) == (1, 1, 0)
    assert list(project.verify()) == []


def test_a_missing_file_is_told_and_refuses_no_other_evidence(project: Project, tmp_path: Path) -> None:
    add(project, write(tmp_path, "a.txt", "Workers marched."))
    [failure] = add(project, tmp_path / "none.txt")
    assert isinstance(failure, Failure) and "no such file" in failure.error
    assert project.state().refused == 0


def test_a_flipped_bit_is_found(project: Project, tmp_path: Path) -> None:
    add(project, write(tmp_path, "a.txt", "Workers marched."))
    [kept] = [path for path in (project.folder / "evidence").rglob("*") if path.is_file()]
    data = bytearray(kept.read_bytes())
    data[3] ^= 1
    kept.chmod(0o644)
    kept.write_bytes(bytes(data))
    [flaw] = project.verify()
    assert "have changed" in str(flaw)
    kept.unlink()
    assert "missing" in str(next(project.verify()))


def test_codings_come_back_as_they_were_made_and_are_made_once(project: Project, tmp_path: Path) -> None:
    add(project, write(tmp_path, "a.txt", "Streikende zogen \u200fعبر\u200f die Stadt \U0001f525.\r\n\r\nEnde."))
    [made] = project.code(by_first_word, CODER, "{}")
    assert list(project.codings()) == [made]
    assert list(project.code(by_first_word, CODER, "{}")) == []
    assert len(list(project.code(by_first_word, CODER, '{"names": "keep"}'))) == 1
    assert (project.state().codings, project.state().coded) == (2, 1)


def test_suggestions_and_chances_come_back(project: Project, tmp_path: Path) -> None:
    def doubting(reports: Iterable[Report]) -> Iterator[Coding | Failure]:
        for report in reports:
            row = EventMention("e1", "PROTEST", report.span(0, 7), chance=0.25, chances=Chances(type=0.4))
            yield Coding(report, CODER, suggestions=(row,))

    add(project, write(tmp_path, "a.txt", "Workers marched."))
    [made] = project.code(doubting, CODER, "{}")
    assert list(project.codings()) == [made]
    assert isinstance(made, Coding) and made.suggestions[0].chances.type == 0.4


@pytest.mark.parametrize("table", ["codings", "decisions", "log", "retrievals", "stamps"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET number = number + 1", "DELETE FROM {}"])
def test_what_was_written_stays(project: Project, tmp_path: Path, table: str, statement: str) -> None:
    add(project, write(tmp_path, "a.txt", "Workers marched."))
    list(project.code(by_first_word, CODER, "{}"))
    with project.database.writing() as db:
        db.exec_driver_sql(
            "INSERT INTO decisions (first, second, answer, who, made, why) VALUES ('a', 'b', 'same', 'me', '', '')"
        )
        db.exec_driver_sql(
            "INSERT INTO retrievals (sha256, method, hops, headers, added) SELECT sha256, 'by hand', '[]', '[]', '' "
            "FROM evidence"
        )
        db.exec_driver_sql(
            "INSERT INTO stamps (service, time, manifest, answer, roots, added) VALUES ('', '', '', '', '', '')"
        )
    with pytest.raises(IntegrityError, match="only ever added to"), project.database.writing() as db:
        db.exec_driver_sql(statement.format(table))


def test_the_migrations_make_the_tables_that_the_queries_use(project: Project, either: str) -> None:
    with project.database.reading() as db:
        differences = compare_metadata(MigrationContext.configure(db), metadata)
        if either == "sqlite":
            assert differences == []
            assert db.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        else:  # in SQLite every row has a number that says when it came
            told = [one for one in differences if isinstance(one, tuple)]
            assert sorted((what, of.name) for what, *_, of in told) == [
                ("remove_column", "rowid"),
                ("remove_index", "entries_rowid"),
            ]
            others = {one[0] for several in differences if isinstance(several, list) for one in several}
            assert others <= {"modify_comment"}


def test_folders_that_are_no_project_are_told(tmp_path: Path, project: Project) -> None:
    with pytest.raises(StoreError, match="dateline init"):
        Project.open(tmp_path)
    with pytest.raises(StoreError, match="a project already"):
        Project.create(project.folder)
    (tmp_path / "dateline.sqlite").write_bytes(b"not a database, but long enough to look at" * 100)
    with pytest.raises(StoreError, match="restore a copy"):
        Project.open(tmp_path)


def test_a_newer_database_is_refused(project: Project) -> None:
    with project.database.writing() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer dateline"):
        Project.open(project.folder)


@pytest.mark.parametrize(
    ("text", "told"), [("codebok = 'x'", "codebok"), ("names = 'all'", "names"), ("names = ", "not TOML")]
)
def test_a_setting_that_is_wrong_is_named(project: Project, text: str, told: str) -> None:
    (project.folder / "dateline.toml").write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=told):
        _ = project.settings


@given(st.text(min_size=1, max_size=200))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_kept_as_it_is(project: Project, tmp_path: Path, text: str) -> None:
    path = write(tmp_path, "any.jsonl", json.dumps({"id": "any", "text": text}))
    for outcome in add(project, path):
        if isinstance(outcome, Added) and outcome.new:
            with project.database.reading() as db:
                kept = db.execute(select(reports.c.text).where(reports.c.id == outcome.id)).scalar_one()
            assert kept == text


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_store import CODER, by_first_word
from dateline.store import Project
with Project.open({folder!r}) as project:
    for verb in (project.add({reports!r}), project.code(by_first_word, CODER, "{{}}")):
        for outcome in verb:
            print(getattr(outcome, "id", None) or outcome.report.id, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 33, 70, 210])
def test_a_killed_process_loses_nothing_that_was_acknowledged(project: Project, tmp_path: Path, lines: int) -> None:
    reports = tmp_path / "many.jsonl"
    reports.write_text(
        "".join(json.dumps({"id": f"r{n}", "text": f"March number {n}."}) + "\n" for n in range(120)), encoding="utf-8"
    )
    program = KILLED.format(tests=str(Path(__file__).parent), folder=str(project.folder), reports=str(reports))
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(lines)]
        time.sleep(0.005)
        os.kill(process.pid, signal.SIGKILL)
    added, coded = told[:120], told[120:]
    with Project.open(project.folder, clock=lambda: NOON) as again:
        with again.database.reading() as db:
            ids = set(db.exec_driver_sql("SELECT id FROM reports").scalars())
        assert ids.issuperset(added)
        assert {coding.report.id for coding in again.codings()}.issuperset(coded)
        list(again.add(reports))
        list(again.code(by_first_word, CODER, "{}"))
        state = again.state()
        assert (state.reports, state.coded, state.codings) == (120, 120, 120)
        assert list(again.verify()) == []
