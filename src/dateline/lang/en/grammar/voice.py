"""Who does what a verb says, and to whom: through passives, relative clauses, control, coordination and participles.

The words are heads of phrases (spaCy tokens); :func:`dateline.coder.syntax.phrases.phrase` gives the whole phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from dateline.lang.en.grammar.accusation import accused, accusing_word, gerund_matter, listed_matter, plan_before
from dateline.lang.en.grammar.agents import HAPPENINGS, is_aged, names_agent, names_weapon
from dateline.lang.en.grammar.lists import headline_list, torn_from_list
from dateline.lang.lexicon import Table, table, words

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"subject", "clause as subject"})
PASSIVE_SUBJECTS = frozenset({"passive subject", "clause as passive subject"})
RELATIVES = words("grammar.relatives")
OBJECT_CONTROL = words("grammar.object_control")
OPPOSING = words("grammar.opposing")
OPPOSING_WITH_PARTICLE: Table[frozenset[str]] = table("grammar.opposing_with_particle")
HARMING = words("grammar.harming")
INTRANSITIVE = words("grammar.intransitive")
GIVING = words("events.giving")
PARTICLES = words("grammar.verb_particles")
ACTING_UPON = words("grammar.acting_upon")
HEADING_MARKS = frozenset({"--", "—", "–", ":", "-"})
PARTICIPLES, PASTS = frozenset({"VBN", "JJ"}), frozenset({"VBD", "VBN"})
MORE_THAN_HEADLINES = frozenset({"auxiliary", "object", "indirect object", "content clause", "open clause"})
"""What no headline's passive has under it."""
OF_CLAUSES = SUBJECTS | PASSIVE_SUBJECTS | {"object", "preposition object", "indirect object"}
"""Where a list of people stands as a whole."""
MAX_CHAIN = 12
"""How far a chain of heads is followed: a parse of hostile text can be as deep as it is long."""


def coordinated(token: Token) -> tuple[Token, ...]:
    """The token and the words coordinated with it to its right: a list of people is several participants."""
    out, queue = [token], [token]
    while queue and len(out) < 60:
        for child in queue.pop().children:
            if child.dep_ == "conjunct" and child.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"} and child.i > token.i:
                out.append(child)
                queue.append(child)
    if token.dep_ in OF_CLAUSES:
        out += [t for t in torn_from_list(token) if t not in out]
    return tuple(sorted(out, key=lambda t: t.i))


