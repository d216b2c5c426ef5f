"""How far the encoder's chances can be taken at their word: expected calibration errors on annotated reports.

Of word pieces, the chance of the likeliest tag against whether people gave the piece that tag. Of attributions, the
chance that a coding gives in its ``because`` against whether people marked one with the same content: one of which at
least half of the words of both together are shared, each matched once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.annotated import read, tags
from benchmarks.tasks import attribution
from benchmarks.tools import Record, Tools
from dateline.coder.encoder.network import Encoder
from dateline.coder.encoder.pieces import TAGS, pieces_of
from dateline.evaluate.words import best_pairs
from dateline.model import Attribution

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

FILE = "attribution/dev.jsonl"
CHANCE = re.compile(r"^encoder.* \((?P<chance>[01]\.\d\d)\)$")
WORD = re.compile(r"\w+|[^\w\s]")
BINS = 10
HALF = 0.5
"""The share of words from which on two contents are the same."""


def measure(data: Path) -> dict[str, Any]:
    """The errors, and on how many records, pieces and attributions they were measured."""
    file = data / FILE
    tools = Tools(file.parent)
    records = list(read(file))
    chances, labels = tag_chances(tools.encoder, records)
    sure, right = map(np.array, zip(*attribution_chances(records, tools), strict=True))
    return {
        "tags": {"error": calibration_error(chances, labels), "pieces": len(chances)},
        "attributions": {
            "error": binned_error(sure, right),
            "chance": float(sure.mean()),
            "right": float(right.mean()),
            "number": len(sure),
        },
        "run": {"gold_records": len(records)},
    }


def attribution_chances(records: Sequence[Record], tools: Tools) -> Iterator[tuple[float, bool]]:
    """The chance of every outermost attribution that the encoder proposed, and whether people marked it."""
    asked = ({key: record[key] for key in attribution.INPUTS if key in record} for record in records)
    for record, coding in zip(records, tools.codings(asked), strict=True):
        if coding is None:
            continue
        found = list(attribution.outermost(coding))
        mine = [_words(record["text"], ((s.start, s.end) for s in content)) for _, content in found]
        gold = [_words(record["text"], a["content"]) for a in record["attributions"]]
        matched = {j for _, j in best_pairs(_alike(gold, mine))}
        for n, (one, _) in enumerate(found):
            chance = chance_of(one)
            if chance is not None:
                yield chance, n in matched


def tag_chances(encoder: Encoder, records: Iterable[Record]) -> tuple[Floats, Floats]:
    """The encoder's chances of each tag and the annotated tags as ones and zeros, both [pieces, tags]."""
    chances, labels = [], []
    for record in records:
        text = record["text"]
        pieces = pieces_of(text, [(0, len(text))], encoder.tokenizer)
        found = encoder.read_pieces(pieces)
        chances.append(found.tags)
        labels.append(np.eye(len(TAGS))[tags(pieces, record["attributions"])])
    return np.concatenate(chances), np.concatenate(labels)


def calibration_error(chances: Any, labels: Any, bins: int = BINS) -> float:
    """The expected calibration error of the likeliest class; ``chances`` and ``labels`` are [items, classes]."""
    best = chances.argmax(axis=1)
    return binned_error(chances.max(axis=1), labels[np.arange(len(best)), best], bins)


def binned_error(sure: Any, right: Any, bins: int = BINS) -> float:
    """The mean distance of chance and share of right answers over equally wide bins, weighted by their size."""
    bin_of = np.minimum((sure * bins).astype(int), bins - 1)
    sums = [abs(sure[bin_of == b].sum() - right[bin_of == b].sum()) for b in range(bins)]
    return float(sum(sums) / len(sure))


def chance_of(found: Attribution) -> float | None:
    """How sure the encoder was, as the attribution's reason says; None where the rules alone found it."""
    match = next((m for because in found.because if (m := CHANCE.match(because.rule))), None)
    return float(match["chance"]) if match else None


def _alike(gold: Sequence[frozenset[int]], mine: Sequence[frozenset[int]]) -> Iterator[tuple[tuple[float], int, int]]:
    for i, wanted in enumerate(gold):
        for j, given in enumerate(mine):
            share = len(wanted & given) / (len(wanted | given) or 1)
            if share >= HALF:
                yield (share,), i, j


def _words(text: str, spans: Iterable[Sequence[int]]) -> frozenset[int]:
    """Where the words and marks begin that share a character with one of the spans."""
    parts = list(spans)
    return frozenset(
        word.start() for word in WORD.finditer(text) if any(a < word.end() and word.start() < b for a, b in parts)
    )
