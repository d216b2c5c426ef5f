"""Fits ``benchmarks.coreference.find``: a projection of the encoder's vectors, and the trees that judge pairs of words.

From the event words that people marked and chained in ``coref/ecb_train`` of the directory in DATELINE_DATA. The
projection and the first look are also fitted without each fifth of the groups of reports in turn, so that what the
next step is fitted on looks as it will on reports nobody has seen. With ``--folds`` nothing is written: the topics are
taken in three pools, each judged by what the other two taught.

    DATELINE_DATA=... python -m training.coreference [--folds]

Needs torch and scikit-learn.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from benchmarks.annotated import read
from benchmarks.coreference.features import Group, pair_features, second_look
from benchmarks.coreference.find import story_groups
from benchmarks.coreference.groups import groups
from benchmarks.coreference.model import Trees
from benchmarks.tasks.coref import INPUTS, marked
from benchmarks.tools import Tools
from sklearn.ensemble import HistGradientBoostingClassifier

OUT = Path(__file__).parents[1] / "benchmarks/coreference/coreference.npz"
POOLS = 3
"""Topics are taken in so many pools: features depend on what else is in a pool, and those of use are not larger."""
PARTS = 5
WIDTH, EPOCHS, RATE, DECAY, DROP = 48, 15, 2e-3, 0.05, 0.2
FIRST = {"max_iter": 120, "learning_rate": 0.08, "max_leaf_nodes": 12, "min_samples_leaf": 60, "l2_regularization": 5}
SECOND = {"max_iter": 80, "learning_rate": 0.08, "max_leaf_nodes": 8, "min_samples_leaf": 100, "l2_regularization": 5}
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5)
THRESHOLD = 0.4
"""Over the three pools 0.35 is as good; of the two, the one that keeps more events apart."""


@dataclass
class Example:
    """A group of reports with the chain of each word, and its features as they are made."""

    group: Group
    chains: np.ndarray
    features: dict[str, np.ndarray] = field(default_factory=dict)
    second: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def same(self) -> np.ndarray:
        """Whether two words are of one chain, above the diagonal."""
        return (self.chains[:, None] == self.chains[None, :])[np.triu_indices(len(self.chains), 1)]


def pools() -> Iterator[list[Example]]:
    """The groups of each pool of topics."""
    path = Path(os.environ["DATELINE_DATA"]) / "coref/ecb_train.jsonl.gz"
    records = list(read(path))
    reports = list(marked(({key: record[key] for key in INPUTS} for record in records), Tools(path.parent)))
    chain = {(r["id"], m["start"], m["end"]): m["chain"] for r in records for m in r["mentions"]}
    number = {name: n for n, name in enumerate(sorted(set(chain.values())))}
    topics = sorted({record["topic"] for record in records}, key=lambda topic: int(topic.removeprefix("ecb")))
    for pool in range(POOLS):
        chosen = [
            report
            for record, report in zip(records, reports, strict=True)
            if topics.index(record["topic"]) % POOLS == pool
        ]
        yield [
            Example(group, np.array([number[chain[w.report, w.start, w.end]] for w in group.words]))
            for group in story_groups(chosen)
        ]


def vectors(group: Group) -> torch.Tensor:
    """What the projection is of [words, 1152]."""
    return torch.tensor(np.stack([np.concatenate([w.vector, w.alone, w.around]) for w in group.words]))


def projection(examples: Sequence[Example]) -> np.ndarray:
    """A projection after which words of one chain have like vectors: logistic loss on cosines, all pairs of a group."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    net = torch.nn.Linear(len(vectors(examples[0].group)[0]), WIDTH, bias=False)
    line = torch.nn.Parameter(torch.tensor([8.0, -4.0]))
    dropped = torch.nn.Dropout(DROP)
    optimiser = torch.optim.AdamW([*net.parameters(), line], lr=RATE, weight_decay=DECAY)
    ready = [(vectors(e.group), torch.tensor(e.same).float()) for e in examples if len(e.chains) > 2]
    for epoch in range(EPOCHS):
        for n in np.random.RandomState(epoch).permutation(len(ready)):
            given, same = ready[n]
            made = torch.nn.functional.normalize(net(dropped(given)), dim=1)
            upper = torch.triu_indices(len(made), len(made), 1)
            scores = (made @ made.T)[upper[0], upper[1]] * line[0] + line[1]
            loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, same)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return net.weight.detach().numpy().T.copy()


def rounded(weights: np.ndarray) -> tuple[np.ndarray, np.float32]:
    """As eight-bit numbers and their scale."""
    scale = np.float32(np.abs(weights).max() / 127)
    return np.round(weights / scale).astype(np.int8), scale


