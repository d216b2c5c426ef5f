"""A codebook as a person reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import fill

from dateline.codebook.model import Codebook, EventType, Example, ExpectedEvent, Mode, Row, Trigger
from dateline.codebook.reading.properties import PROPERTIES
from dateline.codebook.reading.triggers import GROUPS, PREPOSITIONS
from dateline.errors import CodebookError, Problem, did_you_mean

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
_WIDTH = 100


def show(codebook: Codebook, type: str | None = None) -> str:
    """The whole codebook in a line or two a type, or one type with its triggers, exclusions and examples.

    Raises :class:`CodebookError` where there is no such type.
    """
    if type is None:
        return _overview(codebook)
    for kind in codebook.types:
        if kind.name.lower() == type.lower():
            return _whole(kind, codebook)
    mend = did_you_mean(type, (k.name for k in codebook.types), what="types")
    raise CodebookError([Problem(codebook.source, 0, f"There is no type {type!r}.", mend)])


def _overview(codebook: Codebook) -> str:
    lines = [f"{codebook.name} {codebook.version}", fill(codebook.description, _WIDTH), ""]
    for kind in codebook.types:
        quad = QUADS.get(kind.quad or 0, "")
        modes = f" modes: {', '.join(m.name for m in kind.modes)}." if kind.modes else ""
        sizes = f" {len(written(kind))} triggers, {len(kind.examples)} examples."
        lines += [f"{kind.name}  {quad}".rstrip(), _wrapped(kind.definition + modes + sizes), ""]
    if codebook.contexts:
        lines += ["contexts", _wrapped(", ".join(c.name for c in codebook.contexts))]
    return "\n".join(lines).rstrip()


def _whole(kind: EventType, codebook: Codebook) -> str:
    head = [kind.name, _wrapped(kind.definition), ""]
    lines = [*head, _wrapped("; ".join(facts(kind))), ""]
    for mode in kind.modes:
        words = f" Chosen by: {', '.join(mode.words)}." if mode.words else ""
        cameo = f" CAMEO {mode.cameo}." if mode.cameo else ""
        lines += [f"mode {mode.name}", _wrapped(f"{mode.definition}{cameo}{words}")]
        lines += [_wrapped(f"from {told}") for told in found_as(codebook, mode)]
        lines += _groups([t for t in written(kind) if t.mode == mode.name])
        lines.append("")
    loose = [t for t in written(kind) if t.mode is None]
    if loose:
        lines += ["no mode named", *_groups(loose), ""]
    if kind.exclusions:
        lines += ["exclusions", *(_wrapped(f"- {e}") for e in kind.exclusions), ""]
    if kind.examples:
        lines += ["examples", *(_example(e) for e in kind.examples)]
    return "\n".join(lines).rstrip()


def facts(kind: EventType) -> list[str]:
    """What holds of a type, a phrase each: its quad and code, and the properties that its file writes out."""
    told = [
        f"quad {kind.quad}, {QUADS.get(kind.quad or 0, '')}" if kind.quad else "",
        f"CAMEO {kind.cameo}" if kind.cameo else "",
        *_properties(kind),
        f"planned: {kind.planned_as}" if kind.planned_as else "",
        f"refused: {kind.refused_as}" if kind.refused_as else "",
        f"still to come between two parties: {kind.threatened_as}" if kind.threatened_as else "",
    ]
    return [fact for fact in told if fact]


def written(kind: EventType) -> list[Trigger]:
    """The triggers that a file names, without the words made of them."""
    return [trigger for trigger in kind.triggers if trigger.made_of is None]


def found_as(codebook: Codebook, mode: Mode) -> list[str]:
    """The rows by which events of the recoded codebook become this mode, in words, in the order they are tried."""
    base = codebook.recodes
    if base is None or mode.sub_event is None:
        return []
    return [_row(crossing.row) for crossing in base.acled if crossing.code == mode.sub_event]


def _row(row: Row) -> str:
    modes = f" {' or '.join(row.modes)}" if row.modes else ""
    asked = [condition.replace("_", " ") for condition in row.conditions]
    asked += [f"about {' or '.join(row.contexts)}"] if row.contexts else []
    asked += [f"the sentence has {_few(row.words)}"] if row.words else []
    return f"{row.type}{modes}" + (f": {', '.join(asked)}" if asked else "")


def _properties(kind: EventType) -> list[str]:
    """The properties that the file writes out, as it writes them."""
    told = []
    for name in PROPERTIES:
        value = getattr(kind, name)
        if name not in kind.given or name == "wording" or value is False:
            continue
        written = ", ".join(value) or "none" if isinstance(value, tuple) else value
        told.append(name.replace("_", " ") if value is True else f"{name.replace('_', ' ')}: {written}")
    return told


def _groups(triggers: list[Trigger]) -> list[str]:
    lines = []
    for name, alike in grouped(triggers):
        parts = [", ".join(words) + (f" ({company})" if company else "") for company, words in alike]
        lines.append(_wrapped(f"{name}: {'; '.join(parts)}"))
    return lines


def grouped(triggers: Iterable[Trigger]) -> Iterator[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]]:
    """Triggers by the key that they stand under ("verbs"), and there by the company that they keep, in words."""
    told = list(triggers)
    for name, pos in GROUPS.items():
        alike: dict[str, dict[str, None]] = {}
        for trigger in told:
            if trigger.pos == pos:
                word, company = _told(trigger)
                alike.setdefault(company, {})[word] = None
        if alike:
            yield name, tuple((company, tuple(words)) for company, words in alike.items())


def _told(trigger: Trigger) -> tuple[str, str]:
    """The word as one would write it in a file ("crack down on"), and the rest of its company."""
    frame, words, conditions = trigger.frame, [trigger.lemma], []
    for slot, given in frame.requires:
        if slot == "particle" and len(given) == 1:
            words.append(given[0])
        elif slot in PREPOSITIONS and given == ("*",) and trigger.pos == "VERB":
            words.append(slot)
        else:
            conditions.append(f"{slot}: {_few(given)}")
    conditions += [f"sentence: {_few(frame.text_requires)}"] if frame.text_requires else []
    conditions += [f"not {slot}: {_few(given)}" for slot, given in frame.excludes]
    conditions += [f"not in sentence: {_few(frame.text_excludes)}"] if frame.text_excludes else []
    return " ".join(words), ", ".join(conditions)


def _few(words: tuple[str, ...]) -> str:
    if words == ("*",):
        return "any word"
    return "|".join(words[:4]) + ("|..." if len(words) > 4 else "")


def _example(example: Example) -> str:
    if not example.expect:
        return _wrapped(f"no   {example.text}")
    return _wrapped(f"yes  {example.text} -> {'; '.join(map(expected, example.expect))}")


def expected(event: ExpectedEvent) -> str:
    """What an example must give, in words: "PROTEST strike by dockers"."""
    by = f"by {', '.join(event.actors)}" if event.actors else ""
    to = f"to {', '.join(event.recipients)}" if event.recipients else ""
    return " ".join(part for part in (event.type, event.mode, by, to) if part)


def _wrapped(text: str) -> str:
    return fill(text, _WIDTH, initial_indent="  ", subsequent_indent="    ")
