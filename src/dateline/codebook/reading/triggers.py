"""The triggers of a codebook file: from "- tear up" or a longer entry to words with a frame."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

from dateline.codebook.model import Frame, PartOfSpeech, RoleName, Slot, Trigger
from dateline.codebook.reading.codes import read_cameo
from dateline.codebook.reading.fields import Fields
from dateline.errors import did_you_mean
from dateline.files.yaml_tree import Mapping, Node, Scalar, Sequence
from dateline.lang.lexicon import words

GROUPS: dict[str, PartOfSpeech] = {"verbs": "VERB", "nouns": "NOUN", "adjectives": "ADJ"}
"""The keys under which triggers stand, and the part of speech that each stands for."""

ROLES: tuple[RoleName, ...] = get_args(RoleName)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = words("grammar.particles")
PREPOSITIONS = words("grammar.prepositions")
SYNTAX = (
    *("subject", "object", "possessive", "compound", "complement", "obliged"),
    *("particle", "negation", "beside", "text"),
)

_TRIGGER_KEYS = ("word", "words", "mode", "when", "unless", "contexts", "cameo", *ROLES)


def read_triggers(fields: Fields, parent: Mapping, mode: str | None) -> list[Trigger]:
    """The triggers under ``verbs``, ``nouns`` and ``adjectives`` of ``parent``; ``mode`` is theirs by default."""
    found: list[Trigger] = []
    for key, pos in GROUPS.items():
        for node in fields.nodes(parent, key):
            found.extend(_entry(fields, node, pos, mode))
    return found


def _entry(fields: Fields, node: Node, pos: PartOfSpeech, mode: str | None) -> list[Trigger]:
    if isinstance(node, Sequence):
        return [trigger for item in node.items for trigger in _entry(fields, item, pos, mode)]
    if isinstance(node, Scalar):
        if not node.text.strip():
            fields.problem(node.line, "A trigger is empty.", "Write a word or take the line out.")
            return []
        trigger = _shorthand(fields, node.text, pos, node.line)
        return [replace(trigger, mode=mode)] if trigger else []
    entry = fields.mapping(node, _TRIGGER_KEYS, "a trigger")
    line = node.line
    words = [*fields.texts(entry, "word"), *fields.texts(entry, "words")]
    if not words:
        fields.problem(line, "This trigger names no word.", "Add `word: ...` or `words: [..., ...]`.")
    own = fields.optional(entry, "mode")
    frame = _frame(fields, entry)
    contexts, cameo = fields.texts(entry, "contexts"), read_cameo(fields, entry, "cameo")
    found = []
    for word in words:
        short = _shorthand(fields, word, pos, line)
        if short is not None:
            joined = replace(frame, requires=(*short.frame.requires, *frame.requires))
            found.append(replace(short, frame=joined, mode=own or mode, contexts=contexts, cameo=cameo, line=line))
    return found


def _shorthand(fields: Fields, text: str, pos: PartOfSpeech, line: int) -> Trigger | None:
    """One word with the particles and prepositions written after it ("crack down on") as conditions."""
    words = text.lower().split()
    if len(words) > 5 or any(not re.fullmatch(r"[^\W_][\w'’.-]*", w) for w in words):
        fields.problem(line, f"{text!r} cannot be a trigger.", "Write the dictionary form of one word or a few.")
        return None
    requires: list[tuple[Slot, tuple[str, ...]]] = []
    if pos == "VERB" and len(words) > 1:
        rest = words[1:]
        if rest[0] in PARTICLES:
            requires.append(("particle", (rest.pop(0),)))
        if rest and rest[0] in PREPOSITIONS:
            requires.append((rest.pop(0), ("*",)))
        words = [words[0], *rest]
    return Trigger(" ".join(words), pos, Frame(requires=tuple(requires)), line=line, file=fields.file)


def _frame(fields: Fields, entry: Mapping) -> Frame:
    requires, text_requires = _conditions(fields, entry, "when")
    excludes, text_excludes = _conditions(fields, entry, "unless")
    roles = {role: _slots(fields, entry, role) for role in ROLES}
    return Frame(
        actor=roles["actor"],
        recipient=roles["recipient"],
        requires=requires,
        excludes=excludes,
        text_requires=text_requires,
        text_excludes=text_excludes,
    )


def _slots(fields: Fields, entry: Mapping, role: RoleName) -> tuple[Slot, ...]:
    slots = fields.words(entry, role)
    for slot in slots:
        if slot in {"particle", "negation", "text"}:
            fields.problem(entry.lines[role], f"`{slot}` cannot hold the {role}.", "Name a slot such as `object`.")
        else:
            _known_slot(fields, slot, entry.lines[role])
    return slots


def _conditions(
    fields: Fields, entry: Mapping, key: str
) -> tuple[tuple[tuple[Slot, tuple[str, ...]], ...], tuple[str, ...]]:
    node = entry.items.get(key)
    if node is None:
        return (), ()
    if not isinstance(node, Mapping):
        fields.problem(node.line, f"`{key}` must name slots.", f"Write {key}: {{object: [word, word]}}.")
        return (), ()
    slots: list[tuple[Slot, tuple[str, ...]]] = []
    text: tuple[str, ...] = ()
    for slot in node.items:
        _known_slot(fields, slot, node.lines[slot])
        words = fields.words(node, slot)
        if not words:
            mend = 'Name words, or "*" for any word.'
            fields.problem(node.lines[slot], f"`{slot}` under `{key}` names no words.", mend)
        elif slot == "text":
            text = words
        else:
            slots.append((slot, words))
    return tuple(slots), text


def _known_slot(fields: Fields, slot: Slot, line: int) -> None:
    # Several words ("in front of") are taken as a preposition of several words.
    for one in slot.split("/"):
        if one not in SYNTAX and one not in PREPOSITIONS and " " not in one:
            mend = did_you_mean(one, [*SYNTAX, *PREPOSITIONS], what="slots")
            fields.problem(line, f"There is no slot {one!r}.", mend)


def list_names(trigger: Trigger) -> set[str]:
    """The names of the word lists (``@name``) that the trigger's frame uses."""
    frame = trigger.frame
    conditions = [w for _, words in (*frame.requires, *frame.excludes) for w in words]
    return {w[1:] for w in (*conditions, *frame.text_requires, *frame.text_excludes) if w.startswith("@")}
