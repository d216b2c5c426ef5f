"""Who stands where beside a trigger: the slots of a verb or an event noun, read off the dependency parse.

A slot's words are heads of phrases (spaCy tokens).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lang.en.grammar.accusation import accusing_word
from dateline.lang.en.grammar.agents import names_agent
from dateline.lang.en.grammar.light_verbs import LIGHT_VERBS, first_conjuncts, light_governor
from dateline.lang.en.grammar.voice import PARTICLES, is_passive, objects, spread, subjects
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

SEEING = words("grammar.seeing")
CARRYING_OUT = words("grammar.carrying_out")
SIDES_IN_PHRASES = words("grammar.sides_in_phrases")
MUST = words("grammar.must")
HAVING_TO = words("grammar.having_to")
WORK_OF_SOMEBODY = words("grammar.work_of_somebody")
INVOLVING = words("grammar.involving")

Slots = dict[str, tuple["Token", ...]]


def named_act(word: Token) -> Token | None:
    """The gerund that is a noun but for its tag, after a preposition: the "firing" of "died in police firing".

    The parser makes it the preposition's clause, or a clause on the word before it. None where there is none.
    """
    if word.dep_ == "preposition object" and word.pos_ in {"NOUN", "PROPN"}:
        following = next((c for c in word.children if c.dep_ == "noun clause" and c.i == word.i + 1), None)
        return following if following is not None and _bare_gerund(following) else None
    if word.dep_ == "preposition clause" and _bare_gerund(word):
        before = any(c.dep_ in {"subject", "compound"} and c.i == word.i - 1 for c in word.children)
        return word if before or any(c.lower_ == "by" for c in word.children) else None
    return None


def _bare_gerund(word: Token) -> bool:
    after = {
        "object",
        "auxiliary",
        "passive auxiliary",
        "open clause",
        "content clause",
        "adverb",
        "adjective complement",
    }
    return word.tag_ == "VBG" and not any(c.dep_ in after for c in word.children)


def _prepositions(token: Token, into: dict[str, list[Token]]) -> None:
    for child in token.children:
        if child.dep_ not in {"preposition", "agent", "indirect object"} or child.pos_ != "ADP":
            continue
        name = child.lower_
        if name in PARTICLES:  # "pulled out of the square": some parses make "out" the preposition
            into.setdefault("particle", []).append(child)
        for grandchild in child.children:
            act = named_act(grandchild) if name in {"in", "during", "to"} else None
            if act is not None:
                into.setdefault(name, []).append(act)
            if grandchild.dep_ == "preposition object":
                into.setdefault(name, []).append(grandchild)
                inner = [c for c in grandchild.children if c.dep_ == "preposition" and c.lower_ in {"of", "to"}]
                if name in {"in", "on", "at"} and grandchild.lower_ in SIDES_IN_PHRASES:
                    for prep in inner:
                        into.setdefault(f"{name} {grandchild.lower_} {prep.lower_}", []).extend(
                            c for c in prep.children if c.dep_ == "preposition object"
                        )
            elif grandchild.dep_ == "preposition":
                inner = [c for c in grandchild.children if c.dep_ == "preposition object"]
                into.setdefault(f"{name} {grandchild.lower_}", []).extend(inner)
                if name in PARTICLES:
                    into.setdefault(grandchild.lower_, []).extend(inner)


def clauses_of_object(prep: Token) -> list[Token]:
    """The heads of the "that" clauses on a preposition's noun: "said in a statement that ..." has one there."""
    return [
        clause
        for noun in prep.children
        if noun.dep_ == "preposition object"
        for clause in noun.children
        if clause.dep_ in {"noun clause", "relative clause"}
        and any(c.dep_ == "clause marker" and c.lower_ == "that" for c in clause.children)
    ]


