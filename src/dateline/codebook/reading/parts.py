"""One codebook file as a draft: what it says, before what it extends and includes is joined to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import get_args

from dateline.codebook.model import (
    Condition,
    Context,
    Crossing,
    EventType,
    Example,
    ExpectedEvent,
    Mode,
    Trigger,
)
from dateline.codebook.reading.codes import acled_sub_events, read_cameo
from dateline.codebook.reading.derive import derived
from dateline.codebook.reading.fields import Fields
from dateline.codebook.reading.properties import PROPERTIES, read_properties, read_wording
from dateline.codebook.reading.rows import ROW_KEYS, read_condition, read_row
from dateline.codebook.reading.triggers import GROUPS, read_triggers
from dateline.errors import Problem, did_you_mean
from dateline.files.yaml_tree import Mapping, Node
from dateline.model import Modality

_TYPE_KEYS = (
    "name",
    "definition",
    "quad",
    "cameo",
    "planned_as",
    "refused_as",
    "threatened_as",
    *PROPERTIES,
    "modes",
    *GROUPS,
    "without",
    "exclusions",
    "examples",
)
_MODE_KEYS = ("name", "definition", "words", "cameo", "people_only", "wording", "sub_event", "done_to_actors", *GROUPS)
_EXPECTED = ("type", "mode", "actors", "recipients", "modality", "historical")
_PART_KEYS = ("types", "contexts", "lists", "conditions", "acled", "cameo", "include")
_FILE_KEYS = ("name", "version", "description", "extends", "recodes", "remove", *_PART_KEYS)
_TYPE_NAME = r"[A-Z][A-Z0-9]*([-_][A-Z0-9]+)*"
_MODE_NAME = r"[a-z][a-z0-9]*([-_][a-z0-9]+)*"


@dataclass(slots=True)
class Draft:
    """What one file says. ``others`` are the files it names: key, line, name; ``extends`` comes after ``include``.

    ``recodes`` is the codebook whose events it sorts anew: its name and the line that names it.
    """

    file: str
    name: str = ""
    version: str = ""
    description: str = ""
    types: dict[str, EventType] = field(default_factory=dict)
    contexts: dict[str, Context] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    conditions: dict[str, Condition] = field(default_factory=dict)
    acled: list[Crossing] = field(default_factory=list)
    cameo: list[Crossing] = field(default_factory=list)
    recodes: tuple[str, int] | None = None
    remove: dict[str, int] = field(default_factory=dict)
    without: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    others: list[tuple[str, int, str]] = field(default_factory=list)

    def with_part(self, part: Draft) -> tuple[Draft, list[Problem]]:
        """This draft with what an included file holds."""
        return _joined(self, first=self, then=part), []

    def over(self, base: Draft) -> tuple[Draft, list[Problem]]:
        """This draft laid over the codebook that it extends."""
        problems: list[Problem] = []
        kept = dict(base.types)
        for name, line in self.remove.items():
            if kept.pop(name, None) is None:
                mend = did_you_mean(name, base.types, what="types")
                problems.append(Problem(self.file, line, f"There is no type {name!r} to remove.", mend))
        for name, words in self.without.items():
            for word, line in words:
                old = kept.get(name)
                left = tuple(t for t in old.triggers if t.lemma != word) if old else ()
                if old is None or len(left) == len(old.triggers):
                    mend = did_you_mean(word, (t.lemma for t in old.triggers) if old else (), what="triggers")
                    problems.append(Problem(self.file, line, f"{name} has no trigger {word!r} to leave out.", mend))
                else:
                    kept[name] = replace(old, triggers=left)
        for name, kind in kept.items():
            # A type that is gone cannot be what a planned or refused event of another counts as.
            there = kept.keys() | self.types.keys()
            kept[name] = replace(
                kind,
                triggers=tuple(t for t in kind.triggers if not self.claims(t, name)),
                planned_as=kind.planned_as if kind.planned_as in there else None,
                refused_as=kind.refused_as if kind.refused_as in there else None,
                threatened_as=kind.threatened_as if kind.threatened_as in there else None,
            )
        level = max((kind.level for kind in base.types.values()), default=-1) + 1
        own = {name: kind if name in kept else replace(kind, level=level) for name, kind in self.types.items()}
        head = replace(self, types=own)
        return _joined(head, first=replace(base, types=kept), then=head), problems

    def claims(self, trigger: Trigger, owner: str) -> bool:
        """Whether a type of this draft names the word of another type's trigger, and names it without a ``when``."""
        return any(
            own.lemma == trigger.lemma
            and own.pos == trigger.pos
            and not (own.frame.requires or own.frame.text_requires)
            for kind in self.types.values()
            if kind.name != owner
            for own in kind.triggers
        )

    def unmet(self) -> list[Problem]:
        """What a whole codebook must have and this one lacks, once everything is joined."""
        problems = []
        for kind in self.types.values():
            if not kind.definition:
                mend = "Add `definition: ...`, in words that tell a reader when to code it."
                problems.append(Problem(self.file, kind.line, f"{kind.name} has no definition.", mend))
            if not kind.triggers and self.recodes is None:
                mend = "Add `verbs:` or `nouns:` with at least one word."
                problems.append(Problem(self.file, kind.line, f"{kind.name} has no triggers.", mend))
        if not self.types:
            problems.append(Problem(self.file, 1, "The codebook has no types.", "Add `types:` or `extends: plover`."))
        return problems


