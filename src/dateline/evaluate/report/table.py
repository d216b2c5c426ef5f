"""The table that a terminal shows, plain where it is read by something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from dateline.evaluate.model import Comparison, Error, Value
from dateline.evaluate.report.text import (
    FIGURE_HEADINGS,
    extent,
    field_rows,
    heading,
    matrix,
    method,
    says,
    type_rows,
    what,
    where,
)
from dateline.export.safe import one_line
from dateline.export.statement import number

ERRORS = 20
_NAME = 24


def write(comparison: Comparison, out: TextIO, *, errors: int = ERRORS) -> None:
    """The figures, the types with their confusions, and the first ``errors`` errors."""
    parts = [
        (heading(comparison), [extent(comparison), method(comparison), *_remarks(comparison)]),
        ("Fields", aligned([("", *FIGURE_HEADINGS, "F1, event found"), *field_rows(comparison)])),
    ]
    if comparison.types:
        parts.append(("Types", aligned([("", *FIGURE_HEADINGS), *type_rows(comparison)])))
        parts.append(("Gold in rows, coding in columns", aligned(_confusions(comparison))))
    parts.append((_errors_heading(comparison, errors), list(_errors(comparison.errors[:errors]))))
    print_parts(parts, out)


def print_parts(parts: Iterable[tuple[str, Sequence[str]]], out: TextIO) -> None:
    """Titles with the lines below each; on a terminal the titles stand out."""
    if not out.isatty():
        out.write("\n\n".join("\n".join((title, *lines)) for title, lines in parts) + "\n")
        return
    from rich.console import Console

    console = Console(file=out, highlight=False, markup=False, emoji=False)
    for title, lines in parts:
        console.print(title, style="bold", soft_wrap=True)
        console.print("\n".join(lines) + "\n", soft_wrap=True)


def _remarks(comparison: Comparison) -> Iterator[str]:
    yield from (f"Note: {note}" for note in comparison.notes)
    for left_out in comparison.left_out:
        yield f"Left out: {one_line(left_out.report, 80)}: {left_out.why}"


def aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    """Columns side by side: the first flush left, the others right."""
    kept = [list(row) for row in rows]
    wide = [max(len(row[n]) for row in kept) for n in range(len(kept[0]))]
    lines = []
    for row in kept:
        cells = [row[0].ljust(wide[0]), *(cell.rjust(wide[n]) for n, cell in enumerate(row[1:], 1))]
        lines.append("  ".join(cells).rstrip())
    return lines


def _confusions(comparison: Comparison) -> Iterator[list[str]]:
    """The columns are numbered as the rows are: the names of twenty types do not fit side by side."""
    table = matrix(comparison)
    yield ["", *(str(n) for n in range(1, len(table.types) + 1)), "missed"]
    for n, name in enumerate(table.types):
        yield [f"{n + 1} {one_line(name, _NAME)}", *(str(cell or "·") for cell in table.cells[n])]
    # Nobody can count the events that neither coder has.
    yield ["added", *(str(cell or "·") for cell in table.cells[-1][:-1]), ""]


def _errors_heading(comparison: Comparison, errors: int) -> str:
    count = len(comparison.errors)
    if count <= errors:
        return f"{number(count, 'error')}"
    return f"{number(count, 'error')}, the first {errors} here; all of them with -f html or -f json, or --errors N"


def _errors(errors: Iterable[Error]) -> Iterator[str]:
    for error in errors:
        shown = error.coded if error.kind == "added" else error.gold
        yield f"{one_line(error.report, 60)} [{where(shown)}] {what(error)}"
        yield f"    gold: {says(error.gold)} | coding: {says(error.coded)}"
        if shown and shown.evidence:
            yield f"    {_quote(shown)}"
        yield from (f"    because {why}" for why in error.because)


def _quote(value: Value) -> str:
    found = value.evidence
    if found is None:
        return ""
    before, after = " ".join(found.prefix.split()), " ".join(found.suffix.split())
    gap = " " if found.prefix[-1:].isspace() else "", " " if found.suffix[:1].isspace() else ""
    quote = one_line(found.quote, 160)
    return one_line(f"… {before}{gap[0]}[{quote}]{gap[1]}{after} …")
