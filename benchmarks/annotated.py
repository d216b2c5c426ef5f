"""Annotated records as they are kept, answers and all: for what is measured, or learnt, on word pieces."""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.coder.encoder.pieces import TAGS, Pieces

Record = Mapping[str, Any]


def read(path: Path) -> Iterator[Record]:
    """The records of a JSON Lines file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def tags(pieces: Pieces, attributions: Iterable[Record]) -> list[int]:
    """What each piece is to an attribution, as the number of its tag."""
    found = [0] * len(pieces)
    for attribution in attributions:
        for name in ("cue", "source", "content"):
            for start, end in attribution[name]:
                for n, at in enumerate(covered(pieces, start, end)):
                    found[at] = TAGS.index(("I-" if n else "B-") + name)
    return found


def covered(pieces: Pieces, start: int, end: int) -> list[int]:
    """The pieces that share a character with ``[start, end)``."""
    at = bisect_left(pieces.starts, start)
    while at and pieces.ends[at - 1] > start:
        at -= 1
    found = []
    while at < len(pieces) and pieces.starts[at] < end:
        found.append(at)
        at += 1
    return found