def _joined(head: Draft, first: Draft, then: Draft) -> Draft:
    types = dict(first.types)
    for name, kind in then.types.items():
        types[name] = _join_types(types[name], kind) if name in types else kind
    contexts = dict(first.contexts)
    for name, context in then.contexts.items():
        old = contexts.get(name)
        words = _union(old.words, context.words) if old else context.words
        contexts[name] = Context(name, context.definition or (old.definition if old else ""), words)
    lists = dict(first.lists)
    for name, words in then.lists.items():
        lists[name] = _union(lists.get(name, ()), words)
    # The rules of the codebook that extends come first: the first rule whose conditions hold decides.
    before, after = (then, first) if then is head else (first, then)
    return replace(
        head,
        types=types,
        contexts=contexts,
        lists=lists,
        conditions={**first.conditions, **then.conditions},
        acled=[*before.acled, *after.acled],
        cameo=[*before.cameo, *after.cameo],
        recodes=head.recodes or first.recodes or then.recodes,
    )


def _join_types(old: EventType, new: EventType) -> EventType:
    modes = {m.name: m for m in old.modes}
    for mode in new.modes:
        was = modes.get(mode.name)
        modes[mode.name] = (
            Mode(
                mode.name,
                mode.definition or was.definition,
                _union(was.words, mode.words),
                mode.cameo or was.cameo,
                mode.people_only or was.people_only,
                mode.wording or was.wording,
                mode.sub_event or was.sub_event,
                mode.done_to_actors or was.done_to_actors,
            )
            if was
            else mode
        )
    return replace(
        old,
        definition=new.definition or old.definition,
        quad=old.quad if new.quad is None else new.quad,
        cameo=new.cameo or old.cameo,
        modes=tuple(modes.values()),
        triggers=(*old.triggers, *(t for t in new.triggers if t.made_of is None or old.derive)),
        exclusions=_union(old.exclusions, new.exclusions),
        examples=(*old.examples, *new.examples),
        line=new.line,
        planned_as=new.planned_as or old.planned_as,
        refused_as=new.refused_as or old.refused_as,
        threatened_as=new.threatened_as or old.threatened_as,
        given=old.given | new.given,
        **{name: getattr(new, name) for name in new.given},
    )


def _union(old: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new)))


def read_draft(root: Mapping, file: str, *, part: bool) -> tuple[Draft, list[Problem]]:
    """The draft of one file. A ``part`` is read for another file and needs no name of its own."""
    fields = Fields(file)
    top = fields.mapping(root, _FILE_KEYS, "a codebook")
    draft = Draft(file, description=fields.text(top, "description"))
    draft.name = fields.text(top, "name", required=not part)
    draft.version = fields.text(top, "version", required=not part)
    for name in fields.texts(top, "remove"):
        draft.remove[name] = top.lines["remove"]
    for key in ("include", "extends"):
        draft.others += [(key, top.lines[key], name) for name in fields.texts(top, key)]
    for node in fields.nodes(top, "types"):
        _type(fields, draft, node)
    for node in fields.nodes(top, "contexts"):
        _context(fields, draft, node)
    lists = top.items.get("lists")
    if isinstance(lists, Mapping):
        draft.lists = {name: fields.words(lists, name) for name in lists.items}
    elif lists is not None:
        fields.problem(lists.line, "`lists` must name word lists.", "Write lists: {building: [house, school]}.")
    recoded = fields.text(top, "recodes")
    if recoded:
        draft.recodes = (recoded, top.lines["recodes"])
    for node in fields.nodes(top, "conditions"):
        condition = read_condition(fields, node)
        draft.conditions[condition.name] = condition
    draft.acled = [_acled(fields, node) for node in fields.nodes(top, "acled")]
    draft.cameo = [_cameo(fields, node) for node in fields.nodes(top, "cameo")]
    return draft, fields.problems


