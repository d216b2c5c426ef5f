"""How often somebody may ask: a bucket of requests for each, which fills up again with time."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from math import ceil
from threading import Lock

from dateline.errors import TooManyError

MOST = 10_000
"""Buckets that are kept; the one that was least lately used gives way. It would soon be full again."""


class Buckets:
    """Each has room for ``burst`` requests and gets ``a_second`` new ones."""

    def __init__(self, burst: int, a_second: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._rate, self._clock = burst, a_second, clock
        self._held: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, who: Hashable) -> None:
        """Take one request out. Raises :class:`TooManyError` with the seconds to wait where none is left."""
        with self._lock:
            now = self._clock()
            left, since = self._held.pop(who, (float(self._burst), now))
            left = min(self._burst, left + (now - since) * self._rate)
            self._held[who] = (left - 1 if left >= 1 else left, now)
            if len(self._held) > MOST:
                self._held.popitem(last=False)
        if left < 1:
            wait = ceil((1 - left) / self._rate)
            raise TooManyError(f"that was too much in too short a time; wait {wait} seconds and try again", wait)
