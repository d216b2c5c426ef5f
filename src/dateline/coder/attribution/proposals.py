"""What the encoder proposes: runs of words that are a source, a cue or a content.

Proposals only: :mod:`dateline.coder.attribution.pairing` decides which of them make an attribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from dateline.coder.encoder.pieces import TAGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dateline.coder.encoder.network import Reading

    Floats = NDArray[np.float32]

Part = Literal["source", "cue", "content"]
LEAST = 0.55
"""The chance from which on a run of words is proposed."""

PARTS: tuple[Part, ...] = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words ``[start, end)`` that are part of an attribution, and how sure the encoder is of it (0 to 1)."""

    part: Part
    start: int
    end: int
    chance: float


def propose(reading: Reading, words: Sequence[tuple[int, int]]) -> list[Proposal]:
    """The runs of words that are tagged alike, in the order of the text. ``words`` are the report's words and marks."""
    chances, begins = _by_word(reading, words)
    best = chances.argmax(axis=1)
    runs: list[Proposal] = []
    at = 0
    while at < len(words):
        label = int(best[at])
        end = at + 1
        while end < len(words) and best[end] == label and not (label and begins[end, label - 1] > 0.5):
            end += 1
        chance = float(chances[at:end, label].mean())
        if label and chance >= LEAST:
            runs.append(Proposal(PARTS[label - 1], words[at][0], words[end - 1][1], chance))
        at = end
    return runs


def _by_word(reading: Reading, words: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
    """For each word the chances of its part, and those of beginning one.

    The first [words, 4] are of being outside, source, cue, content (the mean of its pieces), the second [words, 3] of
    beginning one of the latter three (of its first piece). A word that the encoder did not read is outside.
    """
    starts = np.array(reading.pieces.starts, dtype=np.int64)
    first = np.searchsorted(starts, np.array([a for a, _ in words], dtype=np.int64), side="left")
    last = np.searchsorted(starts, np.array([b for _, b in words], dtype=np.int64), side="left")
    columns = [[TAGS.index(f"{mark}-{part}") for mark in "BI"] for part in PARTS]
    parts = np.stack([reading.tags[:, 0], *(reading.tags[:, pair].sum(axis=1) for pair in columns)], axis=1)
    sums = np.concatenate([np.zeros((1, 4)), np.cumsum(parts, axis=0, dtype=np.float64)])
    chances = np.zeros((len(words), 4), dtype=np.float32)
    chances[:, 0] = 1
    begins = np.zeros((len(words), 3), dtype=np.float32)
    read = np.flatnonzero(last > first)
    if len(read):
        counts = (last[read] - first[read])[:, None]
        chances[read] = (sums[last[read]] - sums[first[read]]) / counts
        begins[read] = reading.tags[first[read]][:, [pair[0] for pair in columns]]
    return chances, begins
