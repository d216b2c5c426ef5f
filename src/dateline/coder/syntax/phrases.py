"""The words of a report that name somebody or something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lang.en.noun_phrases import edges

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.coder.syntax.model import Parse
    from dateline.model import Span


def phrase(parse: Parse, head: Token) -> Span:
    """The phrase headed by a word (:func:`dateline.lang.en.noun_phrases.edges`), as words of the report."""
    first, last = edges(head)
    return parse.report.span(first.idx, last.idx + len(last.text))
