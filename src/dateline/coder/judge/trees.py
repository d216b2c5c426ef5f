"""Chances from small boosted trees that were learned from hand codings, read from one file and evaluated by numpy.

Gradient boosting (Friedman 2001): the sum of many shallow trees is a score, and the logistic curve of the score a
chance. The file says which feature each tree asks; features are given by name, so that a chance can be explained.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Features = Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Trees:
    """The trees of one question. All arrays are [trees, nodes]; a leaf has itself on both sides."""

    names: tuple[str, ...]
    feature: NDArray[np.int32]
    threshold: Floats
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Floats
    base: float
    depth: int
    slope: float = 1.0
    shift: float = 0.0
    """How the score becomes the chance that comes true (Platt 1999), fitted on reports that were not learned."""

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Trees:
        """From what :meth:`plain` gives."""
        return cls(
            names=tuple(plain["names"]),
            feature=np.array(plain["feature"], dtype=np.int32),
            threshold=np.array(plain["threshold"], dtype=np.float64),
            left=np.array(plain["left"], dtype=np.int32),
            right=np.array(plain["right"], dtype=np.int32),
            value=np.array(plain["value"], dtype=np.float64),
            base=plain["base"],
            depth=plain["depth"],
            slope=plain["slope"],
            shift=plain["shift"],
        )

    def chances(self, rows: Sequence[Features]) -> Floats:
        """The chance of each row; a feature that a row lacks is 0."""
        if not rows:
            return np.zeros(0)
        return self.chance(np.array([[row.get(name, 0.0) for name in self.names] for row in rows]))

    def chance(self, table: Floats) -> Floats:
        """The chance of each row of a table [rows, features]."""
        scores = self.slope * self.score(table) + self.shift
        found: Floats = 1.0 / (1.0 + np.exp(-scores))
        return found

    def score(self, table: Floats) -> Floats:
        """The sum of the trees for each row of a table [rows, features]."""
        trees = np.arange(len(self.feature))[None, :]
        at = np.zeros((len(table), len(self.feature)), dtype=np.int32)
        rows = np.arange(len(table))[:, None]
        for _ in range(self.depth):
            goes_left = table[rows, self.feature[trees, at]] <= self.threshold[trees, at]
            at = np.where(goes_left, self.left[trees, at], self.right[trees, at])
        found: Floats = self.base + self.value[trees, at].sum(axis=1)
        return found


def load_trees(contents: bytes) -> dict[str, Trees]:
    """The trees of every question from a file's contents."""
    return {name: Trees.of(plain) for name, plain in json.loads(gzip.decompress(contents)).items()}
