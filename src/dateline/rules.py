"""The rules that codings name: a stable id, what a reader is told, and the line where the rule stands.

A rule is declared once, at the top of the module that applies it::

    PLANNED = rule("modality.plan", "told as a plan")
    ...
    return PLANNED.because("plans")

Its id never changes with its wording, so what is said may be said better without changing a code, and codings of two
versions can be compared rule by rule. Where a word of a list decided, the list's file and line are told instead of
the rule's own.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from dateline.model import Because

HOME = Path(__file__).parent
_RULES: dict[str, Rule] = {}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: ``id`` ("modality.plan"), what it ``says`` (with ``{names}`` for what a case adds), its file and line.

    The part of the id before its first point is the field that the rule explains.
    """

    id: str
    says: str
    source: str

    @property
    def field(self) -> str:
        """The field of a coding that the rule explains."""
        return self.id.partition(".")[0]

    def because(self, matched: str = "", *, field: str | None = None, source: str = "", **values: object) -> Because:
        """Why a value is what it is: the words that the rule matched, and where a list decided, its ``source``."""
        says = self.says.format(**values) if values else self.says
        return Because(field or self.field, says, matched, self.id, source or self.source)


def rule(id: str, says: str) -> Rule:
    """Declare a rule. Raises :class:`ValueError` where two lines declare one id."""
    caller = sys._getframe(1)
    file = Path(caller.f_code.co_filename)
    where = f"{file.relative_to(HOME) if file.is_relative_to(HOME) else file.name}:{caller.f_lineno}"
    if id in _RULES and _RULES[id].source.rpartition(":")[0] != where.rpartition(":")[0]:
        raise ValueError(f"the rule {id} is declared at {_RULES[id].source} and at {where}; give one another id")
    return _RULES.setdefault(id, Rule(id, says, where))


def declared() -> tuple[Rule, ...]:
    """All rules of the modules that are loaded, by id."""
    return tuple(_RULES[id] for id in sorted(_RULES))
