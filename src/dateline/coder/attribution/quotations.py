"""Quotations to the cues that they belong to: who said the words between the marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.coder.attribution.syntax import Candidate
from dateline.coder.syntax.model import Parse
from dateline.coder.text.quotation import Quotation, innermost_quotation

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan

_FEWEST_WORDS = 4
"""A quotation of fewer words with no end mark inside is a name or a phrase at a distance, not speech by itself."""

_FARTHEST_SENTENCES = 2
"""A speaker goes on in the same paragraph after at most one sentence of the reporter's."""


class QuotationGiver:
    """Gives each quotation of a report to one of the candidates, or to nobody."""

    def __init__(self, parse: Parse, sentences: Sequence[SpacySpan], candidates: Sequence[Sequence[Candidate]]) -> None:
        self._parse = parse
        self._text = parse.report.text
        self._sentences = sentences
        self._starts = [s.start_char for s in sentences]
        self._candidates = candidates
        self._blocks = list(parse.coded_blocks()) or list(parse.report.blocks)
        self._block_starts = [b.start for b in self._blocks]
        self._parents = _parents(parse.quotations)
        self._homes = {
            id(c): innermost_quotation(parse.quotations, parse.doc[c.head].idx) for row in candidates for c in row
        }
        self._given: dict[Quotation, Candidate] = {}

    def give(self) -> None:
        """Extends the candidates' spans by the quotations that are theirs."""
        before: Quotation | None = None
        for quotation in self._parse.quotations:
            parent = self._parents[quotation]
            owner = self._overlapping(quotation, parent)
            if owner is None and (quotation.depth > 0 or self._is_speech(quotation)):
                owner = self._beside(quotation, parent)
                if owner is None and quotation.depth == 0:
                    owner = self._going_on(quotation, before)
            if owner is not None:
                owner.spans.append((quotation.start, quotation.end))
                self._given[quotation] = owner
            if quotation.depth == 0:
                before = quotation

    def _may(self, candidate: Candidate, parent: Quotation | None) -> bool:
        """A cue inside one quotation says nothing about words outside it, nor the other way round."""
        return self._homes[id(candidate)] == parent

    def _sentences_of(self, start: int, end: int) -> range:
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        return range(max(0, first), last + 1)

    def _overlapping(self, quotation: Quotation, parent: Quotation | None) -> Candidate | None:
        """The candidate whose content already holds some of the quotation's words: the innermost one."""
        holding = [
            c
            for n in self._ends(quotation)
            for c in self._candidates[n]
            if self._may(c, parent) and any(a < quotation.end and b > quotation.start for a, b in c.spans)
        ]
        return min(holding, key=lambda c: sum(b - a for a, b in c.spans), default=None)

    def _ends(self, quotation: Quotation) -> list[int]:
        """The sentences in which a quotation begins and ends: its cue stands in one of them."""
        numbers = self._sentences_of(quotation.start, quotation.end)
        return sorted({numbers[0], numbers[-1]}) if numbers else []

    def _is_speech(self, quotation: Quotation) -> bool:
        words = self._text[quotation.start : quotation.start + 400].strip("\"“”'‘’«»„`").split('"')[0]
        inside = self._text[quotation.start : quotation.end]
        return len(words.split()) >= _FEWEST_WORDS or any(mark in inside[-3:] for mark in ".,!?")

    def _beside(self, quotation: Quotation, parent: Quotation | None) -> Candidate | None:
        """A speech cue in the quotation's own sentences, in a short sentence after it, or in one before it."""
        near = [
            c
            for n in self._ends(quotation)
            for c in self._candidates[n]
            if c.quotes and self._may(c, parent) and not self._parse.doc[c.head].is_space
        ]
        if near:
            return min(near, key=lambda c: self._distance(c, quotation))
        if parent is not None:
            return None
        numbers = self._sentences_of(quotation.start, quotation.end)
        if not numbers:
            return None
        after, previous = numbers[-1] + 1, numbers[0] - 1
        if after < len(self._sentences) and self._same_block(quotation.end - 1, self._starts[after]):
            for c in self._candidates[after]:
                if c.quotes and not c.spans and c.source and self._may(c, None) and self._is_tag(after):
                    return c
        if previous >= 0:
            return self._introducing(previous, quotation)
        return None

    def _is_tag(self, number: int) -> bool:
        """``Mr. X added.``: a sentence that says who and nothing else."""
        sentence = self._sentences[number]
        return sum(t.is_alpha for t in sentence) <= 12 and '"' not in sentence.text

    def _introducing(self, number: int, quotation: Quotation) -> Candidate | None:
        """The last cue of the sentence before, where that sentence leads up to the quotation."""
        sentence = self._sentences[number]
        tail = sentence.text.rstrip()
        between = self._text[sentence.end_char : quotation.start]
        if between.strip():
            return None
        ready = [c for c in self._candidates[number] if self._may(c, None) and (c.quotes or tail.endswith(":"))]
        if tail.endswith((":", ",")) and ready:
            return ready[-1]
        unused = [c for c in ready if not c.spans and c.source]
        return unused[-1] if unused and self._same_block(sentence.start_char, quotation.start) else None

    def _going_on(self, quotation: Quotation, before: Quotation | None) -> Candidate | None:
        """The speaker of the quotation just before goes on: in the same paragraph, or opening the next one."""
        if before is None or before not in self._given:
            return None
        if self._same_block(before.end - 1, quotation.start):
            ended, begun = self._number_at(before.end - 1), self._number_at(quotation.start)
            return self._given[before] if begun - ended <= _FARTHEST_SENTENCES else None
        if quotation.continues or (self._opens_block(quotation) and self._is_next_block(before, quotation)):
            return self._given[before]
        return None

    def _number_at(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _distance(self, candidate: Candidate, quotation: Quotation) -> tuple[int, int]:
        at = self._parse.doc[candidate.head].idx
        gap = quotation.start - at if at < quotation.start else at - quotation.end
        return (max(gap, 0), at)

    def _block_of(self, offset: int) -> int:
        return bisect_right(self._block_starts, offset) - 1

    def _same_block(self, a: int, b: int) -> bool:
        return self._block_of(a) == self._block_of(b)

    def _is_next_block(self, before: Quotation, quotation: Quotation) -> bool:
        return self._block_of(quotation.start) - self._block_of(before.end - 1) == 1

    def _opens_block(self, quotation: Quotation) -> bool:
        block = self._block_of(quotation.start)
        if block < 0:
            return False
        start, end = self._blocks[block].start, self._blocks[block].end
        return not self._text[start : quotation.start].strip() and not self._text[quotation.end : end].strip()


def _parents(quotations: Sequence[Quotation]) -> dict[Quotation, Quotation | None]:
    parents: dict[Quotation, Quotation | None] = {}
    stack: list[Quotation] = []
    for quotation in quotations:
        while stack and stack[-1].end <= quotation.start:
            stack.pop()
        parents[quotation] = stack[-1] if stack else None
        stack.append(quotation)
    return parents
