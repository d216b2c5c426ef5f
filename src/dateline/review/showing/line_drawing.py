"""The time line as one drawing that needs no script."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.export.words import edtf_words
from dateline.review.showing.lines import LineShown, Span

WIDTH = 720.0
LEFT = 40.0
RIGHT = 8.0
_TALL = 160.0
_COVERED = 56.0
_LANE = 16.0
_TICKS = 5
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class BarShape:
    """A bar in pixels: ``rows`` is its height above the line of nought, ``coverage`` its depth below the other."""

    span: Span
    x: float
    width: float
    rows: float
    coverage: float


@dataclass(frozen=True, slots=True)
class LaneShape:
    """A stretch in pixels: as long as it is, as far as the drawing goes."""

    span: Span
    x: float
    width: float
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis, in pixels, with its words."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class LineDrawing:
    """What the template draws, in pixels: bars stand on ``ground``, coverage hangs from ``under``."""

    width: float
    height: float
    left: float
    right: float
    ground: float
    under: float
    bars: tuple[BarShape, ...]
    lanes: tuple[LaneShape, ...]
    lanes_at: float
    days: tuple[Tick, ...]
    rows: tuple[Tick, ...]
    coverage: tuple[Tick, ...]


def draw_line(seen: LineShown) -> LineDrawing | None:
    """The drawing of a time line; None where it has no bar."""
    if not seen.bars:
        return None
    first, end = seen.bars[0].first, seen.bars[-1].last + 1
    across = (WIDTH - LEFT - RIGHT) / (end - first)

    def at(day: int) -> float:
        return round(LEFT + (day - first) * across, 2)

    ground, under = 26 + _TALL, 26 + _TALL + 26
    most_rows = max(1, *(bar.rows for bar in seen.bars))
    most_reports = max(1, *(bar.reports for bar in seen.bars))
    bars = tuple(
        BarShape(
            bar,
            at(bar.first),
            round((bar.last + 1 - bar.first) * across, 2),
            round(_TALL * bar.rows / most_rows, 2),
            round(_COVERED * bar.reports / most_reports, 2),
        )
        for bar in seen.bars
    )
    lanes_at = under + _COVERED + 40
    placed = list(_lanes(seen.stretches, first, end))
    lanes = tuple(
        LaneShape(
            span,
            at(max(span.first, first)),
            round((min(span.last + 1, end) - max(span.first, first)) * across, 2),
            lanes_at + _LANE * lane,
        )
        for span, lane in placed
    )
    below = lanes_at + _LANE * (1 + max(lane for _, lane in placed)) if placed else lanes_at - 24
    return LineDrawing(
        width=WIDTH,
        height=below,
        left=LEFT,
        right=WIDTH - RIGHT,
        ground=ground,
        under=under,
        bars=bars,
        lanes=lanes,
        lanes_at=lanes_at,
        days=tuple(_days(seen, at)),
        rows=tuple(Tick(round(ground - _TALL * n / most_rows, 2), f"{n:,}") for n in steps(most_rows, 4)),
        coverage=tuple(
            Tick(round(under + _COVERED * n / most_reports, 2), f"{n:,}") for n in steps(most_reports, 2)[1:]
        ),
    )


def steps(most: int, wanted: int) -> tuple[int, ...]:
    """Round numbers from nought to the most, about so many."""
    sizes = (size * 10**power for power in range(12) for size in _STEPS)
    size = next(size for size in sizes if most / size <= wanted)
    return tuple(range(0, most + 1, size))


def _days(seen: LineShown, at: Callable[[int], float]) -> Iterator[Tick]:
    many = len(seen.bars)
    for bar in seen.bars[:: max(1, -(-many // _TICKS))]:
        yield Tick(at(bar.first), _when(bar.first, seen.unit))


def _when(day: int, unit: str) -> str:
    told = date.fromordinal(day).isoformat()
    match unit:
        case "day" | "week":
            return edtf_words(told)[1]
        case "month" | "quarter":
            return edtf_words(told[:7])[1]
        case _:
            return edtf_words(told[:4])[1]


def _lanes(stretches: Sequence[Span], first: int, end: int) -> Iterator[tuple[Span, int]]:
    """The stretches that the drawing reaches, each in the first lane that is free."""
    ends: list[int] = []
    for span in sorted(stretches, key=lambda one: (one.first, -one.last)):
        if span.last < first or span.first >= end:
            continue
        lane = next((n for n, taken in enumerate(ends) if taken < span.first), len(ends))
        if lane == len(ends):
            ends.append(0)
        ends[lane] = span.last
        yield span, lane
