"""Clustering: the mean decides, conflicts bar, people outrank both, and the order of what is given does not matter."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from dateline.link.pairs.cluster import cluster

IDS = tuple("abcdefg")
PAIRS = tuple(combinations(IDS, 2))
SCORES = st.fixed_dictionaries(
    {pair: st.one_of(st.none(), st.sampled_from((0.0, 0.1, 0.4, 0.5, 0.9))) for pair in PAIRS}
)


def grouped(scores: dict[tuple[str, str], float | None], ids=IDS, **decided) -> set[str]:
    found = cluster(ids, lambda a, b: scores.get((min(a, b), max(a, b)), 0.0), 0.3, **decided)
    assert sorted(id for group in found for id in group) == sorted(ids)
    return {"".join(group) for group in found}


def test_the_mean_over_all_pairs_decides_not_the_best_pair() -> None:
    chain = {("a", "b"): 0.9, ("b", "c"): 0.5, ("c", "d"): 0.9}
    assert grouped(chain, "abcd") == {"ab", "cd"}


def test_a_conflict_bars_what_the_mean_would_join() -> None:
    scores = {("a", "b"): 0.9, ("a", "c"): 0.9, ("b", "c"): 0.9}
    assert grouped(scores, "abc") == {"abc"}
    assert grouped(scores | {("b", "c"): None}, "abc") == {"ab", "c"}


def test_people_join_over_a_conflict_and_part_what_is_alike() -> None:
    scores = {("a", "b"): None, ("c", "d"): 0.9}
    assert grouped(scores, "abcd", same=[("a", "b")], different=[("c", "d")]) == {"ab", "c", "d"}


def test_where_people_contradict_each_other_a_pair_called_different_stays_apart_and_the_newer_word_goes_first() -> None:
    same = [("a", "b"), ("b", "c")]
    assert grouped({}, "abc", same=same, different=[("a", "c")]) == {"a", "bc"}


def test_what_reports_are_about_is_joined_first() -> None:
    scores = {("a", "b"): 0.4, ("a", "c"): 0.5}
    assert grouped(scores, "abc") == {"ac", "b"}
    assert grouped(scores, "abc", subjects={"a", "b"}) == {"ab", "c"}


@given(SCORES, st.permutations(IDS))
def test_the_order_of_the_mentions_does_not_matter(scores: dict, order: list[str]) -> None:
    assert grouped(scores, order) == grouped(scores)


@given(SCORES, st.lists(st.sampled_from(PAIRS), max_size=4), st.lists(st.sampled_from(PAIRS), max_size=3))
def test_nothing_parts_what_people_joined_nor_joins_what_they_parted(scores: dict, same: list, different: list) -> None:
    found = grouped(scores, same=same, different=different)
    for a, b in different:
        assert not any({a, b} <= set(group) for group in found)
    if not different:
        for a, b in same:
            assert any({a, b} <= set(group) for group in found)


@given(SCORES)
def test_a_conflict_is_never_inside_an_event_that_people_did_not_touch(scores: dict) -> None:
    for group in grouped(scores):
        assert all(scores[pair] is not None for pair in combinations(group, 2))
