"""Who is accused or judged of what: "X accused Y of shelling a school", "X was given a year in jail for shelling it".

The parser hangs "of" on the verb or on the noun before it, from one pair of names to the next; what it says does not
change with that, so the roles and the modality of the act ask here and not at the head of the preposition. Nor does it
matter whether the verb itself judges ("convicted of"), or a word beside it ("found guilty of", "went on trial for").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.lang.governors import governor
from dateline.lang.lexicon import Table, class_of, table, words

if TYPE_CHECKING:
    from spacy.tokens import Token

ACCUSING: Table[frozenset[str]] = table("grammar.accusing")
JUDGING: Table[frozenset[str]] = table("grammar.judging_words")
JUDGEMENTS = "grammar.judgements"
MEANS = words("modality.means")
PARTS_IN_DEEDS = words("grammar.parts_in_deeds")
PARTIES = frozenset({"object", "passive subject", "conjunct", "preposition object", "agent", "apposition"})
INSIDE = frozenset({"object", "object predicate", "adjective complement", "attribute", "preposition", "adjective"}) | {
    "preposition object",
    "passive subject",
    "compound",
}
"""The links by which a verb's own phrases hang together."""
MAX_STEPS = 6


def accusing_word(preposition: Token) -> Token | None:
    """The verb of accusation or judgement, or the word beside it, whose matter the preposition brings; or None."""
    above = preposition.head
    for _ in range(MAX_STEPS):
        if above.i >= preposition.i:
            return None
        if above.pos_ == "VERB" and preposition.lower_ in ACCUSING.get(above.lemma_.lower(), frozenset()):
            return above
        if above.pos_ == "VERB" and above == preposition.head and _tells_means(preposition, above):
            return above
        if _judges(above, preposition):
            return above
        if above.pos_ in {"VERB", "AUX"}:
            return next(_judging_beside(above, preposition), None)
        # from a noun only to the verb that it is a party of: "accused the mayor and the guards of", "accused by X of"
        if above.dep_ not in PARTIES or above.head == above:
            return None
        if above.dep_ == "preposition object" and above.head.lower_ != "by":
            # "a warrant for the general over the shelling"
            noun = above.head.head
            return noun if _judges(noun, preposition) else None
        above = above.head
    return None


def _judges(word: Token, preposition: Token) -> bool:
    named = word.pos_ in {"NOUN", "PROPN", "ADJ"}
    return named and preposition.lower_ in JUDGING.get(word.lemma_.lower(), frozenset())


def _judging_beside(verb: Token, preposition: Token) -> Iterator[Token]:
    """The words of judgement between a verb and the preposition ("went on trial in Izmir for")."""
    for word in verb.doc[verb.i + 1 : preposition.i]:
        if _judges(word, preposition) and _within(word, verb):
            yield word


def _within(word: Token, verb: Token) -> bool:
    for _ in range(MAX_STEPS):
        if word.dep_ not in INSIDE:
            return False
        word = word.head
        if word == verb:
            return True
    return False


def judgement(word: Token) -> str | None:
    """What an accusing word leaves of the deed, as a class of the list ``grammar.judgements``; None for praise."""
    kind = class_of(JUDGEMENTS, word.lemma_.lower())
    return "alleged" if kind == "settled" and _denied(word) else kind


def _denied(word: Token) -> bool:
    beside = (word, word.head) if word.pos_ == "ADJ" else (word,)
    return any(c.dep_ == "negation" and c.i < word.i for one in beside for c in one.children)


def matter_of(preposition: Token) -> Token | None:
    """The accusing word of a matter, also through somebody's part in it ("convicted of a role in the killing")."""
    word = accusing_word(preposition)
    part = preposition.doc[max(0, preposition.i - 1)]
    if word is None and part.lemma_.lower() in PARTS_IN_DEEDS and part.dep_ == "preposition object":
        return accusing_word(part.head)
    return word


def deed_before(word: Token) -> Token | None:
    """The deed for which somebody is judged, right before a word: before "in" of "jailed for thefts in 1994".

    A term is none ("jailed for nine years in 1994"), nor is a crime that only names the charge ("of murder in 1994").
    """
    deed = word.doc[max(0, word.i - 1)]
    matter = deed.head
    if deed.dep_ != "preposition object" or matter.dep_ != "preposition" or deed.ent_type_ in {"DATE", "TIME"}:
        return None
    if deed.tag_ == "NN" and not any(c.dep_ in {"determiner", "possessor", "preposition"} for c in deed.children):
        return None
    judging = matter_of(matter)
    return deed if judging is not None and judgement(judging) is not None else None


