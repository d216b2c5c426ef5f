"""What those who see no names of the team are told instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from dateline.model import Because, CoderInfo, Coding, Date, LeftOut, Note, Report
from dateline.review.api.models.base import UNNAMED
from dateline.review.deciding.holding import Made
from dateline.store.kept.corrections import Held


def unnamed(held: Held, made: Iterable[Made]) -> Coding:
    """A coding without the names of the people who made it; ``made`` are all codings of its report.

    Names stand in reasons alone, at their ends: what the report says stays as it is.
    """
    coding = held.coding
    if not held.by_hand:
        return coding
    names = {one.coder.name for one in made if one.by_hand}
    one_of = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    signed = re.compile(rf"(?P<before> by|:) (?:{one_of})(?P<after>\.?)$")
    veiled: Coding = _without(coding, lambda told: signed.sub(rf"\g<before> {UNNAMED}\g<after>", told))
    return veiled


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
