"""Krippendorff's alpha and its interval: how far coders agree beyond what chance would give.

After Krippendorff (Computing Krippendorff's Alpha-Reliability, 2011; Content Analysis, 4th edition, 2019, chapter 12).
With n values in the units that have two or more, alpha is 1 - (n - 1) O / E: O adds up the differences within units
(each pair of values of a unit of m, divided by m - 1), E those of all values with each other. For sets a difference is
1 - MASI (Passonneau, Measuring Agreement on Set-valued Items, 2006), whose square is not taken again.

The package ``krippendorff`` gives the same values; it holds units by values by values in memory, and what is drawn for
an interval here are whole reports, as everywhere in :mod:`dateline.evaluate`: the units of a report are not
independent of each other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from dateline.evaluate.agreement.model import Scale
from dateline.evaluate.intervals import LEAST_REPORTS
from dateline.evaluate.model import Figure

if TYPE_CHECKING:
    from numpy.typing import NDArray

_AT_ONCE = 2_000_000
"""Numbers that a step over several draws holds."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that coders gave a value: the place of its report in a list, and the values of those who gave one."""

    report: int
    values: tuple[Hashable, ...]


@dataclass(frozen=True)
class _Data:
    """Values and pairs of values as arrays: what value, of which report; pairs with what each counts."""

    reports: int
    values: NDArray[Any]
    value_reports: NDArray[Any]
    firsts: NDArray[Any]
    seconds: NDArray[Any]
    pair_reports: NDArray[Any]
    shares: NDArray[Any]
    distances: NDArray[Any] | None
    """Between any two values; None where they depend on how often values occur (ordinal) or are all one (nominal)."""
    scale: Scale
    different: int


def alpha(
    units: Sequence[Unit], scale: Scale, *, resamples: int = 0, level: float = 0.95, seed: int = 1, reports: int = 0
) -> Figure:
    """Alpha of the units with the ends of its bootstrap interval.

    ``reports`` is how many reports there are to draw from (0: as many as the units come from). None is given for an
    alpha that is not defined, and no ends for fewer than two reports or without ``resamples``. A draw in which alpha
    is not defined is passed over.
    """
    import numpy as np

    data = _data([unit for unit in units if len(unit.values) > 1], scale, reports)
    if data is None:
        return Figure(None)
    value = _alphas(data, np.ones((1, data.reports)))[0]
    if np.isnan(value):
        return Figure(None)
    if data.reports < LEAST_REPORTS or resamples < 1:
        return Figure(_rounded(value))
    # The legacy generator's stream is frozen for good, as in the other intervals.
    random = np.random.RandomState(seed)
    drawn = [found for weights in _draws(random, data, resamples) for found in _alphas(data, weights)]
    known = [one for one in drawn if not np.isnan(one)]
    tail = (1 - level) / 2
    low, high = np.quantile(known, [tail, 1 - tail]) if known else (None, None)
    return Figure(_rounded(value), _rounded(low), _rounded(high))


