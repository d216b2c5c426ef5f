"""Where a noun phrase of a participant begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lang.en.grammar.accusation import accusing_word, gerund_matter
from dateline.lang.en.grammar.agents import CALENDAR, HAPPENINGS, names_agent, names_thing
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


LEFT_OUT_LEFT = words("text.outside_phrases")
KEPT_PREPOSITIONS = words("text.kept_prepositions")
ASIDES = words("text.asides")
RESULTS = words("text.results")
AREAS = words("people.areas")
AT_PLACES = words("people.at_places")
RELATIVES = words("grammar.relatives")
ARTICLES = words("people.indefinite_articles")
SEVERAL = words("people.several_by_meaning")
PLACES = frozenset({"GPE", "LOC"})
TIMES = frozenset({"DATE", "TIME"})
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
    left = first_word(doc, left, head.i)
    right = min(_right(head, 0), head.i + 40)
    if right + 2 < len(doc) and doc[right + 1].lower_ == "of" and doc[right + 1].dep_ == "preposition":
        # "residents and supporters of the club": the parser gives "of" to the first of the two. An "of" of its own that
        # went too deep or brings in a year ("the Act of 1970") is part of the name as well.
        inner = next((c for c in doc[right + 1].children if c.dep_ == "preposition object"), None)
        inner = inner if accusing_word(doc[right + 1]) is None else None
        right = _right(inner, 1) if inner is not None and head.ent_type_ not in {"GPE", "PERSON"} else right
    opened = [n for n in range(left, right + 1) if doc[n].text == "("]
    if opened and not any(doc[n].text == ")" for n in range(opened[-1], right + 1)):
        closes = doc[right + 1 : right + 2].text == ")"
        right = right + 1 if closes else max(opened[-1] - 1, head.i)
    while right > head.i and (doc[right].is_punct or doc[right].is_space) and doc[right].text not in {")", "."}:
        right -= 1
    return doc[left], doc[right]


def first_word(doc: Doc, left: int, head: int) -> int:
    """Where a phrase that reaches from ``left`` to its head begins, behind marks, brackets and days."""
    while left < head and (behind := _behind_what_is_no_part(doc, left, head)) > left:
        left = behind
    return left


def _behind_what_is_no_part(doc: Doc, left: int, head: int) -> int:
    """The first word behind marks, asides in brackets and a day that the parser gave to the phrase, or ``left``."""
    first = doc[left]
    if first.lower_ in LEFT_OUT_LEFT or first.is_space or first.is_quote:
        return left + 1
    if first.text == "(":
        return next((n + 1 for n in range(left, head) if doc[n].text == ")"), left)
    if first.lower_ in ARTICLES and left + 1 == head and doc[head].lower_ in SEVERAL:
        return head  # "A Police": an article of a headline
    return _behind_day(doc, left, head)


def _behind_day(doc: Doc, left: int, head: int) -> int:
    """The first word behind a day with no article ("Sunday opposition leaders"), but "the 2020 summit"."""
    end = left
    while end < head and (doc[end].ent_type_ in TIMES or doc[end].text in HYPHENS or doc[end].shape_.startswith("d")):
        end += 1
    days = [n for n in range(left, end) if doc[n].is_title and doc[n].lower_ in CALENDAR]
    figures = [n for n in range(left, end) if doc[n].shape_.startswith("d") and _is_of_date(doc, n, left)]
    if not days and not (figures and doc[figures[-1]].shape_ == "dddd" and doc[end].is_title):
        return left
    return max(*days, *figures, left) + 1


def _is_of_date(doc: Doc, at: int, left: int) -> bool:
    """Whether figures are those of a date ("25-04-2016"), and not of those who come behind it ("Monday 20 nurses")."""
    return doc[at].ent_type_ in TIMES or (at > left and doc[at - 1].text in HYPHENS)


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
                or inner[0].lower_ in RELATIVES
                or (not depth and child.lower_ != "of" and _is_where(head, child, inner[0]))
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


def _is_where(head: Token, preposition: Token, place: Token) -> bool:
    """Whether "two men in Lagos" only says where it is done to them: unlike "the men in Lagos", any two are meant.

    "The guards in response" and "a man in captivity" are told apart from no others by it either.
    """
    is_place = place.ent_type_ in PLACES or place.lemma_.lower() in AREAS
    named = is_place or bool(place.ent_type_) or names_agent(place)
    if not named and preposition.lower_ in AT_PLACES:
        return not names_thing(place) or place.lemma_.lower() in HAPPENINGS
    if head.dep_ not in DONE_TO or not is_place:
        return False
    return head.pos_ == "NUM" or any(c.dep_ == "number" or c.lower_ in ARTICLES for c in head.lefts)


def _one_name(head: Token, last: Token) -> bool:
    """Whether the words from one to the other are all of one name: "the Centre for Human Rights"."""
    words = head.doc[head.i : last.i + 1]
    return head.ent_type_ == "ORG" and all(t.ent_type_ == "ORG" and t.ent_iob_ == "I" for t in words[1:])
