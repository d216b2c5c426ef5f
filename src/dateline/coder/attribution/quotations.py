"""Quotations to the cues that they belong to: who said the words between the marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.coder.attribution.candidates import Candidate, Offsets, Rows
from dateline.coder.syntax.model import Parse
from dateline.lang.quotation import Quotation, innermost_quotation

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan

FEWEST_WORDS = 4
"""A quotation of fewer words with no end mark inside is a name or a phrase at a distance, not speech by itself."""

FARTHEST_SENTENCES = 2
"""A speaker goes on in the same paragraph after at most one sentence of the reporter's."""


MOST_WORDS_OF_TAG = 12
"""Words of a sentence that only says who speaks ("Jane Roe, who runs the bakery, added."), at the most."""

Place = tuple[int, int]
"""A candidate's sentence, and its number there."""


def with_quotations(parse: Parse, sentences: Sequence[SpacySpan], rows: Rows) -> Rows:
    """The candidates of each sentence with the quotations that are theirs as spans; a quotation may be nobody's."""
    given = _Giver(parse, sentences, rows).given()
    return tuple(
        tuple(replace(c, spans=given.get((n, at), c.spans)) for at, c in enumerate(row)) for n, row in enumerate(rows)
    )


class _Giver:
    """Gives each quotation of one report to one of the candidates, or to nobody."""

    def __init__(self, parse: Parse, sentences: Sequence[SpacySpan], rows: Rows) -> None:
        self._parse = parse
        self._text = parse.report.text
        self._sentences = sentences
        self._starts = [s.start_char for s in sentences]
        self._candidates = {(n, at): c for n, row in enumerate(rows) for at, c in enumerate(row)}
        self._places = [tuple((n, at) for at in range(len(row))) for n, row in enumerate(rows)]
        self._blocks = list(parse.coded_blocks()) or list(parse.report.blocks)
        self._block_starts = [b.start for b in self._blocks]
        self._parents = _parents(parse.quotations)
        self._homes = {
            place: innermost_quotation(parse.quotations, parse.doc[c.head].idx) for place, c in self._candidates.items()
        }
        self._spans: dict[Place, tuple[Offsets, ...]] = {place: c.spans for place, c in self._candidates.items()}
        self._owners: dict[Quotation, Place] = {}

    def given(self) -> dict[Place, tuple[Offsets, ...]]:
        """The spans of the candidates with the quotations that are theirs."""
        before: Quotation | None = None
        for number, quotation in enumerate(self._parse.quotations):
            owner = self._told(quotation)
            if owner is None and quotation.depth == 0 and self._is_speech(quotation):
                owner = self._told_below(number) or self._going_on(quotation, before) or self._said_on(number)
            if owner is not None:
                self._spans[owner] += ((quotation.start, quotation.end),)
                self._owners[quotation] = owner
            if quotation.depth == 0:
                before = quotation
        return self._spans

    def _told(self, quotation: Quotation) -> Place | None:
        """Whose a quotation is by the words around it."""
        parent = self._parents[quotation]
        owner = self._overlapping(quotation, parent)
        if owner is None and (quotation.depth > 0 or self._is_speech(quotation)):
            owner = self._beside(quotation, parent)
        return owner

    def _told_below(self, number: int) -> Place | None:
        """Whose a paragraph is that is first of several or goes on from nobody's: told under the last, ``he said``."""
        quotation = self._parse.quotations[number]
        above = self._parse.quotations[number - 1] if number else None
        if quotation.closed or not self._opens_block(quotation) or (quotation.continues and above in self._owners):
            return None
        for after in self._parse.quotations[number + 1 :]:
            if after.depth == 0 and not after.continues:
                return None
            if after.depth == 0 and (owner := self._told(after)) is not None:
                return owner
        return None

    def _may(self, place: Place, parent: Quotation | None) -> bool:
        """A cue inside one quotation says nothing about words outside it, nor the other way round."""
        return self._homes[place] == parent

    def _is_unused(self, place: Place) -> bool:
        """Whether it names somebody who has said nothing yet."""
        return bool(self._candidates[place].source) and not self._spans[place]

    def _sentences_of(self, start: int, end: int) -> range:
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        return range(max(0, first), last + 1)

    def _overlapping(self, quotation: Quotation, parent: Quotation | None) -> Place | None:
        """The candidate whose content already holds some of the quotation's words: the innermost one."""
        holding = [
            p
            for n in self._ends(quotation)
            for p in self._places[n]
            if self._may(p, parent) and any(a < quotation.end and b > quotation.start for a, b in self._spans[p])
        ]
        return min(holding, key=lambda p: sum(b - a for a, b in self._spans[p]), default=None)

    def _ends(self, quotation: Quotation) -> list[int]:
        """The sentences in which a quotation begins and ends: its cue stands in one of them."""
        numbers = self._sentences_of(quotation.start, quotation.end)
        return sorted({numbers[0], numbers[-1]}) if numbers else []

    def _is_speech(self, quotation: Quotation) -> bool:
        words = self._text[quotation.start : quotation.start + 400].strip("\"“”'‘’«»„`").split('"')[0]
        inside = self._text[quotation.start : quotation.end]
        return len(words.split()) >= FEWEST_WORDS or any(mark in inside[-3:] for mark in ".,!?")

    def _beside(self, quotation: Quotation, parent: Quotation | None) -> Place | None:
        """A speech cue in the quotation's own sentences, in a short sentence after it, or in one before it."""
        near = [
            p
            for n in self._ends(quotation)
            for p in self._places[n]
            if self._candidates[p].quotes
            and self._may(p, parent)
            and not self._parse.doc[self._candidates[p].head].is_space
        ]
        if near:
            return min(near, key=lambda p: self._distance(self._candidates[p], quotation))
        if parent is not None:
            return None
        numbers = self._sentences_of(quotation.start, quotation.end)
        if not numbers:
            return None
        after, previous = numbers[-1] + 1, numbers[0] - 1
        if after < len(self._sentences) and self._same_block(quotation.end - 1, self._starts[after]):
            for p in self._places[after]:
                if self._candidates[p].quotes and self._is_unused(p) and self._may(p, None) and self._is_tag(after):
                    return p
        if previous >= 0:
            return self._introducing(previous, quotation)
        return None

    def _is_tag(self, number: int) -> bool:
        """``Mr. X added.``: a sentence that says who and nothing else."""
        sentence = self._sentences[number]
        return sum(t.is_alpha for t in sentence) <= MOST_WORDS_OF_TAG and '"' not in sentence.text

    def _introducing(self, number: int, quotation: Quotation) -> Place | None:
        """The last cue of the sentence before, where that sentence leads up to the quotation."""
        sentence = self._sentences[number]
        tail = sentence.text.rstrip()
        between = self._text[sentence.end_char : quotation.start]
        if between.strip():
            return None
        ready = [
            p for p in self._places[number] if self._may(p, None) and (self._candidates[p].quotes or tail.endswith(":"))
        ]
        if tail.endswith((":", ",")) and ready:
            return ready[-1]
        unused = [p for p in ready if self._is_unused(p)]
        return unused[-1] if unused and self._same_block(sentence.start_char, quotation.start) else None

    def _going_on(self, quotation: Quotation, before: Quotation | None) -> Place | None:
        """The speaker of the quotation just before goes on: in the same paragraph, or opening the next one."""
        if before is None or before not in self._owners:
            return None
        if self._same_block(before.end - 1, quotation.start):
            ended, begun = self._number_at(before.end - 1), self._number_at(quotation.start)
            return self._owners[before] if begun - ended <= FARTHEST_SENTENCES else None
        if quotation.continues or (self._opens_block(quotation) and self._is_next_block(before, quotation)):
            return self._owners[before]
        return None

    def _said_on(self, number: int) -> Place | None:
        """The speaker of the sentence before, where a quotation stands alone: X said that A. "B." Y said C.

        What stands behind it is the next speaker's own, who would else have the comma or the colon before it. A
        quotation that is never closed may hold others' words with their names.
        """
        quotation = self._parse.quotations[number]
        numbers = self._sentences_of(quotation.start, quotation.end)
        above = numbers[0] - 1 if numbers else -1
        if above < 0 or not self._stands_alone(quotation, numbers):
            return None
        if not quotation.closed and any(self._names_another(p) for n in numbers for p in self._places[n]):
            return None
        near = self._same_block(self._starts[above], quotation.start)
        if not near and not (self._opens_block(quotation) and self._is_below(above, quotation)):
            return None
        saying = [p for p in self._places[above] if self._candidates[p].quotes and self._candidates[p].source]
        saying = [p for p in saying if self._may(p, None) and self._spans[p]]
        return max(saying, key=lambda p: sum(b - a for a, b in self._spans[p]), default=None)

    def _names_another(self, place: Place) -> bool:
        """Whether a cue of speech has a speaker who is named."""
        candidate = self._candidates[place]
        return candidate.quotes and any(self._parse.doc[i].pos_ == "PROPN" for i in candidate.source)

    def _stands_alone(self, quotation: Quotation, numbers: range) -> bool:
        """Whether nothing but the quotation stands in its sentences."""
        first, last = self._starts[numbers[0]], self._sentences[numbers[-1]].end_char
        around = self._text[first : quotation.start] + self._text[quotation.end : last]
        return not any(c.isalnum() for c in around)

    def _is_below(self, number: int, quotation: Quotation) -> bool:
        """Whether a sentence is in the block above a quotation's."""
        return self._block_of(quotation.start) - self._block_of(self._starts[number]) == 1

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
