"""Linking in a project: the database's shelf is as good as memory, decisions outrank scores, nothing is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select, update
from tests.store_cases import (
    CODER,
    MARCHES,
    NOON,
    by_hand,
    code_anew,
    event_of,
    groups,
    project_with,
    records,
    told,
)

from dateline.link.memory import MemoryShelf
from dateline.link.mentions import mentions
from dateline.link.run import link
from dateline.store import Project, StoreError
from dateline.store.shelf import DatabaseShelf
from dateline.store.tables import mentions as kept_mentions

Make = Callable[..., Project]


@pytest.fixture
def make(tmp_path: Path, either: str) -> Iterator[Make]:
    """A project with these reports, coded and linked."""
    with ExitStack() as opened:
        numbers = count()
        yield lambda *texts: opened.enter_context(project_with(tmp_path / f"p{next(numbers)}", *texts))


def test_two_reports_of_one_march_are_one_event(make: Make) -> None:
    project = make(*MARCHES)
    assert groups(project) == {frozenset({"r0#e1", "r1#e1"}), frozenset({"r2#e1"}), frozenset({"r3#e1"})}
    comparison = project.comparison(event_of(project, "r0#e1"))
    assert comparison.event.sources == 2
    assert all(account.because for account in comparison.accounts)
    assert project.state().to_link == 0
    assert list(project.link()) == []


def test_the_shelf_in_the_database_is_as_the_one_in_memory(make: Make) -> None:
    project = make(*MARCHES)
    memory = MemoryShelf()
    for coding in project.codings():
        link(mentions(coding), memory)
    assert memory.partition() == groups(project)


def test_what_was_kept_with_background_as_a_modality_is_still_read(make: Make) -> None:
    project = make(*MARCHES)
    with project.database.writing() as db:
        for row in db.execute(select(kept_mentions)).all():
            older = json.loads(row.comparable) if isinstance(row.comparable, str) else dict(row.comparable)
            del older["historical"]
            of = kept_mentions.c.number == row.number
            db.execute(update(kept_mentions).where(of).values(comparable=older | {"modality": "historical"}))
        kept = DatabaseShelf(db, NOON).mentions(["r0#e1"])["r0#e1"]
    assert (kept.modality, kept.historical) == ("asserted", True)


def test_people_outrank_scores_and_their_word_survives(make: Make, tmp_path: Path) -> None:
    project = make(*MARCHES)
    arden, brook = event_of(project, "r0#e1"), event_of(project, "r2#e1")
    project.decide(arden, brook, "same", who="A. Editor", why="one march")
    assert frozenset({"r0#e1", "r1#e1", "r2#e1"}) in groups(project)
    kept = event_of(project, "r2#e1")
    gone = ({arden, brook} - {kept}).pop()
    fate = project.fate(gone)
    assert fate is not None and not fate.stands and fate.successors == (kept,)
    path = tmp_path / "more.json"
    path.write_text(json.dumps([records(MARCHES[2])[0] | {"id": "later", "publisher": "Paper 9"}]), encoding="utf-8")
    list(project.add(path))
    list(project.code(by_hand, CODER, "{}"))
    list(project.link())
    assert event_of(project, "r0#e1") == event_of(project, "r2#e1")
    for mention in ("r0#e1", "r1#e1", "later#e1"):
        project.decide(mention, "r2#e1", "different", who="B. Editor")
    assert frozenset({"r2#e1"}) in groups(project)
    assert project.state().decisions == 5


def test_a_decision_on_nothing_is_told(make: Make) -> None:
    project = make(*MARCHES)
    with pytest.raises(StoreError, match="no event and no mention"):
        project.decide("e000", "r0#e1", "same", who="A. Editor")
    with pytest.raises(StoreError, match="one already"):
        project.decide("r0#e1", "r0#e1", "same", who="A. Editor")
    assert project.state().decisions == 0


def test_a_new_coding_takes_the_place_of_the_old_one(make: Make) -> None:
    project = make(*MARCHES)
    before = {event_of(project, f"r{n}#e1") for n in range(4)}
    code_anew(project, lambda reports: by_hand(reports, "planned"))
    assert project.state().to_link == 4
    list(project.link())
    assert groups(project) == {frozenset({"r0#2.e1", "r1#2.e1"}), frozenset({"r2#2.e1"}), frozenset({"r3#2.e1"})}
    assert {account.event.modality for c in project.comparisons() for account in c.accounts} == {"planned"}
    standing = {comparison.event.id for comparison in project.comparisons()}
    for event in before:
        fate = project.fate(event)
        assert fate is not None
        assert set(fate.successors or {event}) <= standing


LONG = " ".join(f"The {n}th crane of the harbour stood still while {n} dockers watched it." for n in range(2, 14))


def test_copies_are_known_whichever_came_first(make: Make) -> None:
    wire = told(4, "Arden", more=LONG)
    project = make(wire.replace("stood still", "stands", 1), MARCHES[0], wire + " Edited by the desk of Paper 2.", wire)
    with project.database.reading() as db:
        originals = dict(db.exec_driver_sql("SELECT id, original FROM reports").all())
    assert originals == {"r0": None, "r1": None, "r2": "r0", "r3": "r0"}
    comparison = project.comparison(event_of(project, "r0#e1"))
    assert {account.original for account in comparison.accounts if account.id != "r1#e1"} == {"r0"}
    assert comparison.event.sources == 2


def test_an_earlier_original_that_comes_late_takes_its_place(make: Make, tmp_path: Path) -> None:
    wire = told(4, "Arden", more=LONG)
    project = make(wire, wire + " Edited by the desk of Paper 1.")
    path = tmp_path / "wire.json"
    path.write_text(json.dumps([records(wire)[0] | {"id": "wire", "published": "2024-05-19"}]), encoding="utf-8")
    list(project.add(path))
    list(project.code(by_hand, CODER, "{}"))
    list(project.link())
    with project.database.reading() as db:
        originals = dict(db.exec_driver_sql("SELECT id, original FROM reports").all())
    assert originals == {"r0": "wire", "r1": "wire", "wire": None}


def test_since_a_day_are_the_events_that_its_reports_tell_of(make: Make) -> None:
    project = make(*MARCHES)
    assert len(list(project.comparisons("2024-05-20"))) == 3
    assert list(project.comparisons("2024-05-21")) == []


def test_publishers_of_one_owner_are_one_source(make: Make) -> None:
    project = make(*MARCHES)
    (project.folder / "publishers.csv").write_text(
        "publisher,owner,interest\nPaper 0,Network,\npaper 1,network,organiser\n", encoding="utf-8"
    )
    comparison = project.comparison(event_of(project, "r0#e1"))
    assert comparison.event.sources == 1
    (project.folder / "publishers.csv").write_text("publisher,interest\nPaper 0,ours\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"publishers\.csv:2: 'ours' is no interest"):
        project.comparison(comparison.event.id)


def test_policies_of_the_project_choose(make: Make) -> None:
    project = make(*MARCHES)
    (project.folder / "dateline.toml").write_text('[policies]\nplace = "every"\n', encoding="utf-8")
    values = {v.field: v.value for v in project.comparison(event_of(project, "r0#e1")).event.values}
    assert values["place"] == ("Arden",)


KILLED = """
import sys
sys.path.insert(0, {tests!r})
from dateline.store import Project, linking
linking.BATCH = 1
with Project.open({folder!r}) as project:
    for taken in project.link():
        print(taken.codings, flush=True)
"""


@pytest.mark.parametrize("batches", [1, 2, 3])
def test_linking_killed_anywhere_goes_on_to_the_same_events(make: Make, batches: int) -> None:
    whole = make(*MARCHES)
    project = make()
    path = project.folder.parent / "reports.json"
    path.write_text(json.dumps(records(*MARCHES)), encoding="utf-8")
    list(project.add(path))
    list(project.code(by_hand, CODER, "{}"))
    program = KILLED.format(tests=str(Path(__file__).parent), folder=str(project.folder))
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(batches):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
    assert project.state().to_link <= 4 - batches
    list(project.link())
    assert groups(project) == groups(whole)
    assert {c.event.id for c in project.comparisons()} == {c.event.id for c in whole.comparisons()}
