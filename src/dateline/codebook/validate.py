"""Faults and warnings that show only once a codebook is whole."""

from __future__ import annotations

from collections import defaultdict

from dateline.codebook.conditions import CONDITIONS
from dateline.codebook.errors import Problem, did_you_mean
from dateline.codebook.model import AcledRule, CameoRule, Codebook, EventType, Trigger
from dateline.codebook.parts import Draft
from dateline.codebook.triggers import list_names


def faults(draft: Draft) -> list[Problem]:
    """Names that point at nothing: word lists, types, modes and contexts."""
    problems: list[Problem] = []

    def note(file: str, line: int, what: str, mend: str) -> None:
        problems.append(Problem(file, line, what, mend))

    for kind in draft.types.values():
        modes = {m.name for m in kind.modes}
        for trigger in kind.triggers:
            for name in sorted(list_names(trigger) - set(draft.lists)):
                mend = did_you_mean(name, draft.lists, what="word lists")
                note(trigger.file, trigger.line, f"There is no word list `@{name}`.", mend)
            for name in trigger.contexts:
                if name not in draft.contexts:
                    mend = did_you_mean(name, draft.contexts, what="contexts")
                    note(trigger.file, trigger.line, f"There is no context {name!r}.", mend)
            if trigger.mode is not None and trigger.mode not in modes:
                mend = did_you_mean(trigger.mode, modes, what=f"modes of {kind.name}")
                note(trigger.file, trigger.line, f"There is no mode {trigger.mode!r} in {kind.name}.", mend)
        for other in (kind.planned_as, kind.refused_as):
            if other is not None and other not in draft.types:
                mend = did_you_mean(other, draft.types, what="types")
                note(draft.file, kind.line, f"{kind.name} points at {other!r}, which is no type.", mend)
        for example in kind.examples:
            for expected in example.expect:
                target = draft.types.get(expected.type)
                if target is None:
                    mend = did_you_mean(expected.type, draft.types, what="types")
                    note(example.file, example.line, f"The example expects the type {expected.type!r}.", mend)
                elif expected.mode is not None and expected.mode not in {m.name for m in target.modes}:
                    known = [m.name for m in target.modes]
                    mend = did_you_mean(expected.mode, known, what=f"modes of {target.name}")
                    note(example.file, example.line, f"The example expects the mode {expected.mode!r}.", mend)
    rules: list[AcledRule | CameoRule] = [*draft.acled, *draft.cameo]
    for rule in rules:
        target = draft.types.get(rule.type)
        if target is None:
            # A codebook that removes a type need not repeat the crosswalk without it.
            if rule.file == draft.file or not draft.remove:
                mend = did_you_mean(rule.type, draft.types, what="types")
                note(rule.file, rule.line, f"There is no type {rule.type!r}.", mend)
            continue
        for mode in rule.modes:
            if mode not in {m.name for m in target.modes}:
                mend = did_you_mean(mode, (m.name for m in target.modes), what=f"modes of {target.name}")
                note(rule.file, rule.line, f"There is no mode {mode!r} in {target.name}.", mend)
        if isinstance(rule, CameoRule):
            for name in rule.contexts:
                if name not in draft.contexts:
                    mend = did_you_mean(name, draft.contexts, what="contexts")
                    note(rule.file, rule.line, f"There is no context {name!r}.", mend)
            continue
        for name in rule.conditions:
            if name not in CONDITIONS:
                mend = did_you_mean(name, CONDITIONS, what="conditions")
                note(rule.file, rule.line, f"There is no condition {name!r}.", mend)
    return problems


def warnings(codebook: Codebook) -> tuple[Problem, ...]:
    """What is allowed but likely a slip.

    The same trigger in two types with no condition to tell them apart, a type without worked examples, and a word
    list that nothing uses.
    """
    found: list[Problem] = []
    claims: dict[tuple[str, str, object], list[tuple[EventType, Trigger]]] = defaultdict(list)
    used: set[str] = set()
    name = codebook.source.rsplit("/", 1)[-1]
    for kind in codebook.types:
        if not kind.examples:
            found.append(
                Problem(name, kind.line, f"{kind.name} has no worked examples.", "Add some: they are its tests.")
            )
        for trigger in kind.triggers:
            used |= list_names(trigger)
            frame = trigger.frame
            company = (frame.requires, frame.excludes, frame.text_requires, frame.text_excludes)
            claims[trigger.lemma, trigger.pos, company].append((kind, trigger))
    for (lemma, _, _), claimed in claims.items():
        (first, one), *rest = claimed
        for second, other in rest:
            where = f"{first.name} in line {one.line}" if first is not second else f"line {one.line}"
            what = f"{lemma!r} stands in {second.name} and in {where}, with nothing to tell the two apart."
            mend = "Give one of them a `when:` or `unless:`." if first is not second else "Take one out."
            found.append(Problem(other.file, other.line, what, mend))
    mend = "Take it out or name it in a frame."
    unused = {n for n, _ in codebook.lists} - used
    found.extend(Problem(name, 1, f"Nothing uses the word list {n!r}.", mend) for n in unused)
    return tuple(sorted(found))
