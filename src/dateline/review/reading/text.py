"""The report's text as the desk shows it: the words of the row in focus lit, other rows by their triggers alone, and
graphic sentences blurred. Also the sentences around some words, which one reads before one decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dateline.coder.text.sentences import find_sentences
from dateline.export.page.segments import Mark
from dateline.export.page.spans import Ids, marks_of
from dateline.lang.lexicon import any_of, words
from dateline.model import Coding, EventMention, Report

_GRAPHIC = any_of(words("graphic.bodies"), words("graphic.suffering"))

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Around:
    """Where the sentence of some words begins and ends, and its neighbours; an empty stretch where there is none."""

    before: Stretch
    within: Stretch
    after: Stretch


def around(report: Report, start: int, end: int) -> Around:
    """The sentences that ``[start, end)`` touches as one, and the sentence on either side of it."""
    every = find_sentences(report.text, report.blocks)
    touched = [at for at, (first, last) in enumerate(every) if first < end and start < last]
    if not touched:
        return Around((start, start), (start, end), (end, end))
    first, last = touched[0], touched[-1]
    within = (min(start, every[first][0]), max(end, every[last][1]))
    before = every[first - 1] if first else (within[0], within[0])
    after = every[last + 1] if last + 1 < len(every) else (within[1], within[1])
    return Around(before, within, after)


def graphic_marks(report: Report) -> Iterator[Mark]:
    """A mark over each sentence that has a word of the lexicon's ``graphic`` lists."""
    # Most reports have none, and then no sentence is looked for.
    if _GRAPHIC().search(report.text):
        for start, end in find_sentences(report.text, report.blocks):
            if _GRAPHIC().search(report.text, start, end):
                yield Mark(start, end, "graphic")


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
