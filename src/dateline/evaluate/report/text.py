"""A comparison as rows of words: what the table and the page both show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.evaluate.model import MEANINGS, Comparison, Error, Figure, Score, Value
from dateline.export.safe import one_line
from dateline.export.statement import number

NONE = "–"
"""What cannot be told: no value to divide by, or no interval. It is not 0."""

_ROWS = {"event": "event found, any type", "type": "event found, right type"}
FIGURE_HEADINGS = ("gold", "coded", "right", "precision", "recall", "F1")


@dataclass(frozen=True, slots=True)
class Matrix:
    """The confusions: a row a type of the gold (the last: what the gold does not have), a column a type of the coding
    (the last: what the coding does not have).
    """

    types: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]


def heading(comparison: Comparison) -> str:
    """What was compared with what."""
    coders, gold = ("; ".join(names) or "nothing" for names in (comparison.coders, comparison.gold_coders))
    return f"{coders} against {gold}"


def extent(comparison: Comparison) -> str:
    """How much was compared."""
    return (
        f"{number(comparison.reports, 'report')}, {number(comparison.gold_events, 'event')} in the gold, "
        f"{number(comparison.coded_events, 'event')} in the coding"
    )


def method(comparison: Comparison) -> str:
    """How the figures were made."""
    settings = comparison.settings
    words = {"overlap": "Words agree where they overlap", "exact": "Words agree where they are the same"}
    drawn = (
        f"In brackets: {settings.level:.0%} intervals, {number(settings.resamples, 'draw')} of the reports "
        f"(seed {settings.seed})"
        if settings.resamples
        else "No intervals"
    )
    types = f" Types covered: {', '.join(one_line(t, 40) for t in settings.types)}." if settings.types else ""
    return f"{words[settings.spans]}. {drawn}. {NONE} is not known, and not 0.{types}"


def field_rows(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """A row a field, with the F1 over the events that both have at its end."""
    for row in comparison.fields:
        found = figure(row.found.f1) if row.found else ""
        yield _ROWS.get(row.field, MEANINGS.get(row.field, row.field)), *score_cells(row.all), found


def type_rows(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """A row a type."""
    for row in comparison.types:
        yield one_line(row.type, 40), *score_cells(row.score)


def score_cells(score: Score) -> tuple[str, ...]:
    """A score under :data:`FIGURE_HEADINGS`."""
    counts = (f"{n:,}" for n in (score.gold, score.coded, score.right))
    return *counts, *(figure(f) for f in (score.precision, score.recall, score.f1))


def figure(value: Figure) -> str:
    """A share with its interval: ".80 [.71 .88]"."""
    if value.value is None:
        return NONE
    ends = f" [{_share(value.low)} {_share(value.high)}]" if value.low is not None and value.high is not None else ""
    return _share(value.value) + ends


def _share(value: float | None) -> str:
    return NONE if value is None else f"{value:.2f}"


def matrix(comparison: Comparison) -> Matrix:
    """The confusions as a table."""
    types = tuple(row.type for row in comparison.types)
    at: dict[str | None, int] = {name: n for n, name in enumerate(types)} | {None: len(types)}
    cells = [[0] * (len(types) + 1) for _ in range(len(types) + 1)]
    for confusion in comparison.confusion:
        cells[at[confusion.gold]][at[confusion.coded]] += confusion.events
    return Matrix(types, tuple(map(tuple, cells)))


def what(error: Error) -> str:
    """An error in a few words: "date: wrong, of PROTEST “marched”"."""
    of = f", of {error.event}" if error.event and error.field not in {"event", "type"} else ""
    return f"{MEANINGS.get(error.field, error.field)}: {error.kind}{of}"


def says(value: Value | None) -> str:
    """What one coder says, on one line."""
    return one_line(value.words, 160) if value else "nothing"


def where(value: Value | None) -> str:
    """The offsets of the evidence."""
    return f"{value.evidence.start}–{value.evidence.end}" if value and value.evidence else "the whole report"
