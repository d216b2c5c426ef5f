"""The further figures of a row, as the sheet of codings writes them in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from dateline.errors import SheetError
from dateline.evaluate.model import COUNT_KINDS
from dateline.export.formats.columns import SEPARATOR
from dateline.model import CountKind

_KINDS = "|".join(COUNT_KINDS)
_BOUNDS = r"(?:low (?P<low>\d+))?(?:, )?(?:best (?P<best>\d+))?(?:, )?(?:high (?P<high>\d+))?"
_FIGURE = re.compile(rf"(?P<kind>{_KINDS}): {_BOUNDS} ?“(?P<words>.*)”, according to (?P<told>.*)", re.S | re.ASCII)
# A speaker's or the report's own words may hold the bar that parts two figures.
_BETWEEN = re.compile(rf"{re.escape(SEPARATOR)}(?=(?:{_KINDS}): (?:(?:low|best|high) \d|“))")


@dataclass(frozen=True, slots=True)
class Figure:
    """One of them: how many of what kind, in which words, and whose figure it is."""

    kind: CountKind
    low: int | None
    best: int | None
    high: int | None
    words: str
    told: str


def figures_of(cell: str) -> Iterator[Figure]:
    """The figures of a cell. Raises :class:`SheetError` for one that is in another form."""
    for part in _BETWEEN.split(cell) if cell else ():
        found = _FIGURE.fullmatch(part.strip())
        if found is None:
            raise SheetError(
                f"{part.strip()[:60]!r} in the column 'other_figures' is no figure",
                "write it as in: killed: low 3, best 4 “three or four”, according to a nurse",
            )
        low, best, high = (int(n) if n is not None else None for n in found.group("low", "best", "high"))
        yield Figure(cast("CountKind", found["kind"]), low, best, high, found["words"], found["told"])
