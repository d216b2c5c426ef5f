"""The dates of feeds: ISO 8601, the form of mails (RFC 822), and what feedparser knows of others."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parsedate_to_datetime

from dateline.errors import IntakeError
from dateline.intake.published import check_published

EARLIEST, LATEST = "1990", "2100"
"""Years outside are a template's nonsense: the beginning of a computer's time, or no time at all."""


def date_of(value: str | None, parsed: Sequence[int] | None = None) -> str | None:
    """A date of a feed in ISO 8601, with the time and zone that it states; None where it names no day.

    A zone that nobody knows is left out rather than taken for another. ``parsed`` is a time in UTC (year, month, day,
    hour, minute, second) that another parser made of it, which goes last.
    """
    found = _iso(value) or _mail(value)
    if found is None and parsed is not None:
        year, month, day, hour, minute, second = parsed[:6]
        found = _iso(f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{min(second, 59):02}Z")
    return found if found is not None and EARLIEST <= found[:4] < LATEST else None


def _iso(value: str | None) -> str | None:
    try:
        return None if not value else check_published(value)
    except IntakeError:
        return None


def _mail(value: str | None) -> str | None:
    if not value:
        return None
    timed = ":" in value
    try:
        when = parsedate_to_datetime(value if timed else f"{value} 00:00:00")
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return when.isoformat() if timed else when.date().isoformat()
