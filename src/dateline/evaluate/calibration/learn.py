"""From the reviewed rows of a project to its calibration, with what it gains on reports that it was not fitted to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.errors import ReviewError
from dateline.evaluate.calibration.cases import Case, cases
from dateline.evaluate.calibration.fit import FOLDS, chosen, fitted, log_loss
from dateline.export.statement import number
from dateline.export.words import listed
from dateline.model import CoderInfo
from dateline.store.calibration.derive import Reviewed
from dateline.store.calibration.model import FIELDS, ROW, Calibration, Curve, Method

LEAST_ROWS = 100
"""Reviewed rows below which nothing is fitted, where nobody says another number."""
LEAST_OF_EACH = 10
"""Right ones and wrong ones among them below which a curve would be drawn through nothing."""
BINS = 10
_Z = 1.959963985


@dataclass(frozen=True, slots=True)
class Bin:
    """The cases with a chance within ``[low, high)``: how many, their mean chance, the share that came true, and the
    ends of its 95% interval (Wilson 1927). ``chance`` and ``right`` are None where there is no case.
    """

    low: float
    high: float
    cases: int
    chance: float | None
    right: float | None
    least: float | None
    most: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far chances come true: the logarithmic loss, Brier's score, and the mean distance from what came true over
    ten bins, weighted by their size; of all three 0 is best.
    """

    loss: float
    brier: float
    error: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """One field: its cases, the chances before, and after on held-out reports; ``curve`` is None where they stay."""

    field: str
    cases: int
    right: int
    reports: int
    method: Method | None
    curve: Curve | None
    before: Reliability
    after: Reliability
    losses: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Lacking:
    """A field of which too little was reviewed, and what is lacking, in words."""

    field: str
    cases: int
    lacks: str


@dataclass(frozen=True, slots=True)
class Result:
    """What was learned of a coder. ``others`` are reviewed reports whose newest coding another coder made."""

    coder: CoderInfo
    rows: int
    reports: int
    learned: tuple[Learned, ...]
    lacking: tuple[Lacking, ...]
    others: int
    folds: int

    @property
    def row(self) -> Learned:
        """The chance of a row as a whole."""
        return self.learned[0]

    def calibration(self, made: str) -> Calibration | None:
        """The calibration; None where no chance is better changed."""
        curves = {one.field: one.curve for one in self.learned if one.curve is not None}
        return Calibration(self.coder, curves, self.rows, self.reports, made) if curves else None


def learn(reviewed: Iterable[Reviewed], coder: CoderInfo, *, least: int = LEAST_ROWS, folds: int = FOLDS) -> Result:
    """Fit the chances of a coder to what people said of its rows.

    Raises :class:`ReviewError`, which says how many are lacking, where fewer than ``least`` rows were reviewed, or too
    few of them were right or wrong.
    """
    by_field: dict[str, list[Case]] = {field: [] for field in FIELDS}
    others = 0
    for one in reviewed:
        if one.machine.coder != coder:
            others += 1
            continue
        for case in cases(one.by_hand, one.machine):
            by_field[case.field].append(case)
    rows = by_field[ROW]
    lacks = _lacks(rows, least, folds)
    if lacks:
        raise ReviewError(_refusal(len(rows), lacks, coder, others))
    learned, lacking = [], []
    for field, found in by_field.items():
        if what := _lacks(found, least, folds):
            lacking.append(Lacking(field, len(found), what))
        else:
            learned.append(_learned(field, found, folds))
    reports = len({case.report for case in rows})
    return Result(coder, len(rows), reports, tuple(learned), tuple(lacking), others, folds)


def reliability(chances: Sequence[float], right: Sequence[bool], bins: int = BINS) -> Reliability:
    """How far chances come true."""
    among: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for chance, came_true in zip(chances, right, strict=True):
        among[min(int(chance * bins + _TINY), bins - 1)].append((chance, came_true))
    drawn = tuple(_bin(at / bins, (at + 1) / bins, found) for at, found in enumerate(among))
    error = sum(abs(sum(chance - came_true for chance, came_true in found)) for found in among) / len(chances)
    brier = sum((chance - came_true) ** 2 for chance, came_true in zip(chances, right, strict=True)) / len(chances)
    return Reliability(round(log_loss(chances, right), 4), round(brier, 4), round(error, 4), drawn)


_TINY = 1e-9
"""0.3 times ten is a little less than three to a computer."""


def _bin(low: float, high: float, found: Sequence[tuple[float, bool]]) -> Bin:
    if not found:
        return Bin(low, high, 0, None, None, None, None)
    n = len(found)
    share = sum(came_true for _, came_true in found) / n
    middle = (share + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
    half = _Z / (1 + _Z * _Z / n) * (share * (1 - share) / n + _Z * _Z / (4 * n * n)) ** 0.5
    chance = sum(chance for chance, _ in found) / n
    ends = max(middle - half, 0.0), min(middle + half, 1.0)
    return Bin(low, high, n, round(chance, 4), round(share, 4), round(ends[0], 4), round(ends[1], 4))


def _learned(field: str, found: Sequence[Case], folds: int) -> Learned:
    right = [case.right for case in found]
    before = [case.chance for case in found]
    method, made = chosen(found, folds)
    curve = None if method is None else fitted(method, [(case.chance, case.right) for case in found])
    losses = (("as they are", before), *made.items())
    return Learned(
        field=field,
        cases=len(found),
        right=sum(right),
        reports=len({case.report for case in found}),
        method=method,
        curve=curve,
        before=reliability(before, right),
        after=reliability(before if method is None else made[method], right),
        losses=tuple((name, round(log_loss(chances, right), 4)) for name, chances in losses),
    )


def _lacks(found: Sequence[Case], least: int, folds: int) -> str:
    """What is lacking for a curve, in words; nothing where enough is there."""
    right = sum(case.right for case in found)
    wrong, reports = len(found) - right, len({case.report for case in found})
    told = []
    if len(found) < least:
        told.append(f"{number(least - len(found), 'more row')}")
    if right < LEAST_OF_EACH:
        told.append(f"{LEAST_OF_EACH - right} more that are right")
    if wrong < LEAST_OF_EACH:
        told.append(f"{LEAST_OF_EACH - wrong} more that are wrong")
    if reports < folds:
        told.append(f"rows of {number(folds - reports, 'more report')}")
    return listed(told)


def _refusal(rows: int, lacks: str, coder: CoderInfo, others: int) -> str:
    of = f"{coder.name} {coder.version}".strip()
    passed = (
        f" ({number(others, 'reviewed report')} of another coder or version are passed over: code them anew first)"
        if others
        else ""
    )
    return (
        f"{number(rows, 'row')} of {of} with a chance {'was' if rows == 1 else 'were'} reviewed{passed}, which is too "
        f"little to calibrate by: {lacks} are lacking; review on, and calibrate then"
    )
