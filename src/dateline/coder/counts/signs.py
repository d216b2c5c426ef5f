"""Signs of harm beside a verb: wounds, bullets, the body, and deaths told later."""

from __future__ import annotations

from collections.abc import Set
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.coder.counts.words import (
    ATTEMPTED,
    BODY,
    DYING,
    FATAL,
    FATALLY,
    HOSPITALS,
    LIMBS,
    LOOKED_AT,
    MISSILES,
    OTHER_CAUSES,
    WOUNDS,
)
from dateline.lang.clause import clause_of

if TYPE_CHECKING:
    from spacy.tokens import Token


def wounds(verb: Token, *, fatal: bool = False) -> bool:
    """Whether what is suffered is a wound ("suffered gunshot wounds", "suffering from injuries"), or a fatal one."""
    below = [g for c in verb.children for g in (c, *c.children) if c.dep_ in {"object", "preposition"}]
    told = [t for t in below if t.lemma_.lower() in WOUNDS]
    return any(c.lower_ in FATAL for t in told for c in t.children) if fatal else bool(told)


def is_fatal(state: Token) -> bool:
    """Whether the word is qualified so ("fatally wounded"), and not denied to be so."""
    words = {c.lower_ for c in state.children}
    before = {t.lower_ for t in state.doc[max(0, state.i - 3) : state.i]}
    return bool(words & FATALLY) and not before & {"not", "n't", "n’t"}


def in_limb(verb: Token) -> bool:
    """Whether somebody is struck in a part of the body that is seldom deadly ("shot in the leg")."""
    where = [g for c in verb.children if c.dep_ == "preposition" and c.lower_ == "in" for g in c.children]
    return any(g.dep_ == "preposition object" and t.lemma_.lower() in LIMBS for g in where for t in (g, *g.conjuncts))


def to_hospital(verb: Token) -> bool:
    """Whether the verb brings somebody to a hospital for more than a look at them."""
    words = [t.lower_ for t in verb.doc[verb.i + 1 : min(verb.i + 16, verb.sent.end)]]
    if LOOKED_AT & set(words):
        return False
    beds = any(b in {"center", "centre"} and a == "medical" for a, b in pairwise(words))
    return beds or bool(HOSPITALS & set(words))


def tells_death(word: Token, words: Set[str]) -> bool:
    """Whether the word, one of ``words``, tells of a death, unlike "attempted murder" and "homicide detectives"."""
    if word.lower_ not in words or (word.i and word.doc[word.i - 1].lower_ in ATTEMPTED):
        return False
    return not (word.lemma_.lower() in {"homicide", "murder"} and word.dep_ == "compound")


def has_other_cause(word: Token) -> bool:
    """Whether people are said to die or be hurt of something that is no attack ("killed in a car crash")."""
    below = [
        g
        for c in word.children
        if c.dep_ in {"preposition", "agent"}
        for g in c.children
        if g.dep_ == "preposition object"
    ]
    causes = below if word.pos_ != "NOUN" else []
    return any(g.lemma_.lower() in OTHER_CAUSES for g in (*causes, *clause_of(word).subjects))


def by_missile(verb: Token) -> bool:
    """Whether a bullet or its like strikes ("was hit by gunfire", "a bullet struck him"), or the body is struck."""
    below = [g for c in verb.subtree if c.dep_ == "preposition" and c.lower_ == "in" for g in c.children]
    if any(g.dep_ == "preposition object" and g.lemma_.lower() in BODY for g in below):
        return True
    if clause_of(verb).passive:
        return any(
            g.lemma_.lower() in MISSILES
            for c in verb.children
            if c.dep_ in {"agent", "preposition"}
            for g in c.children
        )
    return any(t.lemma_.lower() in MISSILES for t in clause_of(verb).subjects)


def dies_of_it(verb: Token) -> bool:
    """Whether who is hurt or brought to hospital dies there ("where he later died", "He was pronounced dead there")."""
    if any(t.lower_ in DYING for t in verb.subtree if t.i > verb.i):
        return True
    last = verb.sent.end
    following = verb.doc[last : last + 12]
    return any(t.lower_ in {"he", "she"} for t in following[:1]) and any(t.lower_ in DYING for t in following)
