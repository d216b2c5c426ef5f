"""How many requests the workspace answers, and how long that takes: no names, no paths, nothing that was asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from threading import Lock

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds up to which requests are counted together."""


class Measures:
    """Counts of one workspace since it was opened."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, str]] = Counter()
        self._within: Counter[int] = Counter()
        self._seconds = 0.0

    def took(self, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        known = method if method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} else "other"
        with self._lock:
            self._requests[known, f"{status // 100}xx"] += 1
            self._within[bisect_left(BOUNDS, seconds)] += 1
            self._seconds += seconds

    def lines(self) -> Iterator[str]:
        """The counts in the text form of Prometheus."""
        with self._lock:
            requests, within, seconds = dict(self._requests), Counter(self._within), self._seconds
        yield from described("dateline_requests_total", "counter", "Requests answered.")
        for (method, status), number in sorted(requests.items()):
            yield f'dateline_requests_total{{method="{method}",status="{status}"}} {number}'
        yield from described("dateline_request_seconds", "histogram", "Seconds until a request was answered.")
        so_far = 0
        for n, bound in enumerate(BOUNDS):
            so_far += within[n]
            yield f'dateline_request_seconds_bucket{{le="{bound}"}} {so_far}'
        so_far += within[len(BOUNDS)]
        yield f'dateline_request_seconds_bucket{{le="+Inf"}} {so_far}'
        yield f"dateline_request_seconds_sum {seconds:.6f}"
        yield f"dateline_request_seconds_count {so_far}"


def described(name: str, kind: str, words: str) -> Iterator[str]:
    """What a figure is, in the text form of Prometheus."""
    yield f"# HELP {name} {words}"
    yield f"# TYPE {name} {kind}"


def gauges(numbers: Mapping[str, tuple[float, str]]) -> Iterator[str]:
    """Figures of now, each with what it is."""
    for name, (number, words) in numbers.items():
        yield from described(name.partition("{")[0], "gauge", words)
        yield f"{name} {number:g}" if isinstance(number, float) else f"{name} {number}"
