"""Signs of harm beside a verb: wounds, bullets, the body, and deaths told later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coder.count_words import ATTEMPTED, BODY, DYING, MISSILES, WOUNDS
from dateline.coder.roles_voice import is_passive, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token


def wounds(verb: Token) -> bool:
    """Whether what is suffered is a wound ("suffered gunshot wounds", "suffering from injuries")."""
    below = [g for c in verb.children for g in (c, *c.children) if c.dep_ in {"dobj", "prep"}]
    return any(t.lemma_.lower() in WOUNDS for t in below)


def tells_death(word: Token, words: frozenset[str]) -> bool:
    """Whether the word, one of ``words``, tells of a death, unlike "attempted murder" and "homicide detectives"."""
    if word.lower_ not in words or (word.i and word.doc[word.i - 1].lower_ in ATTEMPTED):
        return False
    return not (word.lemma_.lower() in {"homicide", "murder"} and word.dep_ == "compound")


def by_missile(verb: Token) -> bool:
    """Whether a bullet or its like strikes ("was hit by gunfire", "a bullet struck him"), or the body is struck."""
    below = [g for c in verb.subtree if c.dep_ == "prep" and c.lower_ == "in" for g in c.children]
    if any(g.dep_ == "pobj" and g.lemma_.lower() in BODY for g in below):
        return True
    if is_passive(verb):
        return any(
            g.lemma_.lower() in MISSILES for c in verb.children if c.dep_ in {"agent", "prep"} for g in c.children
        )
    return any(t.lemma_.lower() in MISSILES for t in subjects(verb))


def dies_of_it(verb: Token) -> bool:
    """Whether who is hurt or brought to hospital dies there ("where he later died", "He was pronounced dead there")."""
    if any(t.lower_ in DYING for t in verb.subtree if t.i > verb.i):
        return True
    last = verb.sent.end
    following = verb.doc[last : last + 12]
    return any(t.lower_ in {"he", "she"} for t in following[:1]) and any(t.lower_ in DYING for t in following)
