"""Linking from mentions to events: the same whatever comes first, people's word above all, ids that last."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link_cases import BRIDGE, MARKET, MEETING, day, march, mention
from tests.made_reports import made_reports

from dateline.link.memory import MemoryShelf
from dateline.link.model import Decision, Mention
from dateline.link.pairs.score import Scorer, conflict
from dateline.link.run import THRESHOLD, link


def linked(*mentions: Mention) -> MemoryShelf:
    shelf = MemoryShelf()
    link(mentions, shelf)
    return shelf


def groups(shelf: MemoryShelf) -> set[tuple[str, ...]]:
    return {tuple(sorted(group)) for group in shelf.partition()}


def test_reports_of_one_event_become_one_event_and_others_do_not() -> None:
    shelf = linked(mention("a#e1"), mention("b#e1", BRIDGE + " Police said more."), march("c#e1"), march("d#e1"))
    assert groups(shelf) == {("a#e1", "b#e1"), ("c#e1", "d#e1")}


def test_every_link_says_why() -> None:
    changes = link([mention("a#e1"), mention("b#e1"), march("c#e1")], MemoryShelf())
    why = {made.mention: made.because for made in changes.links}
    assert why["a#e1"][0].matched == "b#e1" and why["a#e1"][0].rule == "most like (1.00)"
    assert ("for", "reports: a day in common") in {(b.field, b.rule) for b in why["a#e1"]}
    assert [b.rule for b in why["c#e1"]] == ["nothing else is alike enough"]


def test_a_new_report_joins_an_old_event_and_nothing_else_changes() -> None:
    shelf = MemoryShelf()
    before = link([mention("a#e1"), march("c#e1")], shelf)
    after = link([mention("b#e1")], shelf)
    old = next(made.event for made in before.links if made.mention == "a#e1")
    assert [(made.mention, made.event) for made in after.links] == [("b#e1", old)]
    assert after.born == () and after.gone == ()


def test_linking_again_changes_nothing() -> None:
    shelf = MemoryShelf()
    some = [mention("a#e1"), mention("b#e1"), march("c#e1")]
    assert link(some, shelf).links
    assert link(some, shelf) == type(link([], shelf))()


def test_a_decision_parts_what_is_alike_joins_what_is_not_and_survives() -> None:
    shelf = linked(mention("a#e1"), mention("b#e1"), march("c#e1"))
    shelf.decide(Decision("a#e1", "b#e1", "different", "Ada", "2024-04-01"))
    shelf.decide(Decision("a#e1", "c#e1", "same", "Ada", "2024-04-02"))
    link(shelf.mentions(["a#e1"]).values(), shelf)
    assert groups(shelf) == {("a#e1", "c#e1"), ("b#e1",)}
    link([mention("d#e1")], shelf)
    assert {"a#e1", "c#e1"} <= next(set(group) for group in groups(shelf) if "a#e1" in group)
    assert not any({"a#e1", "b#e1"} <= set(group) for group in groups(shelf))


def test_the_last_decision_on_a_pair_holds() -> None:
    shelf = linked(mention("a#e1"), mention("b#e1"))
    shelf.decide(Decision("a#e1", "b#e1", "different", "Ada", "2024-04-01"))
    shelf.decide(Decision("b#e1", "a#e1", "same", "Ben", "2024-04-02"))
    changes = link(shelf.mentions(["a#e1"]).values(), shelf)
    assert changes.links == () and groups(shelf) == {("a#e1", "b#e1")}


def test_merged_and_split_events_leave_word_of_where_their_mentions_went() -> None:
    shelf = linked(mention("a#e1"), march("c#e1"))
    ids = shelf.events(["a#e1", "c#e1"])
    shelf.decide(Decision("a#e1", "c#e1", "same", "Ada", "2024-04-01"))
    merged = link(shelf.mentions(["a#e1"]).values(), shelf)
    kept = shelf.events(["a#e1"])["a#e1"]
    (stone,) = merged.gone
    assert {kept, stone.event} == set(ids.values()) and stone.successors == (kept,)
    shelf.decide(Decision("a#e1", "c#e1", "different", "Ben", "2024-05-01"))
    split = link(shelf.mentions(["a#e1"]).values(), shelf)
    now = shelf.events(["a#e1", "c#e1"])
    assert kept in now.values() and len(set(now.values())) == 2
    assert set(split.born) == set(now.values()) - {kept} and split.gone == ()
    assert all(event in shelf._members for event in now.values())


def test_tombstones_lead_to_living_events() -> None:
    shelf = linked(mention("a#e1"), march("c#e1"), *(march(f"d{n}#e1", MEETING, on="2023-11-01") for n in range(3)))
    assert len(groups(shelf)) == 3
    a, c, d = (shelf.events([id])[id] for id in ("a#e1", "c#e1", "d0#e1"))
    for one, other in (("a#e1", "c#e1"), ("a#e1", "d0#e1")):
        shelf.decide(Decision(one, other, "same", "Ada", "2024-04-01"))
        link(shelf.mentions([one]).values(), shelf)
    assert set(shelf.events(["a#e1", "c#e1", "d0#e1", "d2#e1"]).values()) == {d}
    first = shelf.successors[a] if a in shelf.successors and shelf.successors[a] != (d,) else shelf.successors[c]
    assert first in ((a,), (c,)) and shelf.successors[first[0]] == (d,)


@settings(max_examples=12)
@given(seed=st.integers(0, 10_000), batch=st.integers(1, 60))
def test_neither_order_nor_batches_change_the_events(seed: int, batch: int) -> None:
    arriving = MADE[:]
    random.Random(seed).shuffle(arriving)
    shelf, scorer = MemoryShelf(), Scorer()
    for n in range(0, len(arriving), batch):
        link([made for report in arriving[n : n + batch] for made in report], shelf, scorer)
    assert shelf.partition() == WHOLE.partition()


MADE = made_reports(days=7)
WHOLE = linked(*(made for report in MADE for made in report))


def test_what_was_made_up_as_one_event_is_found() -> None:
    true: dict[str, set[str]] = {}
    for made in (made for report in MADE for made in report):
        true.setdefault(made.id.rpartition("#")[2], set()).add(made.id)
    found = sum(1 for group in WHOLE.partition() if set(group) in true.values())
    assert found >= 0.8 * len(true)


def renamed(some: Mention, names: dict[str, str]) -> Mention:
    return replace(
        some,
        actors=tuple(sorted(names.get(name, name) for name in some.actors)),
        recipients=tuple(sorted(names.get(name, name) for name in some.recipients)),
        words=tuple(sorted(names.get(word, word) for word in some.words)),
        scene=tuple(sorted(names.get(word, word) for word in some.scene)),
    )


@pytest.mark.parametrize(
    "names", [{"police": "students", "students": "police"}, {"kenyan": "malian", "malian": "kenyan"}]
)
def test_exchanged_sides_make_no_difference(names: dict[str, str]) -> None:
    some = [
        replace(
            made,
            actors=("police",),
            recipients=("students",),
            words=tuple(sorted({*made.words, "kenyan"})),
            scene=tuple(sorted({*made.scene, "malian"})),
        )
        for made in (mention("a#e1"), mention("b#e1", BRIDGE[:90]), march("c#e1"), mention("d#e1", MARKET))
    ]
    scorer, other = Scorer(), Scorer()
    for a in some:
        for b in some:
            if a is not b:
                assert scorer.score(a, b) == other.score(renamed(a, names), renamed(b, names))


def test_a_score_is_the_same_from_both_sides() -> None:
    some = [mention("a#e1"), march("c#e1"), mention("a#e2", subject=False), mention("d#e1", on=None, at=None)]
    for a in some:
        for b in some:
            if a is not b:
                assert Scorer().score(a, b) == Scorer().score(b, a)
                assert Scorer().edge(a, b) == Scorer().edge(b, a)


def test_acts_of_different_kinds_are_never_one_event() -> None:
    spoken = mention("b#e1", type="ACCUSE", quad=3)
    assert Scorer().score(mention("a#e1"), spoken) is None
    assert groups(linked(mention("a#e1"), spoken)) == {("a#e1",), ("b#e1",)}


def test_other_days_are_a_conflict_and_the_next_or_unknown_ones_are_not() -> None:
    here = mention("a#e1")
    assert conflict(here, mention("b#e1", on="2024-03-25")) is not None
    assert conflict(here, mention("b#e1", on="2024-03-06")) is None
    assert conflict(here, mention("b#e1", on=None)) is None
    assert conflict(here, mention("b#e1", days=(day("2024-03-01"), day("2024-03-31")))) is None


def test_far_towns_are_a_conflict_unless_one_report_names_both() -> None:
    here, there = mention("a#e1"), mention("b#e1", at="Nelson")
    assert conflict(here, there) is not None
    assert conflict(here, replace(there, scene_towns=tuple(sorted((*there.scene_towns, *here.scene_towns))))) is None


def test_what_one_report_tells_of_as_two_stays_two() -> None:
    assert conflict(mention("a#e1"), mention("a#e2", subject=False)) is not None
    assert groups(linked(mention("a#e1"), mention("a#e2", subject=False))) == {("a#e1",), ("a#e2",)}


def test_background_of_other_words_is_not_today() -> None:
    old = mention("b#e1", MARKET, on=None, historical=True, subject=False, trigger="shelled")
    assert (Scorer().score(mention("a#e1"), old) or 0.0) < THRESHOLD
    assert Scorer().score(mention("a#e1"), replace(old, where=None)) == 0.0


def test_an_aside_is_not_linked_by_what_its_report_is_about() -> None:
    aside = mention("a#e2", subject=False, at=None, on=None, words=("unlike",))
    assert Scorer().score(aside, mention("b#e1")) == 0.0


def test_an_aside_of_the_same_day_and_deed_is_linked_without_a_place() -> None:
    aside = mention("a#e2", subject=False, at=None)
    assert (Scorer().score(aside, mention("b#e1", subject=False)) or 0.0) > THRESHOLD


def test_many_copies_of_one_story_are_one_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.link.run.MOST_TOGETHER", 15)
    shelf, scorer = MemoryShelf(), Scorer()
    for n in range(0, 70, 10):
        link([mention(f"r{n + k:03d}#e1") for k in range(10)], shelf, scorer)
    assert len(shelf.partition()) == 1
    assert not shelf.successors


def test_a_person_tells_copies_of_one_story_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.link.run.MOST_TOGETHER", 5)
    shelf, many = MemoryShelf(), [mention(f"r{n:03d}#e1") for n in range(30)]
    link(many, shelf)
    ids = [made.id for made in many]
    for other in (*ids[:7], *ids[8:]):
        shelf.decide(Decision(min(ids[7], other), max(ids[7], other), "different", "an editor", "1"))
    shelf.decide(Decision(ids[7], ids[9], "same", "an editor", "2"))
    link(many, shelf)
    apart = frozenset({ids[7], ids[9]})
    assert shelf.partition() == {apart, frozenset(ids) - apart}


def test_a_crowd_that_hangs_together_loosely_is_cut_where_it_is_loosest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.link.run.MOST_TOGETHER", 15)
    shelf, scorer = MemoryShelf(), Scorer()
    for batch in (MADE[n : n + 40] for n in range(0, len(MADE), 40)):
        link([made for report in batch for made in report], shelf, scorer)
    assert len(shelf.partition() & WHOLE.partition()) > 0.9 * len(WHOLE.partition())


def test_a_report_without_date_or_place_is_linked_by_its_words() -> None:
    bare = mention("b#e1", on=None, at=None, published=None)
    assert groups(linked(mention("a#e1"), bare)) == {("a#e1", "b#e1")}
