"""How large and how deep a marked-up file is, counted before a tree is built of it."""

from __future__ import annotations

from dateline.errors import IntakeError
from dateline.intake.limits import Limits

MAX_DEPTH = 250
"""Nesting of elements: libxml2 drops what lies deeper than 256 without a word."""


class Measure:
    """A parser target that counts the elements of a file and how deep they lie."""

    def __init__(self) -> None:
        self.nodes = self.depth = self.deepest = 0

    def start(self, _tag: str, _attributes: object) -> None:
        """Count an element."""
        self.nodes += 1
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)

    def end(self, _tag: str) -> None:
        """Leave an element."""
        self.depth -= 1

    def close(self) -> Measure:
        """What was counted."""
        return self

    def check(self, limits: Limits, what: str, mend: str) -> None:
        """Raise :class:`IntakeError` where there are more elements, or deeper ones, than may be read."""
        limits.check("nodes", self.nodes, what)
        if self.deepest > MAX_DEPTH:
            raise IntakeError(f"{what} nests its elements {self.deepest:,} deep and is read down to {MAX_DEPTH}", mend)