def _obliged(clause: Token) -> list[Token]:
    """Who must act in the clause that a verb governs ("said the army must leave"); empty where nobody must."""
    must = any(c.lower_ in MUST and c.dep_ == "auxiliary" for c in clause.children)
    deps = {c.dep_ for c in clause.children}
    must |= (
        clause.tag_ == "VB" and "clause marker" in deps and "auxiliary" not in deps
    )  # "insisted that the army leave"
    has_to = clause.lemma_.lower() in HAVING_TO and any(c.dep_ == "open clause" for c in clause.children)
    if not must and not has_to:
        return []
    return [c for c in clause.children if c.dep_ == "subject" and c.pos_ != "PRON" and names_agent(c)]


def verb_slots(verb: Token, trigger: frozenset[int] = frozenset()) -> Slots:
    """The slots of a verb. ``trigger`` holds the indices of all the words of a trigger of several words."""
    slots: dict[str, list[Token]] = {}
    who = [t for t in subjects(verb) if t.i not in trigger]
    if not who:  # "police lathi-charged": the parser makes the trigger's own first word the subject
        who = [
            c
            for t in subjects(verb)
            if t.i in trigger
            for c in t.children
            if c.dep_ in {"compound", "possessor", "noun modifier"}
        ]
    slots["subject"] = who
    slots["object"] = [t for t in objects(verb) if t.i not in trigger]
    if is_passive(verb):  # "was given ten years": the second object of an active verb
        slots["object"] += [c for c in verb.children if c.dep_ == "object" and c not in slots["object"]]
    _prepositions(verb, slots)
    if not slots["object"]:  # "fenced off the fields": the tagger sees a particle, the parser a preposition
        particles = [c for c in verb.children if c.dep_ == "preposition" and c.tag_ == "RP"]
        slots["object"] = [
            g for c in particles for g in c.children if g.dep_ == "preposition object" and g.i not in trigger
        ]
    purposes: list[Token] = []
    for child in verb.children:
        if child.dep_ == "negation" or child.lower_ == "never":
            slots.setdefault("negation", []).append(child)
        elif child.dep_ == "particle" or (child.dep_ == "adverb" and child.lower_ in PARTICLES):
            slots.setdefault("particle", []).append(child)
        elif child.dep_ in {"open clause", "content clause", "adjective complement", "object predicate"}:
            slots.setdefault("complement", []).append(child)
            slots.setdefault("obliged", []).extend(_obliged(child))
        elif child.dep_ == "adverbial clause" and child.tag_ == "VB" and any(c.lower_ == "to" for c in child.lefts):
            purposes.append(child)
        elif child.dep_ == "preposition":
            if child.lower_ == "in" and (clauses := clauses_of_object(child)):
                # "said in a statement that ...": the parser gives the clause to the noun
                slots.setdefault("complement", []).extend(clauses)
            if child.lower_ == "from" or accusing_word(child) == verb:
                # "suspected the group of bombing the market", "stopped the leaders from entering"
                slots.setdefault(child.lower_, []).extend(c for c in child.children if c.dep_ == "preposition clause")
        elif child.dep_ == "object":  # "fired tear gas at the crowd" attaches "at" to the gas
            for found in (c for c in child.rights if c.dep_ == "adjective"):
                # "found an officer guilty of": the parser makes what he is found to be describe him
                slots.setdefault("complement", []).append(found)
            for prep in child.children:
                if prep.dep_ == "preposition" and accusing_word(prep) == verb:
                    slots.setdefault(prep.lower_, []).extend(
                        c for c in prep.children if c.dep_ in {"preposition object", "preposition clause"}
                    )
            inner: dict[str, list[Token]] = {}
            _prepositions(child, inner)
            for name, tokens in inner.items():
                if name != "of":
                    slots.setdefault(name, []).extend(tokens)
                else:  # "returned dozens of vases to the museum" attaches "to" to the vases
                    slots.setdefault("to", []).extend(
                        t for of in tokens for c in of.children if c.lower_ == "to" for t in c.children
                    )
    slots.setdefault("complement", purposes)  # "called the mayor on Friday to discuss": some parses part the two
    return {name: spread(tokens) for name, tokens in slots.items() if tokens}


