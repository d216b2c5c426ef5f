"""How often one host is asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Pace:
    """So many seconds at least between two requests to one host; hosts do not wait for each other."""

    def __init__(
        self,
        seconds: float = 1.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.seconds = seconds
        self._clock = clock
        self._sleep = sleep
        self._free: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, seconds: float | None = None) -> float:
        """Sleep until the host may be asked, and say for how many seconds that was.

        ``seconds`` to the request after this one, where the host wants another pace; never fewer than its own.
        """
        with self._lock:
            now = self._clock()
            at = max(now, self._free.get(host, now))
            self._free[host] = at + max(self.seconds, seconds or 0.0)
        if at > now:
            self._sleep(at - now)
        return at - now

    def hold(self, host: str, seconds: float) -> None:
        """Ask a host no more for so many seconds, such as it said itself."""
        with self._lock:
            self._free[host] = max(self._free.get(host, 0.0), self._clock() + seconds)
