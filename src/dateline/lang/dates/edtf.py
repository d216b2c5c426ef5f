"""Dates as ISO 8601-2 (EDTF) strings: the forms dateline writes, checked and turned into bounds.

Supported: years, months, days and times; unspecified digits (``199X``, ``19XX``, ``2020-XX``, ``XXXX-05-03``);
seasons and quarters (21 to 24 and 33 to 36); ``~``, ``?`` and ``%`` at the end; intervals, also open (``../1990``).
The ``edtf`` package reads more, but costs a fifth of a second to import and checks dates slower than they are found.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.errors import EdtfError

_YEAR = r"(?:\d{4}|\d{3}X|\d\dXX|XXXX)"
_MONTH = r"(?:0[1-9]|1[0-2]|XX)"
_DAY = r"(?:0[1-9]|[12]\d|3[01]|XX)"
_SEASON = r"(?:2[1-4]|3[3-6])"
_CLOCK = r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?"
_SIMPLE = re.compile(
    rf"(?P<year>{_YEAR})(?:-(?P<season>{_SEASON})|-(?P<month>{_MONTH})(?:-(?P<day>{_DAY})(?P<clock>{_CLOCK})?)?)?"
    r"(?P<mark>[~?%])?"
)
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}

Bounds = tuple[date | None, date | None]


def bounds(edtf: str) -> Bounds:
    """The first and last day that the date can mean; None for an end that is open or of an unknown year.

    Uncertainty marks do not widen the bounds. Raises :class:`EdtfError` for what is no EDTF date, such as 31 February.
    """
    if "/" not in edtf:
        return _simple_bounds(edtf)
    left, _, right = edtf.partition("/")
    if left in ("", "..") and right in ("", ".."):
        raise EdtfError(f"{edtf!r} has no end; write the date at one end, as in '1990/..'")
    first = None if left in ("", "..") else _simple_bounds(left)[0]
    last = None if right in ("", "..") else _simple_bounds(right)[1]
    if first is not None and last is not None and first > last:
        raise EdtfError(f"{edtf!r} ends before it begins; write the earlier date first")
    return first, last


def is_valid(edtf: str) -> bool:
    """Whether :func:`bounds` can read the string."""
    try:
        bounds(edtf)
    except EdtfError:
        return False
    return True


def day(value: date) -> str:
    """The EDTF of one day."""
    return value.isoformat()


def interval(first: date, last: date) -> str:
    """The EDTF of the days from ``first`` to ``last``, both included."""
    return day(first) if first == last else f"{day(first)}/{day(last)}"


def before(edtf: str) -> str | None:
    """Every day up to the date's last day, or None where that is unknown."""
    last = bounds(edtf)[1]
    return None if last is None else f"../{_end(edtf)}"


def after(edtf: str) -> str | None:
    """Every day from the date's first day on, or None where that is unknown."""
    first = bounds(edtf)[0]
    return None if first is None else f"{_start(edtf)}/.."


def approximate(edtf: str) -> str:
    """The date marked as approximate, at both ends of an interval."""
    return "/".join(p if p in ("", "..") or p[-1] in "~?%" else f"{p}~" for p in edtf.split("/"))


def _start(edtf: str) -> str:
    return edtf.partition("/")[0]


def _end(edtf: str) -> str:
    return edtf.rpartition("/")[2]


def _simple_bounds(edtf: str) -> Bounds:
    match = _SIMPLE.fullmatch(edtf)
    if match is None or not edtf.isascii():
        raise EdtfError(f"{edtf!r} is not a date in the form 2020, 2020-05, 2020-05-03, 199X, 2020-21 or an interval")
    year, month, month_day = match["year"], match["month"], match["day"]
    if year == "XXXX":
        _check_day_of_any_year(edtf, month, month_day)
        return None, None
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first_year == 0:
        raise EdtfError(f"{edtf!r} is of the year 0, which no supported date can mean")
    if match["season"]:
        start, end = _SEASON_MONTHS[int(match["season"])]
        return date(first_year, start, 1), _last_of_month(last_year, end)
    if month is None or month == "XX":
        if month_day not in (None, "XX"):
            raise EdtfError(f"{edtf!r} has a day of an unknown month; write XX for the day too")
        return date(first_year, 1, 1), date(last_year, 12, 31)
    if month_day is None or month_day == "XX":
        return date(first_year, int(month), 1), _last_of_month(last_year, int(month))
    try:
        return date(first_year, int(month), int(month_day)), date(last_year, int(month), int(month_day))
    except ValueError as error:
        raise EdtfError(f"{edtf!r} is no day of the calendar: {error}") from error


def _check_day_of_any_year(edtf: str, month: str | None, month_day: str | None) -> None:
    if month in (None, "XX"):
        if month_day not in (None, "XX"):
            raise EdtfError(f"{edtf!r} has a day of an unknown month; write XX for the day too")
    elif month_day not in (None, "XX"):
        try:
            date(2000, int(str(month)), int(str(month_day)))  # a leap year: 29 February is a day of some year
        except ValueError as error:
            raise EdtfError(f"{edtf!r} is a day of no year: {error}") from error


def _last_of_month(year: int, month: int) -> date:
    """The last day of the month; months past 12 run into the next year, as winter does."""
    if month > 12:
        year, month = year + 1, month - 12
    if (year, month) >= (9999, 12):
        return date.max
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
