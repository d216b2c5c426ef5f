"""Where a noun phrase of a participant begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lang.en.grammar.accusation import accusing_word, gerund_matter
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token


LEFT_OUT_LEFT = words("text.outside_phrases")
KEPT_PREPOSITIONS = words("text.kept_prepositions")
ASIDES = words("text.asides")
RESULTS = words("text.results")
PLACES = frozenset({"GPE", "LOC"})
DONE_TO = frozenset({"object", "passive subject"})
HYPHENS = frozenset({"-", "‑"})
NO_PART = frozenset(
    {
        *("relative clause", "adverbial clause", "coordinator", "punctuation", "first coordinator", "conjunct"),
        *("subject", "auxiliary", "clause marker"),
    }
)
"""Links of words before a head that are no part of its phrase."""


def edges(head: Token) -> tuple[Token, Token]:
    """The first and the last word of the phrase headed by ``head``.

    Its determiner and its "of" are in it; relative clauses, appositions after a comma and the words coordinated with
    it are not.
    """
    doc = head.doc
    left = head.left_edge.i
    for child in head.lefts:
        if gerund_matter(child) is not None:
            left = max(left, child.i + 1)
        outside = child.dep_ in NO_PART or (child.dep_ == "adverb" and child.lower_ in ASIDES)
        # "shot dead two men": the parser makes the men dead
        outside = outside or (child.lower_ in RESULTS and head.dep_ == "object" and child.i == head.head.i + 1)
        if outside and child.text not in HYPHENS:
            left = max(left, child.right_edge.i + 1)
    while left < head.i and (doc[left].lower_ in LEFT_OUT_LEFT or doc[left].is_space or doc[left].is_quote):
        left += 1
    right = min(_right(head, 0), head.i + 40)
    if right + 2 < len(doc) and doc[right + 1].lower_ == "of" and doc[right + 1].dep_ == "preposition":
        # "residents and supporters of the club": the parser gives "of" to the first of the two. An "of" of its own that
        # went too deep or brings in a year ("the Act of 1970") is part of the name as well.
        inner = next((c for c in doc[right + 1].children if c.dep_ == "preposition object"), None)
        inner = inner if accusing_word(doc[right + 1]) is None else None
        right = _right(inner, 1) if inner is not None and head.ent_type_ not in {"GPE", "PERSON"} else right
    while right > head.i and (doc[right].is_punct or doc[right].is_space) and doc[right].text not in {")", "."}:
        right -= 1
    return doc[left], doc[right]


def _right(head: Token, depth: int) -> int:
    right = head.i
    doc = head.doc
    for child in head.rights:
        following = child.left_edge.i == right + 1
        if (child.dep_ in {"compound", "number", "noun modifier", "flat"} and following) or (
            child.dep_ == "apposition" and following and child.pos_ == "PROPN" and head.pos_ in {"NOUN", "PROPN"}
        ):
            right = child.right_edge.i
        elif child.dep_ == "preposition" and following and depth < 4 and child.lower_ in KEPT_PREPOSITIONS:
            if accusing_word(child) is not None:
                break
            inner = [c for c in child.children if c.dep_ == "preposition object"]
            if (
                not inner
                or (not depth and child.lower_ != "of" and _is_done_there(head, inner[0]))
                or inner[0].ent_type_ in {"DATE", "TIME"}
                or (
                    child.lower_ != "of" and (depth or head.pos_ in {"PRON", "PROPN"}) and not _one_name(head, inner[0])
                )
                or (head.ent_type_ in {"GPE", "PERSON"} and head.pos_ == "PROPN")
            ):
                break
            right = _right(inner[0], depth + 1)
        elif doc[right + 1 : right + 2].text == "(" and child.left_edge.i <= right + 2:
            close = next((k for k in range(right + 2, min(right + 12, len(doc))) if doc[k].text == ")"), None)
            if close is None:
                break
            right = close
        elif child.dep_ != "punctuation" or child.text != "(":
            break
    return right


def _is_done_there(head: Token, place: Token) -> bool:
    """Whether "two men in Lagos" only says where it is done to them: unlike "the men in Lagos", any two are meant."""
    if head.dep_ not in DONE_TO or place.ent_type_ not in PLACES:
        return False
    return any(c.dep_ == "number" or c.lower_ in {"a", "an"} for c in head.lefts)


def _one_name(head: Token, last: Token) -> bool:
    """Whether the words from one to the other are all of one name: "the Centre for Human Rights"."""
    words = head.doc[head.i : last.i + 1]
    return head.ent_type_ == "ORG" and all(t.ent_type_ == "ORG" and t.ent_iob_ == "I" for t in words[1:])
