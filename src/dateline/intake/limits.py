"""How much one report may cost. A report over a limit is refused by name; the others go on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from dateline.errors import IntakeError, OptionError
from dateline.settings import MOST_WORDS

LARGEST = 1 << 53
"""Above it nothing is limited any more, and what counts bytes or seconds for us would refuse the number."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for reading one report.

    ``bytes`` of the file (after decompression) or of one line of JSON Lines, ``characters`` of the report's text,
    ``nodes`` of an HTML page (start tags), ``seconds`` and bytes of ``memory`` for parsing one HTML page.
    """

    bytes: int = 20_000_000
    characters: int = 2_000_000
    nodes: int = 500_000
    seconds: float = 20.0
    memory: int = 1 << 30

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not 0 < value <= LARGEST:
                raise ValueError(f"the limit {field.name} must be above 0 and at most {LARGEST:,}, not {value!r}")

    def lifted(self, options: Iterable[str]) -> Self:
        """These limits with ``name=number`` options applied; OptionError for an unknown name or a bad number."""
        limits = self
        names = [field.name for field in fields(self)]
        for option in options:
            name, _, number = option.partition("=")
            if name not in names:
                raise OptionError(f"no limit is called {name!r}", f"the limits are {', '.join(names)}")
            try:
                value = float(number.replace("_", ""))
                changed: dict[str, Any] = {name: value if name == "seconds" else int(value)}
                limits = replace(limits, **changed)
            except (ValueError, OverflowError) as error:
                raise OptionError(
                    f"{option!r} is no limit", f"write {name}= and a number above 0, such as {name}=1000000"
                ) from error
        return limits

    def check(self, name: str, value: float, what: str) -> None:
        """Raise IntakeError where ``value`` is over the limit ``name``."""
        limit = getattr(self, name)
        if value > limit:
            raise over(name, limit, what)


@dataclass(frozen=True, slots=True)
class CodingLimits(Limits):
    """Bounds for reading and coding one report: ``words`` and marks of the longest that is coded."""

    words: int = MOST_WORDS


DEFAULT = Limits()


def over(name: str, limit: float, what: str) -> IntakeError:
    """The error for something over a limit."""
    unit = {"memory": "bytes of memory"}.get(name, name)
    return IntakeError(
        f"{what} is over the limit of {limit:,} {unit}", f"split it, or lift the limit with --limit {name}=N"
    )
