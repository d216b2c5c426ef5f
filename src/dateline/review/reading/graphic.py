"""Sentences that tell of cruelty in the flesh: they are blurred until a reader asks for them."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.coder.text.sentences import find_sentences
from dateline.export.page.segments import Mark
from dateline.lang.lexicon import any_of, words
from dateline.model import Report

_GRAPHIC = any_of(words("graphic.bodies"), words("graphic.suffering"))


def graphic_marks(report: Report) -> Iterator[Mark]:
    """A mark over each sentence that has a word of the lexicon's ``graphic`` lists."""
    # Most reports have none, and then no sentence is looked for.
    if _GRAPHIC().search(report.text):
        for start, end in find_sentences(report.text, report.blocks):
            if _GRAPHIC().search(report.text, start, end):
                yield Mark(start, end, "graphic")
