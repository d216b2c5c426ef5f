"""Fits the weights of ``dateline.resolve.places.choose``: which of its namesakes a place name means.

Reads ``toponyms/`` of the directory in DATELINE_DATA and prints the weights in the order of ``FEATURES``; they are
written into the module by hand, rounded, so that a person looks at each. Needs numpy and scipy.

    DATELINE_DATA=... python -m training.places
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from dateline.lang.name_keys import fold
from dateline.resolve.gazetteer.lookup import Gazetteer
from dateline.resolve.gazetteer.points import distance_km
from dateline.resolve.places.choose import FEATURES, ROUNDS, WEIGHTS, Name, Table
from dateline.resolve.places.names import candidates, publisher_names
from dateline.resolve.places.stated import stated_of

NEAR_KM = 161.0
RIDGE = 2.0
PASSES = 4
"""The features of company depend on the weights, so fitting is repeated from its own result."""

Example = tuple[Table, np.ndarray, np.ndarray]
"""The candidates of a report's names, which of them are right, and how often each name stands in the report."""


def examples(directory: Path) -> Iterator[Example]:
    """One example a report."""
    gazetteer = Gazetteer.open()
    lines = gzip.decompress((directory / "lgl.jsonl.gz").read_bytes()).decode().splitlines()
    lines += (directory / "geovirus.jsonl").read_text(encoding="utf-8").splitlines()
    for record in map(json.loads, lines):
        names: dict[str, Name] = {}
        gold: dict[str, list[tuple[float, float]]] = {}
        for toponym in record["toponyms"]:
            key = fold(toponym["quote"])
            entries = candidates(toponym["quote"], gazetteer)
            if key and entries:
                said = stated_of(record["text"], toponym["start"], toponym["end"], gazetteer)
                parents = tuple(entry for one in said for entry in one.parents)
                known = names.get(key, Name(key, entries))
                names[key] = Name(key, known.candidates, known.parents + parents)
                gold.setdefault(key, []).append((toponym["lat"], toponym["lon"]))
        homes = publisher_names(record.get("publisher") or "", gazetteer)
        listed = [*names.values(), *(Name(f"\n{i}", entries) for i, entries in enumerate(homes))]
        if not listed:
            continue
        table = Table(listed)
        right = [
            any(distance_km(entry.point, point) <= NEAR_KM for point in gold.get(listed[owner].key, ()))
            for entry, owner in zip(table.entries, table.owner, strict=True)
        ]
        yield table, np.array(right, dtype=float), np.array([len(gold.get(n.key, ())) for n in listed], dtype=float)


def fit(data: list[Example]) -> np.ndarray:
    """Conditional logistic regression: within each name, the right candidates against the others."""
    weights = np.array(WEIGHTS)
    for _ in range(PASSES):
        prepared = []
        for table, right, times in data:
            chances = table.first(weights)
            for _ in range(ROUNDS - 1):
                chances = table.probabilities(table.features(chances) @ weights)
            prepared.append((table.features(chances), table, right, times))

        def loss(worth: np.ndarray, prepared: list[tuple[np.ndarray, Table, np.ndarray, np.ndarray]] = prepared):
            total, slope = RIDGE * (worth @ worth) / 2, RIDGE * worth
            for features, table, right, times in prepared:
                starts = table.starts[:-1]
                chances = table.probabilities(features @ worth)
                reached = np.maximum(np.add.reduceat(chances * right, starts), 1e-12)
                answerable = (np.add.reduceat(right, starts) > 0) & (np.diff(table.starts) > 1)
                weight = answerable * np.sqrt(times)
                total -= (weight * np.log(reached)).sum()
                pull = chances * right / reached[table.owner] - chances
                slope = slope - ((weight[table.owner] * pull)[:, None] * features).sum(axis=0)
            return total, slope

        weights = minimize(loss, weights, jac=True, method="L-BFGS-B", options={"maxiter": 60}).x
    return weights


def main() -> None:
    """Prints the weights."""
    for name, weight in zip(FEATURES, fit(list(examples(Path(os.environ["DATELINE_DATA"]) / "toponyms"))), strict=True):
        print(f"{weight:6.2f}  {name}")


if __name__ == "__main__":
    main()
