"""Events dated by their distance from another: "withdrew on Sunday, a day after an airstrike hit its hospital"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from dateline.coder.syntax.model import Parse
from dateline.lang.dates import calendar, edtf
from dateline.lang.en.placing.dates import (
    COUNTED_FROM,
    COUNTED_ON,
    attached_dates,
    counting_words,
    is_of_clause,
    is_of_word,
    may_date,
)
from dateline.model import Date

if TYPE_CHECKING:
    from spacy.tokens import Token

_LENGTH = re.compile(r"P(\d{1,3})([DWMY])")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def counted_date(parse: Parse, trigger: Token, dates: Sequence[Date]) -> Date | None:
    """The date of an event in the clause behind "three days after", from the date of the clause before it."""
    for word, main in counting_words(trigger):
        length = _length_before(parse, word, dates)
        day = _day_of(parse, main, dates) if length is not None else None
        if length is None or day is None:
            continue
        found = _counted(parse, length, word, day)
        if found is not None:
            return found
    return None


def _length_before(parse: Parse, word: Token, dates: Sequence[Date]) -> Date | None:
    """The number of days, weeks, months or years right before the word, or before "on from"."""
    at = bisect_left(dates, word.idx, key=lambda d: d.start) - 1
    if at < 0:
        return None
    length = dates[at]
    exact = length.timex_type == "DURATION" and _LENGTH.fullmatch(length.timex_value or "")
    between = parse.report.text[length.end : word.idx].strip().lower()
    adjacent = between in COUNTED_ON if word.lower_ == "from" else not between
    return length if exact and adjacent else None


def _day_of(parse: Parse, verb: Token, dates: Sequence[Date]) -> str | None:
    """The one day that a sentence gives to its verb."""
    allowed = [
        d
        for d in attached_dates(verb.sent, dates)
        if d.date.precision == "day" and parse.in_one_quotation(verb, d.root) and may_date(verb, d)
    ]
    days = {d.date.edtf for d in allowed if is_of_word(verb, d) or is_of_clause(verb, d)}
    value = days.pop() if len(days) == 1 else None
    return value if value is not None and _DAY.fullmatch(value) else None


def _counted(parse: Parse, length: Date, word: Token, day: str) -> Date | None:
    """The date so far before or after a day; None outside the calendar."""
    exact = _LENGTH.fullmatch(length.timex_value or "")
    if exact is None:
        return None
    number, unit = int(exact[1]) * COUNTED_FROM[word.lower_], exact[2]
    start, end = length.start, word.idx + len(word)
    quote = parse.report.text[start:end]
    basis = f"“{quote}” it came what happened on {day}"
    main = date.fromisoformat(day)
    if unit in "MY":
        return _month(
            start, end, quote, basis, calendar.shift_months(main.year, main.month, number * (12 if unit == "Y" else 1))
        )
    found = calendar.shift_days(main, number * (7 if unit == "W" else 1))
    if found is None:
        return None
    if unit == "W":
        monday = calendar.monday_of(found)
        week = edtf.interval(monday, calendar.shift_days(monday, 6) or monday)
        return Date(start, end, quote, week, "week", basis, "DATE", calendar.week_value(found))
    return Date(start, end, quote, edtf.day(found), "day", basis, "DATE", edtf.day(found))


def _month(start: int, end: int, quote: str, basis: str, month: tuple[int, int]) -> Date | None:
    """About that month: an anniversary is kept on the day or near it."""
    if not 1 <= month[0] <= 9999:
        return None
    value = f"{month[0]:04}-{month[1]:02}"
    return Date(start, end, quote, edtf.approximate(value), "month", basis, "DATE", value)
