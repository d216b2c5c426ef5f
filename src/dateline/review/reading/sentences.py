"""The sentences of a report: those around some words, which one reads before one decides, and those that are blurred
until a reader asks for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.coder.text.sentences import find_sentences
from dateline.export.page.segments import Mark
from dateline.lang.lexicon import any_of, words
from dateline.model import Report

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
