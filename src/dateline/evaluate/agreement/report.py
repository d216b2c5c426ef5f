"""Agreement as a table for a terminal, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Literal, TextIO, get_args

from dateline.errors import UnknownFormatError
from dateline.evaluate.agreement.model import RELIABLE, TENTATIVE, Agreement, FieldAgreement
from dateline.evaluate.model import MEANINGS
from dateline.evaluate.report.table import aligned, print_parts
from dateline.evaluate.report.text import NONE, figure
from dateline.export.safe import json_line, one_line
from dateline.export.statement import number

Format = Literal["table", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
Head = Literal["", "alpha", "compared", "the same", "one alone", "scale", "reading"]


def check_format(name: str) -> None:
    """Raise :class:`UnknownFormatError` for a form that there is not."""
    if name not in FORMATS:
        raise UnknownFormatError(f"agreement cannot be written as {name!r}; use one of {', '.join(FORMATS)}")


def write(found: Agreement, out: TextIO, format: str, *, notes: Sequence[str] = ()) -> None:
    """Write it; JSON has the fields of :class:`Agreement`, and null where a figure is not known."""
    if format == "json":
        told = asdict(found) | {"notes": list(notes)}
        out.write(json_line(json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False)) + "\n")
    else:
        print_parts(list(_parts(found, notes)), out)


def method(found: Agreement) -> str:
    """How the figures were made, and how they are read."""
    draws = number(found.resamples, "draw")
    drawn = (
        f"In brackets: {found.level:.0%} intervals, {draws} of the reports (seed {found.seed})."
        if found.resamples
        else "No intervals."
    )
    return (
        f"Krippendorff's alpha: 1 is agreement on everything, 0 what chance would give. From {RELIABLE:.2f} data count "
        f"as reliable, below {TENTATIVE:.2f} they support no conclusion. {drawn} {NONE} is not known, and not 0."
    )


def _parts(found: Agreement, notes: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    coders = ", ".join(one_line(name, 40) for name in found.coders) or "nobody"
    extent = f"{number(found.reports, 'report')}, {number(found.rows, 'event')}, {found.both:,} found by two or more"
    yield f"Agreement of {coders}", [extent, method(found), *(f"Note: {note}" for note in notes)]
    if not found.reports:
        return
    heads: tuple[Head, ...] = get_args(Head)
    wanted = [n for n, one in enumerate(found.fields) if one.is_compared]
    yield "Fields", aligned([heads, *(_row(found.fields[n]) for n in wanted)])
    names = ("", "reports", *(_name(found.fields[n]) for n in wanted))
    pairs = [(f"{one_line(p.first, 24)}, {one_line(p.second, 24)}", p.reports, p.fields) for p in found.pairs]
    times = [(stretch.name, stretch.reports, stretch.fields) for stretch in found.stretches]
    for title, several in (("Pair by pair", pairs), ("Over time", times)):
        cells = [
            (name, f"{reports:,}", *(figure(fields[n].alpha) for n in wanted)) for name, reports, fields in several
        ]
        # A field a line: seventeen fields do not fit side by side.
        yield title, aligned(list(zip(names, *cells, strict=True)))


def _row(one: FieldAgreement) -> tuple[str, ...]:
    alone = "" if one.field == "event" else f"{one.alone:,}"
    return _name(one), figure(one.alpha), f"{one.units:,}", f"{one.same:,}", alone, one.scale, one.reading


def _name(one: FieldAgreement) -> str:
    return "is there an event" if one.field == "event" else MEANINGS.get(one.field, one.field)
