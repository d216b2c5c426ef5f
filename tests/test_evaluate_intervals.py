"""The bootstrap intervals: the same each time, none where there can be none, and as wide as they should be."""

from __future__ import annotations

import random

import numpy as np
import pytest

from dateline.evaluate.intervals import Tally, scores


def drawn(seed: int, reports: int, share: float = 0.7) -> list[list[Tally]]:
    """Reports with some events each, of which each is found with a known chance; the coder adds nothing."""
    draw = np.random.RandomState(seed)
    gold = 1 + draw.poisson(3, reports)
    return [[(int(g), int(r), int(r))] for g, r in zip(gold, draw.binomial(gold, share), strict=True)]


def test_the_same_tallies_and_seed_give_the_same_intervals_and_another_seed_others() -> None:
    tallies = drawn(1, 40)
    first = scores(tallies, resamples=300, level=0.95, seed=7)
    assert first == scores(tallies, resamples=300, level=0.95, seed=7)
    assert first != scores(tallies, resamples=300, level=0.95, seed=8)
    # The stream is frozen: these figures hold on every version of numpy.
    assert (first[0].recall.value, first[0].recall.low, first[0].recall.high) == (0.7172, 0.6501, 0.7953)


def test_the_interval_holds_the_true_share_about_as_often_as_it_says() -> None:
    covered = 0
    for seed in range(200):
        (score,) = scores(drawn(seed, 60), resamples=100, level=0.9, seed=seed)
        assert score.recall.low is not None
        assert score.recall.high is not None
        covered += score.recall.low <= 0.7 <= score.recall.high
    assert 0.84 <= covered / 200 <= 0.96


def test_more_reports_and_a_lower_level_give_narrower_intervals() -> None:
    def width(reports: int, level: float) -> float:
        (score,) = scores(drawn(3, reports), resamples=400, level=level, seed=1)
        assert score.recall.low is not None
        assert score.recall.high is not None
        return score.recall.high - score.recall.low

    assert width(400, 0.95) < 0.6 * width(50, 0.95)
    assert width(50, 0.8) < width(50, 0.95)


def test_events_of_one_report_are_drawn_together() -> None:
    """Twenty reports that are right or wrong as a whole tell less than their two hundred events would."""
    draw = random.Random(5)
    hits = [draw.random() < 0.5 for _ in range(20)]
    together = scores([[(10, 10, 10 * h)] for h in hits], resamples=400, level=0.95, seed=1)[0].recall
    apart = scores([[(1, 1, int(h))] for h in hits for _ in range(10)], resamples=400, level=0.95, seed=1)[0].recall
    assert together.high is not None
    assert together.low is not None
    assert apart.high is not None
    assert apart.low is not None
    assert together.high - together.low > 2 * (apart.high - apart.low)


@pytest.mark.parametrize(("tallies", "resamples"), [([[(4, 3, 2)]], 100), ([[(4, 3, 2)], [(1, 1, 1)]], 0)])
def test_one_report_or_no_draws_give_no_interval(tallies: list[list[Tally]], resamples: int) -> None:
    (score,) = scores(tallies, resamples=resamples, level=0.95, seed=1)
    assert score.f1.value is not None
    assert (score.f1.low, score.f1.high) == (None, None)


def test_a_share_that_nothing_can_be_divided_for_is_unknown_and_not_nought() -> None:
    nothing, missed = scores([[(0, 0, 0), (2, 0, 0)]] * 5, resamples=50, level=0.95, seed=1)
    assert [f.value for f in (nothing.precision, nothing.recall, nothing.f1)] == [None, None, None]
    assert (nothing.f1.low, nothing.f1.high) == (None, None)
    assert [f.value for f in (missed.precision, missed.recall, missed.f1)] == [None, 0.0, 0.0]


def test_resamples_in_which_a_share_is_unknown_are_left_out_of_its_interval() -> None:
    (score,) = scores([[(1, 1, 1)], *[[(1, 0, 0)]] * 9], resamples=200, level=0.95, seed=1)
    assert (score.precision.low, score.precision.high) == (1.0, 1.0)
    assert score.recall.low == 0.0
