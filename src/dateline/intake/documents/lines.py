"""The lines of a printed page in the order in which they are read: one column after the other, rows of tables whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

_GUTTER = 8.0
"""Points that part two columns at the least."""
_FEWEST = 4
"""Lines that a column has at the least."""
_WIDE = 18
"""Characters that the lines of a column of prose have, at the middle: the cells of a table have fewer."""
_CROSSING = 0.25
"""The share of a page's lines that may run across its columns: headings, running heads, notes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is printed: its words, its edges and the size of its letters in points, upwards from the foot."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    broken: bool = False
    """A word of it goes on in the next line."""
    edge: bool = False
    """It stands at the head or the foot of the sheet, where the text of a page is not."""

    @property
    def height(self) -> float:
        """From foot to head."""
        return max(self.top - self.bottom, 1.0)


def in_order(pieces: Sequence[Line]) -> list[Line]:
    """The lines of a page in reading order, made of the pieces of lines in which it was printed."""
    cut = _gutter(pieces)
    if cut is None:
        return _rows(pieces)
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []

    def flush() -> None:
        ordered.extend([*in_order(left), *in_order(right)])
        left.clear()
        right.clear()

    for piece in sorted(pieces, key=lambda piece: -piece.top):
        if piece.right <= cut:
            left.append(piece)
        elif piece.left >= cut:
            right.append(piece)
        else:
            flush()
            ordered.append(piece)
    flush()
    return ordered


def _gutter(pieces: Sequence[Line]) -> float | None:
    """Where two columns of prose are parted, across; None where the page has one."""
    if len(pieces) < 2 * _FEWEST:
        return None
    best: tuple[int, float] | None = None
    for at in sorted({round(piece.left, 1) for piece in pieces}):
        cut = at - _GUTTER / 2
        left = [piece for piece in pieces if piece.right <= cut - _GUTTER / 2]
        right = [piece for piece in pieces if piece.left >= cut]
        crossing = len(pieces) - len(left) - len(right)
        if min(len(left), len(right)) < _FEWEST or crossing > _CROSSING * len(pieces):
            continue
        if min(median(len(piece.text) for piece in side) for side in (left, right)) < _WIDE:
            continue
        if best is None or crossing < best[0]:
            best = crossing, cut
    return None if best is None else best[1]


def _rows(pieces: Sequence[Line]) -> list[Line]:
    """Pieces from the head of the page to its foot; those that stand beside one another are cells of one row."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.top, piece.left)):
        row = rows[-1] if rows else []
        if row and _overlap(row[0], piece) > 0.5 * min(row[0].height, piece.height):
            row.append(piece)
        else:
            rows.append([piece])
    return [_joined(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _overlap(one: Line, other: Line) -> float:
    return min(one.top, other.top) - max(one.bottom, other.bottom)


def _joined(row: Sequence[Line]) -> Line:
    first, *rest = row
    for piece in rest:
        apart = "\t" if piece.left - first.right > 1.5 * first.size else " "
        first = replace(
            first,
            text=first.text + apart + piece.text,
            right=max(first.right, piece.right),
            bottom=min(first.bottom, piece.bottom),
            top=max(first.top, piece.top),
            broken=piece.broken,
            edge=first.edge and piece.edge,
        )
    return first
