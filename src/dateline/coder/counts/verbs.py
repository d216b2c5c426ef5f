"""How verbs tell what happened to people: "killed", "left two dead", "was taken to hospital", "took part"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.coder.counts.phrases import STATES, FoundCount, Phrases, is_one_more
from dateline.coder.counts.signs import (
    ATTEMPTED,
    FATALLY,
    NEXT_WORDS,
    WOUNDS,
    by_missile,
    dies_of_it,
    in_limb,
    is_fatal,
    to_hospital,
    told_alive,
    wounds,
)
from dateline.lang.clause import clause_of
from dateline.lang.en.numbers import Number
from dateline.lang.lexicon import Made, Table, table, words
from dateline.model import CountKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.lang.links import Link

OBJECT_VERBS: Table[CountKind] = table("counts.object_verbs")
SUBJECT_VERBS: Table[CountKind] = table("counts.subject_verbs")
OBJECT_PHRASES: Table[CountKind] = table("counts.object_phrases")
SUBJECT_PHRASES: Table[CountKind] = table("counts.subject_phrases")
VERBS_OF_NUMBERED: Table[CountKind] = table("counts.verbs_of_numbered")
ASSAULTING = words("harm.assaulting")
COMING_UPON = words("counts.coming_upon")
CROWDS = words("counts.crowds")
DEAD = words("harm.dead")
DRAWING = words("counts.drawing")
DRIVING_OUT = words("counts.driving_out")
HOMES = words("counts.homes")
LIVES = words("harm.lives")
LOST = words("harm.lost")
NEEDING_SUBJECT = words("counts.needing_subject")
OF_THEM = words("counts.of_them")
ONESELF = words("counts.oneself")
OUTCOME_VERBS = words("counts.outcome_verbs")
OUT_OF_HOMES = words("counts.out_of_homes")
PIERCING = words("harm.piercing")
STRIKING = words("harm.striking")
SUFFERING = words("harm.suffering")
SURVIVING = words("harm.surviving")
TAKING_LIVES = words("harm.taking_lives")
TAKING_TO_HOSPITAL = words("harm.taking_to_hospital")
TOLLS = words("counts.tolls")
TURNED_ON_ONESELF = words("counts.turned_on_oneself")
OUTCOME: frozenset[Link] = frozenset(
    {"object predicate", "adjective complement", "adverb", "object", "adjective", "open clause", "content clause"}
)
"""How the word hangs on a verb that tells how people came off."""
REACH_OF_PHRASE = 6
"""Words after a verb among which the rest of its phrase stands."""
REACH_OF_TOLL = 14
"""The same for the number of the dead after "put the toll at"."""


def _by_verb() -> dict[str, tuple[tuple[frozenset[str], CountKind, bool], ...]]:
    """The phrases of each verb: the words after it, what they count, and whether that is the verb's object."""
    found: dict[str, tuple[tuple[frozenset[str], CountKind, bool], ...]] = {}
    for phrases, of_object in ((OBJECT_PHRASES, True), (SUBJECT_PHRASES, False)):
        for phrase, kind in phrases.items():
            verb, *rest = phrase.split()
            found[verb] = (*found.get(verb, ()), (frozenset(rest), kind, of_object))
    return found


_PHRASES = Made(_by_verb)


def of_verb(verb: Token, phrases: Phrases, *, survived: bool) -> Iterator[FoundCount]:
    """The people whom a verb counts. ``survived`` says that the words around tell of wounds and of no death."""
    lemma = verb.lemma_.lower()
    if lemma in STRIKING and (by_missile(verb) or in_limb(verb)):
        if survived or ((lemma == "graze" or in_limb(verb)) and not dies_of_it(verb)):
            yield from phrases.people(clause_of(verb).objects, "injured", verb)
    elif lemma in OBJECT_VERBS:
        lives = lemma == "gun" and survived and told_alive(verb)
        yield from _of_kind(verb, "injured" if lives else OBJECT_VERBS[lemma], clause_of(verb).objects, phrases)
    elif lemma in VERBS_OF_NUMBERED:
        numbered = [t for t in clause_of(verb).objects if phrases.is_told(t)]
        yield from phrases.people(numbered, VERBS_OF_NUMBERED[lemma], verb)
    elif lemma in SUBJECT_VERBS:
        yield from _of_kind(verb, SUBJECT_VERBS[lemma], clause_of(verb).subjects, phrases)
    elif lemma in OUTCOME_VERBS:
        yield from _of_outcome(verb, phrases, survived=survived)
    elif lemma in SUFFERING and wounds(verb):
        if wounds(verb, fatal=True):
            yield from phrases.people(clause_of(verb).subjects, "killed", verb)
        elif not dies_of_it(verb):
            yield from phrases.people(clause_of(verb).subjects, "injured", verb)
    elif lemma in SURVIVING and not dies_of_it(verb):
        yield from _of_survival(verb, phrases)
    elif (told := _phrase(verb)) is not None:
        kind, of_object = told
        if kind != "injured" or not dies_of_it(verb):
            clause = clause_of(verb)
            yield from phrases.people(clause.objects if of_object else clause.subjects, kind, verb)
    else:
        yield from _of_company(verb, phrases)


