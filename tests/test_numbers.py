"""Numbers in words, and their bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.lang.en.numbers import find_numbers

WORDS = "a an at least more than up to between and two three twenty hundred thousand dozen 5 1,200 . , of - some half"


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("two hundred and fifty", (250, 250, 250)),
        ("twenty - five", (25, 25, 25)),
        ("1.5 million", (1_500_000, 1_500_000, 1_500_000)),
        ("1,200", (1200, 1200, 1200)),
        ("at least two dozen", (24, 24, None)),
        ("more than a hundred", (100, 100, None)),
        ("up to 40", (None, 40, 40)),
        ("fewer than 30", (None, None, 30)),
        ("some 200", (None, 200, None)),
        ("nearly 300", (None, 300, 300)),
        ("a dozen", (None, 12, None)),
        ("between 30 and 40", (30, None, 40)),
        ("3 to 5", (3, None, 5)),
        ("half a dozen", (None, 6, None)),
        ("more than a quarter of a million", (250_000, 250_000, None)),
        ("half a million", (500_000, 500_000, 500_000)),
        ("two and a half million", (2_500_000, 2_500_000, 2_500_000)),
        ("500 - odd", (None, 500, None)),
        ("two to three thousand", (2000, None, 3000)),
        ("2 - 3 thousand", (2000, None, 3000)),
        ("between two and three thousand", (2000, None, 3000)),
        ("between 900 and two thousand", (900, None, 2000)),
        ("more than two lakh", (200_000, 200_000, None)),
        ("10k", (10_000, 10_000, 10_000)),
        ("1.2m", (1_200_000, 1_200_000, 1_200_000)),
    ],
)
def test_a_number_has_its_bounds(words: str, bounds: tuple[int | None, int | None, int | None]) -> None:
    (found,) = find_numbers(words.split())
    assert (found.low, found.best, found.high) == bounds


@pytest.mark.parametrize(
    "words", ["dozens", "tens of thousands", "several hundred", "a few hundred", "scores", "a couple of hundred"]
)
def test_a_vague_word_stays_a_word(words: str) -> None:
    (found,) = find_numbers(words.split())
    assert (found.low, found.best, found.high) == (None, None, None)
    assert (found.start, found.end) == (0, len(words.split()))


@pytest.mark.parametrize("words", ["hundred", "the mayor", "a man", "between them", ""])
def test_no_number_is_made_of_other_words(words: str) -> None:
    assert find_numbers(words.split()) == ()


@given(st.lists(st.sampled_from(WORDS.split()) | st.text(max_size=6), max_size=40))
def test_numbers_lie_in_order_inside_the_words_and_their_bounds_agree(words: list[str]) -> None:
    at = 0
    for found in find_numbers(words):
        assert at <= found.start < found.end <= len(words)
        at = found.end
        bounds = [b for b in (found.low, found.best, found.high) if b is not None]
        assert bounds == sorted(bounds)
