"""How much one fetch may cost, and what of it is left."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from typing import Self

from dateline.intake.fetch.error import BY_HAND, FetchError
from dateline.intake.limits import LARGEST, Limits


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one fetch, over all its redirects.

    ``wire`` bytes that come over the network, ``bytes`` of what they unpack to, bytes of ``headers`` of one answer;
    ``seconds`` for all of it, of which so many to ``connect`` once; the number of ``redirects``.
    """

    wire: int = 20_000_000
    bytes: int = 20_000_000
    headers: int = 65_536
    seconds: float = 60.0
    connect: float = 10.0
    redirects: int = 10

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not 0 <= value <= LARGEST:
                raise ValueError(f"the limit {field.name} must be from 0 to {LARGEST:,}, not {value!r}")

    @classmethod
    def of(cls, limits: Limits) -> Self:
        """Those that let pass what may be read: as many bytes, packed or not."""
        return cls(wire=limits.bytes, bytes=limits.bytes)


class Budget:
    """What is left of the limits while something is fetched. Each method raises FetchError where it is nothing."""

    def __init__(self, limits: FetchLimits) -> None:
        self.limits = limits
        self.end = time.monotonic() + limits.seconds
        self._wire = 0
        self._head: int | None = 0

    def seconds(self, most: float = float("inf")) -> float:
        """The seconds that are left, at most so many."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise self.late()
        return min(left, most)

    def late(self) -> FetchError:
        """The error for a fetch that took too long."""
        return FetchError(f"it took longer than {self.limits.seconds:g} seconds", BY_HAND)

    def wait(self, seconds: float) -> None:
        """Take no account of seconds in which nothing was asked."""
        self.end += seconds

    def ask(self) -> None:
        """From here on headers come."""
        self._head = 0

    def headed(self) -> None:
        """From here on the body comes."""
        self._head = None

    @property
    def piece(self) -> int:
        """The most bytes to take at once: few while headers come, so that too many of them are seen to be."""
        return 1 << 16 if self._head is None else 1 << 12

    def take(self, size: int) -> None:
        """Count bytes that came."""
        self._wire += size
        if self._head is not None:
            self._head += size
            if self._head > self.limits.headers + self.piece:
                raise FetchError(f"its headers are over the limit of {self.limits.headers:,} bytes", BY_HAND)
        if self._wire > self.limits.wire + self.limits.headers:
            raise too_large(self.limits.wire)


def too_large(limit: int, packed: str = "") -> FetchError:
    """The error for what is larger than the limit; ``packed`` says that it is so only once it is unpacked."""
    return FetchError(
        f"it is over the limit of {limit:,} bytes{packed}",
        "lift the limit with --limit bytes=N, or fetch it with another program and give the file",
    )


_CURRENT: ContextVar[Budget] = ContextVar("budget")


def current() -> Budget:
    """The budget of the fetch that is made here now."""
    return _CURRENT.get()


@contextmanager
def spending(budget: Budget) -> Iterator[Budget]:
    """Whatever is fetched meanwhile, in this thread, is taken from this budget."""
    token = _CURRENT.set(budget)
    try:
        yield budget
    finally:
        _CURRENT.reset(token)
