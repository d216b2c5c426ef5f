"""Who says so by layout alone: ``NAME: words``, ``X added:`` above a paragraph, a name after a dash below words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.coder.attribution.syntax import Candidate
from dateline.coder.syntax.model import Parse
from dateline.lang.lexicon import words
from dateline.model import Block

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan

_LABEL = re.compile(r"\s*[\"“”]?([^\W\d_][^\n:“\"”]{0,48}?):\s+(?=\S)")
_SIGNATURE = re.compile(r"\s*[―—–-]{1,2}\s*([^\W\d_][^\n!?“\"”]{2,80}?)\s*\Z")
_QUOTE_END = frozenset("\"”»’'")
_MOST_WORDS = 6
_NAME_PARTICLES = words("speech.name_particles")


class LayoutReader:
    """Adds to the candidates of each sentence those that only the layout tells."""

    def __init__(self, parse: Parse, sentences: Sequence[SpacySpan], rows: Sequence[list[Candidate]]) -> None:
        self._parse = parse
        self._text = parse.report.text
        self._sentences = sentences
        self._rows = rows
        self._starts = [s.start_char for s in sentences]
        self._blocks = list(parse.coded_blocks())
        self._quotation_starts = [q.start for q in parse.quotations]

    def read(self) -> None:
        """Speakers' labels first: a paragraph that has one is nobody else's."""
        labels = self._labels()
        for number, block in enumerate(self._blocks):
            first = bisect_left(self._starts, block.start)
            if first >= len(self._sentences) or self._starts[first] >= block.end:
                continue
            if (label := labels.get(block.start)) is not None:
                self._add_label(first, block, label)
            elif number:
                self._give_paragraph(first, self._blocks[number - 1], block)
            self._add_signature(number, first, block)

    def _labels(self) -> dict[int, re.Match[str]]:
        """Blocks that begin with a name and a colon as transcripts do, by start; a label used once ("Note:") is none.

        In capitals, two different labels are enough: each speaker of a short transcript may speak once.
        """
        matches = {b.start: _LABEL.match(self._text, b.start, b.end) for b in self._blocks}
        found = {start: m for start, m in matches.items() if m and _is_name_like(m.group(1))}
        uses = Counter(m.group(1) for m in found.values())
        capitals = {label for label in uses if label.isupper()}
        return {
            start: m
            for start, m in found.items()
            if uses[m.group(1)] > 1 or (m.group(1) in capitals and len(capitals) > 1)
        }

    def _add_label(self, number: int, block: Block, label: re.Match[str]) -> None:
        sentence = self._sentences[number]
        colon = next((t for t in sentence if t.idx >= label.end(1) and t.text == ":"), None)
        source = [t.i for t in sentence if label.start(1) <= t.idx < label.end(1)]
        if colon is not None and source:
            self._add(number, Candidate(colon.i, [colon.i], source, set(), "a speaker's name and a colon"))
            self._rows[number][-1].spans = [(label.end(), block.end)]

    def _give_paragraph(self, first: int, above: Block, block: Block) -> None:
        """A paragraph without quotation marks under "X added:" is X's."""
        if first == 0 or not self._text[above.start : above.end].rstrip().endswith(":"):
            return
        if self._quotation_at_start(block) or self._starts[first - 1] < above.start:
            return
        unused = [c for c in self._rows[first - 1] if c.quotes and c.source and not c.spans]
        if unused:
            unused[-1].spans.append((block.start, block.end))

    def _quotation_at_start(self, block: Block) -> bool:
        at = bisect_left(self._quotation_starts, block.start)
        return at < len(self._quotation_starts) and self._quotation_starts[at] <= block.start + 2

    def _add_signature(self, number: int, first: int, block: Block) -> None:
        """A name after a dash, below or behind a quotation: the words above are theirs."""
        quotation = self._last_quotation(block)
        if quotation is None and number:
            above = self._blocks[number - 1]
            quotation = self._last_quotation(above)
            if quotation is None or self._text[quotation[1] : above.end].strip():
                return
        elif quotation is not None and quotation[0] > block.start + 2:
            return
        if quotation is None:
            return
        begin = max(quotation[1], block.start)
        match = _SIGNATURE.match(self._text, begin, block.end)
        if match is None or not _is_name_like(match.group(1)):
            return
        numbers = range(first, min(len(self._sentences), first + 60))
        for n in numbers:
            sentence = self._sentences[n]
            source = [t.i for t in sentence if match.start(1) <= t.idx < match.end(1)]
            if source:
                dash = source[0] - 1
                self._add(n, Candidate(dash, [dash], source, set(), "a name after a dash below the words"))
                self._rows[n][-1].spans = [quotation]
                return

    def _last_quotation(self, block: Block) -> tuple[int, int] | None:
        """The last outermost quotation that begins in the block."""
        at = bisect_left(self._quotation_starts, block.end) - 1
        while at >= 0 and self._parse.quotations[at].depth > 0:
            at -= 1
        if at < 0 or self._quotation_starts[at] < block.start:
            return None
        return self._parse.quotations[at].start, self._parse.quotations[at].end

    def _add(self, number: int, candidate: Candidate) -> None:
        self._rows[number].append(candidate)


def _is_name_like(label: str) -> bool:
    words = label.replace("\xa0", " ").split()
    return 0 < len(words) <= _MOST_WORDS and all(w[0].isupper() or w.lower() in _NAME_PARTICLES for w in words)
