"""Feast days by their names: "Christmas", "last Thanksgiving", "New Year's Eve 2019"; the list is ``dates.feasts``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from dateline.errors import LexiconError, Problem
from dateline.lang.dates import calendar
from dateline.lang.dates.reading import Context, Reading, Rule, no_publication, of_day, rule, unresolved
from dateline.lang.en.dates.absolute import step_number, year_window
from dateline.lang.en.dates.words import (
    APOSTROPHE,
    GAP,
    MONTHS,
    PART_OF_DAY,
    PARTS_OF_DAY,
    WEEKDAY_NAME,
    YEAR,
    month_number,
    ordinal_number,
    weekday_number,
    words,
    year_number,
)
from dateline.lang.lexicon import Made, Table, table

FEASTS: Table[str] = table("dates.feasts")
LEAP_YEAR = 2024
"""Some year that has every day."""
_DAY = re.compile(r"(?P<day>\d{1,2}) (?P<month>[a-z]+)")
_WEEKDAY = re.compile(rf"(?P<nth>[a-z]+) (?P<weekday>{WEEKDAY_NAME}) of (?P<month>[a-z]+)")
_BY_EASTER = re.compile(r"(?:(?P<days>\d{1,2}) days? (?P<way>before|after) )?(?P<orthodox>orthodox )?easter")
_LISTED = re.compile(r"\d{4}-\d\d-\d\d(?: \d{4}-\d\d-\d\d)*")
_IN_A_NAME = re.compile(r"\s+(?:[A-Z]|eggs?\b|trees?\b)")
"""What comes behind a feast's name that is part of another one ("Easter Island", "the Good Friday Agreement")."""
_SET_APART = re.compile(r"\b(?:at|on|over|during|since|by|for|of|until|till|before|after|and|to|from|around)\s+$", re.I)
_YEAR_BEFORE = re.compile(rf"\b(?P<year>{YEAR})\s+$")
_YEAR_BEHIND = re.compile(rf"\s+[a-z]+\s+(?:of|in)\s+(?P<year>{YEAR})")
DayIn = Callable[[int], date | None]
"""A feast's day in a year; None in a year for which it is not known."""


def _key(name: str) -> str:
    """A name without what writers vary: articles, apostrophes, full stops, "junior"."""
    plain = re.sub(APOSTROPHE, "", name.lower())
    return " ".join(word for word in words(plain) if word not in ("the", "jr"))


def _fault(name: str, what: str, mend: str) -> LexiconError:
    file, _, line = FEASTS.source(name).rpartition(":")
    return LexiconError([Problem(file, int(line), f"{name}: {what}", mend)])


def _when(name: str) -> DayIn:
    """The days of a feast, from what the list says of it."""
    said = FEASTS[name]
    if (match := _DAY.fullmatch(said)) and match["month"] in MONTHS:
        month, number = month_number(match["month"]), int(match["day"])
        if calendar.valid_day(LEAP_YEAR, month, number) is not None:
            return lambda year: calendar.valid_day(year, month, number)
    if (match := _WEEKDAY.fullmatch(said)) and match["month"] in MONTHS:
        of, weekday, nth = month_number(match["month"]), weekday_number(match["weekday"]), ordinal_number(match["nth"])
        if nth is not None:
            return lambda year: calendar.nth_weekday(year, of, weekday, nth)
    if match := _BY_EASTER.fullmatch(said):
        days = int(match["days"] or 0) * (-1 if match["way"] == "before" else 1)
        way = EASTER_ORTHODOX if match["orthodox"] else EASTER_WESTERN
        return lambda year: calendar.shift_days(easter(year, way), days) if year in _EASTERS else None
    if _LISTED.fullmatch(said):
        try:
            listed = {day.year: day for day in map(date.fromisoformat, said.split())}
        except ValueError as error:
            raise _fault(name, f"dates.feasts says {said!r} of it: {error}.", _MEND) from None
        return listed.get
    raise _fault(name, f"dates.feasts says {said!r} of it.", _MEND)


_EASTERS = range(1583, 4100)
"""The years for which Easter is worked out."""
_MEND = "Write `25 december`, `last monday of may`, `2 days before easter` or days such as `2024-10-31 2025-10-20`."


