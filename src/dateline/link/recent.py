"""What was used of late, kept at hand: a bounded memory that forgets what has not been asked for longest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Holds the last ``size`` things that were put in or found, and not more than twice as many.

    They are kept in two halves: where the newer is full, the older is forgotten, and the newer takes its place.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._new: dict[Key, Value] = {}
        self._old: dict[Key, Value] = {}

    def get(self, key: Key) -> Value | None:
        """What was kept under the key; None where it was forgotten, or never there."""
        found = self._new.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.put(key, found)
        return found

    def put(self, key: Key, value: Value) -> None:
        """Keep a value, which is not None, under a key."""
        if len(self._new) >= self._size:
            self._old, self._new = self._new, {}
        self._new[key] = value

    def those(self, keys: Iterable[Key]) -> tuple[dict[Key, Value], list[Key]]:
        """What was kept under some keys, and the keys under which nothing is, each once."""
        found: dict[Key, Value] = {}
        missing = []
        for key in set(keys):
            value = self.get(key)
            if value is None:
                missing.append(key)
            else:
                found[key] = value
        return found, missing
