"""From a mention's type and mode to the codes of other schemes: CAMEO, quad class, ACLED-like sub-events.

The tables are part of the codebook. A code is given only where its own conditions are met; else it is None, and the
reason says what was missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from dateline.codebook.crosswalk.conditions import CONDITIONS, MentionFacts, sides_judged
from dateline.codebook.model import Codebook, Condition, EventType, Row
from dateline.codebook.reading.rows import plain
from dateline.model import Because, Codes, Modality
from dateline.rules import rule

__all__ = ["MentionFacts", "codes"]

HAPPENED: Modality = "asserted"
"""ACLED codes what happened: what is planned, feared, wished or denied has no sub-event."""


_SUB_EVENT = rule("codes.sub-event", "{told}{held}")
_NONE_BY_ROW = rule("codes.none-by-row", "not codable: {told} has no ACLED sub-event{held}")
_NO_TYPE = rule("codes.no-type", "the codebook has no type {type}")
_NOT_HAPPENED = rule("codes.not-happened", "not codable: it is {modality}, and only what happened has a sub-event")
_NO_ROW = rule("codes.no-row", "not codable: the crosswalk has no row for {told}")
_NO_ROW_HOLDS = rule("codes.no-row-holds", "not codable: no row holds: {missed}")
_FIELD = "codes.acled"
_MOST_TOLD = 6
"""So many nouns are told in a reason; one sentence can list hundreds of participants."""


def codes(facts: MentionFacts, codebook: Codebook) -> tuple[Codes, Because]:
    """The codes of a mention in other schemes, and why the ACLED-like sub-event is what it is."""
    kind = next((t for t in codebook.types if t.name == facts.type), None)
    if kind is None:
        return Codes(), _NO_TYPE.because(field=_FIELD, type=facts.type)
    acled, why = _acled(facts, codebook)
    return Codes(cameo=_cameo(facts, kind, codebook), acled=acled, quad=kind.quad), why


def _cameo(facts: MentionFacts, kind: EventType, codebook: Codebook) -> str | None:
    """The trigger's own code, else that of the first row that fits, else the mode's, else the type's."""
    if facts.cameo is not None:
        return facts.cameo
    own = _own_conditions(codebook)
    for crossing in codebook.cameo:
        if not _lacking(crossing.row, facts, own):
            return crossing.code
    return next((m.cameo for m in kind.modes if m.name == facts.mode), None) or kind.cameo


def _acled(facts: MentionFacts, codebook: Codebook) -> tuple[str | None, Because]:
    told = f"{facts.type} {facts.mode or 'without a mode'}"
    if facts.modality != HAPPENED:
        return None, _NOT_HAPPENED.because(field=_FIELD, modality=facts.modality)
    own = _own_conditions(codebook)
    missed: list[str] = []
    asked: list[str] = []
    for crossing in codebook.acled:
        row = crossing.row
        if not _fits(row, facts):
            continue
        lacking = _lacking(row, facts, own)
        if lacking:
            missed.append(f"{crossing.code or 'none'}: {lacking}")
            asked += row.conditions
            continue
        held = f"; {', '.join(map(_readable, row.conditions))}" if row.conditions else ""
        held += _taken(row.conditions, facts, own)
        found = _SUB_EVENT if crossing.code is not None else _NONE_BY_ROW
        source = f"{PurePath(row.file).name}:{row.line}"
        return crossing.code, found.because(field=_FIELD, source=source, told=told, held=held)
    if not missed:
        return None, _NO_ROW.because(field=_FIELD, told=told)
    missing = "; ".join(dict.fromkeys(missed)) + _taken(asked, facts, own)
    return None, _NO_ROW_HOLDS.because(field=_FIELD, missed=missing)


def _taken(conditions: Iterable[str], facts: MentionFacts, own: dict[str, Condition]) -> str:
    """What the participants of whom the conditions ask were taken for, by which word, and where that stands."""
    names = [plain(condition)[0] for condition in conditions]
    names += [plain(c)[0] for name in names if name in own for row in own[name].itself for c in row.conditions]
    sides = list(dict.fromkeys(map(str, sides_judged(names, facts))))
    return "".join(f"; {side}" for side in sides[:_MOST_TOLD]) + ("; ..." if len(sides) > _MOST_TOLD else "")


def _own_conditions(codebook: Codebook) -> dict[str, Condition]:
    return {condition.name: condition for condition in codebook.conditions}


def _fits(row: Row, facts: MentionFacts) -> bool:
    """Whether the row speaks of the mention's type and mode."""
    if row.type and row.type != facts.type:
        return False
    named = [plain(mode) for mode in row.modes]
    mode = facts.mode or "none"
    wanted = [name for name, barred in named if not barred]
    return (mode in wanted or not wanted) and (mode, True) not in named


def _lacking(row: Row, facts: MentionFacts, own: dict[str, Condition]) -> str:
    """What the mention lacks for the row, in words; empty where the row holds."""
    if not _fits(row, facts):
        return f"not {row.type}"
    if row.contexts and not set(row.contexts) & set(facts.contexts):
        return f"nothing about {', '.join(row.contexts)}"
    if row.words and not _has_word(facts.sentence, row.words):
        return f"none of {', '.join(row.words[:4])} in the sentence"
    for condition in row.conditions:
        name, barred = plain(condition)
        if _holds(name, facts, own) is barred:
            return _readable(name) if barred else f"not {_readable(name)}"
    return ""


def _holds(name: str, facts: MentionFacts, own: dict[str, Condition]) -> bool:
    condition = own.get(name)
    if condition is None:
        return CONDITIONS[name](facts)
    # What a condition's rows name are the coder's own conditions: no circle can arise.
    return any(not _lacking(row, facts, {}) for row in condition.itself) or any(
        not _lacking(row, other, {}) for row in condition.beside for other in facts.same_place
    )


def _has_word(sentence: str, words: tuple[str, ...]) -> bool:
    lower = sentence.lower()
    hyphenated, apart = re.sub(r"[^\w-]+", " ", lower), re.sub(r"\W+", " ", lower)
    there = f" {hyphenated} | {apart} "
    return any(f" {w} " in there or f" {w}s " in there for w in words)


def _readable(condition: str) -> str:
    return condition.replace("_", " ")
