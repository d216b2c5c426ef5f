"""Signs of harm beside a verb: wounds, bullets, the body, and deaths told later."""

from __future__ import annotations

from collections.abc import Set
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.agents import names_agent
from dateline.lang.en.grammar.voice import coordinated
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

ACCIDENTS = words("harm.accidents")
ALIVE = words("harm.alive")
ATTEMPTED = words("harm.attempted")
BODY = words("harm.body")
DENIALS = words("counts.denials")
DYING_OF_IT = words("harm.dying_of_it")
FATAL = words("harm.fatal")
FATALLY = words("harm.fatally")
GOING_WRONG = words("harm.going_wrong")
HOSPITALS = words("harm.hospitals")
LIMBS = words("harm.limbs")
LOOKED_AT = words("harm.looked_at")
MISSILES = words("harm.missiles")
ONE_PERSON = words("counts.one_person")
OTHER_CAUSES = words("harm.other_causes")
SUSPECTED_DEEDS = words("harm.suspected_deeds")
VEHICLES = words("events.vehicles")
WOUNDS = words("harm.wounds")
NEXT_WORDS = 40
"""Words before and after a sentence that may tell of a death, or that there was none."""
REACH_OF_HOSPITAL = 16
"""Words from the verb on among which the hospital is named that it brings somebody to."""
REACH_OF_DEATH = 12
"""Words of the next sentence that may tell that who was hurt died ("He was pronounced dead there")."""


def wounds(verb: Token, *, fatal: bool = False) -> bool:
    """Whether what is suffered is a wound ("suffered gunshot wounds", "suffering from injuries"), or a fatal one."""
    below = [g for c in clause_of(verb).hung("object", "preposition") for g in (c, *c.children)]
    told = [t for t in below if t.lemma_.lower() in WOUNDS]
    return any(c.lower_ in FATAL for t in told for c in t.children) if fatal else bool(told)


def is_fatal(state: Token) -> bool:
    """Whether the word is qualified so ("fatally wounded"), and not denied to be so."""
    if not any(c.lower_ in FATALLY for c in state.children):
        return False
    return not any(t.lower_ in DENIALS for t in state.doc[max(0, state.i - 3) : state.i])


def in_limb(verb: Token) -> bool:
    """Whether somebody is struck in a part of the body that is seldom deadly ("shot in the leg")."""
    return any(t.lemma_.lower() in LIMBS for place in clause_of(verb).after("in") for t in coordinated(place))


def to_hospital(verb: Token) -> bool:
    """Whether the verb brings somebody to a hospital for more than a look at them."""
    following = [t.lower_ for t in verb.doc[verb.i + 1 : min(verb.i + REACH_OF_HOSPITAL, verb.sent.end)]]
    if LOOKED_AT & set(following):
        return False
    return bool(HOSPITALS & {*following, *map(" ".join, pairwise(following))})


def tells_death(word: Token, telling: Set[str]) -> bool:
    """Whether the word, one of ``telling``, tells of a death, unlike "attempted murder" and "homicide detectives"."""
    if word.lower_ not in telling or (word.i and word.doc[word.i - 1].lower_ in ATTEMPTED):
        return False
    return word.lemma_.lower() not in SUSPECTED_DEEDS or clause_of(word).link != "compound"


def told_alive(verb: Token) -> bool:
    """Whether the words of the sentence or after it tell of people who are hurt and live."""
    sentence = verb.sent
    return any(t.lower_ in ALIVE for t in verb.doc[sentence.start : sentence.end + NEXT_WORDS])


def has_other_cause(word: Token) -> bool:
    """Whether people are said to die or be hurt of something that is no attack ("killed in a car crash")."""
    clause = clause_of(word)
    causes = clause.after() if word.pos_ != "NOUN" else ()
    if any(t.lemma_.lower() in ACCIDENTS for t in clause.hung("adverbial clause")):
        return True  # "died after he fell", "killed when the tractor overturned"
    return any(cause.lemma_.lower() in OTHER_CAUSES for cause in (*causes, *clause.subjects))


def tells_mishap(sentence: Span) -> bool:
    """Whether a sentence tells of harm without anybody's attack: "a quake shook the town", "when the bridge fell"."""
    for token in sentence:
        if token.pos_ not in {"VERB", "AUX"}:
            continue
        subjects = clause_of(token).hung("subject", "passive subject")
        things = [t for t in subjects if not names_agent(t) or t.lemma_.lower() in VEHICLES]
        if any(t.lemma_.lower() in OTHER_CAUSES for t in things):
            return True
        if things and token.lemma_.lower() in GOING_WRONG and not clause_of(token).passive:
            return True
    return False


def by_missile(verb: Token) -> bool:
    """Whether a bullet or its like strikes ("was hit by gunfire", "a bullet struck him"), or the body is struck."""
    struck = (t for c in verb.subtree if c.lower_ == "in" for t in clause_of(c).hung("preposition object"))
    if any(t.lemma_.lower() in BODY for t in struck):
        return True
    clause = clause_of(verb)
    by = clause.after() if clause.passive else clause.subjects
    return any(t.lemma_.lower() in MISSILES for t in by)


def dies_of_it(verb: Token) -> bool:
    """Whether who is hurt or brought to hospital dies there ("where he later died", "He was pronounced dead there")."""
    if any(t.lower_ in DYING_OF_IT for t in verb.subtree if t.i > verb.i):
        return True
    last = verb.sent.end
    following = verb.doc[last : last + REACH_OF_DEATH]
    return any(t.lower_ in ONE_PERSON for t in following[:1]) and any(t.lower_ in DYING_OF_IT for t in following)
