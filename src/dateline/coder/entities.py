"""The named entities of a phrase or sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan


def names_in(words: SpacySpan) -> list[SpacySpan]:
    """The named entities inside the words, in order; spaCy's own ``ents`` walks over those of the whole report."""
    doc, found, at = words.doc, [], words.start
    while at < words.end:
        end = at + 1
        if doc[at].ent_iob_ == "B":
            while end < len(doc) and doc[end].ent_iob_ == "I":
                end += 1
            if end <= words.end:
                found.append(doc[at:end])
        at = end
    return found
