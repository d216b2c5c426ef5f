"""Fits the weights of ``dateline.link.pairs.score``: what speaks for two mentions being one event.

Two logistic regressions on pairs of coded mentions that can be one event: of the subjects of two reports
(``incidents/gva``, the incidents of even number, and ``coref/ecb_train`` where both mentions are their reports'
subjects), and of other mentions of two reports (the same, all pairs of ``coref/ecb_train``, and those of hand-coded
reports). Which events of hand-coded reports are one, a reader said (a large language model, which read four lists of
them without any program's output): ``told_alike.jsonl`` holds the lists, by the names of the reports and of their
events. The directory in DATELINE_DATA holds what people annotated; the codings, in dateline's JSON Lines, are made
beforehand, those of hand-coded reports by trees that did not learn them:

    DATELINE_DATA=... python -m training.links --gva CODED.jsonl --ecb CODED.jsonl --told CODED.jsonl
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.tasks.linking import main_mention
from scipy.optimize import minimize

from dateline.form import from_json
from dateline.link.mentions import mentions
from dateline.link.model import Mention
from dateline.link.pairs.features import SUBJECTS, comparable, features, scene_likeness
from dateline.link.pairs.score import Scorer, conflict
from dateline.model import Coding
from training.reports import gold

TOLD_ALIKE = Path(__file__).with_name("told_alike.jsonl")
OUT = Path(__file__).parents[1] / "src/dateline/data/link_weights.tsv"
RIDGE = 1.0
LEAST_ALIKE = 0.06
"""Reports of incidents whose beginnings are less alike are no example: they are not compared either."""
EXCERPTS = 0.3
"""How much a pair of subjects of ``coref`` counts: they are excerpts without dates, not whole reports."""
ONE = 5.0
"""How much a pair of one event of hand-coded reports counts: they are few among the thousands that are two events."""
HEADER = """\
# What each feature of two mentions (dateline.link.pairs.features) is worth in log odds that they are one event, fitted
# by training/links.py. "subjects: " stands before those of the subjects of two reports.
"""
Example = tuple[dict[str, float], bool, float]
"""Features, whether it is one event, and how much the example counts."""


def codings(path: Path) -> Iterator[Coding]:
    """The codings of a file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield from_json(line)


def annotated(name: str) -> dict[str, dict]:
    """The annotated records of a file by id."""
    with gzip.open(Path(os.environ["DATELINE_DATA"]) / name, "rt", encoding="utf-8") as lines:
        return {record["id"]: record for record in map(json.loads, lines)}


def incident_pairs(path: Path) -> Iterator[Example]:
    """Pairs of the main mentions of reports of shootings. Every report counts once for its own incident."""
    gold = annotated("incidents/gva.jsonl.gz")
    scorer = Scorer({})
    chosen: list[tuple[Mention, str]] = []
    for coding in codings(path):
        incident = gold[coding.report.id]["incident"]
        if int(incident) % 2 == 0:
            chosen.append((main_mention(coding), incident))
    sizes = Counter(incident for _, incident in chosen)
    ready = [scorer.ready(mention) for mention, _ in chosen]
    for n, (_, incident) in enumerate(chosen):
        for m in range(n):
            possible = conflict(chosen[n][0], chosen[m][0]) is None
            if possible and scene_likeness(ready[n].scene, ready[m].scene) > LEAST_ALIKE:
                same = chosen[m][1] == incident
                yield features(ready[n], ready[m]), same, 1 / (sizes[incident] - 1) if same else 1.0


def chain_pairs(path: Path) -> Iterator[Example]:
    """Pairs of mentions of one topic whose event words people marked, within and across reports."""
    gold = annotated("coref/ecb_train.jsonl.gz")
    scorer = Scorer({})
    topics: dict[str, list[tuple[Mention, str]]] = defaultdict(list)
    for coding in codings(path):
        record = gold[coding.report.id]
        for mention, event in zip(mentions(coding), coding.events, strict=True):
            word = event.trigger
            chains = [m["chain"] for m in record["mentions"] if m["start"] < word.end and word.start < m["end"]]
            if chains:
                topics[record["topic"]].append((mention, chains[0]))
    for found in topics.values():
        for n, (mention, chain) in enumerate(found):
            for other, other_chain in found[:n]:
                count = EXCERPTS if mention.subject and other.subject else 1.0
                a, b = scorer.ready(mention), scorer.ready(other)
                if comparable(a, b) and conflict(mention, other) is None:
                    yield features(a, b), chain == other_chain, count