def _draws(random: Any, data: _Data, resamples: int) -> Iterator[NDArray[Any]]:
    """How often each report is drawn, several draws at once: shape (draws, reports)."""
    import numpy as np

    size = max(1, _AT_ONCE // max(1, data.reports, len(data.values), len(data.firsts), data.different))
    for start in range(0, resamples, size):
        draws = range(min(size, resamples - start))
        yield np.stack(
            [np.bincount(random.randint(0, data.reports, data.reports), minlength=data.reports) for _ in draws]
        ).astype(np.float64)


def _alphas(data: _Data, weights: NDArray[Any]) -> NDArray[Any]:
    """Alpha of each draw, nan where it is not defined; ``weights`` is how often each report is in it."""
    import numpy as np

    draws, different = len(weights), data.different
    places = (np.arange(draws)[:, None] * different + data.values[None, :]).ravel()
    counts = np.bincount(places, weights[:, data.value_reports].ravel(), draws * different).reshape(draws, different)
    n = counts.sum(axis=1)
    pairs = weights[:, data.pair_reports] * data.shares
    if data.scale == "ordinal":
        # How many values lie between two, the two by half, is the difference of their middle ranks.
        ranks = counts.cumsum(axis=1) - counts / 2
        observed = (pairs * (ranks[:, data.firsts] - ranks[:, data.seconds]) ** 2).sum(axis=1)
        expected = 2 * (n * (counts * ranks**2).sum(axis=1) - (counts * ranks).sum(axis=1) ** 2)
    elif data.distances is None:
        observed = (pairs * (data.firsts != data.seconds)).sum(axis=1)
        expected = n**2 - (counts**2).sum(axis=1)
    else:
        observed = pairs @ data.distances[data.firsts, data.seconds]
        expected = ((counts @ data.distances) * counts).sum(axis=1)
    # Rounding leaves crumbs of squares of large numbers: what does not vary has no expectation.
    several = (counts > 0).sum(axis=1) > 1
    defined = several & (expected > 0)
    return np.where(defined, 1 - (n - 1) * observed / np.where(defined, expected, 1), np.nan)


def _data(units: Sequence[Unit], scale: Scale, reports: int) -> _Data | None:
    """The units as arrays; None where there is none, or all have one value."""
    import numpy as np

    domain = _ordered({value for unit in units for value in unit.values}, scale)
    if len(domain) < 2:
        return None
    at = {value: n for n, value in enumerate(domain)}
    names = sorted({unit.report for unit in units})
    place = {name: n for n, name in enumerate(names)}
    values = [(at[value], place[unit.report]) for unit in units for value in unit.values]
    pairs = [
        (at[a], at[b], place[unit.report], 2 / (len(unit.values) - 1))
        for unit in units
        for i, a in enumerate(unit.values)
        for b in unit.values[i + 1 :]
    ]
    held = np.array(values, dtype=np.int64)
    first, second, report, share = (np.array(column) for column in zip(*pairs, strict=True))
    return _Data(
        max(reports, len(names)),
        held[:, 0],
        held[:, 1],
        first,
        second,
        report,
        share,
        _distances(domain, scale),
        scale,
        len(domain),
    )


def _ordered(values: set[Hashable], scale: Scale) -> list[Hashable]:
    match scale:
        case "nominal" | "sets":
            return sorted(values, key=lambda value: repr(sorted(value) if isinstance(value, frozenset) else value))
        case _:
            return sorted(values, key=lambda value: cast("float", value))


def _distances(domain: Sequence[Hashable], scale: Scale) -> NDArray[Any] | None:
    import numpy as np

    match scale:
        case "nominal" | "ordinal":
            return None
        case "sets":
            return _masi([cast("frozenset[Hashable]", value) for value in domain])
    numbers = np.array(domain, dtype=np.float64)
    far: NDArray[Any] = np.abs(numbers[:, None] - numbers[None, :])
    if scale == "ratio":
        both = numbers[:, None] + numbers[None, :]
        far = np.divide(far, both, out=np.zeros_like(far), where=both != 0)
    return far**2


def _masi(sets: Sequence[frozenset[Hashable]]) -> NDArray[Any]:
    """1 - Jaccard's coefficient times 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, 0."""
    import numpy as np

    members = {member: n for n, member in enumerate(dict.fromkeys(m for one in sets for m in one))}
    holds = np.zeros((len(sets), max(1, len(members))), dtype=np.float64)
    for n, one in enumerate(sets):
        holds[n, [members[m] for m in one]] = 1
    sizes = holds.sum(axis=1)
    common = holds @ holds.T
    either = sizes[:, None] + sizes[None, :] - common
    jaccard = np.divide(common, either, out=np.zeros_like(common), where=either > 0)
    smaller = np.minimum(sizes[:, None], sizes[None, :])
    kind = np.where(common == 0, 0.0, np.where(common == either, 1.0, np.where(common == smaller, 2 / 3, 1 / 3)))
    far: NDArray[Any] = 1 - jaccard * kind
    np.fill_diagonal(far, 0)
    return far


def _rounded(value: float | None) -> float | None:
    # Four places: more would say that more is known.
    return None if value is None else round(float(value), 4)
