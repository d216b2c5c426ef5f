"""What a browser, or a program in one, wrote into a page that it saved: where it was and when it was saved."""

from __future__ import annotations

import re
from datetime import UTC
from email.utils import parsedate_to_datetime

_BEGINNING = 8192  # bytes: it stands before the page or in its first line
_FROM = re.compile(rb"<!--\s*saved from url=\((\d{4})\)(\S+?)\s*-->", re.I)
_SINGLE_FILE = re.compile(
    rb"<!--\s*Page saved with SingleFileZ?\s+url:\s*(\S+)(?:\s+saved date:\s*([^\r\n]{1,120}))?", re.I
)
_DATE = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})")
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s<>\"]+", re.I)


def saved_from(data: bytes) -> tuple[str | None, str | None]:
    """The address that a saved page says it is from, and when it says it was saved (ISO 8601 in UTC), else None."""
    head = data[:_BEGINNING]
    if (match := _SINGLE_FILE.search(head)) is not None:
        return _address(match[1]), _time((match[2] or b"").decode("utf-8", "replace"))
    if (match := _FROM.search(head)) is not None:
        return _address(match[2]), None
    return None, None


def _address(told: bytes) -> str | None:
    found = _ADDRESS.fullmatch(told.decode("utf-8", "replace"))
    return found[0] if found else None


def _time(told: str) -> str | None:
    """The time as browsers write it: Tue Feb 06 2024 10:11:12 GMT+0100 (the name of the zone)."""
    if (match := _DATE.match(told)) is None:
        return None
    try:
        # The order of mails, whose names of months are English wherever the program runs.
        time = parsedate_to_datetime(f"{match[2]} {match[1]} {match[3]} {match[4]}")
        return time.astimezone(UTC).isoformat(timespec="seconds")
    except (TypeError, ValueError, OverflowError):
        return None
