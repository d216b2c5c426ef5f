"""What a report that comes in is like that is there: the same bytes, the same address, a copy, another version.

Only the same bytes and the same words at the same address add no report. A copy is kept, for another publisher may
have it, and counts with its original; so is a version, which takes the place of the older ones when it is coded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

How = Literal["the same bytes", "the same address", "a copy", "an update", "a correction", "an earlier version"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """The report of the project that another one is like, how, and what share of the shorter one's words both have."""

    report: str
    how: How
    share: float | None = None

    def __str__(self) -> str:
        return self.how if self.share is None else f"{self.how}, {self.share:.0%} of its words".replace("%", " %")


@dataclass(frozen=True, slots=True)
class Added:
    """A report that was put in, or one that was there already; ``like`` is the other one that it is like."""

    id: str
    new: bool
    like: Likeness | None = None
