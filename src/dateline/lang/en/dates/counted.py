"""Dates counted from the date behind them: "the day after Thanksgiving", "two weeks before 3 May"."""

from __future__ import annotations

import re

from dateline.lang.dates import calendar
from dateline.lang.dates.reading import Reading, of_day, of_month, of_week, of_year
from dateline.lang.en.dates.words import EXACT_NUMBER, GAP, JOIN, UNIT, number_value, unit_name

COUNTED_FROM = re.compile(
    rf"(?:(?:the{GAP})?(?P<next>day|night)|(?P<number>{EXACT_NUMBER}){JOIN}(?P<unit>{UNIT})){GAP}"
    rf"(?P<way>before|after|prior{GAP}to|following){GAP}",
    re.IGNORECASE,
)


def count_from(match: re.Match[str], behind: Reading) -> Reading | None:
    """The reading of a match of :data:`COUNTED_FROM` before a phrase, or None where that phrase is no day."""
    day = behind.moment.day_date if behind.moment is not None else None
    number = number_value(match["number"]) if match["number"] else 1
    if day is None or behind.timex_type != "DATE" or number is None or number != int(number):
        return None
    steps = int(number) * (1 if match["way"].lower() in ("after", "following") else -1)
    basis = f"“{match[0].strip().lower()}” a date ({day}): {behind.basis}"
    unit = unit_name(match["unit"] or "day")
    if unit == "day":
        return of_day(calendar.shift_days(day, steps), basis)
    if unit == "week":
        shifted = calendar.shift_days(day, 7 * steps)
        return None if shifted is None else of_week(shifted, basis)
    if unit == "month":
        return of_month(*calendar.shift_months(day.year, day.month, steps), basis)
    return of_year(day.year + steps, basis) if unit == "year" else None
