"""Arithmetic on the (proleptic Gregorian) calendar that dates in words need."""

from __future__ import annotations

from datetime import date, timedelta

SEASONS = {"spring": ("SP", 21), "summer": ("SU", 22), "autumn": ("FA", 23), "fall": ("FA", 23), "winter": ("WI", 24)}
"""Word to TIMEX3 code and EDTF season."""

SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The month in which a season begins (meteorological, northern)."""


def valid_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift_days(day: date, days: int) -> date | None:
    """The day so many days on, or None past the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month so many months on."""
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def weekday_on_or_before(day: date, weekday: int) -> date | None:
    """The last such weekday (Monday is 0) up to and including the day."""
    return shift_days(day, -((day.weekday() - weekday) % 7))


def weekday_on_or_after(day: date, weekday: int) -> date | None:
    """The next such weekday (Monday is 0) from the day on, the day included."""
    return shift_days(day, (weekday - day.weekday()) % 7)


def monday_of(day: date) -> date:
    """The Monday of the day's ISO week."""
    return shift_days(day, -day.weekday()) or day


def week_value(day: date) -> str:
    """The ISO week of the day, as TIMEX3 writes it: ``1998-W08``."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def quarter_of(month: int) -> int:
    """1 to 4."""
    return (month - 1) // 3 + 1


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday of the month; -1 is the last."""
    if nth > 0:
        first = weekday_on_or_after(date(year, month, 1), weekday)
        return first and shift_days(first, 7 * (nth - 1))
    next_year, next_month = shift_months(year, month, 1)
    if next_year > 9999:
        return None
    last = shift_days(date(next_year, next_month, 1), -1)
    return last and weekday_on_or_before(last, weekday)
