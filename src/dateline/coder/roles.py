"""Who stands where beside a trigger: the slots of a verb or an event noun, read off the dependency parse.

A slot's words are heads of phrases (spaCy tokens); :func:`phrase` gives the words of a whole phrase as a span.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from dateline.coder.accusation import accused, accusing_verb, gerund_matter
from dateline.coder.agents import is_aged, names_agent, names_weapon
from dateline.coder.words import word_set
from dateline.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.coder.parse import Parse

Slots = dict[str, tuple["Token", ...]]

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
RELATIVES = frozenset({"who", "whom", "which", "that"})
LIGHT_VERBS = word_set(
    "hold stage launch carry conduct organise organize mount lead join begin start continue make do commit perpetrate "
    "undertake wage execute have give attend announce resume open stage plan set put run face hold spark see pay "
    "call deliver impose place issue deal "
    "repeat step"
)
"""Verbs whose subject is the agent of the event noun they govern ("staged a rally", "carried out an attack")."""
PART_TAKERS = {
    "take": "in",
    "participate": "in",
    "engage": "in",
    "gather": "for",
    "join": "in",
    "turn": "for",
    "go": "on",
}
OBJECT_CONTROL = word_set(
    "force order tell ask urge allow let help make compel lead cause encourage invite permit send persuade instruct "
    "press call direct authorise authorize require advise beg want expect"
)
OPPOSING = word_set(
    "block reject veto oppose dismiss ignore defy condemn criticise criticize denounce decry deny receive read quote "
    "cite see hear fear slam protest welcome await discuss debate lament deplore"
)
"""Verbs whose subject has no part in the plan, statement or event that is their object ("blocked a resolution")."""
JUDGING = word_set("call deem brand label term describe consider find declare pronounce dub make name rule")
"""Verbs that may say what an event is, with its name as their object, and no more of it."""
MAX_CHAIN = 12
"""How far a chain of heads is followed: a parse of hostile text can be as deep as it is long."""


def coordinated(token: Token) -> tuple[Token, ...]:
    """The token and the words coordinated with it to its right: a list of people is several participants."""
    out, queue = [token], [token]
    while queue and len(out) < 60:
        for child in queue.pop().children:
            if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"} and child.i > token.i:
                out.append(child)
                queue.append(child)
    return tuple(sorted(out, key=lambda t: t.i))


def _spread(tokens: Iterable[Token]) -> tuple[Token, ...]:
    seen: dict[int, Token] = {}
    for token in tokens:
        for one in coordinated(_antecedent(token)):
            seen.setdefault(one.i, one)
    return tuple(seen[i] for i in sorted(seen))


def _antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if token.lower_ in RELATIVES and token.tag_ in {"WP", "WDT", "IN", "DT"}:
        for above in _up(token):
            if above.dep_ in {"relcl", "acl"}:
                return above.head
    return token


def _up(token: Token) -> Iterator[Token]:
    for _ in range(MAX_CHAIN):
        if token.head == token:
            return
        yield token
        token = token.head
    return


INTRANSITIVE = word_set("gather assemble march protest demonstrate rally clash die flee arrive meet converge walk riot")


def is_passive(verb: Token) -> bool:
    """Whether the verb's subject is the one acted upon."""
    deps = {c.dep_ for c in verb.children}
    if verb.lemma_.lower() in INTRANSITIVE and "agent" not in deps:
        return False
    if deps & {"auxpass", "nsubjpass", "csubjpass"}:
        return True
    if "agent" in deps and verb.tag_ in {"VBN", "VBD", "JJ"}:
        return True
    if verb.tag_ not in {"VBN", "JJ", "VBD"}:
        return False
    has_aux = any(c.dep_ == "aux" for c in verb.children)
    if verb.dep_ in {"acl", "amod"}:
        return "dobj" not in deps and verb.tag_ != "VBD"
    if verb.dep_ == "conj" and not has_aux and not deps & {"nsubj", "dobj"} and verb.head.pos_ in {"VERB", "AUX"}:
        return is_passive(verb.head)
    return verb.tag_ == "VBN" and not has_aux and "dobj" not in deps


def agents(verb: Token) -> tuple[Token, ...]:
    """The by-phrase of a passive."""
    found = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by" and is_passive(verb)):
            found += [c for c in child.children if c.dep_ == "pobj"]
    return _spread(found)


