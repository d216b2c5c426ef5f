"""How verbs tell what happened to people: "killed", "left two dead", "was taken to hospital", "took part"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.coder.counts.phrases import FoundCount, Phrases, is_one_more
from dateline.coder.counts.signs import by_missile, dies_of_it, in_limb, is_fatal, to_hospital, wounds
from dateline.coder.counts.words import (
    ATTEMPTED,
    CROWDS,
    FATALLY,
    HOSPITAL_VERBS,
    NEXT_WORDS,
    PHRASE_VERBS,
    STATE_WORDS,
    STRIKING,
    SUFFERING,
    SURVIVING,
    VERB_KINDS,
    WOUNDS,
)
from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.numbers import Number
from dateline.lang.lexicon import words
from dateline.model import CountKind

if TYPE_CHECKING:
    from spacy.tokens import Token

OUTCOME_VERBS = words("counts.outcome_verbs")
LOST = words("counts.lost")
HOMES = words("counts.homes")
OUTCOME_DEPS = frozenset(
    {"object predicate", "adjective complement", "adverb", "object", "adjective", "open clause", "content clause"}
)


def of_verb(verb: Token, phrases: Phrases, *, survived: bool) -> Iterator[FoundCount]:
    """The people whom a verb counts. ``survived`` says that the words around tell of wounds and of no death."""
    lemma = verb.lemma_.lower()
    if lemma in STRIKING and (by_missile(verb) or in_limb(verb)):
        if survived or ((lemma == "graze" or in_limb(verb)) and not dies_of_it(verb)):
            yield from phrases.people(clause_of(verb).objects, "injured", verb)
    elif lemma in VERB_KINDS:
        kind, of_object = VERB_KINDS[lemma]
        kind = "injured" if lemma == "gun" and survived else kind
        yield from _of_kind(verb, kind, clause_of(verb).objects if of_object else clause_of(verb).subjects, phrases)
    elif lemma in OUTCOME_VERBS:
        yield from _of_outcome(verb, phrases, survived=survived)
    elif lemma in PHRASE_VERBS:
        yield from _of_phrase(verb, phrases)
    elif lemma in SUFFERING and wounds(verb):
        if wounds(verb, fatal=True):
            yield from phrases.people(clause_of(verb).subjects, "killed", verb)
        elif not dies_of_it(verb):
            yield from phrases.people(clause_of(verb).subjects, "injured", verb)
    elif lemma in SURVIVING and not dies_of_it(verb):
        yield from _of_survival(verb, phrases)


def _of_kind(verb: Token, kind: CountKind, heads: tuple[Token, ...], phrases: Phrases) -> Iterator[FoundCount]:
    if kind == "participants" and verb.lemma_.lower() in {"strike", "join"} and not heads:
        return
    if kind == "injured" and is_fatal(verb):
        kind = "killed"
    if not clause_of(verb).passive and any(h.i > verb.i for h in heads):
        # "the boy who police say killed a man": what is told before is who did it
        heads = tuple(h for h in heads if h.i > verb.i)
    if not heads and verb.dep_ == "preposition clause" and clause_of(verb).passive:  # "shot a man before being killed"
        heads = clause_of(verb.head.head).subjects
    if not heads:  # "injured a fourth", "remains hospitalized": the parser takes an adjective, and an auxiliary
        held = [g for c in verb.children if c.dep_ == "passive auxiliary" for g in c.children if g.dep_ == "subject"]
        heads = tuple(held or (c for c in verb.children if c.dep_ == "object" and is_one_more(c)))
    yield from phrases.people(heads, kind, verb)


def _of_outcome(verb: Token, phrases: Phrases, *, survived: bool) -> Iterator[FoundCount]:
    """The outcome stands beside the verb: "shot dead", "stabbed to death", "found dead", "left two injured"."""
    lemma = verb.lemma_.lower()
    kind: CountKind | None = None
    some = next((n for t in verb.subtree if t.lower_ in FATALLY and (n := _some_before(t, phrases))), None)
    if some is not None:  # "shot three officers, one fatally"
        yield phrases.found(some, None, "killed", verb)
        return
    for child in verb.children:
        if child.lower_ in STATE_WORDS and child.dep_ in OUTCOME_DEPS:
            kind = "killed" if is_fatal(child) else STATE_WORDS[child.lower_]
            of_clause = [c for c in child.children if c.dep_ in {"subject", "passive subject"}]
            if (
                child.dep_ == "content clause" and of_clause and lemma in {"find", "leave"}
            ):  # "found the man and the boy dead"
                yield from phrases.people(of_clause, kind, verb)
                return
            number = phrases.inside_state(child)
            if child.dep_ == "object" and number is not None:
                yield phrases.found(number, child, kind, verb)
                return
        if child.dep_ == "preposition" and child.lower_ == "to" and any(g.lower_ == "death" for g in child.children):
            kind = "killed"
        if lemma in {"shoot", "stab", "beat"} and child.lower_ in FATALLY:
            kind = "killed"
        if lemma == "gun" and child.lower_ == "down":
            kind = "killed"
        if lemma in {"leave", "find"} and child.dep_ in {"preposition", "object"} and not dies_of_it(verb):
            # "left a man in critical condition": the condition may hang on the man
            where = [child] if child.dep_ == "preposition" else [c for c in child.children if c.dep_ == "preposition"]
            words = {g.lemma_.lower() for c in where for g in c.children}
            if "condition" in words or (lemma == "leave" and words & WOUNDS):
                kind = "injured"
    following = verb.doc[verb.i + 1 : verb.i + 2].text.lower()
    if kind is None and lemma != "leave" and following in {"dead", "deceased"}:
        kind = "killed"
    if kind is None and lemma in {"shoot", "stab"} and following != "at":
        kind = "injured" if survived or (in_limb(verb) and not dies_of_it(verb)) else _of_oneself(verb)
    if kind is not None:
        participle = verb.dep_ == "adverbial clause" and verb.tag_ == "VBN"  # "arrived at the clinic, shot in the legs"
        yield from phrases.people(
            clause_of(verb).objects or (clause_of(verb.head).subjects if participle else ()), kind, verb
        )


def _some_before(fatally: Token, phrases: Phrases) -> Number | None:
    """As in "one fatally" and "two of them fatally"."""
    of_them = [t.lower_ for t in fatally.doc[max(0, fatally.i - 2) : fatally.i]]
    at = fatally.i - 3 if of_them in (["of", "them"], ["of", "whom"]) else fatally.i - 1
    return phrases.by_end.get(at)


def _of_oneself(verb: Token) -> CountKind | None:
    """Who shot others and then himself is dead where the words around speak of suicide."""
    oneself = any(t.lower_ in {"himself", "herself"} for t in clause_of(verb).objects)
    near = {t.lower_ for t in verb.doc[max(0, verb.sent.start - NEXT_WORDS) : verb.sent.end + NEXT_WORDS]}
    return "killed" if oneself and "suicide" in near and not near & ATTEMPTED else None


def _of_phrase(verb: Token, phrases: Phrases) -> Iterator[FoundCount]:
    lemma = verb.lemma_.lower()
    words = {t.lower_ for t in verb.subtree if 0 < t.i - verb.i <= 6}
    if lemma == "take" and {"into", "custody"} <= words:
        yield from phrases.people(clause_of(verb).objects, "arrested", verb)
    elif (lemma == "take" and ("part" in words or "streets" in words)) or (lemma == "turn" and "out" in words):
        yield from phrases.people(clause_of(verb).subjects, "participants", verb)
    elif lemma == "lose" and any(t.lemma_.lower() in LOST for t in clause_of(verb).objects):
        yield from phrases.people((t for t in clause_of(verb).objects if t.lemma_.lower() in LOST), "killed", verb)
    elif lemma in {"force", "drive"} and _from_home(verb):
        yield from phrases.people(clause_of(verb).objects, "displaced", verb)
    elif lemma in {"take", "claim", "lose"} and (lives := _lives(verb)):
        yield from _of_lives(verb, lives, phrases)
    elif lemma in HOSPITAL_VERBS and to_hospital(verb):
        if not dies_of_it(verb):
            yield from phrases.people(clause_of(verb).objects, "injured", verb)
    elif lemma == "treat":
        where = [g for c in verb.children if c.dep_ == "preposition" and c.lower_ == "for" for g in c.children]
        if any(g.lemma_.lower() in WOUNDS for g in where) and not dies_of_it(verb):
            yield from phrases.people(clause_of(verb).objects, "injured", verb)
    elif lemma == "put" and any(t.lemma_.lower() in {"toll", "dead"} for t in clause_of(verb).objects):
        at = verb.i - phrases.offset
        told = [n for n in phrases.numbers if at < n.start <= at + 14 and phrases.tokens[n.start - 1].lower_ == "at"]
        if told:
            yield phrases.found(told[0], None, "killed", verb)
    elif lemma in {"fight", "cling"} and "life" in words and not dies_of_it(verb):
        yield from phrases.people(clause_of(verb).subjects, "injured", verb)
    elif (lemma == "commit" and "suicide" in words) or (lemma == "pass" and "away" in words):
        yield from phrases.people(clause_of(verb).subjects, "killed", verb)
    elif lemma == "turn" and words & {"gun", "weapon"} and words & {"himself", "herself"}:
        oneself = tuple(t for t in verb.subtree if t.lower_ in {"himself", "herself"})
        if not {t.lower_ for t in verb.sent} & ATTEMPTED:
            yield from phrases.people(oneself[:1], "killed", verb)
    elif lemma == "round" and "up" in words:
        yield from phrases.people(clause_of(verb).objects, "arrested", verb)
    elif lemma in {"draw", "attract"} and any(t.lemma_.lower() in CROWDS for t in clause_of(verb).subjects):
        yield from phrases.people(clause_of(verb).objects, "participants", verb)


def _from_home(verb: Token) -> bool:
    """As in "forced 300 people from their homes" and "drove hundreds out of the village"."""
    words = [t.lemma_.lower() for t in verb.doc[verb.i + 1 : verb.i + 12]]
    return any(
        word in HOMES and {"from", "flee", "leave", "abandon"} & set(words[max(0, n - 4) : n])
        for n, word in enumerate(words)
    )


def _lives(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ == "object" and c.lemma_.lower() in {"life", "live"}]


def _of_lives(verb: Token, lives: list[Token], phrases: Phrases) -> Iterator[FoundCount]:
    """As in "lost their lives", "claimed the lives of nine", "claimed nine lives" and "took her own life"."""
    if verb.lemma_.lower() == "lose" or any(c.lower_ == "own" for life in lives for c in life.children):
        yield from phrases.people(clause_of(verb).subjects, "killed", verb)
        return
    whose = [
        g
        for life in lives
        for c in life.children
        if c.dep_ == "preposition"
        for g in c.children
        if g.dep_ == "preposition object"
    ]
    if whose:
        yield from phrases.people(whose, "killed", verb)
    else:
        yield from phrases.number_of(lives, "killed", verb)


def _of_survival(verb: Token, phrases: Phrases) -> Iterator[FoundCount]:
    """As in "is expected to survive" and "three are recovering in hospital"."""
    expected = verb.head if verb.dep_ == "open clause" and verb.head.lemma_.lower() == "expect" else None
    if expected is not None:
        yield from phrases.people(clause_of(expected).objects, "injured", verb)
    elif verb.tag_ == "VBG" and verb.lemma_.lower() == "recover":
        yield from phrases.people(clause_of(verb).subjects, "injured", verb)
