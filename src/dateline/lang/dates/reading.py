"""What a rule makes of a phrase, and what it may look at to do so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, replace
from datetime import date

from dateline.lang.dates import calendar, edtf
from dateline.model import DatePrecision, TimexType

WRITTEN = "as written"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point that later phrases ("the same day", "a year earlier") can lean on, as exact as it was said."""

    year: int
    month: int | None = None
    day: int | None = None
    quarter: int | None = None

    @property
    def day_date(self) -> date | None:
        """The day, where the moment is one."""
        if self.month is None or self.day is None:
            return None
        return calendar.valid_day(self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Reading:
    """The meaning of a phrase. ``value`` is the TIMEX3 value; ``moment`` is None where nothing can lean on it.

    ``same_as_later`` asks to be given the day that the same sentence names further on ("the same day when ... spoke
    on Friday").
    """

    timex_type: TimexType
    value: str | None
    edtf: str | None
    precision: DatePrecision
    basis: str
    moment: Moment | None = None
    same_as_later: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """Where a phrase stands: the publication day, the tense of its clause, and what was said before."""

    published: date | None
    before: str
    """Up to 40 characters before the phrase."""
    after: str
    """Up to 40 characters behind it."""
    tense: Callable[[], str | None]
    """"past", "present", "future" or None; asked only where the answer matters, because it costs."""
    previous: Moment | None = None
    """The date said last."""
    last_day: date | None = None
    """The day said last, also where a month or year was said since, and further back than ``previous``."""
    quarter: Moment | None = None
    """The quarter said last."""

    @property
    def previous_day(self) -> date | None:
        """The date said last, where that was as exact as a day."""
        return None if self.previous is None else self.previous.day_date


Handler = Callable[["re.Match[str]", Context], Reading | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what to make of it; the handler returns None where the words are no date after all."""

    name: str
    pattern: re.Pattern[str]
    read: Handler


def rule(name: str, pattern: str, read: Handler) -> Rule:
    """Compile a rule: case is ignored and the phrase must end with the word."""
    return Rule(name, re.compile(rf"(?:{pattern})(?!\w)", re.IGNORECASE), read)


@dataclass(frozen=True, slots=True)
class DatePhrases:
    """What a language brings for dates: its rules, and what makes looking for them cheap.

    Of two rules that match phrases of one length the first wins. Every phrase holds one of the ``heads``, a number of
    four digits, or one with a mark behind it, and begins with one of the ``starts`` or a number. ``counted`` matches
    what counts from the date behind it ("two weeks before"), and ``count_from`` reads it with the reading of that date.
    """

    rules: tuple[Rule, ...]
    heads: Set[str]
    starts: Set[str]
    counted: re.Pattern[str]
    count_from: Callable[[re.Match[str], Reading], Reading | None]
    any_rule: re.Pattern[str]
    """Whether any rule can match: most candidates fail, and one pattern says so sooner than each in turn."""
    word: re.Pattern[str] = re.compile(r"\d+|[A-Za-z]+")
    """What is looked up among ``heads`` and ``starts``."""

    @classmethod
    def of(
        cls,
        rules: Iterable[Rule],
        heads: Set[str],
        starts: Set[str],
        counted: re.Pattern[str],
        count_from: Callable[[re.Match[str], Reading], Reading | None],
    ) -> DatePhrases:
        """The phrases of these rules."""
        kept = tuple(rules)
        plain = (re.sub(r"\(\?P<\w+>", "(?:", r.pattern.pattern).replace("(?P=mark)", "[/.-]") for r in kept)
        any_rule = re.compile("|".join(plain), re.IGNORECASE)
        return cls(kept, heads, starts, counted, count_from, any_rule)


def unresolved(timex_type: TimexType, value: str | None, precision: DatePrecision, basis: str) -> Reading:
    """A phrase whose day, month or year the text does not give."""
    return Reading(timex_type, value, None, precision, basis)


def of_day(day: date | None, basis: str, *, part: str | None = None) -> Reading:
    """One day, or a part of it ("MO", "AF", "EV", "NI")."""
    if day is None:
        return unresolved("DATE", None, "unknown", "outside the calendar")
    moment = Moment(day.year, day.month, day.day)
    if part:
        return Reading("TIME", f"{day.isoformat()}T{part}", edtf.day(day), "day", basis, moment)
    return Reading("DATE", day.isoformat(), edtf.day(day), "day", basis, moment)


def of_clock(day: date | None, hour: int, minute: int | None, basis: str) -> Reading:
    """A time of a day; without a day the time stays the time of an unknown day."""
    value = f"T{hour:02}:{minute or 0:02}"
    if day is None:
        return unresolved("TIME", f"XXXX-XX-XX{value}", "time", basis)
    moment = Moment(day.year, day.month, day.day)
    if hour == 24:  # TIMEX3 writes midnight at the end of the day; EDTF knows hours up to 23
        return Reading("TIME", f"{day.isoformat()}{value}", edtf.day(day), "day", basis, moment)
    return Reading("TIME", f"{day.isoformat()}{value}", f"{edtf.day(day)}{value}:00", "time", basis, moment)


def of_week(day: date, basis: str) -> Reading:
    """The ISO week that holds the day."""
    monday = calendar.monday_of(day)
    sunday = calendar.shift_days(monday, 6) or day
    return Reading("DATE", calendar.week_value(day), edtf.interval(monday, sunday), "week", basis)


def of_weekend(saturday: date, basis: str, *, part: str | None = None) -> Reading:
    """A Saturday and the Sunday after it."""
    sunday = calendar.shift_days(saturday, 1) or saturday
    value = f"{calendar.week_value(saturday)}-WE{'T' + part if part else ''}"
    return Reading("DATE", value, edtf.interval(saturday, sunday), "days", basis)


def of_month(year: int, month: int, basis: str) -> Reading:
    """A month of a year."""
    if not 1 <= year <= 9999:
        return unresolved("DATE", None, "unknown", "outside the calendar")
    value = f"{year:04}-{month:02}"
    return Reading("DATE", value, value, "month", basis, Moment(year, month))


def of_quarter(year: int, quarter: int, basis: str) -> Reading:
    """A quarter of a year (EDTF codes 33 to 36, in one list with the seasons and so of their precision)."""
    if not 1 <= year <= 9999:
        return unresolved("DATE", None, "unknown", "outside the calendar")
    moment = Moment(year, quarter=quarter)
    return Reading("DATE", f"{year:04}-Q{quarter}", f"{year:04}-{32 + quarter}", "season", basis, moment)


def of_season(year: int, season: str, basis: str) -> Reading:
    """A season, named by its word; winter belongs to the year in which it begins."""
    code, number = calendar.SEASONS[season.lower()]
    return Reading("DATE", f"{year:04}-{code}", f"{year:04}-{number}", "season", basis, Moment(year))


def of_year(year: int, basis: str) -> Reading:
    """A year."""
    if not 1 <= year <= 9999:
        return unresolved("DATE", None, "unknown", "outside the calendar")
    return Reading("DATE", f"{year:04}", f"{year:04}", "year", basis, Moment(year))


def of_decade(first_year: int, basis: str) -> Reading:
    """The ten years from a year that ends in 0."""
    value = f"{first_year // 10:03}X"
    return Reading("DATE", value, value, "decade", basis)


def of_century(number: int, basis: str) -> Reading:
    """The nth century, by its usual digits (the 20th is 19XX)."""
    value = f"{number - 1:02}XX"
    return Reading("DATE", value, value if number > 1 else None, "century", basis)


def approximately(reading: Reading) -> Reading:
    """The same, marked as approximate."""
    if reading.edtf is None:
        return reading
    return replace(reading, edtf=edtf.approximate(reading.edtf), basis=f"{reading.basis}; the text says about")


def no_publication(what: str) -> str:
    """The basis of a phrase that needs the missing publication date."""
    return f"{what}; no publication date"


def from_publication(context: Context, what: str) -> str:
    """The basis of a phrase that is counted from the publication date."""
    return f"{what}, from publication ({context.published})"


def without_anchor(reading: Reading) -> Reading:
    """A quarter that serves as a comparison: what is said next goes on from the quarter it was compared with."""
    return replace(reading, moment=None)
