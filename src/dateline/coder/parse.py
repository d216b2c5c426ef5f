"""Text to syntax: one dependency parse over a whole report, so that a token's ``idx`` is its offset in the report.

Sentences never cross a block, and a quotation is never torn from the words that belong to it (see
:mod:`dateline.coder.quotes` and :mod:`dateline.coder.sentences`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.model import CODED_BLOCKS, Block, Report

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, ``[start, end)`` with the marks. ``depth`` is 0 for an outermost one.

    ``closed`` is False where a mark is missing and the end was inferred. A quotation that runs over several
    paragraphs (each opened anew, closed once) is one Quotation a paragraph; ``continues`` says that it goes on from
    the one before.
    """

    start: int
    end: int
    depth: int = 0
    closed: bool = True
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Parse:
    """A report with its syntax."""

    report: Report
    doc: Doc
    quotations: tuple[Quotation, ...] = ()

    def coded_blocks(self) -> Iterator[Block]:
        """The blocks whose words may become events, in order."""
        return (b for b in self.report.blocks if b.kind in CODED_BLOCKS)

    def sentences(self) -> Iterator[SpacySpan]:
        """The sentences of the coded blocks, in order."""
        blocks = list(self.coded_blocks())
        at = 0
        for sentence in self.doc.sents:
            while at < len(blocks) and blocks[at].end <= sentence.start_char:
                at += 1
            if at < len(blocks) and blocks[at].start <= sentence.start_char and sentence.text.strip():
                yield sentence

    def quotation_at(self, token: Token) -> Quotation | None:
        """The innermost quotation that holds the token."""
        inside = [q for q in self.quotations if q.start <= token.idx < q.end]
        return max(inside, key=lambda q: q.depth, default=None)
