"""What was considered in a report and why it was or was not coded, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from dateline.export.chances import in_words, of_fields
from dateline.export.safe import on_one_line
from dateline.model import Attribution, Because, Coding, EventMention

LONGEST = 100
"""Code points of a quotation that are shown."""


def write(codings: Iterable[Coding], out: TextIO) -> None:
    """One section a report: what was coded with its reasons, then what was left out with its reasons."""
    for coding in codings:
        out.write("\n".join(on_one_line(line) for line in _lines(coding)) + "\n\n")


def _lines(coding: Coding) -> Iterator[str]:
    report = coding.report
    yield f"{report.id}: {_one_line(report.title) if report.title else 'no title'}"
    for stated in report.stated:
        yield f"  {stated.field} from {stated.where}: {_one_line(stated.words)!r}"
    yield f"  coder {coding.coder.name} {coding.coder.version}, codebook {coding.coder.codebook}, {coding.coder.model}"
    for note in coding.notes:
        yield f"  note [{note.code}] {note.message}"
    considered = [(e.trigger.start, e.trigger.end, _event("coded", e)) for e in coding.events]
    considered += [
        (e.trigger.start, e.trigger.end, _event("suggested, below the bound,", e)) for e in coding.suggestions
    ]
    considered += [(a.content[0].start, a.content[0].end, _attribution(a)) for a in coding.attributions if a.content]
    considered += [
        (x.start, x.end, [f"not coded ({x.what}): {_one_line(x.quote)!r}", f"because {x.why}"]) for x in coding.left_out
    ]
    for start, end, (first, *rest) in sorted(considered):
        yield f"  [{start}, {end}) {first}"
        for line in rest:
            yield f"      {line}"


def _event(what: str, event: EventMention) -> list[str]:
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    says = f"says {' > '.join(event.attribution)}: {_one_line(event.trigger.quote)!r}"
    again = [
        f"told again at [{t.start}, {t.end}): {_one_line(t.quote)!r}" for t in event.tellings if t != event.trigger
    ]
    judged = of_fields(event)
    earlier = "historical" if event.historical else ""
    return [
        f"{what} {event.id}: " + ", ".join(filter(None, (kind, event.modality, earlier, in_words(event.chance), says))),
        *again,
        *([f"chances: {judged}"] if judged else []),
        *_reasons(event.because),
    ]


def _attribution(attribution: Attribution) -> list[str]:
    source = _one_line(attribution.source.quote) if attribution.source else "a source not named"
    first = f"attribution {attribution.id} ({attribution.kind}, inside {attribution.parent}): {source!r} says"
    return [f"{first} {_one_line(attribution.content[0].quote)!r}", *_reasons(attribution.because)]


def _reasons(reasons: Iterable[Because]) -> Iterator[str]:
    for reason in reasons:
        matched = f": {_one_line(reason.matched)!r}" if reason.matched else ""
        yield f"{reason.field} because {reason.rule}{matched}"


def _one_line(text: str) -> str:
    """Words on one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}"
