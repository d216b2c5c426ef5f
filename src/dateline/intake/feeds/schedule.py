"""When a source is polled next: what it asks for, within bounds; later and later where it fails.

Nothing here reads a clock or draws a number: both are given.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from dateline.intake.feeds.contents import Rhythm

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0

USUAL = 30 * MINUTE
"""From one poll to the next, where the source asks for nothing."""
LEAST, MOST = 10 * MINUTE, DAY
"""What a source may ask for."""
JITTER = 0.1
"""The part of a wait that may be added to it, so that not all sources are polled at once."""
FIRST_WAIT = 10 * MINUTE
"""After the first failure; each further one doubles it, up to :data:`MOST`."""
LONGEST = 7 * DAY
"""What a server may ask for with ``Retry-After``."""


def next_poll(now: datetime, rhythm: Rhythm, chance: float, fresh: float = 0.0) -> datetime:
    """When to poll after a poll that went well.

    ``fresh`` are the seconds for which the answer says that it holds (``Cache-Control: max-age``); ``chance`` is from 0
    to 1. Hours and days that the source does not want are passed over, unless they are all of them.
    """
    seconds = min(max(rhythm.seconds or USUAL, fresh, LEAST), MOST)
    due = now + timedelta(seconds=seconds * (1 + JITTER * chance))
    wanted = due
    for _ in range(8 * 24):
        if not _is_skipped(wanted, rhythm):
            return wanted
        wanted = wanted.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1, seconds=HOUR * JITTER * chance)
    return due


def _is_skipped(at: datetime, rhythm: Rhythm) -> bool:
    """Whether a source does not want to be polled in an hour, which it counts in GMT."""
    gmt = at.astimezone(UTC)
    return gmt.hour in rhythm.hours or format_datetime(gmt)[:3].lower() in rhythm.days


def after_failure(now: datetime, failures: int, chance: float, retry_after: float | None = None) -> datetime:
    """When to ask again after so many failures in a row: between half and all of a wait that doubles each time.

    Never before the server asked for (``retry_after``, seconds), within a week.
    """
    wait = min(FIRST_WAIT * 2.0 ** min(max(failures - 1, 0), 20), MOST)
    wait *= 0.5 + 0.5 * chance
    return now + timedelta(seconds=max(wait, min(retry_after or 0.0, LONGEST)))


def fresh_for(headers: Iterable[tuple[str, str]]) -> float:
    """The seconds for which an answer says that it holds; 0 where it does not say."""
    for name, value in headers:
        if name == "cache-control":
            for part in value.lower().split(","):
                key, _, seconds = part.strip().partition("=")
                if key == "max-age" and seconds.isascii() and seconds.isdigit():
                    return float(seconds[:9])
    return 0.0
