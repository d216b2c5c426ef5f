"""Marked event words are put together by event: the same whatever their order, and apart where the stories are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from benchmarks.coreference import find as whole
from benchmarks.coreference.features import pair_features, second_look, word_likeness
from benchmarks.coreference.find import coreference, story_groups
from benchmarks.coreference.groups import average_link, groups, in_small_groups, joined_at, report_likeness
from benchmarks.coreference.mentions import EventWord, MarkedReport, MarkReader, ReportWords, report_words
from benchmarks.coreference.model import Trees, judge
from benchmarks.coreference.senses import senses
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.coder.machine import MachineCoder
from dateline.coder.syntax.parse import parse_many
from dateline.coder.triggers.match import trigger_index
from dateline.intake import read_text

FIRE = "A fire destroyed the Larkhill mill in Dunmore on Sunday . Nobody was hurt in the blaze , the brigade said ."
AGAIN = "The Larkhill mill in Dunmore burned down on Sunday . Fire crews fought the blaze until noon ."
MATCH = "Kestrel Rovers beat Holm Athletic 3 - 1 on Tuesday . The victory took the Rovers to the top of the league ."


def vector(seed: int) -> np.ndarray:
    made = np.random.RandomState(seed).normal(size=384).astype(np.float32)
    return made / np.linalg.norm(made)


def word(report: str, start: int, lemma: str, **more: object) -> EventWord:
    none: frozenset[str] = frozenset()
    seed = sum(map(ord, lemma))
    made = EventWord(
        report, start, start + len(lemma), 0, lemma, frozenset({lemma}), False, none, "past", False,
        none, none, none, none, none, none, none, none, vector(seed), vector(seed + 1), vector(7),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def report(id: str, text: str, lemmas: Sequence[str]) -> MarkedReport:
    return MarkedReport(report_words(id, text), tuple(word(id, 10 * n, lemma) for n, lemma in enumerate(lemmas)))


REPORTS = (
    report("a", FIRE, ["destroy", "blaze", "say"]),
    report("b", AGAIN, ["burn", "fight", "blaze"]),
    report("c", MATCH, ["beat", "victory", "take"]),
)


def test_every_word_is_in_one_event_whatever_the_order() -> None:
    found = coreference(REPORTS)
    assert sorted(word for event in found for word in event) == sorted(
        (word.report, word.start, word.end) for report in REPORTS for word in report.events
    )
    mixed = list(REPORTS)
    random.Random(3).shuffle(mixed)
    assert coreference(replace(r, events=r.events[::-1]) for r in mixed) == found
    assert coreference(()) == coreference([report("d", FIRE, [])]) == ()


def test_one_word_of_two_reports_of_one_story_is_one_event_and_of_two_stories_is_not() -> None:
    one = {event for event in coreference(REPORTS) if len(event) > 1}
    assert any({("a", 10, 15), ("b", 20, 25)} <= set(event) for event in one)
    other = report("e", MATCH, ["blaze"])
    chain = {word: n for n, event in enumerate(coreference([*REPORTS, other])) for word in event}
    assert chain["e", 0, 5] != chain["a", 10, 15]


def test_features_are_the_same_both_ways_round() -> None:
    (group, *_) = story_groups(REPORTS[:2])
    found = pair_features(group, judge().projection)
    found |= second_look(judge().first.chances(found))
    for name, values in found.items():
        assert values.shape == (len(group.words),) * 2, name
        assert np.allclose(values, values.T, atol=1e-5), name
    assert set(judge().first.names) <= set(judge().second.names) <= set(found)


def test_a_crowd_of_marked_words_is_read_in_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "MOST_TOGETHER", 4)
    long = report("z", FIRE, ["blaze"] * 9)
    assert [len(group.words) for group in story_groups([long])] == [4, 4, 1]
    assert sum(map(len, coreference([long, *REPORTS]))) == 18


def test_groups_are_joined_by_their_mean_likeness() -> None:
    near = np.array([[1, 0.9, 0.8, 0], [0.9, 1, 0.2, 0], [0.8, 0.2, 1, 0], [0, 0, 0, 1]])
    assert [(round(height, 3), some, others) for height, some, others in average_link(near)] == [
        (0.9, (0,), (1,)),
        (0.5, (0, 1), (2,)),
        (0.0, (0, 1, 2), (3,)),
    ]
    assert groups(near, 0.51).tolist() == [0, 0, 2, 3]
    assert groups(near, 0.5).tolist() == [0, 0, 0, 3]
    assert joined_at(near)[1, 2] == 0.5
    assert in_small_groups(near.astype(np.float32), [1, 1, 1, 1], 0.1, 2) == [[0, 1], [2], [3]]


@settings(max_examples=100)
@given(st.integers(1, 12), st.integers(0, 99), st.integers(1, 9))
def test_average_link_is_that_of_the_plain_method(number: int, seed: int, steps: int) -> None:
    values = np.random.RandomState(seed).randint(0, steps + 1, (number, number)) / steps
    near = np.triu(values, 1) + np.triu(values, 1).T
    heights = sorted((height for height, _, _ in average_link(near)), reverse=True)
    assert heights == pytest.approx([height for height, _, _ in average_link(near)], abs=1e-4)
    joined = joined_at(near)
    for a, b, c in combinations(range(number), 3):
        one, two, _ = sorted((joined[a, b], joined[b, c], joined[a, c]))
        assert one == pytest.approx(two, abs=1e-4), "of three things the two least likenesses are one: a tree"
    for height, some, others in average_link(near):
        assert height == pytest.approx(near[np.ix_(some, others)].mean(), abs=1e-4)


def test_names_tell_reports_of_one_kind_apart() -> None:
    texts = [
        "The actress Ann Bell entered a clinic on Monday.",
        "Ann Bell , the actress , is in a clinic.",
        "The actress Joy Marsh entered a clinic.",
    ]
    alike = report_likeness([report_words(str(n), text) for n, text in enumerate(texts)])
    assert alike[0, 1] > alike[0, 2]
    assert np.allclose(alike, alike.T)
    assert report_likeness([ReportWords("0", {}, frozenset())] * 2).tolist() == [[0, 0], [0, 0]]


def test_web_addresses_are_no_words_of_a_report() -> None:
    assert set(report_words("a", "http : / / www . paper . example / fire\nRain fell").counts) == {"rain", "fell"}


def test_meanings_of_verbs_are_near_those_of_their_nouns() -> None:
    near = senses().likeness(["die", "death", "arrest", "detain", "qwertz"])
    assert near[0, 1] > 0.3
    assert near[2, 3] > near[0, 2]
    assert not near[4].any()


def test_trees_ask_and_add() -> None:
    trees = Trees(
        ("x",),
        0.0,
        np.array([0]),
        np.array([0, -1, -1]),
        np.array([0.5, 0, 0], np.float32),
        np.array([1, 0, 0]),
        np.array([2, 0, 0]),
        np.array([0, -2, 2], np.float32),
    )
    found = trees.chances({"x": np.array([[0, 0.5, 1], [0.5, 0, 1], [1, 1, 0]], np.float32)})
    assert found[0, 1] == pytest.approx(1 / (1 + np.exp(2)))
    assert found[0, 2] == found[2, 1] == pytest.approx(1 / (1 + np.exp(-2)))
    assert found.diagonal().tolist() == [1, 1, 1]


def test_sets_of_words_without_a_word_are_like_none() -> None:
    sets = [frozenset[str](), frozenset({"mill"}), frozenset({"mill", "dunmore"})]
    near = word_likeness(sets, sets)
    assert near[0].tolist() == [0, 0, 0]
    assert near[1, 1] == pytest.approx(1)
    assert 0 < near[1, 2] < 1


@pytest.mark.model
def test_marked_words_are_read_with_their_participants(coder: MachineCoder) -> None:
    assert coder.encoder is not None
    text = "Brigid Vane resigned on Monday. She took a decision that shocked Dunmore.\U0001f525 The decision was hers."
    spans = [(text.index(w), text.index(w) + len(w)) for w in ("resigned", "took a decision", "shocked")]
    (parse,) = parse_many([read_text(text, id="r", language="en")], coder.nlp)
    reader = MarkReader(coder.encoder, trigger_index(coder.codebook))
    marked = reader.read(parse, [*spans, spans[0], (3, 3), (10**6, 10**6 + 4)])
    resigned, decision, shocked = marked.events
    assert resigned.lemma == "resign"
    assert {"vane", "brigid"} <= resigned.subjects
    assert "monday" in resigned.days
    assert decision.lemma == "decision"
    assert "dunmore" in shocked.objects | shocked.names
    assert resigned.vector.shape == resigned.alone.shape == (384,)
    assert np.linalg.norm(decision.around) == pytest.approx(1, abs=1e-5)
    assert sum(map(len, coreference([marked]))) == 3