def _without_apposed(subjects: list[Token]) -> list[Token]:
    """One subject for "the rights group, Sample Watch said", of which the parser makes two: the name."""
    return [
        left
        for left, right in zip_longest(subjects, subjects[1:])
        if right is None
        or right.pos_ != "PROPN"
        or [t.text for t in left.doc[left.right_edge.i + 1 : right.left_edge.i]] != [","]
    ]


def subjects(verb: Token, depth: int = 0) -> tuple[Token, ...]:
    """Those who do what the verb says, through passives, relative clauses, control, coordination and participles."""
    if depth > MAX_CHAIN:
        return ()
    above = verb.head
    matter = above if verb.dep_ == "pcomp" else gerund_matter(verb)
    accusing = accusing_verb(matter) if matter is not None else None
    if accusing is not None and not is_passive(verb):
        # who accuses is never the one who did it, even where the report leaves out who is accused
        return _spread(accused(accusing))
    if verb.pos_ == "ADJ" and verb.dep_ in {"acomp", "oprd", "amod", "conj"}:
        # "the authority is ready to ...": the copula has the subject
        if verb.dep_ == "amod":
            return _spread([above])
        return subjects(above, depth + 1) or _spread(_patients(above))
    if is_passive(verb):
        return agents(verb)
    own = _without_apposed([c for c in verb.children if c.dep_ in SUBJECTS])
    if own:
        return _spread(own)
    if verb.dep_ in {"acl", "relcl"}:
        if verb.tag_ == "VBG" or verb.lemma_.lower() in INTRANSITIVE:
            # "issued a statement calling on ...": who issued it speaks
            return (() if names_agent(above) else _holders(above, depth)) or _spread([above])
        if verb.dep_ == "relcl":
            return ()
        return _holders(above, depth)
    if verb.dep_ == "xcomp" or (verb.dep_ == "ccomp" and verb.tag_ in {"VB", "VBG"}):
        return _controllers(above, depth)
    if verb.dep_ in {"conj", "dep", "advcl", "parataxis"} and above.pos_ in {"VERB", "AUX"} and above != verb:
        if not is_passive(above):
            return subjects(above, depth + 1)
        return agents(above) or (_spread(_patients(above)) if verb.dep_ != "advcl" else _instruments(above))
    if verb.dep_ == "pcomp" and above.head != above:
        governor = above.head
        if governor.pos_ in {"VERB", "AUX"}:
            if is_passive(governor):
                return _spread(_patients(governor))
            objects = [c for c in governor.children if c.dep_ == "dobj"]
            kept_from = above.lower_ in {"of", "from", "for"}
            return _spread(objects) if objects and kept_from else subjects(governor, depth + 1)
        return _holders(governor, depth)
    return ()


def _controllers(governor: Token, depth: int) -> tuple[Token, ...]:
    if governor.pos_ not in {"VERB", "AUX", "ADJ"}:
        return ()
    if is_passive(governor):
        return _spread(_patients(governor)) or subjects(governor, depth + 1)
    objects = [c for c in governor.children if c.dep_ in {"dobj", "dative"}]
    if objects and governor.lemma_.lower() in OBJECT_CONTROL:
        return _spread(objects)
    own = [c for c in governor.children if c.dep_ in SUBJECTS]
    return _spread(own) if own else subjects(governor, depth + 1)


def _holders(noun: Token, depth: int) -> tuple[Token, ...]:
    """Whose plan, attempt or decision it is."""
    owners = [c for c in noun.children if c.dep_ == "poss"]
    if owners:
        return _spread(owners)
    if noun.dep_ == "dobj" and noun.head.pos_ in {"VERB", "AUX"} and noun.head.lemma_.lower() not in OPPOSING:
        return subjects(noun.head, depth + 1)
    return ()


def _patients(verb: Token) -> list[Token]:
    """The subject of a passive, or the noun that a participle describes."""
    own = [c for c in verb.children if c.dep_ in PASSIVE_SUBJECTS]
    if own:
        return own
    own = [c for c in verb.children if c.dep_ == "nsubj"]
    if own:
        return own
    if verb.dep_ in {"acl", "amod", "relcl"}:
        return [verb.head]
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} and is_passive(verb.head):
        return _patients(verb.head)
    if verb.dep_ == "xcomp":
        objects = [c for c in verb.head.children if c.dep_ == "dobj"]
        return objects or [c for c in verb.head.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS]
    return []


