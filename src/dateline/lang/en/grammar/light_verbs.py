"""Event nouns under a verb that says little ("staged a rally"), or that only says what the event is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lang.en.grammar.voice import MAX_CHAIN
from dateline.lang.lexicon import Table, table, words

if TYPE_CHECKING:
    from spacy.tokens import Token

LIGHT_VERBS = words("grammar.light_verbs")
PART_TAKERS: Table[frozenset[str]] = table("grammar.part_takers")
SHARES: Table[str] = table("grammar.shares")
GUILT: Table[str] = table("grammar.guilt")
OWNING = words("grammar.owning")
JUDGING = words("grammar.judging")


def first_conjuncts(noun: Token) -> list[Token]:
    """The noun that the one given is coordinated with, in a list; empty where the chain is too long."""
    for _ in range(MAX_CHAIN):
        if noun.dep_ != "conjunct":
            return [noun]
        noun = noun.head
    return []


def light_governor(noun: Token) -> Token | None:
    """The light verb that governs the event noun ("staged" in "staged a rally"), or None."""
    if noun.dep_ == "conjunct":
        first = first_conjuncts(noun)
        if not first or first[0].pos_ not in {"NOUN", "PROPN"}:
            return None
        noun = first[0]
    above = noun.head
    if noun.dep_ in {"object", "passive subject"} and above.lemma_.lower() in LIGHT_VERBS and above.pos_ == "VERB":
        return above if judged_as(noun) is None else None
    if noun.dep_ != "preposition object":
        return None
    if (guilt := _guilt(noun)) is not None:
        return guilt
    verb = above.head
    if verb.pos_ == "VERB":
        if above.lower_ in PART_TAKERS.get(verb.lemma_.lower(), frozenset()):
            return verb
        if verb.lemma_.lower() == "part":  # "took part in": the tagger sees a verb
            return verb.head
    share = verb
    if SHARES.get(share.lower_) != above.lower_ or share.head.pos_ != "VERB":
        return None
    # "took part in" is a part whatever the verb; "denied responsibility for" owns nothing
    return share.head if share.lower_ == "part" or share.head.lemma_.lower() in OWNING else None


def owned_by(noun: Token) -> bool:
    """Whether the verb over the noun only tells whose deed it is ("claimed responsibility for the attack")."""
    taken = (
        noun.dep_ == "preposition object" and noun.head.lower_ == "for" and noun.head.head.lower_ == "responsibility"
    )
    return taken or _guilt(noun) is not None


def tells_guilt(word: Token) -> bool:
    """Whether a word behind "be" tells whose deed follows: "responsible" of "were responsible for", "to blame"."""
    if word.lower_ not in GUILT or word.dep_ not in {"adjective complement", "open clause", "preposition"}:
        return False
    return word.head.lemma_.lower() == "be"


def _guilt(noun: Token) -> Token | None:
    """The "be" of "X was responsible for the attack", "was behind it"; None where that is doubted."""
    if noun.dep_ != "preposition object":
        return None
    preposition = noun.head
    word = preposition if preposition.lower_ in GUILT else preposition.head
    if not tells_guilt(word) or GUILT[word.lower_] != preposition.lower_:
        return None
    doubted = any(c.dep_ in {"negation", "auxiliary"} for c in word.head.children)
    return None if doubted else word.head


def judged_as(noun: Token) -> Token | None:
    """The verb that only says what the event is ("called the strike inexcusable"), whose subject has no part in it."""
    verb = noun.head
    if noun.dep_ == "subject" and verb.dep_ == "content clause" and verb.pos_ in {"ADJ", "NOUN"}:
        return verb.head if verb.head.lemma_.lower() in JUDGING and verb.head.i < noun.i else None
    if noun.dep_ not in {"object", "passive subject"} or verb.lemma_.lower() not in JUDGING:
        return None
    called = any(
        c.dep_ in {"object predicate", "content clause", "adjective complement"} and c.i > verb.i and c.pos_ != "VERB"
        for c in verb.children
    )
    return verb if called else None
