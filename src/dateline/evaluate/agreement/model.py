"""What is known of how far coders agree: the scales that fields are measured on, and the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from dateline.evaluate.model import COUNT_KINDS, Figure
from dateline.model import Coding, CountKind

Scale = Literal["nominal", "ordinal", "interval", "ratio", "sets"]
"""How far two values differ: not at all or wholly (nominal), by how many values lie between (ordinal), by their
distance (interval), by their distance for their size (ratio), by what two sets have in common (sets)."""

AgreementField = (
    Literal[
        "event",
        "type",
        "mode",
        "modality",
        "historical",
        "place",
        "date",
        "actors",
        "recipients",
        "according_to",
    ]
    | CountKind
)
By = Literal["month", "batch"]


def _scales() -> dict[AgreementField, Scale]:
    single: tuple[AgreementField, ...] = get_args(get_args(AgreementField)[0])
    found: dict[AgreementField, Scale] = dict.fromkeys(single, "nominal")
    found |= {"date": "ordinal", "actors": "sets", "recipients": "sets"}
    return found | dict.fromkeys(COUNT_KINDS, "ratio")


SCALES: Mapping[AgreementField, Scale] = _scales()
"""The scale of each field.

``event`` is whether a sentence tells an event; the others are values of the events that coders have in common.
"""
FIELDS: tuple[AgreementField, ...] = tuple(SCALES)

RELIABLE = 0.8
"""Alpha from which on Krippendorff calls data reliable."""
TENTATIVE = 2 / 3
"""Alpha below which he would draw no conclusion, not even a tentative one."""


@dataclass(frozen=True, slots=True)
class Coded:
    """What one coder made of one report, and when (ISO 8601, UTC)."""

    coder: str
    made: str
    coding: Coding


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """How far coders agree on one field.

    ``alpha`` is at most 1; 0 is what chance would give, and it can be negative. Its value is None where no unit has
    two values, or where all values are one: what does not vary cannot show agreement. ``units`` are those that two
    coders or more gave a value, ``values`` how many values they gave. ``same`` are the units on which all coders gave
    one value. ``alone`` are the units to which a coder gave a value and another who has the event did not.
    """

    field: AgreementField
    scale: Scale
    units: int
    values: int
    same: int
    alone: int
    alpha: Figure

    @property
    def is_compared(self) -> bool:
        """Whether somebody gave it a value in an event that others have as well."""
        return bool(self.units or self.alone)

    @property
    def reading(self) -> str:
        """What Krippendorff makes of it: "reliable", "tentative", "not reliable", "all the same", "not known"."""
        value = self.alpha.value
        if value is None:
            return "all the same" if self.units and self.same == self.units else "not known"
        return "reliable" if value >= RELIABLE else "tentative" if value >= TENTATIVE else "not reliable"


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two coders, over the reports that both coded; ``both`` of their ``rows`` (matched rows once) both have."""

    first: str
    second: str
    reports: int
    rows: int
    both: int
    fields: tuple[FieldAgreement, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The reports of a month ("2024-05") or of a batch ("1 to 20"), by when their last coding was made."""

    name: str
    reports: int
    fields: tuple[FieldAgreement, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree, over all reports that two of them or more coded.

    ``rows`` are the different events that they found in them, ``both`` those that two coders or more found.
    """

    coders: tuple[str, ...]
    reports: int
    rows: int
    both: int
    fields: tuple[FieldAgreement, ...]
    pairs: tuple[PairAgreement, ...]
    stretches: tuple[Stretch, ...]
    by: By
    resamples: int
    level: float
    seed: int
