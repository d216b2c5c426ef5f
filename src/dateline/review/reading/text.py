"""The report's text as the desk shows it: the words of the row in focus lit, other rows by their triggers alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dateline.export.page.segments import Mark
from dateline.export.page.spans import Ids, marks_of
from dateline.model import Coding, EventMention
from dateline.review.reading.sentences import graphic_marks


def marks(coding: Coding, focus: EventMention | None, *, everything: bool = False) -> list[Mark]:
    """The marks over a report: all that a page of the coding has, or, to read in peace, those of the row in focus."""
    ids = Ids("r1")
    # Rows that a person has still to decide are rows like the others here.
    found = marks_of(replace(coding, events=coding.rows, suggestions=()), ids)
    graphic = list(graphic_marks(coding.report))
    if everything:
        return [*found, *graphic]
    at = next((n for n, event in enumerate(coding.rows, 1) if focus and event.id == focus.id), 0)
    own, spoken = ids.event(at), set(_spoken(coding, focus))
    kept = [
        mark
        for mark in found
        if mark.kind == "trigger" or mark.event == own or (mark.kind, mark.start, mark.end) in spoken
    ]
    return [*(replace(mark, depth=0, label=mark.label if mark.kind == "trigger" else None) for mark in kept), *graphic]


def _spoken(coding: Coding, focus: EventMention | None) -> Iterator[tuple[str, int, int]]:
    """The words that tell who says so, of the row in focus."""
    for one in coding.attributions:
        if focus and one.id in focus.attribution:
            for kind, span in (("source", one.source), ("cue", one.cue)):
                if span:
                    yield kind, span.start, span.end
