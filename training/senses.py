"""Makes ``benchmarks/coreference/senses.npz``, which words of WordNet mean something near, for coreference.

Kept are verbs, and nouns of acts, events, states and the like, that WordNet found in its tagged texts or that stand in
``word_rarity.tsv``. The folder is that of WordNet's database (``data.verb``, ``index.verb`` and so on):

    python -m training.senses FOLDER
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from math import log
from pathlib import Path

import numpy as np

from dateline.link.pairs.words import rarities

OUT = Path(__file__).parents[1] / "benchmarks/coreference/senses.npz"
HAPPENING = {4, 7, 9, 10, 11, 12, 16, 19, 21, 22, 24, 26}
"""WordNet's own numbers of the files of nouns for acts, attributes, thoughts, talk, events, states and the like."""
SENSES = 5
"""Senses of a word that are kept of each part of speech."""
STEPS = 2
ABOVE, DERIVED = "@$&*^>", "+"
WORD = re.compile(r"[a-z]{3,}")
Sense = tuple[str, str]


def _lines(file: Path) -> Iterator[list[str]]:
    for line in file.read_text(encoding="latin-1").splitlines():
        if not line.startswith("  "):
            yield line.split(" | ")[0].split()


def main(folder: Path) -> None:
    """Writes the table."""
    kind: dict[Sense, int] = {}
    derived: dict[Sense, list[Sense]] = {}
    above: dict[Sense, list[Sense]] = {}
    below: Counter[str] = Counter()
    words: dict[str, dict[str, list[Sense]]] = {}
    tagged: set[str] = set()
    for part in ("noun", "verb", "adj"):
        for fields in _lines(folder / f"data.{part}"):
            sense, at = (part[0], fields[0]), 4 + 2 * int(fields[3], 16)
            kind[sense] = int(fields[1])
            pointers = [fields[at + 1 + 4 * n : at + 5 + 4 * n] for n in range(int(fields[at]))]
            near = [(sign, ("a" if pos == "s" else pos, to)) for sign, to, pos, _ in pointers if pos != "r"]
            derived[sense] = [to for sign, to in near if sign == DERIVED]
            above[sense] = [to for sign, to in near if sign in ABOVE]
            below.update(to for sign, (_, to) in near if sign in "@~")
        for fields in _lines(folder / f"index.{part}"):
            at = 3 + int(fields[3]) + 1
            words.setdefault(fields[0], {})[part[0]] = [(part[0], to) for to in fields[at + 2 :]][:SENSES]
            if int(fields[at + 1]):
                tagged.add(fields[0])
    known = rarities()
    kept = sorted(
        word
        for word, parts in words.items()
        if WORD.fullmatch(word)
        and (word in tagged or word in known)
        and ("v" in parts or any(kind[sense] in HAPPENING for sense in parts.get("n", ())[:3]))
    )
    own = [[(sense, rank) for part in "nva" for rank, sense in enumerate(words[word].get(part, ()))] for word in kept]
    reached = {sense for row in own for sense, _ in row}
    reached |= {to for sense in reached for to in derived[sense]}
    edge = reached
    for _ in range(STEPS):
        edge = {to for sense in edge for to in above[sense]} - reached
        reached |= edge
    number = {sense: n for n, sense in enumerate(sorted(reached))}
    table: dict[str, np.ndarray] = {
        "words": np.frombuffer("\n".join(kept).encode(), np.uint8),
        "rare": np.array([1 / log(3 + below[to]) for _, to in sorted(reached)], np.float16),
    }
    for name, rows in (
        ("senses", [[number[sense] for sense, _ in row] for row in own]),
        ("ranks", [[rank for _, rank in row] for row in own]),
        ("derived", [[number[to] for to in derived[sense] if to in number] for sense in sorted(reached)]),
        ("above", [[number[to] for to in above[sense] if to in number] for sense in sorted(reached)]),
    ):
        wide = np.uint8 if name == "ranks" else np.uint16
        table[name] = np.array([n for row in rows for n in row], wide)
        table[f"{name} length"] = np.array([len(row) for row in rows], np.uint8)
    if len(reached) > np.iinfo(np.uint16).max:
        raise SystemExit(f"{len(reached)} senses: more than the table can number")
    np.savez_compressed(OUT, **table)
    print(f"{len(kept)} words, {len(reached)} senses, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
