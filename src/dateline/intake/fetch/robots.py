"""What a host lets programs ask for, as it says in its robots.txt (RFC 9309)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from protego import Protego

from dateline.intake.fetch.address import checked
from dateline.intake.fetch.error import FetchError

if TYPE_CHECKING:
    from dateline.intake.fetch.fetcher import Fetcher

AGENT = "dateline"
"""What we are called in such a file."""

LARGEST = 500 * 1024
"""Bytes of such a file that are read."""

FRESH_SECONDS = 24 * 3600.0
"""For how long one is believed; one that could not be had, for an hour."""

_NOTHING = "User-agent: *\nDisallow: /"


class Robots:
    """The rules of hosts, each fetched once a day by the fetcher itself.

    A host without such a file (404 and the like) lets everything be asked for; one whose file cannot be had (5xx) lets
    nothing be. Where none can be connected to, :class:`FetchError` says so.
    """

    def __init__(self, fetcher: Fetcher, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._known: dict[str, tuple[float, Protego]] = {}
        self._lock = threading.Lock()

    def allows(self, url: str) -> bool:
        """Whether the host lets an address be asked for. Raises :class:`FetchError` where nothing answers there."""
        return bool(self._rules(url).can_fetch(url, AGENT))

    def delay(self, url: str) -> float | None:
        """The seconds between two requests that the host of an address asks for, where it does."""
        told = self._rules(url).crawl_delay(AGENT)
        return None if told is None else float(told)

    def check(self, url: str) -> None:
        """Raise :class:`FetchError` where the host does not let an address be asked for."""
        if not self.allows(url):
            raise FetchError(
                "its host does not let programs ask for it (robots.txt)",
                "give the address by itself, or open it in a browser, save the page, and give the file",
            )

    def _rules(self, url: str) -> Protego:
        home = str(checked(url, self._fetcher.allowed).copy_with(raw_path=b"/robots.txt"))
        with self._lock:
            until, rules = self._known.get(home, (float("-inf"), None))
        if rules is None or self._clock() >= until:
            text, seconds = self._fetch(home)
            rules = Protego.parse(text)
            with self._lock:
                self._known[home] = self._clock() + seconds, rules
        return rules

    def _fetch(self, home: str) -> tuple[str, float]:
        try:
            data = self._fetcher.get(home).data[:LARGEST]
        except FetchError as error:
            if error.status is None:
                raise  # nothing answered: that is the fault to tell, and it may be over in a minute
            gone = 400 <= error.status < 500 and error.status != 429
            return ("", FRESH_SECONDS) if gone else (_NOTHING, FRESH_SECONDS / 24)
        return data.decode("utf-8", "replace").removeprefix("\ufeff"), FRESH_SECONDS
