"""Faults and warnings that show only once a codebook is whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from dateline.codebook.crosswalk.conditions import CONDITIONS
from dateline.codebook.model import Codebook, EventType, Trigger
from dateline.codebook.reading.codes import acled_sub_events
from dateline.codebook.reading.parts import Draft
from dateline.codebook.reading.rows import plain
from dateline.codebook.reading.triggers import list_names
from dateline.errors import Problem, did_you_mean


def faults(draft: Draft, recoded: Codebook | None = None) -> list[Problem]:
    """Names that point at nothing: word lists, types, modes, contexts and conditions.

    ``recoded`` is the codebook whose events this one sorts anew; the rows of its crosswalks speak of its types.
    """
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
        for other in (kind.planned_as, kind.refused_as, kind.threatened_as):
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
    if recoded is not None:
        problems += _misplaced(draft, recoded)
    problems += _rows_at_fault(draft, recoded)
    return problems


def _misplaced(draft: Draft, recoded: Codebook) -> list[Problem]:
    """What a codebook that recodes another must not do, or leaves out."""
    problems: list[Problem] = []
    found: dict[str, str] = {}
    for kind in draft.types.values():
        if kind.name in {k.name for k in recoded.types}:
            what = f"{kind.name} is a type of {recoded.name}, whose events are sorted anew."
            problems.append(Problem(draft.file, kind.line, what, "Give the type another name."))
        named = [(mode.name, mode.sub_event) for mode in kind.modes if mode.sub_event is not None]
        if not named and not kind.triggers:
            mend = "Give a mode a `sub_event: ...`, or write `verbs:` or `nouns:` with at least one word."
            problems.append(Problem(draft.file, kind.line, f"Nothing can become {kind.name}.", mend))
        for mode, name in named:
            if name not in acled_sub_events():
                mend = did_you_mean(str(name), acled_sub_events(), what="sub-events")
                problems.append(Problem(draft.file, kind.line, f"There is no sub-event {name!r}.", mend))
            if name in found:
                what = f"The sub-event {name!r} is that of {found[str(name)]} and of {kind.name} {mode}."
                problems.append(Problem(draft.file, kind.line, what, "Take one out."))
            found[str(name)] = f"{kind.name} {mode}"
    return problems


def _rows_at_fault(draft: Draft, recoded: Codebook | None) -> list[Problem]:
    types = dict(draft.types) | ({k.name: k for k in recoded.types} if recoded else {})
    contexts = set(draft.contexts) | ({c.name for c in recoded.contexts} if recoded else set())
    conditions = {*CONDITIONS, *draft.conditions, *((c.name for c in recoded.conditions) if recoded else ())}
    problems: list[Problem] = []
    rows = [crossing.row for crossing in (*draft.acled, *draft.cameo)]
    own = [row for condition in draft.conditions.values() for row in (*condition.itself, *condition.beside)]
    for row in (*rows, *own):
        target = types.get(row.type)
        checks: list[tuple[Iterable[str], Collection[str], str]] = [
            (row.contexts, contexts, "context"),
            # A condition is checked before those that name it: only the coder's own can stand in its rows.
            ((plain(c)[0] for c in row.conditions), conditions if row in rows else set(CONDITIONS), "condition"),
        ]
        if target is not None:
            modes = {"none", *(m.name for m in target.modes)}
            checks.append(((plain(m)[0] for m in row.modes), modes, "mode"))
        elif (row.type or row in rows) and (row.file == draft.file or not draft.remove):
            # A codebook that removes a type need not repeat the crosswalk without it.
            mend = did_you_mean(row.type, types, what="types")
            problems.append(Problem(row.file, row.line, f"There is no type {row.type!r}.", mend))
        for names, known, what in checks:
            for name in names:
                if name not in known:
                    where = f" in {row.type}" if what == "mode" else ""
                    mend = did_you_mean(name, known, what=f"{what}s")
                    problems.append(Problem(row.file, row.line, f"There is no {what} {name!r}{where}.", mend))
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
            if trigger.made_of is not None:
                continue
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