def spread(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """The words with those coordinated with them, relative pronouns as the nouns they stand for, in order."""
    seen: dict[int, Token] = {}
    for token in tokens:
        for one in coordinated(_antecedent(token)):
            seen.setdefault(one.i, one)
    return tuple(seen[i] for i in sorted(seen))


def _antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if token.lower_ in RELATIVES and token.tag_ in {"WP", "WDT", "IN", "DT"}:
        for above in _up(token):
            if above.dep_ in {"relative clause", "noun clause"}:
                return _deed_told_on(token, above) or above.head
    return token


def _deed_told_on(relative: Token, verb: Token) -> Token | None:
    """The deed that "the bombing of the airport, which killed 16" tells on: no airport kills."""
    harm = relative.lower_ in {"which", "that"} and relative.head == verb and verb.lemma_.lower() in HARMING
    noun = verb.head
    if (
        not harm
        or is_passive(verb)
        or noun.dep_ != "preposition object"
        or noun.head.lower_ not in {"of", "on", "in", "at", "near"}
    ):
        return None
    deed = noun.head.head
    return deed if deed.pos_ == "NOUN" and (names_weapon(deed) or deed.lemma_.lower() in HAPPENINGS) else None


def _up(token: Token) -> Iterator[Token]:
    for _ in range(MAX_CHAIN):
        if token.head == token:
            return
        yield token
        token = token.head
    return


def is_passive(verb: Token) -> bool:
    """Whether the verb's subject is the one acted upon: in a passive, and as a participle wherever it stands."""
    deps = {c.dep_ for c in verb.children}
    if _headline_passive(verb, deps):
        return True
    if verb.tag_ == "VBD" and verb.dep_ == "noun clause" and "agent" not in deps:
        return False
    if verb.lemma_.lower() in INTRANSITIVE and "agent" not in deps:
        return False
    if deps & {"passive auxiliary", "passive subject", "clause as passive subject"}:
        return True
    if "agent" in deps and verb.tag_ in {"VBN", "VBD", "JJ"}:
        return True
    if verb.tag_ not in {"VBN", "JJ", "VBD"}:
        return False
    has_aux = any(c.dep_ == "auxiliary" for c in verb.children)
    if verb.dep_ == "conjunct" and verb.lemma_.lower() in ACTING_UPON and "subject" in deps and "object" not in deps:
        # "be demolished and the family evicted", which leaves out "be"
        return not has_aux and verb.head.pos_ == "VERB" and is_passive(verb.head)
    if verb.dep_ in {"noun clause", "adjective"}:
        return "object" not in deps and verb.tag_ != "VBD"
    if (
        verb.dep_ == "conjunct"
        and not has_aux
        and not deps & {"subject", "object"}
        and verb.head.pos_ in {"VERB", "AUX"}
    ):
        return is_passive(verb.head)
    return verb.tag_ == "VBN" and not has_aux and "object" not in deps


def _past_participle(word: Token) -> bool:
    return word.tag_ in PARTICIPLES and word.lower_.endswith(("ed", "en"))


def _headline_passive(verb: Token, deps: set[str]) -> bool:
    """Whether a past without auxiliary and object is a headline's passive ("Two abducted in Kano", "Man shot dead")."""
    if verb.tag_ not in PASTS:
        return False
    whole = verb.dep_ == "root" and "subject" in deps
    # "Teachers arrested in Patna": the parser hangs the verb on a noun that stands alone
    hung = verb.dep_ == "noun clause" and verb.tag_ == "VBD" and verb.head.dep_ == "root" and "subject" not in deps
    if not (whole or hung):
        return False
    # "ambushed, struck and killed nine rebels": what the last of a list has is done by all
    listed = (child.dep_ for other in _verbs_listed(verb) for child in other.children)
    if not MORE_THAN_HEADLINES.isdisjoint((*deps, *listed)):
        return False
    # "Police detained between 3 and 5 men" has its object behind a preposition
    if any(c.lower_ == "between" for c in verb.children):
        return False
    if verb.lemma_.lower() in ACTING_UPON:
        return True
    dead = any(c.lower_ == "dead" and c.i == verb.i + 1 for c in verb.children)
    return dead or [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]] == ["to", "death"]


def _joined(verb: Token) -> Iterator[Token]:
    """The verbs that are joined to it ("beat and arrested the students"), unless they have subjects of their own."""
    for other in verb.children:
        if other.dep_ == "conjunct" and other.pos_ == "VERB" and not any(c.dep_ in SUBJECTS for c in other.children):
            yield other


def _verbs_listed(verb: Token) -> Iterator[Token]:
    """The verbs that follow it in a list without a subject of their own."""
    for other in _joined(verb):
        yield other
        yield from _verbs_listed(other)


def is_overtly_passive(verb: Token) -> bool:
    """Whether the verb says that it is passive: by its auxiliary or subject, or as a clause of its own ("asked, ...").

    Unlike :func:`is_passive` it takes no participle before a noun ("the alleged plan"), nor one without an auxiliary at
    the head of a sentence or in a list: of verbs of speech that is oftener a past tense that the tagger misread ("the
    minister, asked by nobody, added that"), and then its subject is the one who speaks.
    """
    deps = {c.dep_ for c in verb.children}
    if "passive auxiliary" in deps or deps & PASSIVE_SUBJECTS:
        return True
    # "The mayor, Jane Roe, announced that ...": a clause below makes it a main verb that the parser misread
    participle = verb.tag_ == "VBN" and verb.dep_ in {"noun clause", "adverbial clause"}
    return participle and not deps & {"content clause", "auxiliary"}


def agents(verb: Token) -> tuple[Token, ...]:
    """The by-phrase of a passive."""
    named = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "preposition" and child.lower_ == "by" and is_passive(verb)):
            named += [c for c in child.children if c.dep_ == "preposition object"]
    return spread(named)


