"""Coders against each other: from codings to agreement, all together, pair by pair, and over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from dateline.evaluate.agreement.alpha import Unit, alpha
from dateline.evaluate.agreement.model import (
    FIELDS,
    SCALES,
    Agreement,
    AgreementField,
    By,
    Coded,
    FieldAgreement,
    PairAgreement,
    Stretch,
)
from dateline.evaluate.agreement.units import Units, units
from dateline.evaluate.compare import LEVEL, RESAMPLES, SEED

BATCH = 20
"""Reports a batch."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A report that two coders or more coded: its units, and when the last coding was made."""

    report: str
    made: str
    units: Units


def shared(codings: Iterable[Coded]) -> tuple[Shared, ...]:
    """The reports that two coders or more coded, by when they were; of a coder's codings of a report the last counts.

    Codings whose text is not that of the report's first are passed over: offsets would mislead.
    """
    reports: dict[str, dict[str, Coded]] = {}
    for one in codings:
        of = reports.setdefault(one.coding.report.id, {})
        first = next(iter(of.values()), one)
        earlier = of.get(one.coder)
        if one.coding.report.text == first.coding.report.text and (earlier is None or earlier.made <= one.made):
            of[one.coder] = one
    return tuple(
        sorted((unite(of.values()) for of in reports.values() if len(of) > 1), key=lambda s: (s.made, s.report))
    )


def unite(codings: Iterable[Coded]) -> Shared:
    """One report by its codings, each of another coder."""
    several = {one.coder: one for one in codings}
    made = max(one.made for one in several.values())
    report = next(iter(several.values())).coding.report.id
    return Shared(report, made, units({coder: one.coding for coder, one in several.items()}))


def agreement(
    codings: Iterable[Coded] | Sequence[Shared],
    *,
    by: By = "month",
    batch: int = BATCH,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
    seed: int = SEED,
) -> Agreement:
    """How far coders agree, from their codings (or from what :func:`shared` made of them).

    ``by`` is what agreement over time goes by: the month in which a report's last coding was made, or ``batch``
    reports at a time. Intervals hold ``level`` of ``resamples`` draws of the reports; 0 gives none. Raises
    :class:`ValueError` for a level that is no share, or a batch of no report.
    """
    if not 0 < level < 1:
        raise ValueError(f"the level of the intervals must lie between 0 and 1, not at {level}; write 0.95 for 95%")
    if batch < 1:
        raise ValueError(f"a batch has one report or more, not {batch}")
    given = list(codings)
    reports = shared(one for one in given if isinstance(one, Coded))
    reports = (*reports, *(one for one in given if isinstance(one, Shared)))
    coders = sorted({coder for one in reports for coder in one.units.coders})

    def fields(of: Sequence[Shared], among: frozenset[str]) -> tuple[FieldAgreement, ...]:
        return tuple(_field(field, of, among, resamples, level, seed) for field in FIELDS)

    pairs = []
    for first, second in combinations(coders, 2):
        among = frozenset({first, second})
        of = [one for one in reports if among <= {*one.units.coders}]
        if of:
            pairs.append(PairAgreement(first, second, len(of), *_rows(of, among), fields(of, among)))
    everybody = frozenset(coders)
    stretches = _stretches(reports, by, batch)
    return Agreement(
        tuple(coders),
        len(reports),
        *_rows(reports, everybody),
        fields(reports, everybody),
        tuple(pairs),
        tuple(Stretch(name, len(of), fields(of, everybody)) for name, of in stretches),
        by,
        resamples,
        level,
        seed,
    )


def _rows(reports: Sequence[Shared], among: frozenset[str]) -> tuple[int, int]:
    """How many events some of the coders found, and how many two of them or more."""
    found = [len(who & among) for one in reports for who in one.units.rows]
    return sum(n > 0 for n in found), sum(n > 1 for n in found)


def _field(
    field: AgreementField, reports: Sequence[Shared], among: frozenset[str], resamples: int, level: float, seed: int
) -> FieldAgreement:
    found: list[Unit] = []
    alone = 0
    for n, one in enumerate(reports):
        several = [row & among for row in one.units.rows if len(row) > 1]
        for place, values in enumerate(one.units.fields[field]):
            given = tuple(value for coder, value in values.items() if coder in among)
            could = len(among & {*one.units.coders}) if field == "event" else len(several[place])
            alone += 0 < len(given) < could
            if len(given) > 1:
                found.append(Unit(n, given))
    scale = SCALES[field]
    value = alpha(found, scale, resamples=resamples, level=level, seed=seed, reports=len(reports))
    return FieldAgreement(
        field,
        scale,
        len(found),
        sum(len(unit.values) for unit in found),
        sum(len(set(unit.values)) == 1 for unit in found),
        alone,
        value,
    )


def _stretches(reports: Sequence[Shared], by: By, batch: int) -> list[tuple[str, list[Shared]]]:
    if by == "batch":
        parts = [list(reports[start : start + batch]) for start in range(0, len(reports), batch)]
        ends = [min(start + batch, len(reports)) for start in range(0, len(reports), batch)]
        return [(f"{end - len(of) + 1} to {end}", of) for end, of in zip(ends, parts, strict=True)]
    months: dict[str, list[Shared]] = {}
    for one in reports:
        months.setdefault(one.made[:7], []).append(one)
    return list(months.items())
