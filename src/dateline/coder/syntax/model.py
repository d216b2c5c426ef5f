"""A report with its syntax."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.lang.quotation import Quotation, innermost_quotation
from dateline.model import CODED_BLOCKS, Block, Report

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

    from dateline.coder.encoder.network import Reading


@dataclass(frozen=True, slots=True)
class Parse:
    """A report with its syntax. The quotations are sorted by start, an outer one before those inside it."""

    report: Report
    doc: Doc
    quotations: tuple[Quotation, ...] = ()
    reading: Reading | None = None
    """What the encoder made of the report, where there is one."""
    names: tuple[tuple[int, int], ...] = ()
    """People's names by how they are written, as tokens ``[start, end)``, whatever the pipeline takes them for."""

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
        return innermost_quotation(self.quotations, token.idx)

    def in_one_quotation(self, one: Token, other: Token) -> bool:
        """Whether two words stand in the same quotation, or both in none."""
        return self.quotation_at(one) == self.quotation_at(other)