def _without_apposed(subjects: list[Token]) -> list[Token]:
    """One subject where the parser makes two.

    The name of "the rights group, Sample Watch said", and who follows a dateline or a heading ("ROME -- A court has",
    "Peru: The army has").
    """
    kept: list[Token] = []
    for left, right in zip_longest(subjects, subjects[1:]):
        between = [t.text for t in left.doc[left.right_edge.i + 1 : right.left_edge.i]] if right is not None else []
        apposed = between == [","] and right is not None and right.pos_ == "PROPN"
        if not apposed and not any(mark in HEADING_MARKS for mark in between):
            kept.append(left)
    return kept


def _stranded(verb: Token) -> Token | None:
    """The subject that the parser hung elsewhere, as the verb has none.

    "The envoy, a lawyer, called for talks" (the verb made to describe the envoy) and "On a visit to Chad, the envoy
    praised" (the envoy made a part of the visit).
    """
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or any(c.dep_ in SUBJECTS | PASSIVE_SUBJECTS for c in verb.children):
        return None
    if (
        verb.dep_ == "noun clause"
        and verb.tag_ == "VBD"
        and verb.head.dep_ == "root"
        and verb.head.pos_ in {"NOUN", "PROPN"}
    ):
        return None if any(c.dep_ == "agent" for c in verb.children) else verb.head
    if verb.dep_ not in {"root", "content clause"} or verb.left_edge.i >= verb.i - 1:
        return None
    last = verb.doc[verb.i - 1]
    for token in _up(last):
        if token.right_edge != last:
            return None
        opens = token.doc[max(0, token.left_edge.i - 1)].text == ","
        if token.dep_ in {"conjunct", "apposition"} and opens and token.pos_ in {"NOUN", "PROPN"}:
            above = [t.dep_ for t in _up(token.head)]
            return token if "preposition" in above else None
    return None


def subjects(verb: Token, depth: int = 0) -> tuple[Token, ...]:
    """Those who do what the verb says, through passives, relative clauses, control, coordination and participles."""
    if depth > MAX_CHAIN:
        return ()
    above = verb.head
    matter = above if verb.dep_ == "preposition clause" else gerund_matter(verb) or listed_matter(verb)
    accusing = accusing_word(matter) if matter is not None else None
    if accusing is not None and not is_passive(verb):
        # who accuses is never the one who did it, even where the report leaves out who is accused
        return spread(accused(accusing))
    plan = plan_before(verb)
    if plan is not None:
        pursued = plan.dep_ == "preposition object" and accusing_word(plan.head)
        return spread(accused(pursued)) if pursued else _holders(plan, depth)
    if verb.pos_ == "ADJ" and verb.dep_ in {"adjective complement", "object predicate", "adjective", "conjunct"}:
        # "the authority is ready to ...": the copula has the subject
        if verb.dep_ == "adjective":
            # "the ready troops" act, "the abducted villagers" do not
            return agents(verb) if _past_participle(verb) else spread([above])
        return subjects(above, depth + 1) or spread(_patients(above))
    if is_passive(verb):
        return agents(verb)
    if (stranded := _stranded(verb)) is not None:
        return spread([stranded])
    own = _without_apposed([c for c in verb.children if c.dep_ in SUBJECTS])
    # "Shelling hit a farm": the parser makes the bare gerund an auxiliary, which none is
    own = own or [c for c in verb.children if c.dep_ == "auxiliary" and c.tag_ == "VBG" and c.i < verb.i]
    own = [c for c in own if c.lower_ != "having"] or _named_before(verb)
    if own:
        return spread([*headline_list(verb, own[0]), *own])
    if verb.dep_ in {"noun clause", "relative clause"}:
        if verb.tag_ == "VBG" or verb.lemma_.lower() in INTRANSITIVE:
            # "issued a statement calling on ...": who issued it speaks
            return (() if names_agent(above) else _holders(above, depth)) or spread([above])
        if verb.dep_ == "relative clause":
            return ()
        return _holders(above, depth)
    if verb.dep_ == "open clause" or (verb.dep_ == "content clause" and verb.tag_ in {"VB", "VBG"}):
        return _controllers(above, depth)
    if (
        verb.dep_ in {"conjunct", "unclear", "adverbial clause", "beside"}
        and above.pos_ in {"VERB", "AUX"}
        and above != verb
    ):
        if not is_passive(above):
            return subjects(above, depth + 1)
        return agents(above) or (spread(_patients(above)) if verb.dep_ != "adverbial clause" else _instruments(above))
    if verb.dep_ == "preposition clause" and above.head != above:
        governor = above.head
        if governor.pos_ in {"VERB", "AUX"}:
            if is_passive(governor):
                return spread(_patients(governor))
            objects = [c for c in governor.children if c.dep_ == "object"]
            kept_from = above.lower_ in {"of", "from", "for"}
            return spread(objects) if objects and kept_from else subjects(governor, depth + 1)
        return _holders(governor, depth)
    return ()


