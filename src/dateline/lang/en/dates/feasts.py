"""Feast days by their names: "Christmas", "last Thanksgiving", "New Year's Eve 2019"; the list is ``dates.feasts``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from dateline.errors import LexiconError, Problem
from dateline.lang.dates import calendar
from dateline.lang.dates.reading import Context, Reading, Rule, of_day, rule, unresolved
from dateline.lang.en.dates.absolute import choose_year, step_number
from dateline.lang.en.dates.words import (
    APOSTROPHE,
    GAP,
    MONTHS,
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


def _key(name: str) -> str:
    """A name without what writers vary: articles, apostrophes, full stops, "junior"."""
    plain = re.sub(APOSTROPHE, "", name.lower())
    return " ".join(word for word in words(plain) if word not in ("the", "jr"))


def _fault(name: str, what: str, mend: str) -> LexiconError:
    file, _, line = FEASTS.source(name).rpartition(":")
    return LexiconError([Problem(file, int(line), f"{name}: {what}", mend)])


def _when(name: str) -> tuple[int, int] | tuple[int, int, int]:
    """Month and day, or month, weekday and which of them, of what the list says ("last monday of may")."""
    said = FEASTS[name]
    match = _DAY.fullmatch(said) or _WEEKDAY.fullmatch(said)
    if match is not None and match["month"] in MONTHS:
        month = month_number(match["month"])
        if match.re is _DAY and calendar.valid_day(LEAP_YEAR, month, int(match["day"])) is not None:
            return month, int(match["day"])
        if match.re is _WEEKDAY and (nth := ordinal_number(match["nth"])) is not None:
            return month, weekday_number(match["weekday"]), nth
    raise _fault(name, f"dates.feasts says {said!r} of it.", "Write `25 december` or `last monday of may`.")


def _by_key() -> Mapping[str, tuple[int, int] | tuple[int, int, int]]:
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


def _holiday_in(name: str, year: int) -> date | None:
    when = _FEAST_DAYS()[name]
    return calendar.valid_day(year, *when) if len(when) == 2 else calendar.nth_weekday(year, *when)


def _holiday(match: re.Match[str], context: Context) -> Reading | None:
    """A feast day by its name, in the year that is written or follows from publication."""
    if not re.sub(r"^the\s+", "", match["holiday"])[:1].isupper():
        return None
    name = _key(match["holiday"])
    if match["year"]:
        year = year_number(match["year"])
        return of_day(_holiday_in(name, year), "the feast day of the year written") if year else None
    when = _FEAST_DAYS()[name]
    if match["step"] and context.published:
        step = step_number(match["step"])
        years = [context.published.year + n for n in (-1, 0, 1)]
        days = [d for d in (_holiday_in(name, y) for y in years) if d is not None]
        if step < 0:
            days = [d for d in days if d < context.published][-1:]
        elif step > 0:
            days = [d for d in days if d > context.published][:1]
        else:
            days = [d for d in days if d.year == context.published.year]
        basis = f"“{match[0]}”, from publication ({context.published})"
        return of_day(days[0], basis) if days else None
    month, day = when[0], when[1] if len(when) == 2 else None
    year, basis = choose_year(context, month, day)
    if year is None:
        return unresolved("DATE", f"XXXX-{month:02}" + (f"-{day:02}" if day else "-XX"), "day", basis)
    return of_day(_holiday_in(name, year), f"a feast day: {basis}")


def _rules() -> tuple[Rule, ...]:
    _FEAST_DAYS()  # a line of the list that says no day is told before any text is read
    names = "|".join(_pattern(name) for name in sorted(FEASTS, key=lambda name: (-len(name), name)))
    pattern = rf"(?P<step>(?:last|this|next){GAP})?(?P<holiday>{names})(?:,?{GAP}(?P<year>{YEAR}))?"
    return (rule("feast day", pattern, _holiday),)


RULES = Made(_rules)
