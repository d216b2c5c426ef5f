"""What is told in general: a habit, a trend or a rule of thumb, no happening of which one could say when and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lang.en.grammar.light_verbs import light_governor
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

HABIT = words("events.habit")
FREQUENT = words("events.frequent")
TREND = words("events.trend")
MEASURE = words("events.measure")
PRESENT = frozenset({"VBZ", "VBP"})


def told_in_general(trigger: Token) -> str | None:
    """Why the trigger names happenings in general, or None."""
    noun = trigger.pos_ in {"NOUN", "PROPN"}
    verb = light_governor(trigger) if noun else trigger
    if (
        verb is None
        and noun
        and trigger.dep_ in {"subject", "object", "passive subject"}
        and trigger.head.pos_ == "VERB"
    ):
        verb = trigger.head
    if verb is not None:
        habit = next((c for c in verb.children if c.dep_ == "adverb" and c.lower_ in HABIT), None)
        if habit is not None and verb.tag_ in PRESENT and not any(c.lower_ in {"have", "has"} for c in verb.children):
            return f"told in general: {habit.text} {verb.text}"
        often = next((t for c in verb.children if c.dep_ == "object" for t in c.children if _frequent(t)), None)
        if often is not None and verb.tag_ in PRESENT:
            return f"told in general: {often.text} {often.head.text}"
    if not noun:
        return None
    if trigger.tag_ in {"NNS", "NNPS"} and not any(
        c.dep_ in {"determiner", "number", "possessor"} for c in trigger.children
    ):
        often = next((c for c in trigger.children if _frequent(c)), None)
        if often is not None and verb is not None and verb.tag_ in PRESENT:
            return f"told in general: {often.text} {trigger.text}"
        above = trigger.head
        if trigger.dep_ == "subject" and above.lemma_.lower() in TREND:
            return f"told in general: {trigger.text} {above.text}"
        if (
            trigger.dep_ == "preposition object"
            and above.lower_ in {"in", "of"}
            and above.head.lemma_.lower() in MEASURE
        ):
            return f"told in general: {above.head.text} {above.text} {trigger.text}"
    return None


def _frequent(word: Token) -> bool:
    return word.dep_ == "adjective" and word.lower_ in FREQUENT and word.head.tag_ in {"NNS", "NNPS"}