def trees(examples: Sequence[Example], kind: str, settings: dict[str, Any]) -> Trees:
    """Trees on the examples' features or on these with the second look's."""
    rows = [e.features if kind == "first" else e.features | e.second for e in examples]
    names = tuple(rows[0])
    values = np.concatenate(
        [
            np.stack([r[n][np.triu_indices(len(e.chains), 1)] for n in names], 1)
            for r, e in zip(rows, examples, strict=True)
        ]
    )
    fitted = HistGradientBoostingClassifier(random_state=0, **settings).fit(
        values, np.concatenate([e.same for e in examples])
    )
    nodes = [step[0].nodes for step in fitted._predictors]
    roots = np.cumsum([0, *(len(table) for table in nodes[:-1])])
    table = np.concatenate(nodes)
    shift = np.repeat(roots, [len(one) for one in nodes])
    leaf = table["is_leaf"].astype(bool)
    return Trees(
        names,
        float(fitted._baseline_prediction.ravel()[0]),
        roots.astype(np.uint16),
        np.where(leaf, -1, table["feature_idx"]).astype(np.int8),
        np.where(leaf, 0, table["num_threshold"]).astype(np.float32),
        np.where(leaf, 0, table["left"] + shift).astype(np.uint16),
        np.where(leaf, 0, table["right"] + shift).astype(np.uint16),
        np.where(leaf, table["value"], 0).astype(np.float32),
    )


def fit(examples: Sequence[Example]) -> tuple[np.ndarray, Trees, Trees]:
    """All three, each fitted on what the one before makes of examples it has not seen."""
    for kept, others in _parts(examples):
        made = projection(others)
        for example in kept:
            example.features = pair_features(example.group, made)
    for kept, others in _parts(examples):
        look = trees(others, "first", FIRST)
        for example in kept:
            example.second = second_look(look.chances(example.features))
    return projection(examples), trees(examples, "first", FIRST), trees(examples, "second", SECOND)


def _parts(examples: Sequence[Example]) -> Iterator[tuple[list[Example], list[Example]]]:
    for part in range(PARTS):
        kept = [example for n, example in enumerate(examples) if n % PARTS == part]
        yield kept, [example for n, example in enumerate(examples) if n % PARTS != part]


Chains = dict[tuple[int, int], Any]


def folds(measure: Callable[[Chains, Chains], float]) -> None:
    """Prints what the measure makes of each pool's true and found chains, judged by what the others taught."""
    given = list(pools())
    for n, pool in enumerate(given):
        made, first, second = fit([example for m, other in enumerate(given) if m != n for example in other])
        for threshold in THRESHOLDS:
            true: Chains = {}
            found: Chains = {}
            for g, example in enumerate(pool):
                features = pair_features(example.group, made)
                chances = second.chances(features | second_look(first.chances(features)))
                true |= {(g, k): chain for k, chain in enumerate(example.chains.tolist())}
                found |= {(g, k): (g, of) for k, of in enumerate(groups(chances, threshold).tolist())}
            print(f"pool {n}, threshold {threshold}: {measure(true, found):.4f}", flush=True)


def b_cubed(true: Chains, found: Chains) -> float:
    """B-cubed F1 (Bagga and Baldwin 1998)."""
    of = [{}, {}]
    for side, chains in zip(of, (true, found), strict=True):
        for word, chain in chains.items():
            side.setdefault(chain, set()).add(word)
    shared = {word: len(of[0][true[word]] & of[1][found[word]]) for word in true}
    recall = sum(n / len(of[0][true[word]]) for word, n in shared.items()) / len(true)
    precision = sum(n / len(of[1][found[word]]) for word, n in shared.items()) / len(true)
    return 2 * precision * recall / (precision + recall)


def write(made: np.ndarray, looks: dict[str, Trees]) -> None:
    """The file of the package."""
    weights, scale = rounded(made)
    table: dict[str, Any] = {"projection": weights, "scale": scale, "threshold": np.float32(THRESHOLD)}
    for name, look in looks.items():
        table[f"{name} names"] = np.frombuffer("\n".join(look.names).encode(), np.uint8)
        for key in ("base", "roots", "feature", "bound", "yes", "no", "value"):
            table[f"{name} {key}"] = getattr(look, key)
    np.savez_compressed(OUT, **table)
    print(f"{OUT.name}: {OUT.stat().st_size} bytes")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Fit the weights of coreference.")
    parser.add_argument("--folds", action="store_true", help="measure by pools of topics; write nothing")
    if parser.parse_args().folds:
        folds(b_cubed)
        return
    made, first, second = fit([example for pool in pools() for example in pool])
    write(made, {"first": first, "second": second})


if __name__ == "__main__":
    main()
