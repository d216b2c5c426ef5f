"""The keys of the desk: what each does, and which it is until somebody chooses another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.export.formats.columns import read_facts


@dataclass(frozen=True, slots=True)
class Key:
    """A key. ``shown`` is how it is called: ``a``, ``Space``, ``Ctrl+Enter``."""

    action: str
    shown: str
    words: str


@cache
def keys() -> tuple[Key, ...]:
    """The keys in the order in which they are listed, as ``data/review_keys.tsv`` has them."""
    return tuple(Key(row["action"], row["key"], row["words"]) for row in read_facts("review_keys.tsv"))