def _type(fields: Fields, draft: Draft, node: Node) -> None:
    entry = fields.mapping(node, _TYPE_KEYS, "a type")
    name = fields.named(entry, "name", _TYPE_NAME, "FOREST_FIRE")
    if name in draft.types:
        fields.problem(entry.line, f"The type {name} stands twice.", "Join the two, or rename one.")
    modes: list[Mode] = []
    mode_nodes = []
    for item in fields.nodes(entry, "modes"):
        mode = fields.mapping(item, _MODE_KEYS, "a mode")
        own = fields.named(mode, "name", _MODE_NAME, "hunger-strike")
        if own in {m.name for m in modes}:
            fields.problem(mode.line, f"The mode {own!r} stands twice in {name}.", "Join the two, or rename one.")
        modes.append(
            Mode(
                own,
                fields.text(mode, "definition"),
                fields.words(mode, "words"),
                read_cameo(fields, mode, "cameo"),
                fields.flag(mode, "people_only"),
                read_wording(fields, mode),
                fields.optional(mode, "sub_event"),
                fields.flag(mode, "done_to_actors"),
            )
        )
        mode_nodes.append((own, mode))
    triggers = read_triggers(fields, entry, None)
    for own, mode in mode_nodes:
        triggers += read_triggers(fields, mode, own)
    if "without" in entry.items:
        draft.without[name] = tuple((w, entry.lines["without"]) for w in fields.words(entry, "without"))
    given = read_properties(fields, entry)
    if given.get("derive", True):
        triggers += list(derived(triggers))
    draft.types[name] = EventType(
        name=name,
        definition=fields.text(entry, "definition"),
        quad=fields.integer(entry, "quad", 1, 4),
        cameo=read_cameo(fields, entry, "cameo"),
        modes=tuple(modes),
        triggers=tuple(triggers),
        exclusions=fields.texts(entry, "exclusions"),
        examples=tuple(_example(fields, item, name) for item in fields.nodes(entry, "examples")),
        line=entry.line,
        planned_as=fields.optional(entry, "planned_as"),
        refused_as=fields.optional(entry, "refused_as"),
        threatened_as=fields.optional(entry, "threatened_as"),
        given=frozenset(given),
        **given,
    )


def _example(fields: Fields, node: Node, kind: str) -> Example:
    entry = fields.mapping(node, ("text", "events", "none"), "an example")
    none = fields.flag(entry, "none")
    expect = []
    for item in fields.nodes(entry, "events"):
        event = fields.mapping(item, _EXPECTED, "an expected event")
        mode, modality = fields.optional(event, "mode"), fields.optional(event, "modality")
        own = fields.text(event, "type", kind)
        if modality is not None and modality not in get_args(Modality):
            mend = did_you_mean(modality, get_args(Modality), what="modalities")
            fields.problem(event.lines["modality"], f"There is no modality {modality!r}.", mend)
        historical = fields.flag(event, "historical") if "historical" in event.items else None
        actors, recipients = fields.texts(event, "actors"), fields.texts(event, "recipients")
        expect.append(ExpectedEvent(own, mode, actors, recipients, modality, historical))
    if none == bool(expect):
        mend = "Write `events:` for what it must give, or `none: true`."
        fields.problem(entry.line or node.line, "An example must say what it expects.", mend)
    text = fields.text(entry, "text", required=True)
    return Example(text, tuple(expect), line=entry.line, file=fields.file)


def _context(fields: Fields, draft: Draft, node: Node) -> None:
    entry = fields.mapping(node, ("name", "definition", "words"), "a context")
    name = fields.named(entry, "name", _MODE_NAME, "human_rights")
    if name in draft.contexts:
        fields.problem(entry.line, f"The context {name!r} stands twice.", "Join the two, or rename one.")
    draft.contexts[name] = Context(name, fields.text(entry, "definition"), fields.words(entry, "words"))


def _acled(fields: Fields, node: Node) -> Crossing:
    entry = fields.mapping(node, (*ROW_KEYS, "sub_event"), "an ACLED rule")
    row = read_row(fields, entry)
    code = fields.optional(entry, "sub_event")
    if code is not None and code not in acled_sub_events():
        mend = did_you_mean(code, acled_sub_events(), what="sub-events")
        fields.problem(entry.lines["sub_event"], f"ACLED has no sub-event {code!r}.", mend)
    return Crossing(row, code)


def _cameo(fields: Fields, node: Node) -> Crossing:
    entry = fields.mapping(node, (*ROW_KEYS, "code"), "a CAMEO rule")
    return Crossing(read_row(fields, entry), read_cameo(fields, entry, "code", required=True))
