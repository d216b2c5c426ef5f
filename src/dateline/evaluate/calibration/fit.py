"""Curves fitted to cases: the logistic one of Platt (1999), and the rising steps of Zadrozny and Elkan (2002).

Which is taken is decided by cross-validation: reports are dealt into folds whole, as the rows of one are not
independent of each other, and what counts is the logarithmic loss on reports that a curve was not fitted to. The steps,
which can take any form, are taken only where they are better than the logistic curve by more than one standard error,
and the chances stay as they are where neither curve is better than they by as much (Breiman et al. 1984, the rule of
one standard error): what a few reports happen to say bends nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from math import exp, log, sqrt

from dateline.evaluate.calibration.cases import Case
from dateline.store.calibration.model import LEAST, METHODS, MOST, Curve, Method, log_odds

FOLDS = 5
_STEPS = 60
_ENOUGH = 1e-9
_SMALL = 1e-6

Point = tuple[float, bool]
"""A chance, and whether it came true."""


def platt(points: Sequence[Point]) -> Curve:
    """The logistic curve over the log odds that makes what was seen likeliest, by Newton's method.

    As Platt does it, the two targets lie within 0 and 1 by one case, so that a curve exists for whatever was seen. A
    curve never falls: where chances tell nothing, each becomes the share of right ones.
    """
    odds = [log_odds(chance) for chance, _ in points]
    right = sum(came_true for _, came_true in points)
    high, low = (right + 1) / (right + 2), 1 / (len(points) - right + 2)
    wanted = [high if came_true else low for _, came_true in points]
    slope, shift = 1.0, log((right + 1) / (len(points) - right + 1))
    loss = _loss(odds, wanted, slope, shift)
    for _ in range(_STEPS):
        sure = [_logistic(slope * x + shift) for x in odds]
        gradient = [
            sum((p - t) * x for p, t, x in zip(sure, wanted, odds, strict=True)),
            sum(p - t for p, t in zip(sure, wanted, strict=True)),
        ]
        spread = [p * (1 - p) for p in sure]
        across = sum(w * x for w, x in zip(spread, odds, strict=True))
        steep = sum(w * x * x for w, x in zip(spread, odds, strict=True)) + _SMALL
        flat = sum(spread) + _SMALL
        by = steep * flat - across * across
        step = (
            (flat * gradient[0] - across * gradient[1]) / by,
            (steep * gradient[1] - across * gradient[0]) / by,
        )
        size = 1.0
        while (less := _loss(odds, wanted, slope - size * step[0], shift - size * step[1])) > loss and size > _SMALL:
            size /= 2
        slope, shift = slope - size * step[0], shift - size * step[1]
        if loss - less < _ENOUGH:
            break
        loss = less
    if slope < 0:
        slope, shift = 0.0, log((right + 1) / (len(points) - right + 1))
    return Curve("platt", round(slope, 4), round(shift, 4))


def isotonic(points: Sequence[Point]) -> Curve:
    """The rising curve that is nearest to what was seen, by pooling neighbours that fall; lines between its steps."""
    seen: dict[float, list[int]] = {}
    for chance, came_true in points:
        counted = seen.setdefault(chance, [0, 0])
        counted[0] += came_true
        counted[1] += 1
    pools: list[tuple[float, float, int, int]] = []
    for chance, (right, number) in sorted(seen.items()):
        pool = (chance, chance, right, number)
        while pools and pools[-1][2] * pool[3] >= pool[2] * pools[-1][3]:
            first, _, before, many = pools.pop()
            pool = (first, pool[1], before + pool[2], many + pool[3])
        pools.append(pool)
    knots: list[tuple[float, float]] = []
    for first, last, right, number in pools:
        share = round(min(max(right / number, LEAST), MOST), 4)
        knots += [(first, share)] if first == last else [(first, share), (last, share)]
    return Curve("isotonic", knots=tuple(knots))


def fitted(method: Method, points: Sequence[Point]) -> Curve:
    """The curve of a method for these cases."""
    return platt(points) if method == "platt" else isotonic(points)


def folds_of(cases: Sequence[Case], folds: int = FOLDS) -> list[int]:
    """The fold of each case: that of its report. The same reports are always dealt in the same way."""
    order = sorted({case.report for case in cases}, key=lambda report: sha256(report.encode()).digest())
    dealt = {report: at % folds for at, report in enumerate(order)}
    return [dealt[case.report] for case in cases]


def held_out(method: Method, cases: Sequence[Case], folds: int = FOLDS) -> list[float]:
    """What each chance becomes by the curve that is fitted to the cases of the other folds."""
    of = folds_of(cases, folds)
    curves = {}
    for fold in sorted(set(of)):
        others = [(case.chance, case.right) for case, at in zip(cases, of, strict=True) if at != fold]
        curves[fold] = fitted(method, others)
    return [curves[at](case.chance) for case, at in zip(cases, of, strict=True)]


def log_loss(chances: Sequence[float], right: Sequence[bool]) -> float:
    """The mean of minus the logarithm of the chance of what was so."""
    bounded = [min(max(chance, LEAST), MOST) for chance in chances]
    return sum(-log(p if r else 1 - p) for p, r in zip(bounded, right, strict=True)) / len(bounded)


def chosen(cases: Sequence[Case], folds: int = FOLDS) -> tuple[Method | None, dict[str, list[float]]]:
    """The method that is better on held-out reports, None where none beats the chances as they are.

    With it what each chance becomes, held out, by each method.
    """
    made: dict[str, list[float]] = {method: held_out(method, cases, folds) for method in METHODS}
    first: Method = "isotonic" if is_better(made["isotonic"], made["platt"], cases) else "platt"
    before = [case.chance for case in cases]
    for method in (first, *(other for other in METHODS if other != first)):
        if is_better(made[method], before, cases):
            return method, made
    return None, made


def is_better(chances: Sequence[float], others: Sequence[float], cases: Sequence[Case]) -> bool:
    """Whether chances have a lower loss than others by more than one standard error, as the reports vary."""
    gained: dict[str, float] = {}
    for chance, other, case in zip(chances, others, cases, strict=True):
        by = log_loss([other], [case.right]) - log_loss([chance], [case.right])
        gained[case.report] = gained.get(case.report, 0.0) + by
    mean = sum(gained.values()) / len(gained)
    error = sqrt(sum((one - mean) ** 2 for one in gained.values()))
    return sum(gained.values()) > error


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-max(-50.0, min(50.0, x))))


def _loss(odds: Sequence[float], wanted: Sequence[float], slope: float, shift: float) -> float:
    total = 0.0
    for x, t in zip(odds, wanted, strict=True):
        z = slope * x + shift
        # The logarithm of 1 + exp(z), which does not overflow.
        total += max(z, 0.0) + log(1 + exp(-abs(z))) - t * z
    return total