def _instruments(verb: Token) -> tuple[Token, ...]:
    return tuple(t for t in _spread(_patients(verb)) if names_weapon(t))


PARTICLES = word_set("up down out off away")


def objects(verb: Token) -> tuple[Token, ...]:
    """Those to whom it is done."""
    if gerund_matter(verb) is not None:
        return _spread([verb.head])
    if is_passive(verb):
        return _spread(_patients(verb))
    own = [
        c
        for c in verb.children
        if c.dep_ in {"dobj", "dative", "oprd"} and (c.pos_ not in {"ADP", "ADJ"} or is_aged(c))
    ]
    own += [g for c in verb.children if c.dep_ == "dative" and c.pos_ == "ADP" for g in c.children if g.dep_ == "pobj"]
    # "beat and arrested the students": the object belongs to both verbs
    if not own and not any(c.dep_ == "prep" and c.lower_ not in PARTICLES for c in verb.children):
        own = [
            g
            for c in verb.children
            if c.dep_ == "conj"
            and c.pos_ == "VERB"
            and not any(s.dep_ in SUBJECTS for s in c.children)
            and c.i - verb.i <= 4
            for g in c.children
            if g.dep_ == "dobj"
        ]
    return _spread(own)


def _prepositions(token: Token, into: dict[str, list[Token]]) -> None:
    for child in token.children:
        if child.dep_ not in {"prep", "agent", "dative"} or child.pos_ != "ADP":
            continue
        name = child.lower_
        if name in PARTICLES:  # "pulled out of the square": some parses make "out" the preposition
            into.setdefault("particle", []).append(child)
        for grandchild in child.children:
            if grandchild.dep_ == "pobj":
                into.setdefault(name, []).append(grandchild)
                inner = [c for c in grandchild.children if c.dep_ == "prep" and c.lower_ in {"of", "to"}]
                if name in {"in", "on", "at"} and grandchild.lower_ in {
                    "front",
                    "support",
                    "favour",
                    "favor",
                    "behalf",
                }:
                    for prep in inner:
                        into.setdefault(f"{name} {grandchild.lower_} {prep.lower_}", []).extend(
                            c for c in prep.children if c.dep_ == "pobj"
                        )
            elif grandchild.dep_ == "prep":
                inner = [c for c in grandchild.children if c.dep_ == "pobj"]
                into.setdefault(f"{name} {grandchild.lower_}", []).extend(inner)
                if name in PARTICLES:
                    into.setdefault(grandchild.lower_, []).extend(inner)


def clauses_of_object(prep: Token) -> list[Token]:
    """The heads of the "that" clauses on a preposition's noun: "said in a statement that ..." has one there."""
    return [
        clause
        for noun in prep.children
        if noun.dep_ == "pobj"
        for clause in noun.children
        if clause.dep_ in {"acl", "relcl"} and any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    ]


def verb_slots(verb: Token, trigger: frozenset[int] = frozenset()) -> Slots:
    """The slots of a verb. ``trigger`` holds the indices of all the words of a trigger of several words."""
    found: dict[str, list[Token]] = {}
    who = [t for t in subjects(verb) if t.i not in trigger]
    if not who:  # "police lathi-charged": the parser makes the trigger's own first word the subject
        who = [
            c for t in subjects(verb) if t.i in trigger for c in t.children if c.dep_ in {"compound", "poss", "nmod"}
        ]
    found["subject"] = who
    found["object"] = [t for t in objects(verb) if t.i not in trigger]
    _prepositions(verb, found)
    for child in verb.children:
        if child.dep_ == "neg" or child.lower_ == "never":
            found.setdefault("negation", []).append(child)
        elif child.dep_ == "prt" or (child.dep_ == "advmod" and child.lower_ in {"out", "up", "down", "off", "away"}):
            found.setdefault("particle", []).append(child)
        elif child.dep_ in {"xcomp", "ccomp", "acomp", "oprd"}:
            found.setdefault("complement", []).append(child)
        elif child.dep_ == "prep":
            if child.lower_ == "in" and (clauses := clauses_of_object(child)):
                # "said in a statement that ...": the parser gives the clause to the noun
                found.setdefault("complement", []).extend(clauses)
            if accusing_verb(child) == verb:  # "suspected the group of bombing the market"
                found.setdefault(child.lower_, []).extend(c for c in child.children if c.dep_ == "pcomp")
        elif child.dep_ == "dobj":  # "fired tear gas at the crowd" attaches "at" to the gas
            for prep in child.children:
                if prep.dep_ == "prep" and accusing_verb(prep) == verb:
                    found.setdefault(prep.lower_, []).extend(c for c in prep.children if c.dep_ in {"pobj", "pcomp"})
            inner: dict[str, list[Token]] = {}
            _prepositions(child, inner)
            for name, tokens in inner.items():
                if name != "of":
                    found.setdefault(name, []).extend(tokens)
    return {name: _spread(tokens) for name, tokens in found.items() if tokens}


