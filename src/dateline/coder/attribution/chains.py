"""Which attribution the words of a report stand inside, asked many times of many attributions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import accumulate

from dateline.model import Attribution

PUBLISHER_VOICE = "a0"


class Credited:
    """The attributions of one report by the offsets of their contents."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._parents = {a.id: a.parent for a in attributions}
        self._chains: dict[str | None, tuple[str, ...]] = {None: (PUBLISHER_VOICE,)}
        spans = sorted((s.start, s.end) for a in attributions for s in a.content)
        self._starts = [start for start, _ in spans]
        self._furthest = list(accumulate((end for _, end in spans), max))
        self._bounds, self._innermost = _innermost(attributions)

    def chain(self, offset: int) -> tuple[str, ...]:
        """Who says what stands at the offset, outermost first; it always begins with the publisher."""
        at = bisect_right(self._bounds, offset) - 1
        innermost = self._innermost[at] if at >= 0 else None
        if innermost not in self._chains:
            chain: list[str] = []
            name = innermost
            while name is not None and name not in chain:
                chain.append(name)
                name = self._parents.get(name)
            self._chains[innermost] = (PUBLISHER_VOICE, *reversed(chain))
        return self._chains[innermost]

    def is_told(self, start: int, end: int) -> bool:
        """Somebody is credited with words at ``[start, end)``."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._furthest[before - 1] > start


def _innermost(attributions: Sequence[Attribution]) -> tuple[list[int], list[str | None]]:
    """The offsets at which the innermost attribution changes, and its id from there on.

    The innermost is the one with the least content; of equals, the first.
    """
    opening: list[tuple[int, int, int, int]] = []
    for order, attribution in enumerate(attributions):
        size = sum(s.end - s.start for s in attribution.content)
        opening += [(s.start, size, order, s.end) for s in attribution.content]
    opening.sort()
    bounds = sorted({offset for start, _, _, end in opening for offset in (start, end)})
    names: list[str | None] = []
    open_now: list[tuple[int, int, int]] = []
    at = 0
    for bound in bounds:
        while at < len(opening) and opening[at][0] == bound:
            _, size, order, end = opening[at]
            heappush(open_now, (size, order, end))
            at += 1
        while open_now and open_now[0][2] <= bound:
            heappop(open_now)
        names.append(attributions[open_now[0][1]].id if open_now else None)
    return bounds, names
