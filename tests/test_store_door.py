"""What a project has already is known again at the door: bytes, addresses, copies, and versions of one story."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from tests.store_cases import CODER, MARCH, NOON, make_older, march, told
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.intake import Failure
from dateline.intake.retrieval import Retrieval
from dateline.intake.text import LONGEST_ID
from dateline.model import Block, Coding, Report
from dateline.store import Project
from dateline.store.door.addresses import address_of
from dateline.store.door.corrections import correction_in
from dateline.store.door.likeness import Added, Likeness
from dateline.store.door.versions import number_of, versions_of

URL = "https://example.org/port/march"
MORE = "The harbour master said that the cranes had stood still since the early morning and that no ship was unloaded."
LONG = told(4, "Arden", more=f"{MORE} Buses took another way around the quay, and the schools nearby stayed open.")


@pytest.fixture
def project(tmp_path: Path, either: str) -> Iterator[Project]:
    with Project.create(tmp_path / "p", clock=lambda: NOON) as made:
        yield made


def add(project: Project, **record: str) -> Added:
    path = project.folder.parent / "one.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    [outcome] = project.add(path)
    assert isinstance(outcome, Added)
    return outcome


def coded(reports: Iterable[Report]) -> Iterator[Coding | Failure]:
    """Codes every march that a report tells of."""
    for report in reports:
        found = MARCH.search(report.text)
        yield Coding(report, CODER, (march(report, found),) if found else ())


def link(project: Project) -> None:
    list(project.code(coded, CODER, "{}"))
    list(project.link())


def test_ids_and_addresses_of_any_length_are_known_again(project: Project) -> None:
    # Letters in no order, as a database makes repeated ones short before it looks how long they are.
    tail = "".join(sha256(bytes([n])).hexdigest() for n in range(150))
    long = add(project, id=tail, text=LONG, url=f"{URL}?x={tail}")
    other = add(project, id=f"{tail}2", text=told(9, "Brook"), url=f"{URL}?x={tail}2")
    assert long.new and other.new and long.id != other.id
    assert all(len(one.id) == LONGEST_ID and one.id.startswith(tail[:600]) for one in (long, other))
    again = add(project, id="again", text=LONG.replace("quay", "pier"), url=f"{URL}?x={tail}")
    assert again.like is not None and again.like.report == long.id
    link(project)
    assert project.state().mentions == 2


@pytest.mark.parametrize(
    "same",
    [
        "http://example.org/a/b",
        "https://www.example.org/a/b/",
        "https://EXAMPLE.org/a/b#part",
        "https://example.org/a/b?utm_source=mail&utm_medium=x",
        "https://example.org:443/a/b?",
    ],
)
def test_addresses_of_one_page_are_one(same: str) -> None:
    assert address_of(same) == address_of("https://example.org/a/b") == "example.org/a/b"


@pytest.mark.parametrize(
    "other", ["https://example.org/a/c", "https://example.org/a/b?id=2", "https://example.net/a/b"]
)
def test_addresses_of_other_pages_are_others(other: str) -> None:
    assert address_of(other) != address_of("https://example.org/a/b")


@pytest.mark.parametrize(
    "none", [None, "", "https://example.org/", "https://example.org", "ftp://example.org/a", "//["]
)
def test_what_leads_to_no_page_of_its_own_is_compared_with_nothing(none: str | None) -> None:
    assert address_of(none) is None


def test_the_same_words_at_the_same_address_add_nothing_and_name_the_report(project: Project) -> None:
    assert add(project, id="a", text=LONG, url=URL) == Added("a", True)
    again = add(project, id="b", text=LONG, url=URL + "/?utm_source=feed#top")
    assert again == Added("b", False, Likeness("a", "the same address"))
    assert str(again.like) == "the same address"
    # What came again is known by its bytes from then on, and is refused nowhere.
    assert add(project, id="b", text=LONG, url=URL + "/?utm_source=feed#top").like == Likeness("a", "the same bytes")
    state = project.state()
    assert (state.evidence, state.reports, state.refused) == (2, 1, 0)
    assert list(project.verify()) == []


def test_a_copy_is_kept_and_names_what_it_copies_with_the_share(project: Project) -> None:
    add(project, id="a", text=LONG, url=URL, publisher="One")
    copy = add(project, id="b", text=LONG + " This was added.", url="https://example.net/x", publisher="Another")
    assert copy.new and copy.like is not None
    assert (copy.like.report, copy.like.how) == ("a", "a copy")
    assert str(copy.like) == "a copy, 100 % of its words"
    assert add(project, id="c", text=told(17, "Brook", more="Schools were shut all day.")).like is None


def test_other_words_at_the_same_address_are_a_new_version(project: Project) -> None:
    add(project, id="a", text=LONG, url=URL)
    assert add(project, id="b", text=LONG + " Two were hurt.", url=URL).like == Likeness("a", "an update")
    third = add(project, id="c", text=LONG + " Correction: three were hurt, not two.", url=URL)
    assert third.like == Likeness("b", "an update")  # the words stand in the midst of a paragraph
    fourth = add(project, id="d", text="Correction: the march was on Saturday.\n\n" + LONG, url=URL)
    assert fourth.like == Likeness("c", "a correction")
    with project.database.reading() as db:
        assert [v.report for v in versions_of(db, number_of(db, "b"))] == ["a", "b", "c", "d"]


def test_another_story_at_one_address_is_no_version(project: Project) -> None:
    add(project, id="a", text=LONG, url=URL, title="News of the day", published="2024-05-04")
    other = told(17, "Brook", "Teachers marched", "Schools were shut, and the mayor asked for calm in the evening.")
    assert add(project, id="b", text=other, url=URL, title="News of the day", published="2024-05-04") == Added(
        "b", True
    )


def test_the_parts_of_one_page_are_no_versions_of_one_another(project: Project, tmp_path: Path) -> None:
    page = tmp_path / "page.json"
    page.write_text(json.dumps([{"id": f"p{n}", "text": f"{LONG} Part {n}.", "url": URL} for n in range(3)]), "utf-8")
    found = [outcome for outcome in project.add(page) if isinstance(outcome, Added)]
    assert [(one.new, one.like and one.like.how) for one in found] == [(True, None), (True, "a copy"), (True, "a copy")]


@pytest.mark.parametrize(
    ("text", "corrects"),
    [
        ("Correction: the march was on Friday.", True),
        ("(Corrects the name of the union in the second paragraph)", True),
        ("CORRECTED - Dockers marched in Arden.", True),
        ("Clarification (4 May): the union has 300 members.", True),
        ("Editor's note: An earlier version of this report gave another day.", True),
        ("Correction officers marched in Arden on Friday.", False),
        ("Corrected figures were to be published on Friday.", False),
        ("The market saw a correction: prices fell.", False),
    ],
)
def test_a_correction_is_known_by_its_own_words(text: str, corrects: bool) -> None:
    block = Block(8, 8 + len(text), "paragraph")
    report = Report("r", "First.\n\n" + text, blocks=(block,), title="Dockers marched")
    assert (correction_in(report) is not None) == corrects
    assert (correction_in(Report("r", "First.", title=text)) is not None) == corrects


def test_the_newest_version_counts_and_no_version_is_a_second_source(project: Project) -> None:
    add(project, id="a", text=LONG, url=URL, publisher="One", published="2024-05-04")
    add(project, id="other", text=told(4, "Arden", "Dockers marched", MORE), publisher="Two", published="2024-05-05")
    link(project)
    before = {c.event.id: len(c.event.accounts) for c in project.comparisons()}
    assert sum(before.values()) == 2
    add(project, id="b", text="Update. " + LONG, url=URL, publisher="One", published="2024-05-06")
    assert project.state().outdated == 0  # the older version counts until the newer one is coded
    link(project)
    accounts = {name for c in project.comparisons() for name in c.event.accounts}
    assert accounts == {"b#e1", "other#e1"}
    assert [c.report.id for c in project.codings()] == ["other", "b"]
    state = project.state()
    assert (state.reports, state.outdated, state.coded, state.to_link) == (3, 1, 2, 0)
    assert list(project.verify()) == []


def test_what_was_decided_of_an_older_version_holds_of_the_newer_one(project: Project) -> None:
    add(project, id="a", text=LONG, url=URL)
    add(project, id="far", text=told(25, "Corrie", "Fishers marched", "Nets were burnt on the beach."))
    link(project)
    project.decide("a#e1", "far#e1", "same", who="A. Editor")
    add(project, id="b", text="An update from the quay. " + LONG, url=URL)
    link(project)
    [one] = project.comparisons()
    assert set(one.event.accounts) == {"b#e1", "far#e1"}
    assert project.unheeded() == ()


def test_a_version_that_lost_the_sentence_says_what_becomes_of_a_decision(project: Project) -> None:
    add(project, id="a", text=LONG, url=URL)
    add(project, id="far", text=told(25, "Corrie", "Fishers marched", "Nets were burnt on the beach."))
    link(project)
    project.decide("a#e1", "far#e1", "same", who="A. Editor")
    add(project, id="b", text="Nothing of that kind was seen. " + LONG.partition(". ")[2], url=URL)
    link(project)
    [lost] = project.unheeded()
    assert "the newer coding of report 'b' has no event there" in lost.why


def test_an_older_capture_that_comes_late_takes_no_newer_ones_place(project: Project, tmp_path: Path) -> None:
    add(project, id="new", text="Update. " + LONG, url=URL, retrieved="2024-05-06T10:00:00Z")
    old = add(project, id="old", text=LONG, url=URL, retrieved="2024-05-04T10:00:00Z")
    assert old.like == Likeness("new", "an earlier version")
    link(project)
    assert [c.report.id for c in project.codings()] == ["new"]
    assert {name for c in project.comparisons() for name in c.event.accounts} == {"new#e1"}


def test_retrievals_are_kept_once_each_and_tell_the_address(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(text: str, how: Retrieval) -> Added:
        def read(path: object, *, keep: object, **_: object) -> Iterator[Report]:
            from dateline.intake.reader import digest

            keep(text.encode(), how)  # type: ignore[operator]
            yield Report("page", text, title="March", sha256=digest(text.encode()))

        monkeypatch.setattr("dateline.intake.read_path", read)
        [outcome] = project.add("x")
        assert isinstance(outcome, Added)
        return outcome

    how = Retrieval("GET", url="http://example.org/old", final=URL, time="2024-05-04T10:00:00+00:00", status=200)
    later = Retrieval("GET", url=URL, time="2024-05-05T10:00:00+00:00", status=200)
    assert found(LONG, how) == Added("page", True)
    assert found(LONG, how).like == found(LONG, later).like == Likeness("page", "the same bytes")
    with project.database.reading() as db:
        assert db.exec_driver_sql("SELECT method, time FROM retrievals").all() == [
            ("GET", how.time),
            ("GET", later.time),
        ]
    assert found("Nothing of it was left.", later).like == Likeness("page", "an update")  # one title, one address
    assert list(project.verify()) == []


def test_reports_of_an_older_project_are_known_again(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p", clock=lambda: NOON) as project:
        add(project, id="a", text=LONG, url=URL)
    for version in ("0004", "0003", "0002"):
        make_older(tmp_path / "p", version)
        with Project.open(tmp_path / "p") as project:
            assert list(project.verify()) == []
            again = add(project, id=f"b{version}", text=LONG, url=f"{URL}#{version}")
            assert again.like == Likeness("a", "the same address")


def test_the_command_says_at_once_what_is_there(tmp_path: Path) -> None:
    run = CliRunner().invoke
    folder = str(tmp_path / "p")
    run(app, ["init", folder])
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": LONG, "url": URL}) + "\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(
        json.dumps({"id": "b", "text": LONG + " Two were hurt.", "url": URL})
        + "\n"
        + json.dumps({"id": "c", "text": LONG, "url": "https://example.net/y"})
        + "\n",
        encoding="utf-8",
    )
    assert "Added 1 report.\n" in run(app, ["add", str(tmp_path / "a.jsonl"), "-p", folder]).stderr
    again = run(app, ["add", str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"), "-p", folder])
    assert again.exit_code == 0
    assert again.stderr.splitlines() == [
        "dateline: there already: a (the same bytes)",
        "dateline: b: an update of a",
        "dateline: c: a copy, 100 % of its words, of b",
        "Added 2 reports (1 a copy, 1 an update of what is there); 1 there already.",
    ]


KILLED_AT = """
import os, signal, sys
from pathlib import Path
from dateline.store import Project
from dateline.store.door import adding
from dateline.store.kept.evidence import EvidenceFolder

