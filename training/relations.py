"""The second phase: what one party does to another, learnt from annotated pairs and from the codebook's own examples.

An annotated class that the codebook divides (YIELD: CONCEDE or RETREAT) allows each of its parts, so that the
examples teach which is which.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from benchmarks.annotated import read
from tokenizers import Tokenizer

from dateline.codebook import load_codebook
from dateline.coder.encoder.pieces import without_names
from dateline.coder.relation.types import first_of
from training.data import Item, Record, batches, relation_item, swapped
from training.network import Network, padded

PARTS = {"YIELD": ("CONCEDE", "RETREAT")}
FOLDS = 5
BATCH_PIECES = 2048
EPOCHS = 10
SWAPPED = 0.6
"""The share of sentences whose two sides are renamed, anew in each epoch."""


def roots() -> tuple[str, ...]:
    """The types of the built-in codebook, in its order."""
    return tuple(kind.name for kind in load_codebook("plover").types)


def gold(data: Path) -> list[Record]:
    """The annotated pairs, each with the types it may be of."""
    rows = read(data / "relation_typing" / "train.jsonl")
    return [{**record, "roots": PARTS.get(record["root"], (record["root"],))} for record in rows]


def codebook_pairs() -> list[Record]:
    """The codebook's worked examples as pairs: the words it expects as actor and recipient, found in their sentence."""
    found: list[Record] = []
    for kind in load_codebook("plover").types:
        for n, example in enumerate(kind.examples):
            for event in example.expect:
                source, target = first_of(example.text, event.actors), first_of(example.text, event.recipients)
                if source or target:
                    name = f"{kind.name}-{n}"
                    found.append(
                        {"id": name, "text": example.text, "source": source, "target": target, "roots": (kind.name,)}
                    )
    return found


def fold_of(record: Record) -> int:
    """The fold of a sentence, by its letters alone: the same sentence with other marks goes to the same one."""
    letters = re.sub(r"\W+", "", record["text"].lower())
    return int(hashlib.sha256(letters.encode()).hexdigest(), 16) % FOLDS


def plan(pairs: Sequence[Record], tokenizer: Tokenizer, seed: int) -> Iterator[list[Item]]:
    """Batches of pairs, renamed anew in each epoch."""
    kinds, names = roots(), names_of(pairs)
    for epoch in range(EPOCHS):
        chance = random.Random(seed * 1000 + epoch)
        shown = [swapped(p, names, chance) if chance.random() < SWAPPED else p for p in pairs]
        yield from batches([relation_item(p, kinds, tokenizer) for p in shown], BATCH_PIECES, chance)


def mixed(plan: Sequence[list[Item]], others: Sequence[list[Item]]) -> Iterator[list[Item]]:
    """The plan with batches of the first phase spread through it, so that what they taught is not forgotten."""
    done = 0
    for n, batch in enumerate(plan, start=1):
        yield batch
        until = n * len(others) // len(plan)
        yield from others[done:until]
        done = until


def names_of(pairs: Sequence[Record]) -> list[str]:
    """The words for sources and targets, to rename others by."""
    return sorted({p["text"][p[k][0] : p[k][1]] for p in pairs for k in ("source", "target") if p.get(k)})


@torch.no_grad()
def scores(network: Network, pairs: Sequence[Record], tokenizer: Tokenizer) -> torch.Tensor:
    """The network's scores for pairs: [pairs, roots], in their order."""
    network.eval()
    kinds = roots()
    found = []
    for pair in pairs:
        item = relation_item(unnamed(pair), kinds, tokenizer)
        pieces = padded([item.pieces], 0)
        mask = padded([[1] * len(item.pieces)], 0)
        pooled = network.pooled(network.hidden(pieces, mask), mask, torch.tensor([item.spans]))
        found.append(network.pair(pooled)[1][0])
    return torch.stack(found)


def unnamed(pair: Record) -> Record:
    """The pair as it is read when it is typed: with both sides called alike."""
    source, target = (tuple(pair[k]) if pair.get(k) else None for k in ("source", "target"))
    text, source, target = without_names(pair["text"], source, target)
    return {**pair, "text": text, "source": source, "target": target}