def noun_slots(noun: Token, trigger: frozenset[int] = frozenset()) -> Slots:
    """The slots of an event noun, with those of the light verb that governs it."""
    slots: dict[str, list[Token]] = {}
    heads = [noun] if noun.dep_ != "conjunct" else [noun, *first_conjuncts(noun)]
    _prepositions(noun, slots)
    for child in noun.children:
        if child.i in trigger:
            continue
        if child.dep_ == "possessor":
            slots.setdefault("possessive", []).append(child)
        elif child.dep_ in {"compound", "noun modifier"} or (
            child.dep_ == "adjective" and child.ent_type_ in {"NORP", "GPE", "ORG"}
        ):
            slots.setdefault("compound", []).append(child)
        elif child.dep_ in {"noun clause", "relative clause"} and child.lemma_.lower() in LIGHT_VERBS:
            slots.setdefault("subject", []).extend(subjects(child))
        elif child.dep_ in {"noun clause", "relative clause"}:
            _prepositions_between(child, slots)
    if len(heads) > 1 and "possessive" not in slots:
        slots.setdefault("possessive", []).extend(c for c in heads[1].children if c.dep_ == "possessor")
    # "the downing of an airliner by the guards" attaches "by" to the airliner
    for inner_head in [t for name in ("of", "on", "in", "by") for t in slots.get(name, [])]:
        inner: dict[str, list[Token]] = {}
        _prepositions(inner_head, inner)
        for name in ("by", "against", "between"):
            if name in inner and name not in slots:
                slots[name] = inner[name]
    governor = light_governor(noun)
    if governor is not None:
        if governor.lemma_.lower() not in SEEING:
            slots.setdefault("subject", []).extend(t for t in subjects(governor) if t != noun)
        if not is_passive(governor):
            given = [c for c in governor.children if c.dep_ == "indirect object" and c.pos_ != "ADP"]
            slots.setdefault("object", []).extend(given)
        # "carried out a robbery at a gallery" attaches "at" to the light verb
        around: dict[str, list[Token]] = {}
        _prepositions(governor, around)
        slots["beside"] = [t for name in ("at", "on", "from", "in") for t in around.get(name, ())]
    above = heads[-1].head
    if heads[-1].dep_ in {"subject", "passive subject", "object"} and above.pos_ in {"VERB", "AUX"}:
        _prepositions_between(above, slots)
    if heads[-1].dep_ == "subject" and "by" not in slots:
        slots["by"] = _whose_work(above)
    return {name: spread(tokens) for name, tokens in slots.items() if tokens}


def _prepositions_between(verb: Token, slots: dict[str, list[Token]]) -> None:
    """What the noun's verb says about its parties, as in "clashes broke out between X and Y"."""
    inner: dict[str, list[Token]] = {}
    _prepositions(verb, inner)
    for name in ("by", "between", "against", "with", "among", "involving"):
        if name == "by" and is_passive(verb) and verb.lemma_.lower() not in CARRYING_OUT:
            continue
        if name in inner and name not in slots:
            slots[name] = inner[name]
    for child in verb.children:
        if child.dep_ == "object" and verb.lemma_.lower() in INVOLVING:
            slots.setdefault("between", []).append(child)


def _whose_work(verb: Token) -> list[Token]:
    """Who did what the subject names, in "the prank was the work of two boys"."""
    works = [c for c in verb.children if c.dep_ == "attribute" and c.lemma_.lower() in WORK_OF_SOMEBODY]
    found: dict[str, list[Token]] = {}
    for work in works:
        _prepositions(work, found)
    return found.get("of", [])


def qualifiers(noun: Token) -> tuple[Token, ...]:
    """The words that say what kind of thing a noun is: those before it, and what stands after its "of"."""
    before = [c for c in noun.children if c.dep_ in {"compound", "adjective", "noun modifier"}]
    after = [g for c in noun.children if c.dep_ == "preposition" and c.lower_ == "of" for g in c.children]
    return (*before, *after)