def dying(owner, name, calls, after):
    whole, left = getattr(owner, name), [calls]
    def dies(*args, **named):
        left[0] -= 1
        if left[0] == 0 and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        done = whole(*args, **named)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    setattr(owner, name, dies)

folder, reports, stage = sys.argv[1:]
owner, name, calls, after = {
    "before the bytes": (EvidenceFolder, "_write", 3, False),
    "before they have their name": (Path, "replace", 3, False),
    "after the bytes": (EvidenceFolder, "_write", 3, True),
    "after the row of the evidence": (adding.kept, "put_evidence", 3, True),
    "after the report": (adding.kept, "put_report", 3, True),
    "after the version": (adding, "put_version", 1, True),
    "after the repeat": (adding, "put_repeat", 1, True),
    "after the copies": (adding, "look_up", 1, True),
    "before it is committed": (adding.Door, "take", 1, True),
}[stage]
dying(owner, name, calls, after)
with Project.open(folder) as project:
    for _ in project.add(reports):
        pass
"""


@pytest.mark.parametrize(
    "stage",
    [
        "before the bytes",
        "before they have their name",
        "after the bytes",
        "after the row of the evidence",
        "after the report",
        "after the version",
        "after the repeat",
        "after the copies",
        "before it is committed",
    ],
)
def test_a_kill_at_any_stage_loses_nothing_and_puts_nothing_in_twice(tmp_path: Path, stage: str) -> None:
    reports = tmp_path / "many.jsonl"
    texts = (LONG, f"{LONG} Two were hurt.", LONG, "Nothing else was reported.")
    lines = [{"id": f"r{n}", "text": text, "url": f"{URL}#{n}"} for n, text in enumerate(texts)]
    reports.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    Project.create(tmp_path / "p").close()
    program = [sys.executable, "-c", KILLED_AT, str(tmp_path / "p"), str(reports), stage]
    assert subprocess.run(program, check=False, capture_output=True).returncode == -signal.SIGKILL
    with Project.open(tmp_path / "p", clock=lambda: NOON) as project:
        found = [outcome for outcome in project.add(reports) if isinstance(outcome, Added)]
        assert [one.id for one in found] == ["r0", "r1", "r2", "r3"]
        state = project.state()
        assert (state.evidence, state.reports) == (4, 3)
        with project.database.reading() as db:
            counted = [db.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar() for t in ("versions", "repeats")]
        assert counted == [2, 1]
        assert list(project.verify()) == []
