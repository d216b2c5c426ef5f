"""Copies: one wire story in fifty papers is one source, also with another headline, a trimmed tail or a local edit.

A text is sketched: of the hashes of its runs of five words, the smallest so many are kept (bottom-k sketch, after
Broder 1997, *On the resemblance and containment of documents*). From two sketches follows how much of the shorter text
stands in the longer one. A text is looked up under keys of its smallest hashes, so that a new report meets its copies
without being compared with all others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dateline.link.pairs.words import words_in
from dateline.model import CODED_BLOCKS, Report

RUN = 5
"""Words in a run."""
LONGEST = 200_000
"""Characters of a text that are sketched: a longer one is known by its beginning."""
KEPT = 256
"""Hashes in a sketch; 2 KB a report."""
BANDS = 24
"""Hashes under which a text is looked up."""
FEWEST = 20
"""Shorter texts, in runs, are copies of nothing: stock sentences would join them."""
LEAST = 0.6
"""The share of the shorter text's runs that a copy has. Different reports of one event share a tenth, by quotations."""

_MIX = np.uint64(0x9E3779B97F4A7C15)
_FNV_PRIME, _FNV_START, _WHOLE = 0x100000001B3, 0xCBF29CE484222325, (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a text's runs of words, ascending, and how many different runs it has."""

    hashes: tuple[int, ...]
    runs: int

    @classmethod
    def of(cls, text: str) -> Sketch:
        """The sketch of a text: a function of its words alone, whatever their case, accents and marks."""
        words = np.array([_hash(word) for word in words_in(text[:LONGEST])], dtype=np.uint64)
        if len(words) < RUN:
            return cls((), 0)
        runs = np.zeros(len(words) - RUN + 1, dtype=np.uint64)
        with np.errstate(over="ignore"):
            for n in range(RUN):
                runs = _mixed(runs * _MIX + words[n : len(words) - RUN + 1 + n])
        different = np.unique(runs)
        return cls(tuple(int(h) for h in different[:KEPT]), len(different))

    @classmethod
    def of_report(cls, report: Report) -> Sketch:
        """The sketch of a report's running text: menus and notices of one site would make copies of all its pages."""
        return cls.of("\n".join(report.text[b.start : b.end] for b in report.blocks if b.kind in CODED_BLOCKS))

    def bands(self) -> tuple[str, ...]:
        """What the text is kept and looked up under; none for a text too short to be a copy."""
        return tuple(f"{number:016x}" for number in self.hashes[:BANDS]) if self.runs >= FEWEST else ()


def contained(a: Sketch, b: Sketch) -> float:
    """The share of the shorter text's runs that stand in the longer one too, 0 to 1, estimated."""
    if not a.runs or not b.runs:
        return 0.0
    # Both sketches hold every hash of their text up to the smaller of their last ones (all where it is kept whole).
    end = min(_end(a), _end(b))
    ours, theirs = ({h for h in s.hashes if h <= end} for s in (a, b))
    both = len(ours & theirs)
    shorter = min(len(ours), len(theirs))
    return both / shorter if shorter else 0.0


def is_copy(a: Sketch, b: Sketch) -> bool:
    """Whether one text repeats most of the other. Which is the original is not told by the words."""
    return a.runs >= FEWEST and b.runs >= FEWEST and contained(a, b) >= LEAST


def copies(sketches: Iterable[tuple[str, Sketch]]) -> dict[str, str]:
    """The first of its copies, in the order given, for each id: itself where the text is new.

    A copy of a copy is a copy of the first. Give reports in order of publication.
    """
    found: dict[str, str] = {}
    known: dict[str, Sketch] = {}
    under: dict[str, list[str]] = {}
    for id, sketch in sketches:
        near = dict.fromkeys(other for key in sketch.bands() for other in under.get(key, ()))
        original = next((found[other] for other in near if is_copy(sketch, known[other])), id)
        found[id] = original
        if original == id:
            known[id] = sketch
            for key in sketch.bands():
                under.setdefault(key, []).append(id)
    return found


def _end(sketch: Sketch) -> int:
    return sketch.hashes[-1] if sketch.runs > len(sketch.hashes) else _WHOLE


def _mixed(values: np.ndarray) -> np.ndarray:
    """The finaliser of splitmix64 (Steele, Lea and Flood 2014), wrapping."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: np.ndarray = values ^ (values >> np.uint64(31))
    return mixed


@lru_cache(maxsize=50_000)
def _hash(word: str) -> int:
    """FNV-1a, 64 bits: the same on every machine, as Python's own is not."""
    value = _FNV_START
    for byte in word.encode("utf-8", "surrogatepass"):
        value = (value ^ byte) * _FNV_PRIME & _WHOLE
    return value
