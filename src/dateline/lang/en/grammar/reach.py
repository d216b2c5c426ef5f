"""Those whom an act is meant for or aimed at where no slot of its own names them: they stand below it.

"Agreed to withdraw its troops from Kosovo", "opened an investigation into the mayor's death", "offered criticism of
the ministry's handling": the first name or body below the trigger is the other side, what the act is done with before
what it is done for.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.lang.en.grammar.agents import names_agent, names_instrument, names_nobody, names_weapon
from dateline.lang.en.grammar.voice import coordinated
from dateline.lang.lexicon import class_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

ORDER = {
    **dict.fromkeys(
        (
            "indirect object",
            "object",
            "attribute",
            "object predicate",
            "preposition object",
            "passive subject",
            "subject",
        ),
        0,
    ),
    **dict.fromkeys(("possessor", "compound", "adjective", "noun modifier"), 1),
    **dict.fromkeys(("preposition", "adjective complement", "open clause", "content clause", "preposition clause"), 2),
    **dict.fromkeys(("noun clause", "conjunct", "apposition"), 3),
    "adverbial clause": 4,
}
"""The relations along which the search goes down, the closest to the act first; none of them leads to an aside."""
OF_NAMES = frozenset({"possessor", "compound", "adjective", "noun modifier"})
BESIDE_THE_ACT = words("grammar.beside_the_act")
WHERE = words("grammar.where")
NAMED = frozenset({"GPE", "NORP", "ORG", "PERSON", "LOC", "FAC"})
JUDGEMENTS = "grammar.judgements"
SENDING = words("grammar.sending")
SITES = words("grammar.sites")
ON_WHOSE_BEHALF = words("events.on_whose_behalf")
FARTHEST = 8
WIDEST = 150
"""Words that are looked at: a sentence can be one long list."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What the search may take: ``closed`` are the words (by index) of those who act, ``named`` those of the event.

    ``places``: a place where the act is done stands for its people. ``spoken``: it is an act in words.
    ``suffered``: words for acts (lemmas) of which only those who did them are the other side, for an act that lays
    blame.
    """

    root: Token
    closed: frozenset[int]
    named: frozenset[int]
    places: bool
    spoken: bool = False
    suffered: Set[str] = frozenset()


def reached(reach: Reach) -> tuple[Token, ...]:
    """The first below the root that can be party to what it tells, with those coordinated; empty where none is."""
    for n, token in enumerate(_below(reach, reach.root, 0)):
        if n > WIDEST:
            break
        if _party(token, reach):
            return tuple(t for t in coordinated(token) if _party(t, reach))
    return ()


def _below(reach: Reach, token: Token, depth: int) -> Iterator[Token]:
    if depth > FARTHEST:
        return
    blamed = bool(reach.suffered) and (names_weapon(token) or token.lemma_.lower() in reach.suffered)
    for child in sorted(token.children, key=lambda c: (ORDER.get(c.dep_, 9), c.i)):
        if not _leads_on(child, reach):
            continue
        if blamed and not (child.dep_ in {"preposition", "agent"} and child.lower_ in {"by", "from"}):
            continue
        if child.dep_ != "preposition":
            yield child
        yield from _below(reach, child, depth + 1)


def _leads_on(child: Token, reach: Reach) -> bool:
    if child.dep_ not in ORDER and child.dep_ != "agent":
        return False
    if child.i in reach.closed:
        return False
    if child.dep_ == "noun clause" and class_of(JUDGEMENTS, child.lemma_.lower()) == "blamed":
        return False  # "an attack blamed on militants" is none on them
    if child.head == reach.root and child.dep_ in {"subject", "passive subject", "conjunct", "apposition"}:
        # "the arrest of the clerk was carried out": whom the act that is the subject is done to
        return child.dep_ == "passive subject" and child.i in reach.named
    if child.head == reach.root and child.dep_ in {"preposition", "adverbial clause"} and child.i < reach.root.i:
        return False  # "In Geneva, the commissioner called ...": what comes first sets the scene
    if child.dep_ == "adverbial clause":
        return any(c.lower_ == "to" and c.dep_ == "auxiliary" for c in child.children)
    blamed = bool(reach.suffered) and child.lower_ == "by"
    return blamed or not (child.dep_ in {"preposition", "agent"} and child.lower_ in BESIDE_THE_ACT)


def _party(token: Token, reach: Reach) -> bool:
    if token.i in reach.closed | reach.named or token.pos_ not in {"NOUN", "PROPN", "ADJ"} or token.tag_ == "CD":
        return False
    if token.pos_ == "ADJ" and token.ent_type_ not in NAMED and not any(c.dep_ == "determiner" for c in token.children):
        return False
    if token.lower_ in SITES or (token.dep_ in OF_NAMES and token.head.lower_ in SITES):
        return False
    if names_nobody(token) or names_instrument(token) or is_sent(token):
        return False
    if token.dep_ in OF_NAMES and token.dep_ != "possessor" and token.ent_type_ not in NAMED:
        return False
    if reach.spoken and _on_whose_behalf(token):
        return False
    if token.dep_ == "preposition object" and token.head.lower_ in WHERE:
        if reach.spoken and token.head.head == reach.root:
            return False  # "agreed in Geneva to share the river": where it was said
        return reach.places and token.ent_type_ in {"GPE", "LOC"}
    return names_agent(token)


def _on_whose_behalf(token: Token) -> bool:
    """As in "demanded that the detained be freed", which is not demanded of them."""
    act = token.head.head if token.dep_ == "preposition object" and token.head.lower_ == "of" else token.head
    done_to = token.dep_ in {"passive subject", "object", "preposition object"}
    return done_to and act.lemma_.lower() in ON_WHOSE_BEHALF


def is_sent(token: Token) -> bool:
    """Whether the word is what somebody sends or takes back ("deployed troops", "the dispatch of a team")."""
    if token.dep_ == "object":
        return token.head.lemma_.lower() in SENDING
    return (
        token.dep_ == "preposition object" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in SENDING
    )