def _of_kind(verb: Token, kind: CountKind, heads: tuple[Token, ...], phrases: Phrases) -> Iterator[FoundCount]:
    clause = clause_of(verb)
    if verb.lemma_.lower() in NEEDING_SUBJECT and not heads:
        return
    if kind == "injured" and is_fatal(verb):
        kind = "killed"
    if not clause.passive and any(h.i > verb.i for h in heads):
        # "the boy who police say killed a man": what is told before is who did it
        heads = tuple(h for h in heads if h.i > verb.i)
    if not heads and clause.link == "preposition clause" and clause.passive:  # "shot a man before being killed"
        heads = clause_of(verb.head.head).subjects
    if not heads:  # "injured a fourth", "remains hospitalized": the parser takes an adjective, and an auxiliary
        held = [one for c in clause.hung("passive auxiliary") for one in clause_of(c).hung("subject")]
        heads = tuple(held or (c for c in clause.hung("object") if is_one_more(c)))
    yield from phrases.people(heads, kind, verb)


def _of_outcome(verb: Token, phrases: Phrases, *, survived: bool) -> Iterator[FoundCount]:
    """The outcome stands beside the verb: "shot dead", "stabbed to death", "found dead", "left two injured"."""
    lemma, clause = verb.lemma_.lower(), clause_of(verb)
    kind: CountKind | None = None
    some = next((n for t in verb.subtree if t.lower_ in FATALLY and (n := _some_before(t, phrases))), None)
    if some is not None:  # "shot three officers, one fatally"
        yield phrases.found(some, None, "killed", verb)
        return
    for child in verb.children:
        outcome = clause_of(child)
        if child.lower_ in STATES and outcome.link in OUTCOME:
            kind = "killed" if is_fatal(child) else STATES[child.lower_]
            of_clause = outcome.hung("subject", "passive subject")
            if outcome.link == "content clause" and of_clause and lemma in COMING_UPON:
                # "found the man and the boy dead"
                yield from phrases.people(of_clause, kind, verb)
                return
            number = phrases.inside_state(child)
            if outcome.link == "object" and number is not None:
                yield phrases.found(number, child, kind, verb)
                return
        if outcome.link == "preposition" and child.lower_ == "to" and any(t.lower_ == "death" for t in child.children):
            kind = "killed"
        if lemma in ASSAULTING and child.lower_ in FATALLY:
            kind = "killed"
        if lemma in COMING_UPON and outcome.link in {"preposition", "object"} and not dies_of_it(verb):
            # "left a man in critical condition": the condition may hang on the man
            where = (child,) if outcome.link == "preposition" else outcome.hung("preposition")
            told = {t.lemma_.lower() for c in where for t in c.children}
            if "condition" in told or (lemma == "leave" and told & WOUNDS):
                kind = "injured"
    following = verb.doc[verb.i + 1 : verb.i + 2].text.lower()
    if kind is None and (burnt := _phrase(verb)) is not None:  # "were burnt alive"
        kind = burnt[0]
    if kind is None and lemma != "leave" and following in DEAD:
        kind = "killed"
    if kind is None and lemma in PIERCING and following != "at":
        kind = "injured" if survived or (in_limb(verb) and not dies_of_it(verb)) else _of_oneself(verb)
    if kind is not None:
        # "arrived at the clinic, shot in the legs"
        participle = clause.link == "adverbial clause" and verb.tag_ == "VBN"
        heads = clause.objects or (clause_of(verb.head).subjects if participle else ())
        if not heads and clause.link == "content clause" and verb.head.lemma_.lower() in COMING_UPON:
            heads = clause.subjects  # "found the man shot to death"
        yield from phrases.people(heads, kind, verb)


def _some_before(fatally: Token, phrases: Phrases) -> Number | None:
    """As in "one fatally" and "two of them fatally"."""
    of_them = " ".join(t.lower_ for t in fatally.doc[max(0, fatally.i - 2) : fatally.i])
    return phrases.by_end.get(fatally.i - (3 if of_them in OF_THEM else 1))


