"""How nouns and adjectives tell what happened to people: "three dead", "a toll of 12", "the bodies of two men"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.coder.counts.phrases import STATES, FoundCount, Phrases, is_person
from dateline.coder.counts.signs import ATTEMPTED, FATAL, HOSPITALS, LIMBS, dies_of_it, is_fatal
from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.agents import AMOUNTS, names_agent
from dateline.lang.en.numbers import Number
from dateline.lang.lexicon import Table, table, words
from dateline.model import CountKind

if TYPE_CHECKING:
    from spacy.tokens import Token

ATTACKS = words("harm.attacks")
BEFALLING_WHOM = words("counts.befalling_whom")
BEFALLING_WHOSE = words("counts.befalling_whose")
CONDITIONS = words("harm.conditions")
CROWDS = words("counts.crowds")
FINDING = words("harm.finding")
KILLINGS = words("harm.killings")
KINDS_OF_WOUNDS = words("harm.kinds_of_wounds")
OUTCOME_NOUNS: Table[CountKind] = table("counts.outcome_nouns")
STAYING = words("counts.staying")
TIMES: Table[int] = table("counts.times")
DEAD = words("harm.dead")
DESCRIBING_ONLY = words("counts.describing_only")
RAISING = words("counts.raising")
SAYING = words("speech.saying")
TOLL_OF = words("counts.toll_of")


REACH_OF_ADJECTIVE = 3
"""Words from an adjective on among which its noun stands: farther away the parser errs ("2 dead | Daily News")."""


def of_state(word: Token, phrases: Phrases) -> Iterator[FoundCount]:
    """The people whom an adjective or participle describes: "four people dead", "two were missing"."""
    kind = "killed" if is_fatal(word) else STATES[word.lower_]
    link, head = clause_of(word).link, word.head
    if link == "adjective" and word.i > head.i:
        # "left a man and a woman dead", "four people dead"
        while clause_of(head).link == "conjunct" and head.head.pos_ in {"NOUN", "PROPN", "NUM"}:
            head = head.head
        yield from phrases.people((head,), kind, word)
    elif link == "adjective":
        if describes(word) and word.lower_ not in DESCRIBING_ONLY and phrases.is_told(head) and not _beside_it(head):
            yield from phrases.people((head,), kind, word)
    elif link in {"adjective complement", "object predicate", "conjunct", "attribute"}:
        verb = head
        while clause_of(verb).link == "conjunct" and verb.head != verb and verb.pos_ == "ADJ":
            verb = verb.head
        if verb.pos_ in {"VERB", "AUX"} and verb.lemma_.lower() in STAYING:
            yield from phrases.people(clause_of(verb).hung("subject", "passive subject"), kind, word)


def describes(state: Token) -> bool:
    """Whether it stands before the people whom it describes ("two wounded men", "a jailed writer")."""
    people = state.head
    if clause_of(state).link != "adjective" or not state.i < people.i <= state.i + REACH_OF_ADJECTIVE:
        return False
    between = state.doc[state.i + 1 : people.i]
    return names_agent(people) and all(t.pos_ in {"ADJ", "NOUN", "PROPN"} for t in between)


def _beside_it(people: Token) -> bool:
    """Whether people only speak, or only tell whose somebody is ("two wounded men said", "the dead man's sister")."""
    clause = clause_of(people)
    if clause.link == "possessor":
        return True
    if clause.preposition is not None and clause.preposition.lower_ == "of":
        whose = clause.preposition.head
        return names_agent(whose) and whose.lemma_.lower() not in AMOUNTS
    return clause.link == "subject" and people.head.lemma_.lower() in SAYING


def of_noun(noun: Token, phrases: Phrases, *, survived: bool) -> Iterator[FoundCount]:
    """The people whom a noun counts: "three deaths", "the killing of two men", "a crowd of 200"."""
    lemma = noun.lemma_.lower()
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
        inside = clause_of(noun).after("of", "by")
        yield from phrases.people([one for one in inside if phrases.number(one)], "participants", noun)
    elif lemma == "toll" or (lemma == "number" and _of_the_dead(noun)):
        yield from _of_toll(noun, phrases)
    elif lemma in OUTCOME_NOUNS or lemma in ATTACKS:
        yield from _of_attack(noun, lemma, phrases)


def _of_attack(noun: Token, lemma: str, phrases: Phrases) -> Iterator[FoundCount]:
    clause = clause_of(noun)
    qualities = {c.lower_: c for c in clause.hung("adjective", "compound")}
    if qualities.keys() & ATTEMPTED:
        return
    times = next((c for word, c in qualities.items() if word in TIMES), None)
    if lemma in KILLINGS and times is not None:
        at, value = times.i - phrases.offset, TIMES[times.lower_]
        yield phrases.found(Number(at, at + 1, value, value, value), noun, "killed", noun)
        return
    people = clause.after("of")  # whom its "by" names did it
    if lemma not in OUTCOME_NOUNS:
        if qualities.keys() & FATAL or lemma in KILLINGS:
            yield from phrases.people(people, "killed", noun)
        return
    kind = OUTCOME_NOUNS[lemma]
    own = phrases.number(noun)
    if own is not None and phrases.counts_directly(own, noun):
        yield phrases.found(own, noun, kind, noun)
    elif lemma in BEFALLING_WHOM:
        owners = _persons(clause.hung("possessor")) if lemma in BEFALLING_WHOSE else ()
        yield from phrases.people(people or owners, kind, noun)


def _of_the_dead(noun: Token) -> bool:
    """As "the number of deaths"."""
    counted = clause_of(noun).after("of", "by")
    return any(OUTCOME_NOUNS.get(t.lemma_.lower()) == "killed" or t.lower_ in DEAD for t in counted)


def _of_toll(noun: Token, phrases: Phrases) -> Iterator[FoundCount]:
    verb = noun.head
    if verb.lemma_.lower() in RAISING and clause_of(noun).link == "object":
        # "bringing the death toll to five"
        for count in phrases.number_of(clause_of(verb).after("to"), "killed", noun):
            yield replace(count, whole=True)
        return
    if noun.lemma_ == "toll" and not any(c.lower_ in TOLL_OF for c in noun.children):
        return
    told = clause_of(noun.head).hung("preposition", "object", "attribute", "noun as adverb")
    near = [*clause_of(noun).after("of", "by"), *(g for c in told for g in (c, *c.children))]
    yield from phrases.number_of([one for one in near if one.i > noun.i], "killed", noun)


def _of_wound(noun: Token, phrases: Phrases, *, survived: bool) -> Iterator[FoundCount]:
    """As in "found a man with a gunshot wound" and "arrived with stab wounds"."""
    clause = clause_of(noun)
    if clause.preposition is None or clause.preposition.lower_ != "with":
        return
    if not any(c.lower_ in KINDS_OF_WOUNDS for c in clause.hung("compound", "adjective")):
        return
    if not survived and not any(place.lemma_.lower() in LIMBS for place in clause.after("to", "in")):
        return
    above = clause.preposition.head
    if above.pos_ in {"NOUN", "PROPN"}:
        yield from phrases.people((above,), "injured", noun)
    elif above.pos_ == "VERB":
        yield from phrases.people(clause_of(above).objects or clause_of(above).subjects, "injured", noun)


def _of_murder_suicide(noun: Token, phrases: Phrases) -> Iterator[FoundCount]:
    """A murder-suicide leaves two dead at least, whoever else the report names."""
    murder = next((c for c in clause_of(noun).hung("compound") if c.lower_.removesuffix("s") == "murder"), None)
    if murder is not None and not any(t.lower_ in ATTEMPTED for t in noun.doc[max(0, noun.i - 4) : noun.i]):
        number = Number(murder.i - phrases.offset, noun.i - phrases.offset + 1, 2, None, None)
        yield phrases.found(number, None, "killed", noun)


def _of_body(noun: Token, phrases: Phrases) -> Iterator[FoundCount]:
    """As in "the bodies of two men were found", "found her brother's body" and "saw two bodies"."""
    clause = clause_of(noun)
    people, owners = _persons(clause.after("of")), _persons(clause.hung("possessor"))
    found = (
        noun.head.pos_ == "VERB"
        and noun.head.lemma_.lower() in FINDING
        and clause.link in {"object", "passive subject"}
    )
    if people:
        yield from phrases.people(people, "killed", noun)
    elif found and owners:
        yield from phrases.people(owners, "killed", noun)
    elif found:
        yield from phrases.number_of([noun], "killed", noun)


def _of_condition(noun: Token, phrases: Phrases) -> Iterator[FoundCount]:
    """As in "two are in critical condition" and "she remains in hospital"."""
    prep = clause_of(noun).preposition
    if prep is None or noun not in clause_of(prep.head).after("in", "at"):
        return
    if noun.lemma_.lower() == "condition" and not any(c.lower_ in CONDITIONS for c in noun.children):
        return
    above = prep.head
    outer = clause_of(above).preposition
    if outer is not None and above.lower_ in HOSPITALS:  # "in the hospital in stable condition"
        above = outer.head
    if dies_of_it(above):
        return
    if above.lemma_.lower() in STAYING:
        yield from phrases.people(clause_of(above).subjects, "injured", noun)
    elif above.pos_ == "NOUN" and is_person(above):  # "one dead and another man in critical condition"
        yield from phrases.people((above,), "injured", noun)
    elif above.lemma_.lower() == "list":
        yield from phrases.people(clause_of(above).objects, "injured", noun)


def _persons(heads: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(one for one in heads if is_person(one))
