"""Times as web archives have them."""

from __future__ import annotations

from datetime import UTC, datetime


def in_utc(*told: str) -> str:
    """The first of some times that is one, in UTC and to the second ("2024-05-01T12:00:00Z"); else the epoch's."""
    for time in told:
        try:
            found = datetime.fromisoformat(time)
        except ValueError:
            continue
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return "1970-01-01T00:00:00Z"


def in_digits(time: str) -> str:
    """A time of :func:`in_utc` in fourteen digits, as indexes have it."""
    return "".join(filter(str.isdigit, time))
