"""From pairwise chances to events: average-link clustering that keeps conflicts and people's decisions.

Two groups are joined while the mean chance over their pairs is high enough, the surest first (Sokal and Michener 1958).
The outcome depends on the set of mentions alone: ties are broken by ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

import numpy as np

Pair = tuple[str, str]
Score = Callable[[str, str], float | None]


def cluster(
    ids: Iterable[str],
    score: Score,
    threshold: float,
    same: Sequence[Pair] = (),
    different: Sequence[Pair] = (),
    subjects: Collection[str] = (),
) -> tuple[tuple[str, ...], ...]:
    """The groups of mentions that are one event, each sorted, in order of their first members.

    ``same`` and ``different`` are people's decisions, the oldest first: they outrank every score and every conflict.
    Where decisions contradict one another, a pair that was called different stays apart, and newer ones go first.

    What reports are about (``subjects``) is joined first, by itself: other mentions tell less of their event, and would
    draw the means down.
    """
    order = sorted(set(ids))
    groups = _decided(order, same, different)
    number = len(groups)
    of = {id: n for n, members in enumerate(groups) for id in members}
    apart = np.zeros((number, number), dtype=bool)
    total = np.zeros((number, number))
    for n, first in enumerate(order):
        for second in order[n + 1 :]:
            a, b = of[first], of[second]
            if a == b:
                continue
            found = score(first, second)
            if found is None:
                # Where people put mentions together, they did so whatever speaks against it; then nothing is a bar.
                if len(groups[a]) == len(groups[b]) == 1:
                    apart[a, b] = apart[b, a] = True
            else:
                total[a, b] += found
                total[b, a] += found
    for first, second in different:
        if first in of and second in of:
            apart[of[first], of[second]] = apart[of[second], of[first]] = True
    about = [n for n, group in enumerate(groups) if any(id in subjects for id in group)]
    begun = _Groups([len(group) for group in groups], total, apart)
    begun.join(threshold, about)
    begun.join(threshold, range(number))
    return tuple(sorted(tuple(sorted(id for n in members for id in groups[n])) for members in begun.members if members))


def all_but_apart(ids: Iterable[str], same: Sequence[Pair], different: Sequence[Pair]) -> tuple[tuple[str, ...], ...]:
    """One group of all mentions, but for those that people called different: each goes to the first group it may."""
    apart: defaultdict[str, set[str]] = defaultdict(set)
    for first, second in different:
        apart[first].add(second)
        apart[second].add(first)
    groups: list[list[str]] = []
    for block in _decided(sorted(ids), same, different):
        barred = set().union(*(apart[id] for id in block if id in apart))
        fitting = next((group for group in groups if not barred or barred.isdisjoint(group)), None)
        if fitting is None:
            groups.append(list(block))
        else:
            fitting += block
    return tuple(sorted(tuple(sorted(group)) for group in groups))


def _decided(order: Sequence[str], same: Sequence[Pair], different: Sequence[Pair]) -> list[list[str]]:
    """The mentions that people put together; the others alone."""
    group = {id: [id] for id in order}
    apart = {frozenset(pair) for pair in different}
    for first, second in reversed(same):
        if first in group and second in group and group[first] is not group[second]:
            a, b = group[first], group[second]
            if not any(frozenset((x, y)) in apart for x in a for y in b):
                a += b
                group |= dict.fromkeys(b, a)
    return sorted({id(members): sorted(members) for members in group.values()}.values())


class _Groups:
    """Groups of numbered things that are joined step by step.

    ``total`` holds the sums of chances over the pairs of two groups [n, n], ``apart`` the conflicts [n, n].
    """

    def __init__(self, sizes: Sequence[int], total: np.ndarray, apart: np.ndarray) -> None:
        self.members = [[n] for n in range(len(sizes))]
        self._size = np.array(sizes, dtype=float)
        self._total = total
        self._apart = apart

    def join(self, threshold: float, among: Iterable[int]) -> None:
        """Join the likeliest two of some groups, again and again, while their mean chance reaches the threshold."""
        open_ = np.zeros(len(self.members), dtype=bool)
        open_[[n for n in among if self.members[n]]] = True
        mean = np.full(self._total.shape, -1.0)
        for n in np.flatnonzero(open_):
            mean[n] = self._means(int(n), open_)
        while open_.sum() > 1:
            # The first of the highest: groups stand in order of their first members, so a tie goes to the smaller ids.
            a, b = divmod(int(np.argmax(mean)), len(self.members))
            if mean[a, b] < threshold:
                break
            self.members[a] += self.members[b]
            self.members[b] = []
            self._size[a] += self._size[b]
            self._total[a] += self._total[b]
            self._total[:, a] = self._total[a]
            self._apart[a] |= self._apart[b]
            self._apart[:, a] = self._apart[a]
            open_[b] = False
            mean[b], mean[:, b] = -1.0, -1.0
            mean[a] = self._means(a, open_)
            mean[:, a] = mean[a]

    def _means(self, n: int, open_: np.ndarray) -> np.ndarray:
        """The mean chances between a group and the others; -1 where they may not be joined."""
        means: np.ndarray = np.round(self._total[n] / (self._size[n] * self._size), 9)
        means[self._apart[n] | ~open_] = -1.0
        means[n] = -1.0
        return means
