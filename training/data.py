"""Annotated records to what the network learns from: windows of word pieces with tags and event words."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.annotated import Record, covered, tags
from tokenizers import Tokenizer

from dateline.coder.encoder.pieces import (
    WINDOW,
    MarkedPair,
    Pieces,
    marked_pair,
    pieces_of,
    wrapped,
)

IGNORED = -100
STEP = 64


@dataclass(slots=True)
class Item:
    """One input of the network: word pieces and what they should give; an empty list gives nothing to learn."""

    pieces: list[int]
    tags: list[int] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    spans: tuple[tuple[int, int], tuple[int, int]] | None = None
    roots: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Document:
    """A text's pieces with a label a piece; a window of them is an :class:`Item`."""

    pieces: Pieces
    tags: list[int]
    events: list[int]


def document(
    text: str,
    tokenizer: Tokenizer,
    attributions: Iterable[Record] | None,
    events: Sequence[Sequence[int]] | None,
) -> Document:
    """The labels of a text: what each piece is to an attribution, and whether it is an event word."""
    pieces = pieces_of(text, [(0, len(text))], tokenizer)
    marks = [0] * len(pieces) if events is not None else []
    for start, end in events or ():
        for at in covered(pieces, start, end):
            marks[at] = 1
    return Document(pieces, tags(pieces, attributions) if attributions is not None else [], marks)


def cut(document: Document, offset: int, tokenizer: Tokenizer) -> Iterator[Item]:
    """Windows side by side over a document, the first one ``offset`` pieces short: so each epoch cuts elsewhere."""
    size = WINDOW - 2
    first, total = 0, len(document.pieces)
    last = min(total, size - offset if offset else size)
    while first < total:
        yield window(document, first, last, tokenizer)
        first, last = last, min(total, last + size)


def window(document: Document, first: int, last: int, tokenizer: Tokenizer) -> Item:
    """The item of the pieces ``[first, last)``."""
    return Item(
        wrapped(document.pieces.ids[first:last], tokenizer),
        tags=_padded(document.tags[first:last]),
        events=_padded(document.events[first:last]),
    )


def relation_item(record: Record, roots: Sequence[str], tokenizer: Tokenizer) -> Item:
    """A sentence with its source and target marked, and the types that the act between them may be of."""
    pair = pair_of(record, tokenizer)
    allowed = [float(root in record["roots"]) for root in roots]
    return Item(pair.ids, spans=(pair.source, pair.target), roots=allowed)


def pair_of(record: Record, tokenizer: Tokenizer) -> MarkedPair:
    """The record's sentence as the encoder reads it."""
    source, target = (tuple(record[k]) if record.get(k) else None for k in ("source", "target"))
    return marked_pair(record["text"], source, target, tokenizer)


def swapped(record: Record, names: Sequence[str], chance: random.Random) -> Record:
    """The record with its source and target renamed, so that who they are does not decide the type."""
    text = record["text"]
    parts = sorted((tuple(record[k]), k) for k in ("source", "target") if record.get(k))
    if len(parts) == 2 and parts[0][0][1] > parts[1][0][0]:
        return record
    out: dict[str, Any] = dict(record)
    made, at = "", 0
    for (start, end), key in parts:
        name = chance.choice(names)
        made += text[at:start]
        out[key] = [len(made), len(made) + len(name)]
        made += name
        at = end
    out["text"] = made + text[at:]
    return out


def batches(items: Sequence[Item], pieces: int, chance: random.Random) -> list[list[Item]]:
    """Items of like length together, about ``pieces`` word pieces a batch, in random order.

    Lengths are rounded up to a few sizes and the batches of a size are equally large: each new shape costs the matrix
    library a second to prepare.
    """
    shelves: dict[int, list[Item]] = {}
    for item in items:
        shelves.setdefault(rounded(len(item.pieces)), []).append(item)
    out: list[list[Item]] = []
    for length, shelf in sorted(shelves.items()):
        chance.shuffle(shelf)
        size = max(1, pieces // length)
        out += [shelf[n : n + size] for n in range(0, len(shelf), size)]
    chance.shuffle(out)
    return out


def rounded(length: int) -> int:
    """The length that so many pieces are padded to."""
    return -(-length // STEP) * STEP


def _padded(labels: Sequence[int]) -> list[int]:
    return [IGNORED, *labels, IGNORED] if labels else []
