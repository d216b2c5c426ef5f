"""The first phase: attributions and event words, over whole documents."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from benchmarks.annotated import read
from tokenizers import Tokenizer

from dateline.coder.encoder.pieces import WINDOW
from training.data import Document, Item, batches, cut, document

BATCH_PIECES = 4096
HELD_OUT = 20
"""Every so many documents one is kept from training, to choose and to calibrate by; the dev part is never read."""

EPOCHS = 5
OTHER_EPOCHS = (1,)
"""The epochs in which the texts that only have event words are read too."""


def documents(data: Path, silver: Path, tokenizer: Tokenizer) -> tuple[list[Document], list[Document]]:
    """Documents with attributions and event words, and those with event words alone."""
    events = {record["id"]: record for record in read(silver)}
    whole, others = [], []
    for n, record in enumerate(read(data / "attribution" / "train.jsonl.gz")):
        found = events.pop(f"attribution/{record['id']}", None)
        triggers = [e["trigger"] for e in found["events"]] if found else None
        if n % HELD_OUT:
            whole.append(document(record["text"], tokenizer, record["attributions"], triggers))
    for name, record in events.items():
        if not name.startswith("relation_typing/"):
            others.append(document(record["text"], tokenizer, None, [e["trigger"] for e in record["events"]]))
    return whole, others


def plan(whole: Sequence[Document], others: Sequence[Document], tokenizer: Tokenizer, seed: int) -> list[list[Item]]:
    """The batches of all epochs, in an order that depends on the seed alone."""
    made: list[list[Item]] = []
    for epoch in range(EPOCHS):
        chance = random.Random(seed * 1000 + epoch)
        found = epoch_of(whole, tokenizer, chance)
        if epoch in OTHER_EPOCHS:
            found += epoch_of(others, tokenizer, chance)
            chance.shuffle(found)
        made += found
    return made


def epoch_of(documents: Sequence[Document], tokenizer: Tokenizer, chance: random.Random) -> list[list[Item]]:
    """Every document once, cut anew."""
    items = [item for one in documents for item in cut(one, chance.randrange(WINDOW - 2), tokenizer)]
    return batches(items, BATCH_PIECES, chance)
