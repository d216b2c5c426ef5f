"""Who says so by layout alone: ``NAME: words``, ``X added:`` above a paragraph, a name after a dash below words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.coder.attribution.candidates import Candidate, Offsets, Rows
from dateline.coder.syntax.model import Parse
from dateline.coder.text.headlines import headline_teller
from dateline.lang.lexicon import words
from dateline.model import Block
from dateline.rules import rule

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan

_LABEL = re.compile(r"\s*[\"“”]?([^\W\d_][^\n:“\"”]{0,48}?):\s+(?=\S)")
_SIGNATURE = re.compile(r"\s*[―—–-]{1,2}\s*([^\W\d_][^\n!?“\"”]{2,80}?)\s*\Z")
MOST_WORDS = 6
"""Words of a speaker's name at the most."""
MOST_SENTENCES = 60
"""Sentences of a block that are looked at for a name below the words."""
NAME_PARTICLES = words("speech.name_particles")

LABEL = rule("cue.label", "a speaker's name and a colon")
TELLER = rule("cue.headline", "who says so at the end of a headline")
SIGNATURE = rule("cue.signature", "a name after a dash below the words")


def with_layout(parse: Parse, sentences: Sequence[SpacySpan], rows: Rows) -> Rows:
    """The candidates of each sentence with those that only the layout tells, and with the paragraphs that are theirs.

    Speakers' labels go first: a paragraph that has one is nobody else's.
    """
    found = [list(row) for row in rows]
    reader = _Reader(parse, sentences)
    labels = reader.labels()
    for number, block in enumerate(reader.blocks):
        first = bisect_left(reader.starts, block.start)
        if first >= len(sentences) or reader.starts[first] >= block.end:
            continue
        if (label := labels.get(block.start)) is not None:
            found[first] += reader.labelled(first, block, label)
        elif number and first and reader.leads_up(first, reader.blocks[number - 1], block):
            found[first - 1] = _given_paragraph(found[first - 1], (block.start, block.end))
        for at, signed in reader.signed(number, first, block):
            found[at].append(signed)
        if (told := reader.told(block)) is not None:
            found[told[0]] = [told[1]]
    return tuple(map(tuple, found))


def _given_paragraph(row: Sequence[Candidate], paragraph: Offsets) -> list[Candidate]:
    """A paragraph without quotation marks under "X added:" is X's, who has said nothing else yet."""
    unused = [n for n, c in enumerate(row) if c.quotes and c.source and not c.spans]
    return [replace(c, spans=(paragraph,)) if unused and n == unused[-1] else c for n, c in enumerate(row)]


class _Reader:
    """Reads the layout of one report."""

    def __init__(self, parse: Parse, sentences: Sequence[SpacySpan]) -> None:
        self.blocks = list(parse.coded_blocks())
        self.starts = [s.start_char for s in sentences]
        self._parse = parse
        self._text = parse.report.text
        self._sentences = sentences
        self._quotation_starts = [q.start for q in parse.quotations]

    def labels(self) -> dict[int, re.Match[str]]:
        """Blocks that begin with a name and a colon as transcripts do, by start; a label used once ("Note:") is none.

        In capitals, two different labels are enough: each speaker of a short transcript may speak once.
        """
        matches = {b.start: _LABEL.match(self._text, b.start, b.end) for b in self.blocks}
        found = {start: m for start, m in matches.items() if m and _is_name_like(m.group(1))}
        uses = Counter(m.group(1) for m in found.values())
        capitals = {label for label in uses if label.isupper()}
        return {
            start: m
            for start, m in found.items()
            if uses[m.group(1)] > 1 or (m.group(1) in capitals and len(capitals) > 1)
        }

    def labelled(self, number: int, block: Block, label: re.Match[str]) -> Iterator[Candidate]:
        """The label at the head of a block as a cue, whose content is the rest of the block."""
        sentence = self._sentences[number]
        colon = next((t for t in sentence if t.idx >= label.end(1) and t.text == ":"), None)
        source = tuple(t.i for t in sentence if label.start(1) <= t.idx < label.end(1))
        if colon is not None and source:
            spans = ((label.end(), block.end),)
            yield Candidate(colon.i, (colon.i,), source, frozenset(), LABEL.because(), spans=spans)

    def leads_up(self, first: int, above: Block, block: Block) -> bool:
        """Whether the sentence before a block's ``first`` ends the block above with a colon, no quotation following."""
        colon = self._text[above.start : above.end].rstrip().endswith(":")
        return colon and not self._quotation_at_start(block) and self.starts[first - 1] >= above.start

    def _quotation_at_start(self, block: Block) -> bool:
        at = bisect_left(self._quotation_starts, block.start)
        return at < len(self._quotation_starts) and self._quotation_starts[at] <= block.start + 2

    def signed(self, number: int, first: int, block: Block) -> Iterator[tuple[int, Candidate]]:
        """A name after a dash, below or behind a quotation, with its sentence: the words above are theirs."""
        quotation = self._last_quotation(block)
        if quotation is None and number:
            above = self.blocks[number - 1]
            quotation = self._last_quotation(above)
            if quotation is None or self._text[quotation[1] : above.end].strip():
                return
        elif quotation is not None and quotation[0] > block.start + 2:
            return
        if quotation is None:
            return
        match = _SIGNATURE.match(self._text, max(quotation[1], block.start), block.end)
        if match is None or not _is_name_like(match.group(1)):
            return
        for n in range(first, min(len(self._sentences), first + MOST_SENTENCES)):
            source = tuple(t.i for t in self._sentences[n] if match.start(1) <= t.idx < match.end(1))
            if source:
                dash = source[0] - 1
                yield n, Candidate(dash, (dash,), source, frozenset(), SIGNATURE.because(), spans=(quotation,))
                return

    def told(self, block: Block) -> tuple[int, Candidate] | None:
        """Who says so at the end of a headline, with the sentence of that: all before is theirs."""
        teller = headline_teller(self._text, block.start, block.end)
        if teller is None:
            return None
        number = bisect_right(self.starts, teller.start) - 1
        sentence = self._sentences[number]
        source = tuple(t.i for t in sentence if teller.start <= t.idx < teller.end)
        verb = tuple(t.i for t in sentence if teller.verb and teller.verb[0] <= t.idx < teller.verb[1])
        cue = verb or tuple(t.i for t in sentence if t.idx < teller.start)[-1:]
        if not source or not cue:
            return None
        spans = ((block.start, teller.mark),)
        return number, Candidate(cue[0], cue, source, frozenset(), TELLER.because(), spans=spans, sure=True)

    def _last_quotation(self, block: Block) -> Offsets | None:
        """The last outermost quotation that begins in the block."""
        at = bisect_left(self._quotation_starts, block.end) - 1
        while at >= 0 and self._parse.quotations[at].depth > 0:
            at -= 1
        if at < 0 or self._quotation_starts[at] < block.start:
            return None
        return self._parse.quotations[at].start, self._parse.quotations[at].end


def _is_name_like(label: str) -> bool:
    words = label.replace("\xa0", " ").split()
    return 0 < len(words) <= MOST_WORDS and all(w[0].isupper() or w.lower() in NAME_PARTICLES for w in words)
