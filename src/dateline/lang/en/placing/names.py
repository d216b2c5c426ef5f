"""Names in a sentence that could be places: where each begins and ends, lists of them, and names within one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lang.en.placing.places import PLACE_NOUNS
from dateline.lang.lexicon import words
from dateline.lang.name_keys import demonym

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

PARTICLES = words("places.particles")
_LISTING = words("placing.listing")
_JOINING_LISTED = words("placing.joining_listed")
_BETWEEN_LISTED = words("placing.between_listed")
_BETWEEN_CONTAINED = words("placing.between_contained")
_INSIDE_NAMES = frozenset("-‐‑–’'‘`")
_QUANTITIES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "NORP"})
_MOST_LISTED = 5
"""The most words between two names of one list."""
_MOST_CONTAINED = 7
"""The most words between a name and that of the place it lies in."""


def name_spans(sentence: SpacySpan) -> list[SpacySpan]:
    """Names of the sentence that could be places: the recogniser's names and runs of proper nouns."""
    doc: Doc = sentence.doc
    out: list[SpacySpan] = []
    at = sentence.start
    while at < sentence.end:
        if not _is_part_of_name(doc[at]):
            at += 1
            continue
        end = at + 1
        while end < sentence.end and (_is_part_of_name(doc[end]) or _joins(doc, end, sentence.end)):
            if doc[end].ent_iob_ == "B" and doc[end].ent_type_ and doc[end - 1].ent_type_:
                break
            end += 1
        span = doc[at:end]
        if demonym(span.text) is None:
            out.append(span)
        at = end
    return out


def _is_part_of_name(token: Token) -> bool:
    if token.ent_type_ in _QUANTITIES:
        return False
    return (token.pos_ == "PROPN" or token.ent_type_ in {"GPE", "LOC", "FAC"}) and (
        token.text[:1].isupper() or token.lower_ in PARTICLES
    )


def _joins(doc: Doc, at: int, end: int) -> bool:
    """Whether a small token stands inside a name ("Al-Sha'ar", "Deir ez-Zor", "Riviere-du-Loup")."""
    if at + 1 >= end:
        return False
    before, token, after = doc[at - 1], doc[at], doc[at + 1]
    if token.lower_ in PARTICLES or (token.is_punct and token.text in _INSIDE_NAMES):
        tight = not before.whitespace_ and not token.whitespace_
        same = token.ent_type_ == before.ent_type_
        following = _is_part_of_name(after) or (tight and after.lower_ in PARTICLES)
        return following and (tight or (same and token.lower_ in PARTICLES)) and after.ent_type_ not in _QUANTITIES
    return token.lower_ == "of" and _is_part_of_name(after) and token.ent_type_ == before.ent_type_ != ""


def opens_list(left: SpacySpan, right: SpacySpan) -> bool:
    """Whether a name is followed by examples of what it holds ("across Iran, including Tehran")."""
    between = [t.lower_ for t in left.doc[left.end : right.start]]
    return 0 < len(between) <= _MOST_LISTED and any(w in _LISTING or w == ":" for w in between)


def in_one_list(left: SpacySpan, right: SpacySpan, *, opened: bool) -> bool:
    """Whether two neighbouring names are of one list, with no more than commas and "and" between them.

    "Paris, Texas" is none: a comma alone joins names only after words that open a list (``opened``), or where the
    parser does.
    """
    between = [t.lower_ for t in left.doc[left.end : right.start]]
    if not 0 < len(between) <= _MOST_LISTED or any(w not in _BETWEEN_LISTED for w in between):
        return False
    return opened or any(w in _JOINING_LISTED for w in between) or right.root.dep_ == "conjunct"


def containing_word(between: SpacySpan) -> str:
    """What says that one of two neighbouring names lies in the other: a comma, "of", "in" or a possessive; "" if none.

    ``between`` are the words between them.
    """
    texts = [t.lower_ for t in between]
    if not texts or len(texts) > _MOST_CONTAINED:
        return ""
    if texts[0] in {"'s", "’s"}:
        return "'s" if all(t.pos_ in {"ADJ", "NOUN", "PROPN"} for t in between[1:]) else ""
    links = [w for w in texts if w in _BETWEEN_CONTAINED]
    rest = [t for t in between if t.lower_ not in _BETWEEN_CONTAINED and t.lower_ not in {"the", "and"}]
    return links[0] if links and all(t.pos_ == "ADJ" or t.lemma_.lower() in PLACE_NOUNS for t in rest) else ""
