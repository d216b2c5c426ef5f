"""Publication dates: ISO 8601, checked against the calendar."""

from __future__ import annotations

import calendar
import re
from datetime import datetime

from dateline.errors import IntakeError

_FORM = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?P<time>[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s?(?:[Zz]|[+-]\d{2}(?::?\d{2})?)?)?)?)?",
    re.ASCII,
)
_MEND = "write it as 2020-01-19, 2020-01-19T14:30:00+01:00, 2020-01 or 2020"


def check_published(value: str, what: str = "publication date") -> str:
    """A year, month, day or time in ISO 8601, unchanged but for surrounding space and the "T" before a time.

    Raises :class:`IntakeError`, which names the value and the mend, for anything else and for days that do not exist.
    ``what`` is the name of the value in that error.
    """
    given = value.strip()
    match = _FORM.fullmatch(given)
    if match is None:
        raise IntakeError(f"the {what} {value[:60]!r} is not in a form that is safe to read", _MEND)
    year, month, day = int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)
    if year == 0:
        raise IntakeError(f"the {what} {given!r} has no year", _MEND)
    if not 1 <= month <= 12:
        raise IntakeError(f"the {what} {given!r} has month {match['month']}", "months are 01 to 12")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise IntakeError(
            f"the {what} {given!r} is no day of the calendar",
            f"{calendar.month_name[month]} {year} has the days 01 to {days}",
        )
    if match["time"] is None:
        return given
    date, time = given[:10], given[11:].replace(" ", "").replace(",", ".").upper()
    try:
        datetime.fromisoformat(f"{date}T{time}")
    except ValueError as error:
        raise IntakeError(
            f"the {what} {given!r} has no such time of day", "write hours 00 to 23 and minutes 00 to 59"
        ) from error
    return f"{date}T{time}"
