"""Bootstrap intervals: how far a figure would move had other reports of the same kind been coded.

The percentile bootstrap of Efron and Tibshirani (An Introduction to the Bootstrap, 1993, chapter 13). What is drawn,
with replacement, are whole reports: the events of one report are not independent of each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

from dateline.evaluate.model import Figure, Score

if TYPE_CHECKING:
    from numpy.typing import NDArray

Tally = tuple[int, int, int]
"""Values in the gold, values in the coding, and how many of them are the same."""

LEAST_REPORTS = 2


def scores(tallies: Sequence[Sequence[Tally]], *, resamples: int, level: float, seed: int) -> list[Score]:
    """One score a column of ``tallies``, which has a row a report and a tally in each of its columns.

    All columns are resampled together. No interval is given for fewer than two reports, or with ``resamples=0``.
    """
    columns = len(tallies[0]) if tallies else 0
    if not columns:
        return []
    import numpy as np

    counts = np.asarray(tallies, dtype=np.int64).reshape(len(tallies), columns * 3)
    whole = _shares(counts.sum(axis=0).reshape(1, columns, 3))[0]
    ends = _ends(counts, columns, resamples, level, seed)
    found = []
    for c in range(columns):
        gold, coded, right = (int(n) for n in counts[:, 3 * c : 3 * c + 3].sum(axis=0))
        found.append(Score(gold, coded, right, *_figures(whole[c], ends, c)))
    return found


def _ends(counts: NDArray[Any], columns: int, resamples: int, level: float, seed: int) -> NDArray[Any] | None:
    """The lower and upper end of precision, recall and F1 of each column: shape (2, columns, 3), nan where none."""
    import numpy as np

    reports = len(counts)
    if reports < LEAST_REPORTS or resamples < 1:
        return None
    # The legacy generator's stream is frozen for good; that of the newer ones may change with a version of numpy.
    random = np.random.RandomState(seed)
    sums = np.empty((resamples, counts.shape[1]), dtype=np.int64)
    for n in range(resamples):
        sums[n] = np.bincount(random.randint(0, reports, reports), minlength=reports) @ counts
    drawn = _shares(sums.reshape(resamples, columns, 3))
    tail = (1 - level) / 2
    defined = ~np.isnan(drawn).all(axis=0)
    # A share that is undefined in every resample would be warned of.
    ends = np.full((2, columns, 3), np.nan)
    ends[:, defined] = np.nanquantile(drawn[:, defined], [tail, 1 - tail], axis=0)
    return ends


def _shares(sums: NDArray[Any]) -> NDArray[Any]:
    """Precision, recall and F1 from (gold, coded, right) along the last axis; nan where nothing can be divided."""
    import numpy as np

    gold, coded, right = sums[..., 0], sums[..., 1], sums[..., 2]
    both = gold + coded
    pairs = ((right, coded), (right, gold), (2 * right, both))
    return np.stack([np.where(n > 0, part / np.maximum(n, 1), np.nan) for part, n in pairs], axis=-1)


def _figures(whole: NDArray[Any], ends: NDArray[Any] | None, column: int) -> tuple[Figure, Figure, Figure]:
    def figure(k: int) -> Figure:
        low, high = (None, None) if ends is None else ends[:, column, k]
        return Figure(_share(whole[k]), _share(low), _share(high))

    return figure(0), figure(1), figure(2)


def _share(value: float | None) -> float | None:
    # Four places: more would say that more is known.
    return None if value is None or isnan(value) else round(float(value), 4)
