"""The named entities of a phrase or sentence."""

from __future__ import annotations

from spacy.tokens import Span


def names_in(words: Span) -> list[Span]:
    """The named entities inside the words, in order; spaCy's own ``ents`` walks over those of the whole report."""
    doc, names, at = words.doc, [], words.start
    while at < words.end:
        end = at + 1
        if doc[at].ent_iob_ == "B":
            while end < len(doc) and doc[end].ent_iob_ == "I":
                end += 1
            if end <= words.end:
                names.append(Span(doc, at, end, label=doc[at].ent_type_))
        at = end
    return names
