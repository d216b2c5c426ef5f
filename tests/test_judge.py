"""The judge: trees as they are read from a file, tellings in groups, and the pieces' distances by class."""

from __future__ import annotations

import gzip
import json
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from dateline.coder.encoder.reader import BUCKETS, bucket
from dateline.coder.judge.case import Case
from dateline.coder.judge.rows import grouped
from dateline.coder.judge.trees import Trees, load_trees

STUMP: dict[str, Any] = {
    "names": ["event", "far"],
    "feature": [[0, 0, 0]],
    "threshold": [[0.5, 0, 0]],
    "left": [[1, 1, 2]],
    "right": [[2, 1, 2]],
    "value": [[0, -2.0, 2.0]],
    "base": 0.0,
    "depth": 1,
    "slope": 1.0,
    "shift": 0.0,
}


def test_trees_ask_their_features_by_name() -> None:
    trees = Trees.of(STUMP)
    low, high, missing = trees.chances([{"event": 0.2}, {"event": 0.9, "unknown": 3.0}, {}])
    assert low == missing == pytest.approx(1 / (1 + np.exp(2)))
    assert high == pytest.approx(1 / (1 + np.exp(-2)))


def test_trees_of_no_rows_give_no_chances() -> None:
    assert Trees.of(STUMP).chances([]).tolist() == []


def test_slope_and_shift_set_the_chance_and_not_the_order() -> None:
    plain, set_anew = Trees.of(STUMP), Trees.of(STUMP | {"slope": 0.5, "shift": -1.0})
    rows = [{"event": 0.2}, {"event": 0.9}]
    assert np.argsort(plain.chances(rows)).tolist() == np.argsort(set_anew.chances(rows)).tolist()
    assert set_anew.chances(rows)[1] == pytest.approx(0.5)


def test_trees_come_back_from_a_file() -> None:
    contents = gzip.compress(json.dumps({"telling": STUMP}).encode())
    assert load_trees(contents)["telling"].chances([{"event": 0.9}])[0] > 0.8


def _case(*at: int) -> Case:
    return cast(Case, SimpleNamespace(tellings=[SimpleNamespace(at=n) for n in at]))


def test_tellings_of_one_event_are_one_group_with_the_likeliest_first() -> None:
    same = np.array([[0, 0.1, 0.9], [0.1, 0, 0.2], [0.9, 0.2, 0]])
    assert grouped(_case(10, 50, 90), np.array([0.4, 0.8, 0.7]), same) == [[2, 0], [1]]


def test_a_third_telling_joins_by_the_mean_of_its_pairs() -> None:
    same = np.array([[0, 0.9, 0.8], [0.9, 0, 0.1], [0.8, 0.1, 0]])
    assert grouped(_case(1, 2, 3), np.array([0.9, 0.9, 0.9]), same) == [[0, 1], [2]]


def test_what_is_unlikely_to_be_an_event_is_in_no_group() -> None:
    assert grouped(_case(1, 2), np.array([0.05, 0.9]), np.zeros((2, 2))) == [[1]]


@pytest.mark.parametrize(("near", "far"), [(0, 5), (5, 40), (-2, -200), (1, -1)])
def test_distances_of_different_classes(near: int, far: int) -> None:
    assert bucket(near) != bucket(far)
    assert {bucket(near), bucket(far)} <= set(range(BUCKETS))
