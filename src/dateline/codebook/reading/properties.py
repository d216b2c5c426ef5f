"""The properties of a type in a codebook file: what decides how its events are read, beyond its words."""

from __future__ import annotations

from typing import Any, get_args

from dateline.codebook.model import RoleName, SpeaksOf, Things
from dateline.codebook.reading.fields import Fields
from dateline.errors import did_you_mean
from dateline.files.yaml_tree import Mapping
from dateline.model import CountKind, Wording

_FLAGS = ("needs_recipient", "gathering", "for_places", "mutual", "public_life", "derive")
_CHOICES: dict[str, tuple[str, ...]] = {
    "of": get_args(RoleName),
    "things": get_args(Things),
    "speaks_of": get_args(SpeaksOf),
}
_COUNTS = ("counts", "also_counts")

PROPERTIES = (*_FLAGS, *_CHOICES, *_COUNTS, "wording")
"""The keys of a type that are properties."""


def read_properties(fields: Fields, entry: Mapping) -> dict[str, Any]:
    """The properties that a type writes out, by name; what it leaves out keeps its default."""
    found: dict[str, Any] = {name: fields.flag(entry, name) for name in _FLAGS if name in entry.items}
    for name, known in _CHOICES.items():
        chosen = fields.optional(entry, name)
        if chosen in known:
            found[name] = chosen
        elif chosen is not None:
            fields.problem(entry.lines[name], f"`{name}` is {chosen!r}.", did_you_mean(chosen, known, what="values"))
    for name in _COUNTS:
        if name not in entry.items:
            continue
        kinds = fields.texts(entry, name)
        for kind in kinds:
            if kind not in get_args(CountKind):
                mend = did_you_mean(kind, get_args(CountKind), what="kinds of number")
                fields.problem(entry.lines[name], f"There is no kind of number {kind!r}.", mend)
        found[name] = kinds
    wording = read_wording(fields, entry)
    if wording is not None:
        found["wording"] = wording
    return found


def read_wording(fields: Fields, entry: Mapping) -> Wording | None:
    """The ``wording`` of a type or a mode: a verb, its object, and its object with the recipient."""
    if "wording" not in entry.items:
        return None
    parts = fields.texts(entry, "wording")
    mend = 'Write three parts: wording: [hold, a march, "a march against {}"].'
    if len(parts) != 3:
        fields.problem(entry.lines["wording"], f"`wording` has {len(parts)} parts.", mend)
        return None
    verb, alone, toward = parts
    if toward.count("{}") != 1 or "{" in verb + alone:
        fields.problem(entry.lines["wording"], "The recipient's place `{}` must stand once, in the third part.", mend)
        return None
    return Wording(verb, alone, toward)
