"""How near the meanings of two lemmas are, by WordNet: common senses, derived words, and what both are kinds of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

TABLE = Path(__file__).with_name("senses.npz")
RANK = 0.7
"""How fast later senses count less: the weight of sense r is (1 + r) ** -RANK."""
DERIVED = 0.8
"""What a sense of a derived word counts ("die", "death")."""
ABOVE = 0.5
"""What a sense counts one step above: what it is a kind of, what it entails or causes, or is grouped with."""
STEPS = 2


class Senses:
    """The table: words with their senses, the most frequent first; senses with those derived from and above them."""

    def __init__(self, table: dict[str, NDArray[np.generic]]) -> None:
        names = bytes(table["words"]).decode().split("\n")
        self._words = dict(zip(names, _lists(table, "senses"), strict=True))
        self._ranks = dict(zip(names, _lists(table, "ranks"), strict=True))
        self._derived = _lists(table, "derived")
        self._above = _lists(table, "above")
        self._rare = table["rare"].astype(np.float32)

    def meaning(self, lemma: str) -> dict[int, float]:
        """The senses near a lemma, with how near; none where the lemma is not in the table."""
        own = {
            int(sense): float((1 + rank) ** -RANK)
            for sense, rank in zip(self._words.get(lemma, ()), self._ranks.get(lemma, ()), strict=True)
        }
        found = dict(own)
        for sense, weight in own.items():
            for other in self._derived[sense]:
                found[int(other)] = max(found.get(int(other), 0.0), DERIVED * weight)
        edge = dict(found)
        for _ in range(STEPS):
            above: dict[int, float] = {}
            for sense, weight in edge.items():
                for other in self._above[sense]:
                    above[int(other)] = max(above.get(int(other), 0.0), ABOVE * weight)
            for sense, weight in above.items():
                found[sense] = max(found.get(sense, 0.0), weight)
            edge = above
        return {sense: weight * float(self._rare[sense]) for sense, weight in sorted(found.items())}

    def likeness(self, lemmas: Sequence[str]) -> Floats:
        """Cosines of the lemmas' meanings [n, n]; 0 for a lemma that is not in the table."""
        meanings = [self.meaning(lemma) for lemma in lemmas]
        columns = {s: n for n, s in enumerate(sorted({s for meaning in meanings for s in meaning}))}
        rows = np.zeros((len(lemmas), len(columns)), np.float32)
        for n, meaning in enumerate(meanings):
            for sense, weight in meaning.items():
                rows[n, columns[sense]] = weight
        rows /= np.linalg.norm(rows, axis=1, keepdims=True) + np.float32(1e-9)
        return rows @ rows.T


@lru_cache(maxsize=1)
def senses() -> Senses:
    """The table that ``training/senses.py`` made."""
    with np.load(TABLE, allow_pickle=False) as table:
        return Senses(dict(table))


def _lists(table: dict[str, NDArray[np.generic]], name: str) -> list[NDArray[np.generic]]:
    """A list of lists that is kept as one row and the lengths."""
    return np.split(table[name], np.cumsum(table[f"{name} length"])[:-1])