def _named_before(verb: Token) -> list[Token]:
    """As "army" in "Army shells hospital", which the parser makes a part of the verb's name."""
    if verb.dep_ != "root" or verb.tag_ not in {"VBZ", "VBP", "VBD"}:
        return []
    return [c for c in verb.children if c.dep_ == "compound" and c.i == verb.i - 1 and names_agent(c)]


def _controllers(governor: Token, depth: int) -> tuple[Token, ...]:
    if governor.pos_ not in {"VERB", "AUX", "ADJ"}:
        return ()
    if is_passive(governor):
        return spread(_patients(governor)) or subjects(governor, depth + 1)
    objects = [c for c in governor.children if c.dep_ in {"object", "indirect object"}]
    if objects and governor.lemma_.lower() in OBJECT_CONTROL:
        return spread(objects)
    own = [c for c in governor.children if c.dep_ in SUBJECTS]
    return spread(own) if own else subjects(governor, depth + 1)


def _holders(noun: Token, depth: int) -> tuple[Token, ...]:
    """Whose plan, attempt or decision it is."""
    owners = [c for c in noun.children if c.dep_ == "possessor"]
    if owners:
        return spread(owners)
    if noun.dep_ == "object" and noun.head.pos_ in {"VERB", "AUX"} and not _opposes(noun.head):
        return subjects(noun.head, depth + 1)
    return ()


def _opposes(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    with_particle = OPPOSING_WITH_PARTICLE.get(lemma, frozenset())
    return lemma in OPPOSING or any(c.lower_ in with_particle for c in verb.children if c.dep_ == "particle")


def _patients(verb: Token) -> list[Token]:
    """The subject of a passive, or the noun that a participle describes."""
    own = [c for c in verb.children if c.dep_ in PASSIVE_SUBJECTS]
    if own:
        return own
    own = [c for c in verb.children if c.dep_ == "subject"]
    if own:
        return own
    if verb.dep_ in {"noun clause", "adjective", "relative clause"}:
        return [verb.head]
    if verb.dep_ == "conjunct" and verb.head.pos_ in {"VERB", "AUX"} and is_passive(verb.head):
        return _patients(verb.head)
    if verb.dep_ == "open clause":
        objects = [c for c in verb.head.children if c.dep_ == "object"]
        return objects or [c for c in verb.head.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS]
    return []


def _instruments(verb: Token) -> tuple[Token, ...]:
    return tuple(t for t in spread(_patients(verb)) if names_weapon(t))


def objects(verb: Token) -> tuple[Token, ...]:
    """Those to whom it is done."""
    if gerund_matter(verb) is not None:
        return spread([verb.head])
    if is_passive(verb):
        return spread(_patients(verb))
    own = [
        c
        for c in verb.children
        if c.dep_ in {"object", "indirect object", "object predicate"} and (c.pos_ not in {"ADP", "ADJ"} or is_aged(c))
    ]
    own += [
        g
        for c in verb.children
        if c.dep_ == "indirect object" and c.pos_ == "ADP"
        for g in c.children
        if g.dep_ == "preposition object"
    ]
    if verb.lemma_.lower() in GIVING:
        own += [c for o in own if not names_agent(o) for c in o.children if _given(c)]
    return spread(own or objects_of_both(verb))


def _given(word: Token) -> bool:
    """As "rebels" in "gave two rebels life terms", of which the parser makes one noun."""
    return word.dep_ == "compound" and word.tag_ == "NNS" and names_agent(word)


def objects_of_both(verb: Token) -> list[Token]:
    """The object that belongs to both verbs in "beat and arrested the students"."""
    if any(c.dep_ == "preposition" and c.lower_ not in PARTICLES for c in verb.children):
        return []
    return [g for c in _joined(verb) if c.i - verb.i <= 4 for g in c.children if g.dep_ == "object"]