def _tells_means(preposition: Token, verb: Token) -> bool:
    """As in "accused them of endangering people by firing from a school", where the parser gives "by" to the verb."""
    gerund = any(c.dep_ == "preposition clause" and c.tag_ == "VBG" for c in preposition.children)
    if preposition.lower_ not in MEANS or not gerund:
        return False
    wanted = ACCUSING.get(verb.lemma_.lower(), frozenset())
    return any(t.lower_ in wanted and t.dep_ == "preposition" for t in verb.doc[verb.i + 1 : preposition.i])


def accused(word: Token) -> list[Token]:
    """Those whom a word of accusation is about: the object of its verb, or the subject of a passive."""
    verb = _verb_over(word)
    if verb is None:
        return []
    own = [c for c in verb.children if c.dep_ in {"object", "indirect object"} and c != word and not _is_over(c, word)]
    passive = [c for c in verb.children if c.dep_ == "passive subject"]
    if own or passive:
        return own or passive
    if verb.dep_ in {"noun clause", "relative clause"} and verb.tag_ in {"VBN", "VBD"}:
        return [verb.head]
    if verb.dep_ == "conjunct" and verb.head.pos_ == "VERB" and verb.head.i < verb.i:
        return [c for c in verb.head.children if c.dep_ == "passive subject"]
    if verb != word:  # "pleaded guilty", "went on trial"
        judged = [word.head] if word.dep_ == "adjective" and word.i > word.head.i else []
        return judged or [c for c in verb.children if c.dep_ == "subject"]
    return []


def _verb_over(word: Token) -> Token | None:
    for _ in range(MAX_STEPS):
        if word.pos_ in {"VERB", "AUX"}:
            return word
        word = word.head
    return None


def _is_over(above: Token, word: Token) -> bool:
    """Whether the phrase is the one that judges: the years of "ten years in jail", unlike an officer found guilty."""
    return above.is_ancestor(word) and word.dep_ != "adjective"


def gerund_matter(word: Token) -> Token | None:
    """The preposition before a gerund that the parser took for a modifier ("accused guards of beating strikers")."""
    head = word.head
    modifies = word.dep_ in {"compound", "adjective"} and word.lower_.endswith("ing") and word.i < head.i
    if not modifies or head.dep_ != "preposition object" or word.left_edge != word or word.i != head.head.i + 1:
        return None
    return head.head if accusing_word(head.head) is not None else None


def listed_matter(word: Token) -> Token | None:
    """The preposition of a matter whose list is torn apart: "accused them of burning huts, killing men and looting"."""
    above = word.head
    if word.dep_ == "conjunct" and word.tag_ == "VBG" and above.pos_ in {"NOUN", "PROPN"} and above.i < word.i:
        return _matter_over(above)
    torn = word.dep_ == "adverbial clause" and word.tag_ == "VBG" and above.pos_ == "VERB" and above.i < word.i
    if not torn or not any(c.dep_ == "conjunct" and c.tag_ == "VBG" for c in word.children):
        return None
    for preposition in above.doc[above.i + 1 : word.i]:
        if preposition.dep_ == "preposition" and accusing_word(preposition) == above:
            return preposition
    return None


def _matter_over(noun: Token) -> Token | None:
    """The preposition of a matter whose gerund has the noun in its object ("of burning huts and beating men")."""
    gerund = noun
    for _ in range(MAX_STEPS):
        if gerund.dep_ not in INSIDE | {"noun modifier"}:
            break
        gerund = gerund.head
    if gerund.tag_ != "VBG" or gerund.dep_ != "preposition clause":
        return None
    return gerund.head if accusing_word(gerund.head) is not None else None


def plan_before(verb: Token) -> Token | None:
    """The noun of plan right before an infinitive ("foiled a plot to bomb a church"), or None.

    The parser hangs the infinitive on the verb as often as on the noun; a verb before the noun that goes with an
    infinitive of its own ("asked the mission to leave") keeps it.
    """
    to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ == "auxiliary"), None)
    if to is None or to.i == 0 or verb.head.i >= to.i:
        return None
    noun = verb.doc[to.i - 1]
    found = governor(noun) if noun.pos_ == "NOUN" and noun != verb.head else None
    above = governor(verb.head)
    if found is None or found.says.modality != "planned" or (above is not None and above.kind != "prevent"):
        return None
    return noun
