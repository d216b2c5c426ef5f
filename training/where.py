"""Fits the weights of ``dateline.coder.placing.where``: which name of a sentence is the place of an event word.

Reads ``event_location/train.jsonl.gz`` of the directory in DATELINE_DATA and writes the table that the package ships.
Half of the records are fitted (every second one), so that the other half can be measured. Needs numpy and scipy.

    DATELINE_DATA=... python -m training.where
"""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from dateline.coder.placing.name_groups import name_groups
from dateline.coder.placing.where import kind_reader
from dateline.coder.syntax.parse import parse_many
from dateline.lang.en.pipeline import load_pipeline
from dateline.lang.en.placing.features import features
from dateline.lang.en.placing.names import name_spans
from dateline.model import Block, Report
from dateline.resolve.gazetteer.lookup import Gazetteer

OUT = Path(__file__).parents[1] / "src/dateline/data/where_weights.tsv"
RIDGE = 3.0
RAREST = 30
"""A feature seen less often than this is left out."""
HEADER = """# What each feature of an event word and a place name is worth (dateline.lang.en.placing.features),
# fitted by training/where.py: a logistic regression, so worths add up to the log odds that the name is the event's
# place.
"""


def examples(records: list[dict]) -> Iterator[tuple[list[str], bool]]:
    """The features of every pair of event word and name, and whether people marked the name as the place."""
    kind_of = kind_reader(Gazetteer.open())
    reports = [
        Report(str(i), r["text"], blocks=(Block(0, len(r["text"]), "paragraph"),)) for i, r in enumerate(records)
    ]
    for record, parse in zip(records, parse_many(reports, load_pipeline()), strict=True):
        word = parse.doc.char_span(*record["event"], alignment_mode="expand")
        if word is None:
            continue
        trigger = word.root
        spans = name_spans(trigger.sent)
        groups = name_groups(spans)
        firsts = [spans[g.first] for g in groups]
        for group, first in zip(groups, firsts, strict=True):
            right = any(
                spans[i].start_char < end and start < spans[i].end_char
                for i in group.members
                for start, end in record["places"]
            )
            yield features(trigger, first, firsts, kind_of(first.text)), right


def fit(pairs: list[tuple[list[str], bool]]) -> dict[str, float]:
    """Ridge-penalised logistic regression on the features' presence."""
    seen = Counter(name for names, _ in pairs for name in names)
    index = {name: i for i, name in enumerate(sorted(n for n, count in seen.items() if count >= RAREST))}
    rows = [[index[n] for n in names if n in index] for names, _ in pairs]
    truth = np.array([right for _, right in pairs], dtype=float)
    columns = np.concatenate([np.array(r, dtype=int) for r in rows])
    owner = np.repeat(np.arange(len(rows)), [len(r) for r in rows])

    def loss(worth: np.ndarray) -> tuple[float, np.ndarray]:
        scores = np.bincount(owner, weights=worth[columns], minlength=len(rows))
        chance = 1 / (1 + np.exp(-scores))
        likelihood = truth * np.log(chance + 1e-12) + (1 - truth) * np.log(1 - chance + 1e-12)
        slope = np.bincount(columns, weights=(chance - truth)[owner], minlength=len(index)) + RIDGE * worth
        return -likelihood.sum() + RIDGE * (worth @ worth) / 2, slope

    worth = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {name: round(float(worth[i]), 2) for name, i in index.items()}


def main() -> None:
    """Fits and writes the table."""
    source = Path(os.environ["DATELINE_DATA"]) / "event_location" / "train.jsonl.gz"
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines][::2]
    worths = fit(list(examples(records)))
    body = "".join(f"{name}\t{worth}\n" for name, worth in sorted(worths.items()) if abs(worth) >= 0.05)
    OUT.write_text(HEADER + body, encoding="utf-8")


if __name__ == "__main__":
    main()
