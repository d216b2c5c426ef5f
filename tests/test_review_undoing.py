"""Undoing and doing again: whatever was decided, by whomever, the report comes back as it was, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correction_cases import copied
from dateline.errors import ConflictError, ReviewError
from dateline.model import Coding
from dateline.review.deciding import (
    Accept,
    Add,
    Correct,
    Decision,
    Merge,
    Reject,
    Restore,
    Split,
    can_redo,
    can_undo,
    codings_of,
    decide,
    flag,
    held,
    history,
    redo,
    set_state,
    standing_of,
    undo,
)
from dateline.review.workspace import Workspace
from dateline.store.index.index import Index
from dateline.store.review.chain import broken
from deciding_cases import ANN, BOB, KNOWN, ids, now, row, workspace_of
from export_cases import TEXT, at


@pytest.fixture
def work(made: Path, tmp_path: Path, address: str | None) -> Iterator[Workspace]:
    """A workspace of the test's own, on each database."""
    with workspace_of(made, tmp_path, address) as workspace:
        yield workspace


def content(coding: Coding) -> Coding:
    return replace(coding, coder=coding.coder.__class__("", "", ""))


def same(one: Coding, other: Coding) -> None:
    """What two people did in turn may stand in another order; a row is the same whatever ids its speakers have."""

    def told(coding: Coding) -> tuple[object, ...]:
        parts = (coding.events, coding.suggestions, coding.left_out, coding.notes, coding.actors, coding.attributions)
        return tuple(sorted(map(repr, part)) for part in parts)

    assert told(one) == told(other)


def test_undo_and_redo_go_through_all_that_one_did_and_undoing_is_an_act(work: Workspace) -> None:
    start = now(work)
    first = decide(work, "one", [Accept("e1")], ANN)
    second = decide(work, "two", [Reject("e3")], ANN)
    assert (can_undo(work, ANN).number, can_redo(work, ANN)) == (second.act, None)  # type: ignore[union-attr]
    assert undo(work, ANN).report == "two" and undo(work, ANN).report == "one"
    assert content(now(work)) == content(start) and can_undo(work, ANN) is None
    with pytest.raises(ReviewError, match="nothing to undo"):
        undo(work, ANN)
    assert (redo(work, ANN).rows, redo(work, ANN).rows) == (("e1",), ("e3",))
    with pytest.raises(ReviewError, match="nothing to do again"):
        redo(work, ANN)
    assert undo(work, ANN, report="one").report == "one"
    assert can_undo(work, ANN, report="one") is None and can_undo(work, ANN) is not None
    verbs = [(act.verb, act.of) for act in history(work, "one")]
    assert verbs == [("accept", None), ("undo", first.act), ("redo", first.act), ("undo", first.act)]


def test_a_new_act_ends_what_can_be_done_again_and_loses_nothing(work: Workspace) -> None:
    decide(work, "one", [Correct("e1", {"mode": "strike"})], ANN)
    lost = held(work, "one", ANN)
    undo(work, ANN)
    decide(work, "one", [Accept("e2")], ANN)
    assert can_redo(work, ANN) is None and can_redo(work, ANN, report="one") is None
    decide(work, "one", [Restore(lost.number, ("e1",))], ANN)
    assert row(now(work), "e1") == row(lost.coding, "e1") and row(now(work), "e1").mode == "strike"


def test_it_goes_on_in_another_session(made: Path, tmp_path: Path) -> None:
    with workspace_of(made, tmp_path) as work:
        start = now(work)
        decide(work, "one", [Split("e1", ({"mode": "strike"}, {"mode": "demo"}))], ANN)
        after = now(work)
    with copied(tmp_path / "water", tmp_path / "later") as project:
        later = Workspace(project, Index.open(project), ANN)
        later.known = KNOWN
        undo(later, ANN)
        assert content(now(later)) == content(start)
        redo(later, ANN)
        assert content(now(later)) == content(after)
        later.index.close()


def test_each_person_undoes_the_own_acts_and_what_others_did_stays(work: Workspace) -> None:
    start = now(work)
    decide(work, "one", [Correct("e2", {"actors": "dockers | residents"})], ANN)
    decide(work, "one", [Reject("e3"), Accept("e7")], BOB)
    assert undo(work, ANN).rows == ("e2",)
    after = now(work)
    assert row(after, "e2") == row(start, "e2") and ids(after) == ["e1", "e2", "e7", "e4", "e5", "e6"]
    assert after.actors == start.actors, "nobody names the dockers any more"
    undo(work, BOB)
    same(now(work), start)