def noun_slots(noun: Token, trigger: frozenset[int] = frozenset()) -> Slots:
    """The slots of an event noun, with those of the light verb that governs it."""
    found: dict[str, list[Token]] = {}
    heads = [noun] if noun.dep_ != "conj" else [noun, *_first_conjunct(noun)]
    _prepositions(noun, found)
    for child in noun.children:
        if child.i in trigger:
            continue
        if child.dep_ == "poss":
            found.setdefault("possessive", []).append(child)
        elif child.dep_ in {"compound", "nmod"} or (child.dep_ == "amod" and child.ent_type_ in {"NORP", "GPE", "ORG"}):
            found.setdefault("compound", []).append(child)
        elif child.dep_ in {"acl", "relcl"} and child.lemma_.lower() in LIGHT_VERBS:
            found.setdefault("subject", []).extend(subjects(child))
        elif child.dep_ in {"acl", "relcl"}:
            _prepositions_between(child, found)
    if len(heads) > 1 and "possessive" not in found:
        found.setdefault("possessive", []).extend(c for c in heads[1].children if c.dep_ == "poss")
    # "the downing of an airliner by the guards" attaches "by" to the airliner
    for inner_head in [t for name in ("of", "on", "in", "by") for t in found.get(name, [])]:
        inner: dict[str, list[Token]] = {}
        _prepositions(inner_head, inner)
        for name in ("by", "against", "between"):
            if name in inner and name not in found:
                found[name] = inner[name]
    governor = light_governor(noun)
    if governor is not None:
        found.setdefault("subject", []).extend(t for t in subjects(governor) if t != noun)
        if not is_passive(governor):
            given = [c for c in governor.children if c.dep_ == "dative" and c.pos_ != "ADP"]
            found.setdefault("object", []).extend(given)
    above = heads[-1].head
    if heads[-1].dep_ in {"nsubj", "nsubjpass", "dobj"} and above.pos_ in {"VERB", "AUX"}:
        _prepositions_between(above, found)
    return {name: _spread(tokens) for name, tokens in found.items() if tokens}


def _prepositions_between(verb: Token, found: dict[str, list[Token]]) -> None:
    """What the noun's verb says about its parties, as in "clashes broke out between X and Y"."""
    inner: dict[str, list[Token]] = {}
    _prepositions(verb, inner)
    for name in ("by", "between", "against", "with", "among", "involving"):
        if name in inner and name not in found:
            found[name] = inner[name]
    for child in verb.children:
        if child.dep_ in {"dobj"} and verb.lemma_.lower() in {"involve", "pit"}:
            found.setdefault("between", []).append(child)


def _first_conjunct(noun: Token) -> list[Token]:
    for _ in range(MAX_CHAIN):
        if noun.dep_ != "conj":
            return [noun]
        noun = noun.head
    return []


def light_governor(noun: Token) -> Token | None:
    """The light verb that governs the event noun ("staged" in "staged a rally"), or None."""
    if noun.dep_ == "conj":
        first = _first_conjunct(noun)
        if not first or first[0].pos_ not in {"NOUN", "PROPN"}:
            return None
        noun = first[0]
    above = noun.head
    if noun.dep_ in {"dobj", "nsubjpass"} and above.lemma_.lower() in LIGHT_VERBS and above.pos_ == "VERB":
        return above if judged_as(noun) is None else None
    if noun.dep_ == "pobj" and above.head.pos_ == "VERB":
        verb = above.head
        if PART_TAKERS.get(verb.lemma_.lower()) == above.lower_:
            return verb
        if verb.lemma_.lower() in {"claim", "take"} and above.lower_ == "for":
            return verb
        if verb.lemma_.lower() == "part":
            return verb.head
        if verb.lemma_.lower() == "call" and above.lower_ == "for":
            return verb
    share = (above.head.lower_, above.lower_)
    if noun.dep_ == "pobj" and share in {("part", "in"), ("responsibility", "for")}:
        return above.head.head if above.head.head.pos_ == "VERB" else None
    return None


