"""Who is accused of what: "X accused Y of shelling a school", however the parser attaches the preposition.

The parser hangs "of" on the verb or on the noun before it, from one pair of names to the next; what it says does not
change with that, so the roles and the modality of the act ask here and not at the head of the preposition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lang.lexicon import Table, table, words

if TYPE_CHECKING:
    from spacy.tokens import Token

ACCUSING: Table[frozenset[str]] = table("grammar.accusing")
ALLEGING = words("grammar.alleging")
ALLEGING_CLAUSE = words("grammar.alleging_clause")
MAX_STEPS = 6


def accusing_verb(preposition: Token) -> Token | None:
    """The verb of accusation or judgement whose matter the preposition brings, or None."""
    above = preposition.head
    for _ in range(MAX_STEPS):
        if above.pos_ == "VERB":
            wanted = ACCUSING.get(above.lemma_.lower(), frozenset())
            return above if preposition.lower_ in wanted and above.i < preposition.i else None
        # from a noun only to the verb that it is a party of: "accused the mayor and the guards of", "accused by X of"
        if (
            above.dep_ not in {"object", "passive subject", "conjunct", "preposition object", "agent", "apposition"}
            or above.head == above
        ):
            return None
        if above.dep_ == "preposition object" and above.head.lower_ != "by":
            return None
        above = above.head
    return None


def accused(verb: Token) -> list[Token]:
    """Those whom a verb of accusation is about: its object, or the subject of its passive."""
    own = [c for c in verb.children if c.dep_ == "object"]
    passive = [c for c in verb.children if c.dep_ == "passive subject"]
    if own or passive:
        return own or passive
    if verb.dep_ in {"noun clause", "relative clause"} and verb.tag_ in {"VBN", "VBD"}:
        return [verb.head]
    if verb.dep_ == "conjunct" and verb.head.pos_ == "VERB" and verb.head.i < verb.i:
        return [c for c in verb.head.children if c.dep_ == "passive subject"]
    return []


def gerund_matter(word: Token) -> Token | None:
    """The preposition before a gerund that the parser took for a modifier ("accused guards of beating strikers")."""
    head = word.head
    modifies = word.dep_ in {"compound", "adjective"} and word.lower_.endswith("ing") and word.i < head.i
    if not modifies or head.dep_ != "preposition object" or word.left_edge != word or word.i != head.head.i + 1:
        return None
    return head.head if accusing_verb(head.head) is not None else None
