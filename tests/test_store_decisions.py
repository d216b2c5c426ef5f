"""A person's decision keeps its effect whatever is coded anew, or is listed as one that could not be carried."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store_cases import CODER, MARCH, MARCHES, NOON, code_anew, event_of, groups, march, project_with, told

from dateline.intake import Failure
from dateline.link.model import Decision
from dateline.link.run import link
from dateline.model import Coding, Report
from dateline.store import Project, StoreError, linking
from dateline.store.kept.decisions import put_decision
from dateline.store.shelf import DatabaseShelf

REPORTS = (
    f"{told(4, 'Arden', 'Dockers marched')} {told(6, 'Brook', 'Teachers marched')}",
    f"{told(12, 'Corrie', 'Fishers marched')} {told(14, 'Arden', 'Nurses marched')}",
    f"{told(20, 'Brook', 'Miners marched')} {told(22, 'Corrie', 'Drivers marched')}",
)
"""Six marches, no two of which are alike."""

ALL = [(report, sentence) for report in range(3) for sentence in range(2)]
Keep = Callable[[int, int], bool]


def by_sentence(keep: Keep = lambda report, sentence: True, suggest: bool = False, last_first: bool = False):  # type: ignore[no-untyped-def]
    """A coder of one event a sentence, of those that are kept; what is not kept may be a suggestion."""

    def run(reports: Iterable[Report]) -> Iterator[Coding | Failure]:
        for report in reports:
            rows = [(number, march(report, found)) for number, found in enumerate(MARCH.finditer(report.text))]
            rows = rows[::-1] if last_first else rows
            named = [(number, replace(event, id=f"e{n}")) for n, (number, event) in enumerate(rows, 1)]
            kept = {number for number, _ in named if keep(int(report.id[1:]), number)}
            events = tuple(event for number, event in named if number in kept)
            others = tuple(replace(event, chance=0.1) for number, event in named if number not in kept and suggest)
            yield Coding(report, CODER, events, suggestions=others)

    return run


@pytest.fixture
def project(tmp_path: Path, either: str) -> Iterator[Project]:
    """Six events, a mention each: ``r0#e1`` to ``r2#e2``."""
    with project_with(tmp_path / "p", *REPORTS) as made:
        code_anew(made, by_sentence(), "1.1")
        list(made.link())
        yield made


def now(project: Project, report: int, sentence: int) -> str | None:
    """The mention of a sentence in the coding of the report that is linked."""
    for comparison in project.comparisons():
        for account in comparison.accounts:
            start = [m.start() for m in re.finditer("marched", account.coding.report.text)][sentence]
            if account.coding.report.id == f"r{report}" and account.event.trigger.start == start:
                return account.id
    return None


def are_one(project: Project, a: tuple[int, int], b: tuple[int, int]) -> bool:
    first, second = now(project, *a), now(project, *b)
    assert first is not None and second is not None
    return event_of(project, first) == event_of(project, second)


def decide(project: Project, a: tuple[int, int], b: tuple[int, int], answer: str = "same") -> None:
    first, second = now(project, *a), now(project, *b)
    assert first is not None and second is not None
    project.decide(first, second, answer, who="A. Editor")  # type: ignore[arg-type]


def relink(project: Project, run: Callable[[Iterable[Report]], Iterator[Coding | Failure]], version: str = "2") -> None:
    code_anew(project, run, version)
    list(project.link())


@pytest.mark.parametrize("batch", [1, 2, 100])
@pytest.mark.parametrize("last_first", [False, True])
def test_a_decision_holds_when_its_reports_are_coded_anew(
    project: Project, monkeypatch: pytest.MonkeyPatch, batch: int, last_first: bool
) -> None:
    monkeypatch.setattr(linking, "BATCH", batch)
    decide(project, (0, 0), (1, 0))
    decide(project, (0, 1), (2, 1))
    decide(project, (0, 1), (2, 1), "different")
    for version in "23":
        relink(project, by_sentence(last_first=last_first), version)
        assert are_one(project, (0, 0), (1, 0)) and not are_one(project, (0, 1), (2, 1))
        assert len(groups(project)) == 5
    state = project.state()
    assert (state.decisions, state.unheeded, state.mentions) == (3, (), 6)


