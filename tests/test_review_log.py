"""The log as people read it: filters, paging, the chain, and a download that others can check."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from dateline.errors import ReviewError
from dateline.review.app import create_app
from dateline.review.workspace import Workspace
from dateline.store import Project
from dateline.store.index.index import Index
from dateline.store.log.entries import Wanted, checked, entries, lines, people, verbs
from dateline.store.review.people import Person, Role
from store_cases import MARCHES, event_of, project_with, unguard


@pytest.fixture
def project(tmp_path: Path, either: str) -> Iterator[Project]:
    with project_with(tmp_path / "p", *MARCHES) as made:
        made.decide(event_of(made, "r2#e1"), event_of(made, "r3#e1"), "different", who="Ada <b>", why="two towns")
        yield made


def client(project: Project, role: Role = "reader") -> TestClient:
    # The log is asked of the project alone: its pages need no index.
    return TestClient(create_app(Workspace(project, Index.open(project), Person("ada", "Ada", role))))


def abouts(project: Project, **wanted: str) -> list[str]:
    return [entry.about for entry in entries(project, Wanted(**wanted))[0]]


def test_the_newest_rows_come_first_and_each_is_reached_once(project: Project) -> None:
    seen: list[int] = []
    before: int | None = None
    while True:
        found, before = entries(project, Wanted(), before=before, most=3)
        seen += [entry.number for entry in found]
        if before is None:
            break
    with project.database.reading() as db:
        rows = list(db.execute(text("SELECT number FROM log ORDER BY number DESC")).scalars())
    assert seen == rows
    assert len(rows) > 6


def test_rows_are_found_by_person_verb_subject_and_day(project: Project) -> None:
    assert people(project) == ("Ada <b>", "dateline")
    assert set(verbs(project)) >= {"added", "linked", "decided"}
    assert abouts(project, what="added") == ["r3", "r2", "r1", "r0"]
    assert abouts(project, who="Ada <b>", what="added") == []
    assert set(abouts(project, about="r1")) == {"r1", "r1#e1"}
    assert abouts(project, about="r1#e1", what="linked") == ["r1#e1"]
    assert len(abouts(project, since="2024-06-01", until="2024-06-01")) == len(abouts(project))
    assert abouts(project, since="2024-06-02") == abouts(project, until="2024-05-31") == []
    with pytest.raises(ReviewError, match="'June' is no day"):
        abouts(project, since="June")


def test_what_a_row_is_about_is_told_by_what_the_project_has(project: Project) -> None:
    kinds = {entry.about: entry.kind for entry in entries(project, Wanted())[0]}
    assert (kinds["r0"], kinds["r0#e1"], kinds[event_of(project, "r0#e1")]) == ("report", "row", "event")


def test_the_page_names_who_did_what_to_what_and_leads_on(project: Project) -> None:
    page = client(project).get("/log").text
    assert "Ada &lt;b&gt;" in page
    assert "<b>" not in page
    assert 'href="/reports/r0"' in page
    assert 'href="/reports/r0?row=e1"' in page
    assert f'href="/events/{event_of(project, "r0#e1")}"' in page
    assert "two towns" in page
    older = client(project).get("/log", params={"before": 3, "what": "added"}).text
    assert 'href="/log?what=added">The newest' in older
    assert re.findall(r'id="row-(\d+)"', older) == ["2", "1"]
    assert "No row of the log is so" in client(project).get("/log?who=nobody").text


def test_who_sees_no_names_of_the_team_sees_no_log(project: Project) -> None:
    for path in ("/log", "/log.jsonl", "/log/check", "/api/v1/log", "/api/v1/log.jsonl", "/api/v1/log/head"):
        assert client(project, "viewer").get(path).status_code == 403, path


def test_a_changed_row_is_told(project: Project) -> None:
    whole = checked(project)
    assert whole.flaws == ()
    assert whole.head is not None
    assert f"{whole.rows} rows are as they were written" in client(project).get("/log/check").text
    with project.database.writing() as db:
        unguard(db, "log")
        db.execute(text("UPDATE log SET who = 'Eve' WHERE number = 2"))
    assert client(project).get("/api/v1/log/check").json()["flaws"] == [
        "row 2 of the log is not what its chain says, so neither it nor a later row is vouched for"
    ]
    piece = client(project).get("/log/check", headers={"HX-Request": "true"}).text
    assert "row 2 of the log is not what its chain says" in piece
    assert "<html" not in piece


def test_who_has_the_download_can_check_the_chain_without_dateline(project: Project, tmp_path: Path) -> None:
    answer = client(project).get("/log.jsonl")
    assert answer.headers["content-type"].startswith("application/jsonl")
    assert answer.text == client(project).get("/api/v1/log.jsonl").text
    guide = (Path(__file__).resolve().parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
    program, log = tmp_path / "check_log.py", tmp_path / "log.jsonl"
    program.write_text(re.findall(r"```python\n(.*?)```", guide, re.S)[0], encoding="utf-8")
    log.write_text(answer.text, encoding="utf-8")
    run = [sys.executable, program, log]
    head = checked(project).head
    assert head is not None
    whole = subprocess.run(run, capture_output=True, text=True, check=True)
    assert whole.stdout.split()[-1] == head[1]
    log.write_text(answer.text.replace("two towns", "two cities"), encoding="utf-8")
    changed = subprocess.run(run, capture_output=True, text=True, check=False)
    assert (changed.returncode, changed.stderr.strip()) == (1, f"row {head[0]} is not as it was written")
    assert client(project).get("/log.jsonl?what=decided").text.count("\n") == 1


def test_a_long_log_is_downloaded_whole(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(lines(project, Wanted()))
    monkeypatch.setattr("dateline.store.log.entries._AT_ONCE", 2)
    assert "".join(lines(project, Wanted())) == "".join(whole)
