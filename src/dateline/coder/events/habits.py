"""What is told in general: a habit, a trend or a rule of thumb, no happening of which one could say when and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lang.clause import clause_of
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

HABIT = words("events.habit")
FREQUENT = words("events.frequent")
TREND = words("events.trend")
MEASURE = words("events.measure")
HAVING = words("events.having")
MEASURED_BY = words("events.measured_by")
PRESENT = frozenset({"VBZ", "VBP"})
PLURAL = frozenset({"NNS", "NNPS"})


def told_in_general(trigger: Token) -> str | None:
    """Why the trigger names happenings in general, or None."""
    noun = trigger.pos_ in {"NOUN", "PROPN"}
    own = clause_of(trigger)
    verb = own.light_verb if noun else trigger
    if verb is None and own.link in {"subject", "object", "passive subject"} and trigger.head.pos_ == "VERB":
        verb = trigger.head
    present = verb is not None and verb.tag_ in PRESENT
    if verb is not None and present:
        told = clause_of(verb)
        habit = next((c for c in told.hung("adverb") if c.lower_ in HABIT), None)
        if habit is not None and not any(c.lower_ in HAVING for c in verb.children):
            return f"told in general: {habit.text} {verb.text}"
        often = next((word for thing in told.hung("object") if (word := _frequency(thing))), None)
        if often is not None:
            return f"told in general: {often.text} {often.head.text}"
    if not noun or trigger.tag_ not in PLURAL or own.has("determiner", "number", "possessor"):
        return None
    often = _frequency(trigger)
    if often is not None and present:
        return f"told in general: {often.text} {trigger.text}"
    above = trigger.head
    if own.link == "subject" and above.lemma_.lower() in TREND:
        return f"told in general: {trigger.text} {above.text}"
    if own.link == "preposition object" and above.lower_ in MEASURED_BY and above.head.lemma_.lower() in MEASURE:
        return f"told in general: {above.head.text} {above.text} {trigger.text}"
    return None


def _frequency(noun: Token) -> Token | None:
    """The adjective that says of a plural how often it is ("frequent clashes")."""
    if noun.tag_ not in PLURAL:
        return None
    return next((c for c in clause_of(noun).hung("adjective") if c.lower_ in FREQUENT), None)
