"""How far the encoder's chances can be taken at their word: expected calibration errors on annotated reports.

Of word pieces, the chance of the likeliest tag against whether people gave the piece that tag. Of attributions, the
chance that a coding gives in its ``because`` against whether people marked one with the same content: one of which at
least half of the words of both together are shared, each matched once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from training.calibration import binned_error, calibration_error, tag_chances
from training.data import read

from benchmarks.tasks import attribution
from benchmarks.tools import Record, Tools
from dateline.coder.attribution.chains import PUBLISHER_VOICE
from dateline.evaluate.words import best_pairs
from dateline.model import Attribution

FILE = "attribution/dev.jsonl"
CHANCE = re.compile(r"^encoder.* \((?P<chance>[01]\.\d\d)\)$")
WORD = re.compile(r"\w+|[^\w\s]")
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
        found = [a for a in coding.attributions if a.content and a.parent in (None, PUBLISHER_VOICE)]
        mine = [_words(record["text"], ((s.start, s.end) for s in a.content)) for a in found]
        gold = [_words(record["text"], a["content"]) for a in record["attributions"]]
        matched = {j for _, j in best_pairs(_alike(gold, mine))}
        for n, one in enumerate(found):
            chance = chance_of(one)
            if chance is not None:
                yield chance, n in matched


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
