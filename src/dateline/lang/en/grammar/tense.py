"""The tense of the clause around a phrase: past, present or future, as its verb and the verbs above it say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PLANNING = words("modality.planning_tense")
_HAPPENING = words("modality.happening_tense")
_FUTURE_MODALS = words("modality.future_modals")
_STEPS = 12
"""How many heads are climbed at most: enough for real sentences, bounded for lists without end."""


def tense_reader(doc: Doc) -> Callable[[int, int], str | None]:
    """A function that tells the tense ("past", "present", "future" or None) around the characters ``[start, end)``."""
    offsets = [token.idx for token in doc]

    def tense_at(start: int, end: int) -> str | None:
        first = bisect_right(offsets, start) - 1
        last = bisect_right(offsets, max(start, end - 1)) - 1
        if first < 0:
            return None
        return clause_tense(doc[first : last + 1].root)

    return tense_at


def clause_tense(token: Token) -> str | None:
    """The tense of the nearest clause above the token; none for a date that only marks a noun ("Friday's vote")."""
    if token.dep_ in ("possessor", "compound", "noun modifier"):
        return None
    for _ in range(_STEPS):
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("auxiliary", "passive auxiliary"):
            tense = _verb_tense(token)
            if tense is not None:
                return tense
        if token.head is token or token.head.i == token.i:
            return None
        token = token.head
    return None


def _verb_tense(verb: Token) -> str | None:
    helpers = [c for c in verb.children if c.dep_ in ("auxiliary", "passive auxiliary")]
    words = {h.lower_ for h in helpers}
    perfect = words & {"have", "had", "has", "'ve", "’ve", "having"}
    if words & _FUTURE_MODALS and not perfect:
        return "future"
    planned = verb.lemma_.lower() in _PLANNING
    if planned and perfect and "had" not in perfect:
        return "future"  # "has scheduled a vote for Monday"; what had been scheduled is past
    if perfect or words & {"did"}:
        return "past"
    if "to" in words and verb.tag_ in ("VB", "VBN"):
        return _infinitive_tense(verb)
    if planned and (verb.tag_ == "VBN" or words & {"is", "are", "was", "were"}):
        return "future"
    if words & {"was", "were", "been"}:
        return "past"
    if words & {"is", "are", "'s", "’s", "am", "'re"}:
        return "future" if verb.tag_ == "VBG" or words & {"be"} else "present"
    if verb.tag_ == "VBN" and not helpers and verb.dep_ == "conjunct":
        return None  # "was stopped and arrested": its helper stands at the verb before it
    if verb.tag_ in ("VBD", "VBN"):
        return "past"
    if verb.tag_ in ("VBZ", "VBP"):
        return "future" if planned else "present"  # "plans a march on Friday"
    return None


def _infinitive_tense(verb: Token) -> str | None:
    above = verb.head
    if above.lemma_.lower() in _HAPPENING:
        return None  # the tense of the verb above, which is looked at next
    if above.lemma_.lower() in _PLANNING:
        return "past" if any(c.lower_ == "had" for c in above.children) else "future"
    return "future" if verb.dep_ in ("open clause", "noun clause", "content clause", "relative clause") else None
