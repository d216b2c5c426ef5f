"""Chances from small boosted trees that were learned from hand codings, read from one file and evaluated by numpy.

Gradient boosting (Friedman 2001): the sum of many shallow trees is a score, and the logistic curve of the score a
chance. The file says which feature each tree asks; features are given by name, so that a chance can be explained.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    Floats = NDArray[np.float64]

Features = Mapping[str, float]
"""What is asked of one row, by name."""
Column = NDArray[Any] | Sequence[bool] | Sequence[float]
Columns = Mapping[str, Column]
"""What is asked of many rows at once: by name, one value a row."""


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
        return self.chance(np.array([list(map(row.get, self.names, repeat(0.0))) for row in rows]))

    def asked(self, columns: Columns, rows: int) -> Floats:
        """The chance of each of so many rows; a feature without a column is 0."""
        table = np.zeros((rows, len(self.names)))
        for n, name in enumerate(self.names):
            if name in columns:
                table[:, n] = columns[name]
        return self.chance(table)

    def chance(self, table: Floats) -> Floats:
        """The chance of each row of a table [rows, features]."""
        scores = self.slope * self.score(table) + self.shift
        found: Floats = 1.0 / (1.0 + np.exp(-scores))
        return found

    def score(self, table: Floats) -> Floats:
        """The sum of the trees for each row of a table [rows, features]."""
        feature, threshold, value = self.feature.ravel(), self.threshold.ravel(), self.value.ravel()
        rows = np.arange(len(table))[:, None] * table.shape[1]
        at = np.broadcast_to(self._roots, (len(table), len(self._roots)))
        for _ in range(self.depth):
            goes_left = table.take(rows + feature.take(at)) <= threshold.take(at)
            at = self._below.take(2 * at + goes_left)
        found: Floats = self.base + value.take(at).sum(axis=1)
        return found

    @cached_property
    def _roots(self) -> NDArray[np.intp]:
        """The number of each tree's first node, where the nodes of all trees stand in one row."""
        return np.arange(0, self.feature.size, self.feature.shape[1], dtype=np.intp)

    @cached_property
    def _below(self) -> NDArray[np.intp]:
        """What stands to the right and to the left of each node, by the same numbers."""
        below: NDArray[np.intp] = np.stack([self.right, self.left], axis=-1) + self._roots[:, None, None]
        return below.ravel()


def load_trees(contents: bytes) -> dict[str, Trees]:
    """The trees of every question from a file's contents."""
    return {name: Trees.of(plain) for name, plain in json.loads(gzip.decompress(contents)).items()}