def told_pairs(path: Path) -> Iterator[Example]:
    """Pairs of mentions of hand-coded reports that tell some event. Each counts once for its own event."""
    records = {record["id"]: record for record in gold(Path(os.environ["DATELINE_DATA"]))}
    coded = {coding.report.id: coding for coding in codings(path)}
    scorer = Scorer({})
    for line in TOLD_ALIKE.read_text(encoding="utf-8").splitlines():
        listed = json.loads(line)
        group = {member: n for n, members in enumerate(listed["groups"]) for member in members}
        found = [
            (mention, {group[name] for name in told if name in group})
            for report in listed["reports"]
            if report in coded
            for mention, told in _told(coded[report], records[report])
            if told
        ]
        sizes = Counter(n for _, groups in found for n in groups)
        for n, (mention, groups) in enumerate(found):
            for other, others in found[:n]:
                a, b = scorer.ready(mention), scorer.ready(other)
                if mention.report != other.report and comparable(a, b) and conflict(mention, other) is None:
                    same = groups & others
                    yield features(a, b), bool(same), max((ONE / (sizes[k] - 1) for k in same), default=1.0)


def _told(coding: Coding, record: Mapping[str, Any]) -> Iterator[tuple[Mention, list[str]]]:
    """Each mention of a coding, with the names of the hand-coded events that one of its tellings tells."""
    for mention, event in zip(mentions(coding), coding.events, strict=True):
        yield (
            mention,
            [
                f"{record['id']}:{one['id']}"
                for one in record["events"]
                if any(
                    t["start"] < span.end and span.start < t["end"]
                    for t in one["triggers"]
                    for span in (event.trigger, *event.tellings)
                )
            ],
        )


def fit(examples: Iterable[Example]) -> dict[str, float]:
    """Ridge-penalised logistic regression."""
    rows = list(examples)
    names = sorted({name for found, _, _ in rows for name in found})
    index = {name: n for n, name in enumerate(names)}
    values = np.zeros((len(rows), len(names)))
    for n, (found, _, _) in enumerate(rows):
        for name, value in found.items():
            values[n, index[name]] = value
    truth = np.array([same for _, same, _ in rows], dtype=float)
    counts = np.array([count for _, _, count in rows])

    def loss(worth: np.ndarray) -> tuple[float, np.ndarray]:
        chance = 1 / (1 + np.exp(-(values @ worth)))
        likelihood = truth * np.log(chance + 1e-12) + (1 - truth) * np.log(1 - chance + 1e-12)
        slope = values.T @ (counts * (chance - truth)) + RIDGE * worth
        return -(counts * likelihood).sum() + RIDGE * (worth @ worth) / 2, slope

    worth = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return {name: round(float(worth[n]), 2) for name, n in index.items()}


def plain(examples: Iterable[Example]) -> Iterator[Example]:
    """The examples as if they were not of subjects."""
    for found, same, count in examples:
        yield {name.removeprefix(SUBJECTS): value for name, value in found.items()}, same, count


def main() -> None:
    """Fits and writes the table."""
    parser = argparse.ArgumentParser(description="Fit the weights of linking.")
    parser.add_argument("--gva", type=Path, required=True, help="codings of incidents/gva")
    parser.add_argument("--ecb", type=Path, required=True, help="codings of coref/ecb_train")
    parser.add_argument("--told", type=Path, required=True, help="codings of the hand-coded reports")
    given = parser.parse_args()
    examples = [*incident_pairs(given.gva), *chain_pairs(given.ecb), *told_pairs(given.told)]
    worths = fit(example for example in examples if f"{SUBJECTS}bias" in example[0]) | fit(plain(examples))
    body = "".join(f"{name}\t{worth}\n" for name, worth in sorted(worths.items()) if abs(worth) >= 0.05)
    OUT.write_text(HEADER + body, encoding="utf-8")


if __name__ == "__main__":
    main()