def test_what_is_alike_stays_apart_when_a_person_said_so(tmp_path: Path) -> None:
    with project_with(tmp_path / "p", *MARCHES) as project:
        assert event_of(project, "r0#e1") == event_of(project, "r1#e1")
        project.decide("r0#e1", "r1#e1", "different", who="A. Editor")
        code_anew(project)
        list(project.link())
        assert event_of(project, "r0#2.e1") != event_of(project, "r1#2.e1")
        assert project.unheeded() == ()


def test_a_decision_that_cannot_be_carried_is_listed_until_it_can(project: Project) -> None:
    decide(project, (0, 0), (1, 0))
    without = by_sentence(lambda report, sentence: (report, sentence) != (0, 0))
    code_anew(project, without)
    [foretold] = project.unheeded()
    assert "has no event there, and waits for: dateline link" in foretold.why
    assert are_one(project, (0, 0), (1, 0))
    list(project.link())
    [lost] = project.unheeded()
    assert lost.why == "the newer coding of report 'r0' has no event there"
    assert (lost.decision.first, lost.decision.second, lost.holds_of) == ("r0#2.e1", "r1#2.e1", ("r1#3.e1",))
    relink(project, by_sentence(lambda report, sentence: (report, sentence) != (0, 0), suggest=True), "3")
    [lost] = project.state().unheeded
    assert "among its suggestions" in lost.why
    relink(project, by_sentence(), "4")
    assert project.unheeded() == () and are_one(project, (0, 0), (1, 0))


def test_two_that_are_told_as_one_now_cannot_stay_apart(project: Project) -> None:
    decide(project, (0, 0), (0, 1), "different")

    def as_one(reports: Iterable[Report]) -> Iterator[Coding | Failure]:
        for coding in by_sentence()(reports):
            first, second = coding.events
            yield replace(coding, events=(replace(first, tellings=(first.trigger, second.trigger)),))

    relink(project, as_one)
    [unheeded] = project.unheeded()
    assert unheeded.why == "report 'r0' was coded anew, and both are r0#3.e1 now"
    decide(project, (0, 0), (1, 0))
    assert len(project.unheeded()) == 1


def test_a_decision_on_what_is_not_there_any_more_is_refused_and_says_what_is(project: Project) -> None:
    old = {name: event_of(project, name) for name in ("r0#2.e1", "r0#2.e2", "r1#2.e1")}
    relink(project, by_sentence(lambda report, sentence: (report, sentence) != (0, 1), last_first=True))
    before = project.state()
    event = event_of(project, "r1#3.e2")
    for other in ("r1#2.e1", old["r1#2.e1"]):
        with pytest.raises(
            StoreError, match=r"of an older coding .* successor r0#3\.e2 \(event " + event_of(project, "r0#3.e2")
        ):
            project.decide("r0#2.e1", other, "same", who="A. Editor")
    with pytest.raises(StoreError, match=rf"of an older coding .* successor r1#3\.e2 \(event {event}\)"):
        project.decide("r2#3.e1", "r1#2.e1", "same", who="A. Editor")
    with pytest.raises(StoreError, match="the newer one has no event there"):
        project.decide("r0#2.e2", "r2#3.e1", "same", who="A. Editor")
    for gone in old.values():
        with pytest.raises(StoreError, match=rf"event '{gone}' gave way to e\w+(, e\w+)?; name one"):
            project.decide(gone, "r2#3.e1", "same", who="A. Editor")
    assert project.state() == before


def test_a_decision_counts_from_the_coding_that_it_was_made_on(project: Project) -> None:
    decide(project, (0, 0), (1, 0))
    relink(project, by_sentence(last_first=True))
    decide(project, (0, 0), (1, 0), "different")
    relink(project, by_sentence(), "3")
    assert not are_one(project, (0, 0), (1, 0)) and project.unheeded() == ()


