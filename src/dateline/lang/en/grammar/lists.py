"""People of one list whom the parser tears apart: what stands behind an "of" may go on the list, not the phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lang.en.grammar.agents import names_agent, names_person
from dateline.lang.en.people import PUBLIC_ROLES
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

BELONGING = words("grammar.belonging")
DEEPEST = 3
"""Phrases within phrases that a list is followed into ("the head of the office of the party")."""
LONGEST = 60


def torn_from_list(person: Token) -> tuple[Token, ...]:
    """The rest of a list that begins with the person, as far as the parser hangs it elsewhere, in order.

    "The mayor of A, the governor of B and two nurses": the governor is made to explain A, the nurses to stand
    beside B. Only phrases of their own are taken ("the governor", "two nurses"), not "the mayor of A and leader of C".
    """
    if person.pos_ != "NOUN" or not names_person(person):
        return ()
    others: dict[int, Token] = {}
    queue: list[tuple[Token, int]] = [(person, 0)]
    while queue and len(others) < LONGEST:
        above, depth = queue.pop()
        for child in above.rights:
            if child.dep_ == "preposition" and child.lower_ in BELONGING and depth < DEEPEST:
                queue += [
                    (c, depth + 1) for c in child.children if c.dep_ == "preposition object" and not names_person(c)
                ]
            elif child.dep_ not in {"conjunct", "apposition"} or not _begins_phrase(child):
                continue
            elif child.dep_ == "conjunct" or _goes_on(child, definite=not depth):
                others[child.i] = child
                queue.append((child, 0))
    return tuple(others[i] for i in sorted(others))


def headline_list(verb: Token, subject: Token) -> tuple[Token, ...]:
    """The first of the two of "Police, students clash": the parser takes a headline's comma for no "and"."""
    first = subject.left_edge
    before = first.doc[max(0, first.i - 2) : first.i]
    if len(before) < 2 or before[1].text != "," or before[0].head != verb or before[0].pos_ not in {"NOUN", "PROPN"}:
        return ()
    listed = before[0].dep_ in {"unclear", "noun as adverb", "beside"} and names_agent(before[0])
    return (before[0],) if listed and subject.tag_ in {"NNS", "NNPS"} else ()


def same_office_elsewhere(office: Token) -> tuple[Token, ...]:
    """The other countries of "the presidents of Chile and Peru", who each have one of their own."""
    if office.tag_ != "NNS" or office.lemma_.lower() not in PUBLIC_ROLES:
        return ()
    whose = (
        c for prep in office.rights if prep.lower_ == "of" for c in prep.children if c.dep_ == "preposition object"
    )
    first = next(whose, None)
    out: list[Token] = []
    while first is not None and first.ent_type_ == "GPE" and len(out) < LONGEST:
        first = next((c for c in first.rights if c.dep_ == "conjunct"), None)
        out += [first] if first is not None and first.ent_type_ == "GPE" else []
    return tuple(out)


def _goes_on(apposed: Token, *, definite: bool) -> bool:
    """Whether it is no explanation but the second of several ("the head of A, the editor of B and three students")."""
    if definite and not any(c.lower_ == "the" for c in apposed.lefts):
        return False
    return any(c.dep_ == "conjunct" and _begins_phrase(c) for c in apposed.rights) or bool(torn_from_list(apposed))


def _begins_phrase(word: Token) -> bool:
    own = any(c.dep_ in {"determiner", "number", "possessor"} for c in word.lefts)
    return own and word.pos_ == "NOUN" and names_person(word)
