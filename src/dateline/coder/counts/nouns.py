"""How nouns and adjectives tell what happened to people: "three dead", "a toll of 12", "the bodies of two men"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.coder.counts.phrases import FoundCount, Phrases, is_person
from dateline.coder.counts.signs import dies_of_it, is_fatal
from dateline.coder.counts.words import (
    ATTACK_NOUNS,
    ATTEMPTED,
    CONDITIONS,
    CROWDS,
    FATAL,
    FINDING,
    HOSPITALS,
    LIMBS,
    MISSILES,
    NOUN_KINDS,
    STATE_WORDS,
    TIMES,
)
from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.agents import names_agent
from dateline.lang.en.grammar.numbers import Number
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

STAYING = words("counts.staying")


def of_state(word: Token, phrases: Phrases) -> Iterator[FoundCount]:
    """The people whom an adjective or participle describes: "four people dead", "two were missing"."""
    kind = "killed" if is_fatal(word) else STATE_WORDS[word.lower_]
    head = word.head
    if word.dep_ == "adjective" and word.i > head.i:
        # "left a man and a woman dead", "four people dead"
        while head.dep_ == "conjunct" and head.head.pos_ in {"NOUN", "PROPN", "NUM"}:
            head = head.head
        yield from phrases.people((head,), kind, word)
    elif word.dep_ == "adjective":
        if phrases.number(head) is not None and names_agent(head):
            yield from phrases.people((head,), kind, word)
    elif word.dep_ in {"adjective complement", "object predicate", "conjunct", "attribute"}:
        verb = head
        while verb.dep_ == "conjunct" and verb.head != verb and verb.pos_ == "ADJ":
            verb = verb.head
        if verb.pos_ in {"VERB", "AUX"} and verb.lemma_.lower() in STAYING:
            who = [c for c in verb.children if c.dep_ in {"subject", "passive subject"}]
            yield from phrases.people(who, kind, word)


def of_noun(noun: Token, phrases: Phrases, *, survived: bool) -> Iterator[FoundCount]:
    """The people whom a noun counts: "three deaths", "the killing of two men", "a crowd of 200"."""
    lemma = noun.lemma_.lower()
    inner = [g for c in noun.children if c.dep_ == "preposition" and c.lower_ in {"of", "by"} for g in c.children]
    if lemma == "wound":
        yield from _of_wound(noun, phrases, survived=survived)
    elif lemma == "suicide":
        yield from _of_murder_suicide(noun, phrases)
    elif lemma == "body":
        yield from _of_body(noun, phrases)
    elif lemma == "condition" or noun.lower_ in HOSPITALS:
        yield from _of_condition(noun, phrases)
    elif lemma == "casualty":
        number = phrases.number(noun)
        if number is not None and number.best == 0:
            yield phrases.found(number, noun, "killed", noun)
            yield phrases.found(number, noun, "injured", noun)
    elif lemma in CROWDS:
        yield from phrases.people([g for g in inner if phrases.number(g)], "participants", noun)
    elif lemma == "toll" or (lemma == "number" and any(NOUN_KINDS.get(g.lemma_.lower()) == "killed" for g in inner)):
        yield from _of_toll(noun, inner, phrases)
    elif lemma in NOUN_KINDS or lemma in ATTACK_NOUNS:
        yield from _of_attack(noun, lemma, inner, phrases)


def _of_attack(noun: Token, lemma: str, inner: list[Token], phrases: Phrases) -> Iterator[FoundCount]:
    qualities = {c.lower_ for c in noun.children if c.dep_ in {"adjective", "compound"}}
    if lemma in {"murder", "homicide", "killing", "slaying"} and qualities & set(TIMES):
        word = next(c for c in noun.children if c.lower_ in TIMES)
        value = TIMES[word.lower_]
        at = word.i - phrases.offset
        yield phrases.found(Number(at, at + 1, value, value, value), noun, "killed", noun)
        return
    people = [g for g in inner if g.dep_ == "preposition object"]
    if lemma not in NOUN_KINDS:
        if qualities & FATAL or lemma in {"slaying", "homicide"}:
            yield from phrases.people(people, "killed", noun)
        return
    kind = NOUN_KINDS[lemma]
    own = phrases.number(noun)
    if own is not None and phrases.counts_directly(own, noun):
        yield phrases.found(own, noun, kind, noun)
    elif lemma in {"death", "killing", "murder", "arrest", "detention"} and not qualities & ATTEMPTED:
        owners = [c for c in noun.children if c.dep_ == "possessor" and is_person(c) and lemma in {"death", "murder"}]
        yield from phrases.people(people or owners, kind, noun)


def _of_toll(noun: Token, inner: list[Token], phrases: Phrases) -> Iterator[FoundCount]:
    if noun.lemma_ == "toll" and not any(c.lower_ in {"death", "deaths", "fatality"} for c in noun.children):
        return
    told = [c for c in noun.head.children if c.dep_ in {"preposition", "object", "attribute", "noun as adverb"}]
    near = [*inner, *(g for c in told for g in (c, *c.children))]
    yield from phrases.number_of([g for g in near if g.i > noun.i], NOUN_KINDS["toll"], noun)


def _of_wound(noun: Token, phrases: Phrases, *, survived: bool) -> Iterator[FoundCount]:
    """As in "found a man with a gunshot wound" and "arrived with stab wounds"."""
    shot = any(c.lower_ in MISSILES | {"stab"} for c in noun.children if c.dep_ in {"compound", "adjective"})
    limb = any(g.lemma_.lower() in LIMBS for c in noun.children if c.lower_ in {"to", "in"} for g in c.children)
    if not shot or not (survived or limb) or noun.dep_ != "preposition object" or noun.head.lower_ != "with":
        return
    above = noun.head.head
    if above.pos_ in {"NOUN", "PROPN"}:
        yield from phrases.people((above,), "injured", noun)
    elif above.pos_ == "VERB":
        yield from phrases.people(clause_of(above).objects or clause_of(above).subjects, "injured", noun)


def _of_murder_suicide(noun: Token, phrases: Phrases) -> Iterator[FoundCount]:
    """A murder-suicide leaves two dead at least, whoever else the report names."""
    murder = next((c for c in noun.children if c.dep_ == "compound" and c.lower_ in {"murder", "murders"}), None)
    before = {t.lower_ for t in noun.doc[max(0, noun.i - 4) : noun.i]}
    if murder is not None and not before & ATTEMPTED:
        number = Number(murder.i - phrases.offset, noun.i - phrases.offset + 1, 2, None, None)
        yield phrases.found(number, None, "killed", noun)


def _of_body(noun: Token, phrases: Phrases) -> Iterator[FoundCount]:
    """As in "the bodies of two men were found", "found her brother's body" and "saw two bodies"."""
    people = [
        g for c in noun.children if c.dep_ == "preposition" and c.lower_ == "of" for g in c.children if is_person(g)
    ]
    owners = [c for c in noun.children if c.dep_ == "possessor" and is_person(c)]
    found = (
        noun.head.pos_ == "VERB" and noun.head.lemma_.lower() in FINDING and noun.dep_ in {"object", "passive subject"}
    )
    if people:
        yield from phrases.people(people, "killed", noun)
    elif found and owners:
        yield from phrases.people(owners, "killed", noun)
    elif found:
        yield from phrases.number_of([noun], "killed", noun)


def _of_condition(noun: Token, phrases: Phrases) -> Iterator[FoundCount]:
    """As in "two are in critical condition" and "she remains in hospital"."""
    prep = noun.head
    if noun.dep_ != "preposition object" or prep.lower_ not in {"in", "at"} or prep.dep_ != "preposition":
        return
    qualities = {c.lower_ for c in noun.children}
    if noun.lemma_.lower() == "condition" and not qualities & CONDITIONS:
        return
    above = prep.head
    if above.dep_ == "preposition object" and above.lower_ in HOSPITALS:  # "in the hospital in stable condition"
        above = above.head.head
    if dies_of_it(above):
        return
    if above.lemma_.lower() in STAYING:
        yield from phrases.people(clause_of(above).subjects, "injured", noun)
    elif above.pos_ == "NOUN" and is_person(above):  # "one dead and another man in critical condition"
        yield from phrases.people((above,), "injured", noun)
    elif above.lemma_.lower() == "list":
        yield from phrases.people(clause_of(above).objects, "injured", noun)
