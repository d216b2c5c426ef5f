"""Rules for feast days by their names: "Christmas", "last Thanksgiving", "New Year's Eve 2019"."""

from __future__ import annotations

import re
from datetime import date

from dateline.lang.dates import calendar
from dateline.lang.dates.reading import Context, Reading, Rule, of_day, rule, unresolved
from dateline.lang.en.dates.absolute import choose_year, step_number, year_number
from dateline.lang.en.dates.words import APOSTROPHE, GAP, YEAR, words

_FIXED_HOLIDAYS = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "new year s day": (1, 1),
    "new year s eve": (12, 31), "valentine s day": (2, 14), "halloween": (10, 31), "fourth of july": (7, 4),
    "may day": (5, 1), "boxing day": (12, 26), "st patrick s day": (3, 17), "juneteenth": (6, 19),
    "international women s day": (3, 8), "veterans day": (11, 11),
}  # fmt: skip
_MOVING_HOLIDAYS = {
    "thanksgiving": (11, 3, 4), "thanksgiving day": (11, 3, 4), "labor day": (9, 0, 1), "memorial day": (5, 0, -1),
    "columbus day": (10, 0, 2), "martin luther king day": (1, 0, 3), "martin luther king jr day": (1, 0, 3),
    "presidents day": (2, 0, 3),
}  # fmt: skip
"""Month, weekday and which of them, by the calendar of the United States."""

_HOLIDAY = (
    rf"(?:christmas(?:{GAP}(?:day|eve))?|new{GAP}year{APOSTROPHE}?s{GAP}(?:day|eve)|(?:st\.?{GAP})?(?:valentine"
    rf"{APOSTROPHE}?s{GAP}day)|st\.?{GAP}patrick{APOSTROPHE}?s{GAP}day|halloween|(?:the{GAP})?fourth{GAP}of{GAP}july"
    rf"|may{GAP}day|boxing{GAP}day|juneteenth|international{GAP}women{APOSTROPHE}s{GAP}day|veterans{GAP}day"
    rf"|thanksgiving(?:{GAP}day)?|labor{GAP}day|memorial{GAP}day|columbus{GAP}day"
    rf"|martin{GAP}luther{GAP}king(?:{GAP}jr\.?)?{GAP}day|presidents{APOSTROPHE}?{GAP}day)"
)


def _holiday_in(name: str, year: int) -> date | None:
    if name in _FIXED_HOLIDAYS:
        return calendar.valid_day(year, *_FIXED_HOLIDAYS[name])
    return calendar.nth_weekday(year, *_MOVING_HOLIDAYS[name]) if name in _MOVING_HOLIDAYS else None


def _holiday(match: re.Match[str], context: Context) -> Reading | None:
    """A feast day by its name, in the year that is written or follows from publication."""
    if not match["holiday"].lstrip("the ")[:1].isupper():
        return None
    name = " ".join(w for w in words(match["holiday"]) if w not in ("the", "jr"))
    name = {"st valentine s day": "valentine s day", "new years day": "new year s day"}.get(name, name)
    if match["year"]:
        year = year_number(match["year"])
        return of_day(_holiday_in(name, year), "the feast day of the year written") if year else None
    month = (_FIXED_HOLIDAYS.get(name) or _MOVING_HOLIDAYS.get(name) or (0,))[0]
    if not month:
        return None
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
    day = _FIXED_HOLIDAYS[name][1] if name in _FIXED_HOLIDAYS else None
    year, basis = choose_year(context, month, day)
    if year is None:
        return unresolved("DATE", f"XXXX-{month:02}" + (f"-{day:02}" if day else "-XX"), "day", basis)
    return of_day(_holiday_in(name, year), f"a feast day: {basis}")


RULES: tuple[Rule, ...] = (
    rule(
        "feast day", rf"(?P<step>(?:last|this|next){GAP})?(?P<holiday>{_HOLIDAY})(?:,?{GAP}(?P<year>{YEAR}))?", _holiday
    ),
)
