"""What quotation marks hold: spans of a report's text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_KEPT = "dateline.quotations"


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


def innermost_quotation(quotations: Sequence[Quotation], offset: int) -> Quotation | None:
    """The innermost of properly nested quotations, sorted by start, that holds the offset."""
    at = bisect_right(quotations, offset, key=lambda q: q.start) - 1
    while at >= 0:
        quotation = quotations[at]
        if offset < quotation.end:
            return quotation
        if quotation.depth == 0:
            return None
        at -= 1
    return None


def keep_quotations(doc: Doc, quotations: Sequence[Quotation]) -> None:
    """Has a document know the quotations of its text, so that a clause can tell in which one it stands."""
    doc.user_data[_KEPT] = tuple(quotations)


def quotation_of(word: Token) -> Quotation | None:
    """The innermost quotation that holds a word; None where none does, or the document was told of none."""
    return innermost_quotation(word.doc.user_data.get(_KEPT, ()), word.idx)
