"""The fitted part of coreference: a projection of the encoder's vectors, and two sets of trees that judge pairs.

Made by ``training/coreference.py``. The trees are gradient-boosted (Friedman 2001): each adds to the log odds that two
marked words are one event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FILE = Path(__file__).with_name("coreference.npz")


@dataclass(frozen=True, eq=False)
class Trees:
    """Trees of yes-or-no questions, one after the other in one table a row a node.

    A node asks whether ``feature`` is at most ``bound`` and goes on at row ``yes`` or ``no``; a leaf has ``feature`` -1
    and adds ``value``. ``roots`` are the rows at which trees begin, ``base`` the log odds to begin with.
    """

    names: tuple[str, ...]
    base: float
    roots: NDArray[np.integer[Any]]
    feature: NDArray[np.integer[Any]]
    bound: Floats
    yes: NDArray[np.integer[Any]]
    no: NDArray[np.integer[Any]]
    value: Floats

    def chances(self, features: Mapping[str, Floats]) -> Floats:
        """The chance that each pair is one event [n, n], from the features asked for [n, n]; 1 on the diagonal."""
        number = len(features[self.names[0]])
        chances = np.eye(number, dtype=np.float32)
        upper = np.triu_indices(number, 1)
        columns = np.stack([features[name][upper] for name in self.names])
        pairs = np.arange(columns.shape[1])
        total = np.full(len(pairs), self.base)
        for root in self.roots:
            at = np.full(len(pairs), root)
            asking = pairs
            while len(asking):
                node = at[asking]
                asked = self.feature[node]
                inner = asked >= 0
                asking, node, asked = asking[inner], node[inner], asked[inner]
                at[asking] = np.where(columns[asked, asking] <= self.bound[node], self.yes[node], self.no[node])
            total += self.value[at]
        chances[upper] = 1 / (1 + np.exp(-total))
        chances.T[upper] = chances[upper]
        return chances


@dataclass(frozen=True, eq=False)
class Judge:
    """``projection`` [1152, 48] of the vectors; the first look at each pair and the second, which knows all first ones;
    and the mean chance down to which groups are joined.
    """

    projection: Floats
    first: Trees
    second: Trees
    threshold: float


@lru_cache(maxsize=1)
def judge() -> Judge:
    """What was fitted on the training part of ECB+."""
    with np.load(FILE, allow_pickle=False) as table:
        return Judge(
            projection=table["projection"].astype(np.float32) * table["scale"],
            first=_trees(table, "first"),
            second=_trees(table, "second"),
            threshold=float(table["threshold"]),
        )


def _trees(table: Mapping[str, NDArray[Any]], name: str) -> Trees:
    part = {key: table[f"{name} {key}"] for key in ("roots", "feature", "bound", "yes", "no", "value")}
    names = bytes(table[f"{name} names"]).decode().split("\n")
    return Trees(tuple(names), float(table[f"{name} base"]), **part)
