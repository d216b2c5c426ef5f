"""From a mention's type and mode to the codes of other schemes: CAMEO, quad class, ACLED-like sub-events.

The tables are part of the codebook. A code is given only where its own conditions are met; else it is None, and the
reason says what was missing.
"""

from __future__ import annotations

import re

from dateline.codebook.conditions import CONDITIONS, MentionFacts, actor_nonstate_armed, both_armed
from dateline.codebook.model import AcledRule, Codebook, EventType
from dateline.model import Codes

__all__ = ["MentionFacts", "codes"]


def codes(facts: MentionFacts, codebook: Codebook) -> tuple[Codes, str]:
    """The codes of a mention in other schemes, and why the ACLED-like sub-event is what it is."""
    kind = next((t for t in codebook.types if t.name == facts.type), None)
    if kind is None:
        return Codes(), f"the codebook has no type {facts.type}"
    acled, why = _acled(facts, codebook)
    return Codes(cameo=_cameo(facts, kind, codebook), acled=acled, quad=kind.quad), why


def _cameo(facts: MentionFacts, kind: EventType, codebook: Codebook) -> str | None:
    """The trigger's own code, else one for the contexts, else the mode's, else the type's."""
    if facts.cameo is not None:
        return facts.cameo
    for rule in codebook.cameo:
        fits = rule.type == facts.type and (not rule.modes or facts.mode in rule.modes)
        if fits and set(rule.contexts) & set(facts.contexts):
            return rule.code
    mode = next((m.cameo for m in kind.modes if m.name == facts.mode), None)
    if mode is None and kind.cameo == "18" and (both_armed(facts) or actor_nonstate_armed(facts)):
        return "190"
    return mode or kind.cameo


def _acled(facts: MentionFacts, codebook: Codebook) -> tuple[str | None, str]:
    missed: list[str] = []
    for rule in codebook.acled:
        if rule.type != facts.type or (rule.modes and facts.mode not in rule.modes):
            continue
        lacking = _lacking(rule, facts)
        if lacking:
            missed.append(f"{rule.sub_event or 'none'}: {lacking}")
            continue
        held = ", ".join(_readable(c) for c in rule.conditions)
        because = f"; {held}" if held else ""
        if rule.sub_event is None:
            return None, f"{facts.type} {facts.mode or ''}".strip() + f" has no ACLED sub-event{because}"
        return rule.sub_event, f"{facts.type} {facts.mode or 'without a mode'}{because}"
    if not missed:
        return None, f"the crosswalk has no rule for {facts.type} {facts.mode or 'without a mode'}"
    return None, "no rule holds: " + "; ".join(dict.fromkeys(missed))


def _lacking(rule: AcledRule, facts: MentionFacts) -> str:
    """The first condition that does not hold, in words; empty where all hold."""
    if rule.words and not _has_word(facts.sentence, rule.words):
        return f"none of {', '.join(rule.words[:4])} in the sentence"
    return next((f"not {_readable(c)}" for c in rule.conditions if not CONDITIONS[c](facts)), "")


def _has_word(sentence: str, words: tuple[str, ...]) -> bool:
    there = " " + re.sub(r"\W+", " ", sentence.lower()) + " "
    return any(f" {w} " in there or f" {w}s " in there for w in words)


def _readable(condition: str) -> str:
    return condition.replace("_", " ")