def judged_as(noun: Token) -> Token | None:
    """The verb that only says what the event is ("called the strike inexcusable"), whose subject has no part in it."""
    verb = noun.head
    if noun.dep_ == "nsubj" and verb.dep_ == "ccomp" and verb.pos_ in {"ADJ", "NOUN"}:
        return verb.head if verb.head.lemma_.lower() in JUDGING and verb.head.i < noun.i else None
    if noun.dep_ not in {"dobj", "nsubjpass"} or verb.lemma_.lower() not in JUDGING:
        return None
    called = any(c.dep_ in {"oprd", "ccomp", "acomp"} and c.i > verb.i and c.pos_ != "VERB" for c in verb.children)
    return verb if called else None


LEFT_OUT_LEFT = word_set("either neither that including and or , : ; - -- – —")
KEPT_PREPOSITIONS = frozenset({"of", "in", "from", "for"})


def phrase(parse: Parse, head: Token) -> Span:
    """The words of the phrase headed by ``head``: with its determiner and its "of", without relative clauses,

    appositions after a comma, and the words coordinated with it.
    """
    doc = parse.doc
    left = head.left_edge.i
    for child in head.lefts:
        if gerund_matter(child) is not None:
            left = max(left, child.i + 1)
        if (
            child.text not in {"-", "‑"}
            and child.dep_ in {"relcl", "advcl", "cc", "punct", "preconj", "conj", "nsubj", "aux", "mark", "advmod"}
            and (child.dep_ != "advmod" or child.lower_ in {"also", "then", "meanwhile", "now", "later", "however"})
        ):
            left = max(left, child.right_edge.i + 1)
    while left < head.i and (doc[left].lower_ in LEFT_OUT_LEFT or doc[left].is_space or doc[left].is_quote):
        left += 1
    right = min(_right(head, 0), head.i + 40)
    if right + 2 < len(doc) and doc[right + 1].lower_ == "of" and doc[right + 1].dep_ == "prep":
        # "residents and supporters of the club": the parser gives "of" to the first of the two
        inner = next((c for c in doc[right + 1].children if c.dep_ == "pobj"), None)
        inner = inner if accusing_verb(doc[right + 1]) is None else None
        right = _right(inner, 1) if inner is not None and head.ent_type_ not in {"GPE", "PERSON"} else right
    while right > head.i and (doc[right].is_punct or doc[right].is_space) and doc[right].text not in {")", "."}:
        right -= 1
    start, end = doc[left].idx, doc[right].idx + len(doc[right].text)
    return parse.report.span(start, end)


def _right(head: Token, depth: int) -> int:
    right = head.i
    doc = head.doc
    for child in head.rights:
        following = child.left_edge.i == right + 1
        if (child.dep_ in {"compound", "nummod", "nmod", "flat"} and following) or (
            child.dep_ == "appos" and following and child.pos_ == "PROPN" and head.pos_ in {"NOUN", "PROPN"}
        ):
            right = child.right_edge.i
        elif child.dep_ == "prep" and following and depth < 4 and child.lower_ in KEPT_PREPOSITIONS:
            if accusing_verb(child) is not None:
                break
            inner = [c for c in child.children if c.dep_ == "pobj"]
            if (
                not inner
                or inner[0].ent_type_ in {"DATE", "TIME"}
                or (child.lower_ != "of" and (depth or head.pos_ in {"PRON", "PROPN"}))
                or (head.ent_type_ in {"GPE", "PERSON"} and head.pos_ == "PROPN")
            ):
                break
            right = _right(inner[0], depth + 1)
        elif doc[right + 1 : right + 2].text == "(" and child.left_edge.i <= right + 2:
            close = next((k for k in range(right + 2, min(right + 12, len(doc))) if doc[k].text == ")"), None)
            if close is None:
                break
            right = close
        elif child.dep_ != "punct" or child.text != "(":
            break
    return right
