"""What tells in a sentence that it goes back to an event told before: "the rally", "two were killed", "it happened"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.agents import names_nobody, names_weapon
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

HARMING = words("placing.harming")
DYING = words("harm.dying")
ORGANISING = words("placing.organising")
ANOTHER_EVENT = words("placing.another_event")
ONE_MORE = words("placing.one_more")
OCCURRING = words("placing.occurring")
INCIDENT = words("placing.incident")
DATING_ONLY = words("placing.dating_only")
_STEM = 5
"""Letters by which a noun and a verb are taken for one word ("shoot", "shooting")."""
_NAMES = ("NOUN", "PROPN")


def pointing_noun(trigger: Iterable[Token]) -> Token | None:
    """The noun of an event's words that points back to what was told: definite, or somebody's ("his arrest").

    That a toll was "in the attack" points back as well.
    """
    words_of_it = list(trigger)
    for token in words_of_it:
        if token.pos_ in _NAMES and clause_of(token).definite:
            return None if _is_one_more(token) else token
    acts = (noun for token in words_of_it if is_toll(token) for noun in clause_of(token).after("in", "during", "by"))
    return next((noun for noun in acts if _goes_back(noun)), None)


def _goes_back(act: Token) -> bool:
    named = names_weapon(act) or act.lemma_.lower() in INCIDENT
    return named and clause_of(act).definite and not _is_one_more(act)


def _is_one_more(noun: Token) -> bool:
    return any(c.lower_ in ONE_MORE or c.ent_type_ == "ORDINAL" for c in noun.lefts)


def is_organised(noun: Token) -> bool:
    """Whether its verb says who called, led or joined it ("joined the march"): others may have called it before."""
    verb = clause_of(noun).light_verb
    return verb is not None and verb.lemma_.lower() in ORGANISING


def tells_harm(word: Token) -> bool:
    """Whether the word tells no more than that people came to harm."""
    lemma = word.lemma_.lower()
    return lemma in HARMING or lemma in DYING


def is_toll(word: Token) -> bool:
    """Whether the word tells that people came to harm and not by whose hand ("two were killed", "three died")."""
    if word.lemma_.lower() in DYING:
        return True
    return tells_harm(word) and clause_of(word).passive and not clause_of(word).agents


def is_toll_of_nobody(word: Token) -> bool:
    """Whether nobody came to harm ("nobody was hurt")."""
    return any(names_nobody(c) for c in clause_of(word).hung("subject", "passive subject"))


def tells_more(word: Token) -> bool:
    """Whether the clause speaks of another event, or has a clause of its own that says when or why."""
    return any(t.lower_ in ANOTHER_EVENT or t.dep_ == "adverbial clause" for t in word.subtree)


def names_again(trigger: Token, governor: Token) -> Token | None:
    """The dated word, or an argument of the dated verb, that names the event of the trigger again.

    "A man was shot ... the shooting happened on Friday": two words are taken for one event where they share their stem
    and the later of them is a definite noun. "It happened on Friday" goes back to the sentence before.
    """
    dated = clause_of(governor)
    if governor.lemma_.lower() in OCCURRING and trigger.i < governor.i:
        between = governor.doc[trigger.sent.end : governor.sent.start].text.strip()
        if not between and any(c.lower_ in ("it", "this") for c in dated.hung("subject")):
            return governor
    stem = trigger.lemma_.lower()[:_STEM]
    only_dates = governor.lemma_.lower() in DATING_ONLY
    arguments = dated.hung("subject", "passive subject", "object", "preposition object") if only_dates else ()
    for word in (governor, *arguments):
        lemma = word.lemma_.lower()
        told_again = lemma in INCIDENT and word.i > trigger.i
        if word.i == trigger.i or not (lemma.startswith(stem) or told_again):
            continue
        later = max(word, trigger, key=lambda token: token.i)
        if later.pos_ in _NAMES and clause_of(later).definite:
            return word
    return None