def left_by_an_older_version(project: Project) -> None:
    """Withdrawn mentions that were decided on have no heirs, and a decision on them brought them back."""
    with project.database.writing() as db:
        shelf = DatabaseShelf(db, NOON)
        old = shelf.mentions(["r0#2.e1", "r1#2.e1"])
        put_decision(db, Decision("r0#2.e1", "r1#2.e1", "same", "A. Editor", NOON))
        link(list(old.values()), shelf)
        db.exec_driver_sql("DELETE FROM heirs")


def test_linking_mends_what_versions_left_that_did_not_carry_decisions(project: Project) -> None:
    relink(project, by_sentence(last_first=True))
    left_by_an_older_version(project)
    assert project.state().mentions == 8
    [unheeded] = project.unheeded()
    assert "dateline link" in unheeded.why
    list(project.link())
    assert are_one(project, (0, 0), (1, 0))
    assert (project.state().mentions, len(groups(project)), project.unheeded()) == (6, 5, ())
    assert list(project.link()) == []


def test_linking_gives_a_decision_that_was_kept_alone_its_effect(project: Project) -> None:
    with project.database.writing() as db:
        put_decision(db, Decision("r0#2.e1", "r1#2.e1", "same", "A. Editor", NOON))
    assert len(project.unheeded()) == 1
    list(project.link())
    assert are_one(project, (0, 0), (1, 0)) and project.unheeded() == ()


KILLED = """
import os, signal
from dateline.store import Project, linking
linking.relink = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
with Project.open({folder!r}) as project:
    project.decide("r0#2.e1", "r1#2.e1", "same", who="A. Editor")
"""


def test_a_decision_is_kept_with_its_effect_or_not_at_all(project: Project) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED.format(folder=str(project.folder))], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (project.state().decisions, len(groups(project))) == (0, 6)
    decide(project, (0, 0), (1, 0))
    assert (project.state().decisions, len(groups(project)), project.unheeded()) == (1, 5, ())


@pytest.mark.xfail(reason="of an end that is lost it is not known that two mentions were one", strict=True)
def test_what_was_said_twice_of_a_pair_of_which_an_end_is_lost_is_listed_once(tmp_path: Path) -> None:
    with project_with(tmp_path / "p", *REPORTS) as project:
        relink(project, by_sentence(), "1.1")
        decide(project, (0, 0), (0, 1))
        relink(project, by_sentence(), "2.1")
        decide(project, (0, 0), (0, 1))
        relink(project, by_sentence(lambda r, s: (r, s) != (0, 0)), "2.2")
        assert len(project.unheeded()) == 1


STEP = st.one_of(
    st.tuples(st.just("code"), st.sets(st.sampled_from(ALL)), st.booleans()),
    st.tuples(st.sampled_from(["same", "different"]), st.sampled_from(ALL), st.sampled_from(ALL)),
)


@given(st.lists(STEP, max_size=7))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_decision_has_its_effect_or_is_listed(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple]) -> None:  # type: ignore[type-arg]
    with project_with(tmp_path_factory.mktemp("any") / "p", *REPORTS) as project:
        relink(project, by_sentence(), "1.1")
        said: dict[frozenset[tuple[int, int]], str] = {}
        there = set(ALL)
        for n, (what, one, other) in enumerate(steps):
            if what == "code":
                there = set(ALL) - one
                relink(project, by_sentence(lambda r, s, there=there: (r, s) in there, last_first=other), f"2.{n}")
            elif one != other and {one, other} <= there:
                decide(project, one, other, what)
                said[frozenset((one, other))] = what
            listed = len(project.unheeded())
            broken = sum(
                not pair <= there or are_one(project, *sorted(pair)) != (answer == "same")
                for pair, answer in said.items()
            )
            assert listed == broken
            assert project.state().mentions == len(there)
