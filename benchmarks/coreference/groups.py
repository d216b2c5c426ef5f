"""Groups of things that are alike, by average link; and which reports tell of the same story, by their words.

Average link (Sokal and Michener 1958) is worked out along chains of nearest neighbours (Benzécri 1982): the cost grows
with the square of the number of things.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.coreference.mentions import ReportWords

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

NAMES_COUNT = 2.0
"""What a word written as a name or a number counts, beside others: it tells one story of its kind from the next."""

DIGITS = 5
"""Likenesses are compared after so many decimals, so that the last bits of a sum decide nothing."""


def average_link(likeness: NDArray[np.floating]) -> list[tuple[float, tuple[int, ...], tuple[int, ...]]]:
    """What is joined at which mean likeness [n, n], the likest first: (likeness, members, other members)."""
    number = len(likeness)
    near = np.round(np.array(likeness, dtype=np.float64), DIGITS)
    np.fill_diagonal(near, -np.inf)
    members: dict[int, tuple[int, ...]] = {n: (n,) for n in range(number)}
    found = []
    chain: list[int] = []
    for _ in range(number - 1):
        if not chain:
            chain = [next(iter(members))]
        while True:
            last = chain[-1]
            best = int(np.argmax(near[last]))
            # The one before it in the chain wins a tie: else two equally near things would call each other forever.
            if len(chain) > 1 and near[last, chain[-2]] >= near[last, best]:
                break
            chain.append(best)
        a, b = sorted((chain.pop(), chain.pop()))
        found.append((float(near[a, b]), members[a], members[b]))
        x, y = len(members[a]), len(members[b])
        near[a] = (near[a] * x + near[b] * y) / (x + y)
        near[:, a] = near[a]
        near[a, a] = -np.inf
        near[b] = near[:, b] = -np.inf
        members[a] += members.pop(b)
    return sorted(found, key=lambda step: -round(step[0], DIGITS))


def groups(likeness: NDArray[np.floating], least: float) -> NDArray[np.int64]:
    """The number of each thing's group [n], where groups are joined while their mean likeness is at least ``least``."""
    of = np.arange(len(likeness))
    for height, some, others in average_link(likeness):
        if round(height, DIGITS) >= least:
            of[list(others)] = of[some[0]]
    return of


def joined_at(likeness: NDArray[np.floating]) -> Floats:
    """The mean likeness at which the groups of two things were joined [n, n]; 1 for a thing and itself."""
    heights = np.eye(len(likeness), dtype=np.float32)
    for height, some, others in average_link(likeness):
        heights[np.ix_(some, others)] = height
        heights[np.ix_(others, some)] = height
    return heights


def report_likeness(reports: Sequence[ReportWords]) -> Floats:
    """How alike the words of the reports are [n, n], 0 to 1: cosines, each word as long as it is rare among them."""
    where: dict[str, list[int]] = {}
    for n, report in enumerate(reports):
        for word in report.counts:
            where.setdefault(word, []).append(n)
    number = len(reports)
    total = np.zeros((number, number), dtype=np.float64)
    for word, rows in sorted(where.items()):
        rare = log((number + 1) / (len(rows) + 0.5))
        length = [
            (1 + log(reports[n].counts[word])) * rare * (NAMES_COUNT if word in reports[n].names else 1) for n in rows
        ]
        total[np.ix_(rows, rows)] += np.outer(length, length)
    lengths = np.sqrt(np.diag(total)) + 1e-9
    return (total / np.outer(lengths, lengths)).astype(np.float32)


def in_small_groups(likeness: Floats, sizes: Sequence[int], least: float, most: int) -> list[list[int]]:
    """Groups of reports, cut finer where one holds more than ``most`` of what ``sizes`` counts; in order."""
    joined = joined_at(likeness)
    waiting = [(list(range(len(likeness))), least)]
    done: list[list[int]] = []
    while waiting:
        rows, bound = waiting.pop()
        left = set(rows)
        parts = []
        for n in rows:
            if n in left:
                part = [m for m in rows if m in left and (m == n or joined[n, m] >= bound)]
                parts.append(part)
                left -= set(part)
        for part in parts:
            if len(part) == 1 or sum(sizes[n] for n in part) <= most:
                done.append(part)
            else:
                waiting.append((part, _finer(joined[np.ix_(part, part)], bound)))
    return sorted(done)


def _finer(joined: Floats, bound: float) -> float:
    """A bound that takes the group apart: above the least of its likenesses."""
    return max(float(np.nextafter(joined.min(), np.float32(2))), bound)


def consecutive(number: int, most: int) -> list[range]:
    """So many things in runs of at most ``most``."""
    return [range(a, b) for a, b in pairwise([*range(0, number, most), number])]
