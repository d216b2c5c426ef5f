"""How sources and pages are asked for: as robots.txt lets be, no faster than a host wants."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from dateline.intake.fetch import Fetched, Fetcher, Pace, Robots

MOST_DELAY = 60.0
"""Seconds between two requests that a host may ask for (``Crawl-delay``)."""


class Polite:
    """A fetcher that keeps the rules of hosts. ``pace`` is the fetcher's own."""

    def __init__(self, fetcher: Fetcher, robots: Robots, pace: Pace) -> None:
        self._fetcher, self._robots, self._pace = fetcher, robots, pace

    def allows(self, url: str) -> bool:
        """Whether the host of an address lets it be asked for. Raises :class:`~dateline.intake.fetch.FetchError`."""
        return self._robots.allows(url)

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What an address gives. Raises :class:`~dateline.intake.fetch.FetchError`."""
        try:
            return self._fetcher.get(url, etag=etag, modified=modified)
        finally:
            delay, host = self._robots.delay(url), urlsplit(url).hostname
            if delay and host:
                self._pace.hold(host, min(delay, MOST_DELAY))
