"""What those who see no names of the team are told instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from dateline.model import Because, CoderInfo, Coding, Date, LeftOut, Note, Report
from dateline.review.api.models.base import UNNAMED
from dateline.store.kept.corrections import Held
from dateline.store.review.acts import Act

_SAID = re.compile(r" by (?P<name>.+)$")


def unnamed(held: Held, acts: Iterable[Act]) -> Coding:
    """A coding without the names of the people who made it; ``acts`` are those of its report.

    Names stand in reasons alone, at their ends: what the report says stays as it is.
    """
    coding = held.coding
    if not held.by_hand:
        return coding
    names = {act.who for act in acts} | {coding.coder.name} | set(_named(coding))
    one_of = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    signed = re.compile(rf"(?P<before> by|:) (?:{one_of})(?P<after>\.?)$")
    made: Coding = _without(coding, lambda told: signed.sub(rf"\g<before> {UNNAMED}\g<after>", told))
    return made


def _named(coding: Coding) -> Iterator[str]:
    """Whom the reasons of rows name: also people who reviewed them elsewhere."""
    for row in coding.rows:
        for because in row.because:
            if because.id.startswith("review.") and (found := _SAID.search(because.rule)):
                yield found["name"]


def _without(value: Any, veiled: Callable[[str], str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_without(part, veiled) for part in value)
    if not is_dataclass(value) or isinstance(value, type | Report):
        return value
    changed = {field.name: _without(getattr(value, field.name), veiled) for field in fields(value)}
    match value:
        case Because():
            changed["rule"] = veiled(value.rule)
        case Date():
            changed["basis"] = veiled(value.basis)
        case LeftOut():
            changed["why"] = veiled(value.why)
        case Note():
            changed["message"] = veiled(value.message)
        case CoderInfo():
            changed["name"] = UNNAMED
    return replace(value, **changed)
