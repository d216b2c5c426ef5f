"""The page: figures, confusions, and each report with its errors beside the words they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from dateline.evaluate.model import Comparison, Error, Value
from dateline.evaluate.report.text import (
    FIGURE_HEADINGS,
    Matrix,
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
from dateline.export.page.fill import asset, environment, fingerprint
from dateline.export.page.segments import ComparedKind, Mark, ShownBlock, shown_blocks
from dateline.export.safe import one_line
from dateline.export.statement import number
from dateline.export.words import title_words
from dateline.model import Coding

_HOME = ("evaluate",)


@dataclass(frozen=True, slots=True)
class Side:
    """What one coder says, and the link to the words that it rests on."""

    says: str
    where: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """One error."""

    id: str
    what: str
    kind: str
    gold: Side
    coded: Side
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report with its errors."""

    id: str
    name: str
    title: str
    language: str
    blocks: tuple[ShownBlock, ...]
    cards: tuple[Card, ...]


def write(comparison: Comparison, gold: Iterable[Coding], out: TextIO) -> None:
    """One HTML file that opens offline and has no script; ``gold`` gives the texts of the reports."""
    texts = {coding.report.id: coding for coding in gold}
    errors: defaultdict[str, list[Error]] = defaultdict(list)
    for error in comparison.errors:
        errors[error.report].append(error)
    reports = [_report(at, texts[name], found) for at, (name, found) in enumerate(errors.items(), 1)]
    style = asset("style.css") + asset("evaluate.css", _HOME)
    table: Matrix = matrix(comparison)
    for part in (
        environment(_HOME)
        .get_template("evaluate.html")
        .generate(
            heading=heading(comparison),
            extent=extent(comparison),
            method=method(comparison),
            notes=comparison.notes,
            left_out=[(one_line(r.report, 80), r.why) for r in comparison.left_out],
            headings=FIGURE_HEADINGS,
            fields=list(field_rows(comparison)),
            types=list(type_rows(comparison)),
            matrix=table,
            errors=number(len(comparison.errors), "error"),
            reports=reports,
            faultless=number(comparison.reports - len(reports), "report"),
            style=style,
            style_hash=fingerprint(style),
        )
    ):
        out.write(part)


def _report(at: int, coding: Coding, errors: Sequence[Error]) -> ReportView:
    report = coding.report
    marks: list[Mark] = []
    cards = []
    for n, error in enumerate(errors, 1):
        card = f"r{at}-x{n}"
        sides = []
        for kind, value in _sides(error):
            name = f"r{at}-{kind}{n}"
            pointed = value is not None and value.evidence is not None
            if value and value.evidence:
                marks.append(Mark(value.evidence.start, value.evidence.end, kind, f"#{card}", name))
            sides.append(Side(says(value), where(value) if value else "", f"#{name}" if pointed else None))
        cards.append(Card(card, what(error), error.kind, sides[0], sides[1], error.because))
    return ReportView(
        id=f"r{at}",
        name=one_line(report.id, 120),
        title=title_words(report),
        language=report.language or "",
        blocks=shown_blocks(report, marks),
        cards=tuple(cards),
    )


def _sides(error: Error) -> Iterator[tuple[ComparedKind, Value | None]]:
    yield "gold", error.gold
    yield "coding", error.coded