def _by_key() -> Mapping[str, DayIn]:
    return {_key(name): _when(name) for name in FEASTS}


_FEAST_DAYS = Made(_by_key)


def _pattern(name: str) -> str:
    """A pattern for a name as the list has it, in any of the ways it is written."""
    word = re.compile(rf"(?P<stem>[^\W_]+)(?P<mark>\.|{APOSTROPHE})?(?P<rest>[^\W_]*)")
    found = []
    for part in name.split():
        match = word.fullmatch(part)
        if match is None:
            raise _fault(name, f"`{part}` is no word.", "Write letters, digits, full stops and apostrophes.")
        mark = r"\.?" if match["mark"] == "." else f"{APOSTROPHE}?" if match["mark"] else ""
        found.append(re.escape(match["stem"]) + mark + re.escape(match["rest"]))
    return GAP.join(found)


def _holiday(match: re.Match[str], context: Context) -> Reading | None:
    """A feast day by its name, in the year that is written or follows from publication."""
    holiday = re.sub(r"^the\s+", "", match["holiday"])
    part = PARTS_OF_DAY.get((match["part"] or "").lower())
    told_apart = match["step"] or match["year"] or part or not context.before or _SET_APART.search(context.before)
    if not holiday[:1].isupper() or _IN_A_NAME.match(context.after):
        return None
    if len(holiday.split()) == 1 and not told_apart:
        return None  # "a Christmas song", "the Easter attacks": a kind of thing, or another name
    day_in = _FEAST_DAYS()[_key(match["holiday"])]
    published = context.published
    if said := match["year"] or _year_beside(context):
        year = year_number(said)
        return of_day(day_in(year), "the feast day of the year written", part=part) if year else None
    if published is None:
        return unresolved("DATE", _without_year(day_in), "day", no_publication("a date without a year"))
    days = [day for n in (-1, 0, 1) if (day := day_in(published.year + n)) is not None]
    if match["step"] or match["other_year"]:
        step = step_number(match["step"] or match["other_year"])
        if match["other_year"] or not step:
            days = [d for d in days if d.year == published.year + step]
        else:
            days = [d for d in days if d < published][-1:] if step < 0 else [d for d in days if d > published][:1]
        return of_day(days[0], f"“{match[0]}”, from publication ({published})", part=part) if days else None
    behind, ahead, why = year_window(context)
    near = [d for d in days if -behind <= (d - published).days <= ahead]
    if not near:
        return unresolved("DATE", None, "day", "a feast day of a year for which it is not known")
    nearest = min(near, key=lambda d: (abs((d - published).days), d))
    return of_day(nearest, f"a feast day: {why.format(published)}", part=part)


def _year_beside(context: Context) -> str | None:
    """The year of “the 2019 Easter Sunday bombings”, “the Easter Sunday bombings of 2019”."""
    found = _YEAR_BEFORE.search(context.before) or _YEAR_BEHIND.match(context.after)
    return found["year"] if found else None


def _without_year(day_in: DayIn) -> str | None:
    """“XXXX-12-25” for a feast that has one day every year, “XXXX-11-XX” for one that has one month."""
    days = [day for year in range(LEAP_YEAR, LEAP_YEAR + 12) if (day := day_in(year)) is not None]
    months = {day.month for day in days}
    if len(months) != 1:
        return None
    numbers = {day.day for day in days}
    return f"XXXX-{months.pop():02}-" + (f"{numbers.pop():02}" if len(numbers) == 1 else "XX")


def _rules() -> tuple[Rule, ...]:
    _FEAST_DAYS()  # a line of the list that says no day is told before any text is read
    names = "|".join(_pattern(name) for name in sorted(FEASTS, key=lambda name: (-len(name), name)))
    pattern = (
        rf"(?P<step>(?:last|this|next){GAP})?(?P<holiday>{names})(?:,?{GAP}(?P<year>{YEAR})|,?{GAP}(?P<other_year>(?:this|last|next){GAP}year)\b)?"
        rf"(?:{GAP}(?P<part>{PART_OF_DAY}))?"
    )
    return (rule("feast day", pattern, _holiday),)


RULES = Made(_rules)
