"""What is marked as confidential leaves a project in no form, and every form says how much was left out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.errors import ReviewError
from dateline.export.leaving.confidential import open_codings, open_comparisons
from dateline.export.leaving.roles import by_role
from dateline.export.statement import KeptBack
from dateline.export.withheld import MARK
from dateline.model import Coding, Note
from dateline.store import Project
from dateline.store.kept.corrections import changes
from dateline.store.review.marks import confidential, is_confidential, marks_of, reports_of, set_mark
from export_cases import water_coding
from store_cases import MARCHES, by_hand, code_anew, event_of, project_with

ALL = ("csv", "explain", "geojson", "html", "json", "jsonl", "table", "acled", "polecat")


@pytest.fixture
def project(tmp_path: Path, either: str) -> Iterator[Project]:
    with project_with(tmp_path / "p", *MARCHES) as made:
        yield made


def run(project: Project, *words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [*words, "-p", str(project.folder)])
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("form", ALL)
def test_a_confidential_report_is_in_no_export(project: Project, form: str) -> None:
    set_mark(project, "report", "r2", True, who="A", why="a source asked")
    code, out, said = run(project, "export", "-f", form)
    assert code == 0
    assert "Corrie" in out or "r3" in out or form == "acled"
    assert "Brook" not in out
    assert "Schools" not in out
    assert "1 report is confidential and left out" in said


@pytest.mark.parametrize("form", ["geojson", "html", "table"])
def test_data_statements_say_how_much_was_left_out(project: Project, form: str) -> None:
    assert "onfidential" not in run(project, "export", "-f", form)[1]
    set_mark(project, "report", "r2", True, who="A")
    set_mark(project, "row", "r3#e1", True, who="A")
    assert "1 report and 1 row of others are confidential and left out" in run(project, "export", "-f", form)[1]


@pytest.mark.parametrize("form", ALL)
def test_the_words_of_a_confidential_row_are_in_no_export(project: Project, form: str) -> None:
    set_mark(project, "row", "r2#e1", True, who="A")
    _, out, said = run(project, "export", "-f", form)
    assert "Brook" not in out
    assert "Teachers" not in out
    assert "1 row is confidential and left out" in said


def test_the_other_rows_of_a_report_leave_without_its_words(tmp_path: Path) -> None:
    coding = water_coding()
    with Project.create(tmp_path / "p") as project:
        path = tmp_path / "r.json"
        path.write_text(json.dumps([{"id": "water-1", "text": coding.report.text}]), encoding="utf-8")
        list(project.add(path))

        def water(reports):  # type: ignore[no-untyped-def]
            for report in reports:
                from dataclasses import replace

                yield replace(coding, report=report)

        list(project.code(water, coding.coder, "{}"))
        gone = coding.events[0]
        set_mark(project, "row", f"water-1#{gone.id}", True, who="A")
        counted = KeptBack()
        [left] = open_codings(project, counted)
    assert [row.id for row in left.rows] == [row.id for row in coding.rows if row.id != gone.id]
    assert (counted.reports, counted.rows) == (0, 1)
    assert set(left.report.text) & set("abcdefgh") == set()
    assert MARK in left.report.text
    assert {"confidential", "quotes-withheld"} <= {note.code for note in left.notes}
    kept = {p.actor for row in left.rows for p in (*row.actors, *row.recipients)}
    only = {p.actor for p in (*gone.actors, *gone.recipients)} - kept
    assert only
    assert only.isdisjoint({actor.id for actor in left.actors} - {a.speaker for a in left.attributions})


def test_an_event_is_told_by_the_accounts_that_may_leave(project: Project) -> None:
    both = event_of(project, "r0#e1")
    assert event_of(project, "r1#e1") == both
    set_mark(project, "row", "r1#e1", True, who="A")
    left = {c.event.id: c for c in open_comparisons(project, project.comparisons())}
    assert len(left) == 3
    assert [a.id for a in left[both].accounts] == ["r0#e1"]
    assert left[both].event.sources == 1
    set_mark(project, "report", "r0", True, who="A")
    counted = KeptBack()
    assert both not in {c.event.id for c in open_comparisons(project, project.comparisons(), counted)}
    assert counted.events == 1
    code, out, said = run(project, "show")
    assert code == 0
    assert both not in out
    assert "1 event is confidential and left out" in said
    code, out, said = run(project, "show", both)
    assert (code, out) == (2, "")
    assert "confidential" in said
    assert (
        "Of what was reported 1 event is confidential and left out."
        in run(project, "digest", "--since", "2024-01-01")[1]
    )


def test_a_confidential_event_takes_its_rows_with_it_also_when_coded_anew(project: Project) -> None:
    event = event_of(project, "r0#e1")
    assert reports_of(project, "event", event) == (1, 2)
    set_mark(project, "event", event, True, who="A")
    assert [c.report.id for c in open_codings(project) if c.events] == ["r2", "r3"]

    def renamed(reports):  # type: ignore[no-untyped-def]
        from dataclasses import replace

        for coding in by_hand(reports):
            assert isinstance(coding, Coding)
            yield replace(coding, events=tuple(replace(e, id="e9") for e in coding.events))

    code_anew(project, renamed)
    assert [c.report.id for c in open_codings(project) if c.events] == ["r2", "r3"]
    list(project.link())
    assert [c.report.id for c in open_codings(project) if c.events] == ["r2", "r3"]
    left = [a.id for c in open_comparisons(project, project.comparisons()) for a in c.accounts]
    assert sorted(left) == ["r2#2.e9", "r3#2.e9"]


def test_a_sheet_that_lacks_confidential_rows_rejects_none_of_them(project: Project, tmp_path: Path) -> None:
    set_mark(project, "row", "r2#e1", True, who="A")
    set_mark(project, "report", "r3", True, who="A")
    sheet = tmp_path / "sheet.csv"
    run(project, "export", "-o", str(sheet))
    set_mark(project, "report", "r3", False, who="A")
    rows = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8"))))
    rows[0]["type"] = "ASSAULT"
    with sheet.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    code, _, said = run(project, "apply", str(sheet), "--who", "B")
    assert code == 0, said
    assert {change.change.about for change in changes(project)} == {"r0#e1"}
    assert {change.change.what for change in changes(project)} == {"corrected"}


def test_marks_are_logged_with_their_reason_and_can_be_taken_away(project: Project) -> None:
    assert set_mark(project, "report", "r2", True, who="A", why="a source asked")
    assert not set_mark(project, "report", "r2", True, who="B")
    assert is_confidential(project, "report", "r2")
    [mark] = marks_of(project)
    assert (mark.who, mark.why, mark.about) == ("A", "a source asked", "r2")
    assert set_mark(project, "report", "r2", False, who="B", why="published")
    assert marks_of(project) == ()
    assert len(list(open_codings(project))) == 4
    with project.database.reading() as db:
        assert not confidential(db)
        rows = db.execute(text("SELECT what, who, about FROM log WHERE what LIKE '%marked'")).all()
    assert rows == [("marked", "A", "r2"), ("unmarked", "B", "r2")]
    assert list(project.verify()) == []


@pytest.mark.parametrize(("kind", "about"), [("report", "no"), ("row", "r1#e9"), ("row", "r1"), ("event", "e0")])
def test_what_there_is_not_cannot_be_marked(project: Project, kind: str, about: str) -> None:
    with pytest.raises(ReviewError, match="there is no"):
        set_mark(project, kind, about, True, who="A")  # type: ignore[arg-type]
    assert marks_of(project) == ()


def test_private_people_are_by_role_in_what_is_published_though_the_project_keeps_their_names() -> None:
    from dataclasses import replace

    from dateline.model import Actor, Because

    coding = water_coding()
    person = Actor(
        "a9", "Ann Baker", role="baker", because=(Because("name", "kept", "Ann Baker", "name.kept-by-project"),)
    )
    unknown = Actor("a8", "Bo Carter", because=(Because("name", "kept", "Bo Carter", "name.kept-by-project"),))
    kept = Note("names-kept", "kept")
    named = replace(coding, actors=(*coding.actors, person, unknown), notes=(*coding.notes, kept))
    told = by_role(named)
    assert [actor.name for actor in told.actors[-2:]] == ["a baker", "a person"]
    assert [a.name for a in told.actors[:-2]] == [a.name for a in coding.actors]
    assert "Ann" not in repr(told)
    assert kept not in told.notes


def test_the_evidence_of_what_is_confidential_is_not_handed_over(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "all.warc.gz"
    set_mark(project, "row", "r2#e1", True, who="A")
    code, _, said = run(project, "evidence", "export", "-o", str(out))
    assert code == 2
    assert "confidential" in said
    assert not out.exists()
    more = tmp_path / "more.txt"
    more.write_text("Fishers marched in Corrie on 25 May 2024. The boats came back.", encoding="utf-8")
    list(project.add(more))
    code, _, said = run(project, "evidence", "export", "-o", str(out))
    assert code == 0
    assert "1 pieces of evidence to" in said
    assert "1 piece of evidence is of confidential reports or rows and left out" in said
    import gzip

    told = gzip.decompress(out.read_bytes()).decode("utf-8", "replace")
    assert "The boats came back" in told
    assert "Schools were shut" not in told


def test_pages_say_how_much_people_reviewed(project: Project) -> None:
    from dataclasses import replace

    from dateline.corrections.values import said_of
    from dateline.store.kept.codings import BY_HAND, put_coding

    assert "Machine coded, not reviewed." in run(project, "export", "-f", "html")[1]
    first, second, *_ = project.codings()
    with project.database.writing() as db:
        for number, coding in enumerate((first, second), 1):
            made = replace(coding, events=tuple(said_of(event, {}, "A") for event in coding.events))
            put_coding(db, number, made, BY_HAND, project.now())
    assert "Machine coded; people reviewed 50% of event mentions (2 of 4)." in run(project, "export", "-f", "html")[1]
    list(project.link())
    event = event_of(project, "r0#2.e1")
    shown = run(project, "show", event, "-f", "html")[1]
    assert "Machine coded and linked; people reviewed every event mention." in shown