def _of_oneself(verb: Token) -> CountKind | None:
    """Who shot others and then himself is dead where the words around speak of suicide."""
    if not any(t.lower_ in ONESELF for t in clause_of(verb).objects):
        return None
    near = {t.lower_ for t in verb.doc[max(0, verb.sent.start - NEXT_WORDS) : verb.sent.end + NEXT_WORDS]}
    return "killed" if "suicide" in near and not near & ATTEMPTED else None


def _phrase(verb: Token) -> tuple[CountKind, bool] | None:
    """What a verb counts with words after it ("took part"), and whether that is its object; None where nothing."""
    known = _PHRASES().get(verb.lemma_.lower(), ())
    following = _following(verb) if known else frozenset()
    return next(((kind, of_object) for rest, kind, of_object in known if rest <= following), None)


def _following(verb: Token) -> frozenset[str]:
    return frozenset(t.lower_ for t in verb.subtree if 0 < t.i - verb.i <= REACH_OF_PHRASE)


def _of_company(verb: Token, phrases: Phrases) -> Iterator[FoundCount]:
    """What the verb counts depends on what stands with it: "lost two men", "drew 900 people", "put the toll at 12"."""
    lemma = verb.lemma_.lower()
    if lemma == "lose" and (lost := [t for t in clause_of(verb).objects if t.lemma_.lower() in LOST]):
        yield from phrases.people(lost, "killed", verb)
    elif lemma in DRIVING_OUT and _from_home(verb):
        yield from phrases.people(clause_of(verb).objects, "displaced", verb)
    elif lemma in TAKING_LIVES and (lives := _lives(verb)):
        yield from _of_lives(verb, lives, phrases)
    elif lemma in TAKING_TO_HOSPITAL and to_hospital(verb):
        if not dies_of_it(verb):
            yield from phrases.people(clause_of(verb).objects, "injured", verb)
    elif lemma == "treat":
        if any(t.lemma_.lower() in WOUNDS for t in clause_of(verb).after("for")) and not dies_of_it(verb):
            yield from phrases.people(clause_of(verb).objects, "injured", verb)
    elif lemma == "put" and any(t.lemma_.lower() in TOLLS for t in clause_of(verb).objects):
        at = verb.i - phrases.offset
        near = (n for n in phrases.numbers if at < n.start <= at + REACH_OF_TOLL)
        told = next((n for n in near if phrases.tokens[n.start - 1].lower_ == "at"), None)
        if told is not None:
            yield phrases.found(told, None, "killed", verb)
    elif lemma == "turn" and _following(verb) & TURNED_ON_ONESELF and _following(verb) & ONESELF:
        oneself = tuple(t for t in verb.subtree if t.lower_ in ONESELF)
        if not any(t.lower_ in ATTEMPTED for t in verb.sent):
            yield from phrases.people(oneself[:1], "killed", verb)
    elif lemma in DRAWING and any(t.lemma_.lower() in CROWDS for t in clause_of(verb).subjects):
        yield from phrases.people(clause_of(verb).objects, "participants", verb)


def _from_home(verb: Token) -> bool:
    """As in "forced 300 people from their homes" and "drove hundreds out of the village"."""
    lemmas = [t.lemma_.lower() for t in verb.doc[verb.i + 1 : verb.i + 12]]
    return any(
        lemma in HOMES and any(out in OUT_OF_HOMES for out in lemmas[max(0, n - 4) : n])
        for n, lemma in enumerate(lemmas)
    )


def _lives(verb: Token) -> list[Token]:
    return [c for c in clause_of(verb).hung("object") if c.lemma_.lower() in LIVES]


def _of_lives(verb: Token, lives: list[Token], phrases: Phrases) -> Iterator[FoundCount]:
    """As in "lost their lives", "claimed the lives of nine", "claimed nine lives" and "took her own life"."""
    if verb.lemma_.lower() == "lose" or any(c.lower_ == "own" for life in lives for c in life.children):
        yield from phrases.people(clause_of(verb).subjects, "killed", verb)
        return
    whose = [one for life in lives for one in clause_of(life).after("of")]
    if whose:
        yield from phrases.people(whose, "killed", verb)
    else:
        yield from phrases.number_of(lives, "killed", verb)


def _of_survival(verb: Token, phrases: Phrases) -> Iterator[FoundCount]:
    """As in "is expected to survive" and "three are recovering in hospital"."""
    clause = clause_of(verb)
    if clause.link == "open clause" and verb.head.lemma_.lower() == "expect":
        yield from phrases.people(clause_of(verb.head).objects, "injured", verb)
    elif verb.tag_ == "VBG" and verb.lemma_.lower() == "recover":
        yield from phrases.people(clause.subjects, "injured", verb)