def test_what_somebody_else_changed_since_is_not_turned_back(work: Workspace) -> None:
    decide(work, "one", [Correct("e1", {"mode": "strike"})], ANN)
    decide(work, "one", [Correct("e1", {"mode": "riot"})], BOB)
    with pytest.raises(ConflictError, match="changed since by somebody else"):
        undo(work, ANN)
    undo(work, BOB)
    assert undo(work, ANN).rows == ("e1",)
    decide(work, "one", [Reject("e1")], BOB)
    with pytest.raises(ConflictError):
        redo(work, ANN)


def test_somebody_who_is_named_anew_is_told_from_one_of_the_same_id(work: Workspace) -> None:
    decide(work, "one", [Correct("e1", {"actors": "dockers"})], ANN)
    undo(work, ANN)
    decide(work, "one", [Correct("e2", {"actors": "miners"})], BOB)
    redo(work, ANN)
    names = {actor.id: actor.name for actor in now(work).actors}
    [docker], [miner] = row(now(work), "e1").actors, row(now(work), "e2").actors
    assert (names[docker.actor], names[miner.actor]) == ("dockers", "miners")
    undo(work, ANN)
    redo(work, ANN)
    assert row(now(work), "e1").actors == (docker,)


def test_states_and_flags_are_undone(work: Workspace) -> None:
    set_state(work, "one", "done", ANN)
    flag(work, "one", True, ANN)
    assert not undo(work, ANN).changes and not standing_of(work, "one", ANN).flagged
    set_state(work, "one", "help needed", BOB)
    with pytest.raises(ConflictError, match="changed it since"):
        undo(work, ANN)
    undo(work, BOB)
    undo(work, ANN)
    assert standing_of(work, "one", ANN).state == "to do"
    redo(work, ANN)
    redo(work, ANN)
    there = standing_of(work, "one", ANN)
    assert (there.state, there.flagged) == ("done", True)


ROWS = st.sampled_from(["e1", "e2", "e3", "e4", "e5", "e6", "e7", "h1", "h2"])
EDITS = st.sampled_from([
    {"mode": "strike"},
    {"actors": "dockers | miners"},
    {"actors": "dockers", "actor_countries": "DE"},
    {"according_to": "a nurse, cited by a driver"},
    {"place": "Bordeaux", "country": "FR"},
    {"date": "2020-01-18"},
    {"injured_best": "4"},
    {"modality": "possible"},
    {"type": "DEMAND"},
])  # fmt: skip
WORDS = st.sampled_from(["tear gas", "Police", "another march"])
DECISIONS: st.SearchStrategy[Decision] = st.one_of(
    st.builds(Accept, ROWS),
    st.builds(Reject, ROWS),
    st.builds(Correct, ROWS, EDITS),
    st.builds(lambda r, a, b: Split(r, (a, b)), ROWS, EDITS, EDITS),
    st.builds(lambda r, d: Merge(r, (d,)), ROWS, ROWS),
    st.builds(lambda words: Add(*at(TEXT, words), "ASSAULT"), WORDS),
    st.builds(Restore, st.integers(1, 8)),
    st.builds(lambda n, r: Restore(n, (r,)), st.integers(1, 8), ROWS),
)
PEOPLE = st.sampled_from([ANN, BOB])


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(DECISIONS, min_size=1, max_size=3), max_size=8))
def test_all_that_one_decided_is_undone_and_done_again_step_by_step(made: Path, acts: list[list[Decision]]) -> None:
    with TemporaryDirectory() as folder, workspace_of(made, Path(folder)) as work:
        states = [now(work)]
        for decisions in acts:
            try:
                if decide(work, "one", decisions, ANN).act:
                    states.append(now(work))
            except ReviewError:
                assert content(now(work)) == content(states[-1])
        for before in reversed(states[:-1]):
            undo(work, ANN)
            assert content(now(work)) == content(before)
        assert can_undo(work, ANN) is None
        for after in states[1:]:
            redo(work, ANN)
            assert content(now(work)) == content(after)
        assert can_redo(work, ANN) is None
        assert len(codings_of(work, "one")) == 3 * len(states) - 2, "nothing is lost"
        with work.project.database.reading() as db:
            assert list(broken(db)) == []
        assert list(work.project.verify()) == []


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(PEOPLE, st.lists(DECISIONS, min_size=1, max_size=2)), max_size=8), st.randoms())
def test_what_two_people_decided_is_undone_in_any_order_that_does_not_contradict(
    made: Path, acts: list[tuple], random
) -> None:
    with TemporaryDirectory() as folder, workspace_of(made, Path(folder)) as work:
        start = now(work)
        for person, decisions in acts:
            try:
                decide(work, "one", decisions, person)
            except ReviewError:
                continue
        while waiting := [person for person in (ANN, BOB) if can_undo(work, person)]:
            random.shuffle(waiting)
            for person in waiting:
                try:
                    undo(work, person)
                    break
                except ConflictError:
                    continue
            else:
                pytest.fail("the last act of all can always be undone")
        same(now(work), start)
