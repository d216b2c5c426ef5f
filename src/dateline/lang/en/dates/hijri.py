"""Rules for dates of the two Hijri calendars: "22 Bahman 1401", "the month of Mehr", "10 Muharram", "1357 SH".

They are converted to Gregorian days, the words stay in the span, and the basis names the calendar. Islamic dates are
marked as approximate, because the moon is seen a day or two apart from place to place; a weekday beside one settles it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dateline.lang.dates import edtf
from dateline.lang.dates.calendar_hijri import ISLAMIC, SOLAR, HijriCalendar
from dateline.lang.dates.reading import (
    WRITTEN,
    Context,
    Reading,
    Rule,
    no_publication,
    of_day,
    rule,
    unresolved,
)
from dateline.lang.en.dates.absolute import step_number, year_window
from dateline.lang.en.dates.words import (
    APOSTROPHE,
    DAY_NUMBER,
    GAP,
    HYPHEN,
    ORDINAL_WORD,
    PORTION,
    WEEKDAY_ANY,
    ordinal_number,
    weekday_number,
)

_J = rf"(?:{HYPHEN}|{GAP})?"
_A = rf"{APOSTROPHE}?"
_AL = rf"{_J}[aeu](?:l|s|sh|t|th|d|dh){_J}"
"""The article between the two words of a name ("al-", "ul-", "as-")."""

_SOLAR_MONTHS = (
    ("farvardin", "hamal"),
    ("ordibehesht", "s(?:aw|au)r|thawr"),
    ("khordad", "ja[uw]za"),
    ("tir", "saratan"),
    ("a?mordad", "asad"),
    ("shahrivar", "s[uo]nb[uo]la"),
    ("mehr", "mizan"),
    ("aban", "aqrab"),
    ("azar", "qa[uw]s"),
    ("dey", "jadd?i"),
    ("bahman", "dalwa?"),
    ("[ei]sfand", "hut|hoot"),
)
"""Each month by its name in Iran and in Afghanistan."""
_ISLAMIC_MONTHS = (
    "m[uo]harr?am",
    "safar",
    rf"rabi{_A}(?:{_AL}aww?al|{GAP}I)",
    rf"rabi{_A}(?:{_AL}(?:thani|sani|akhir)|{GAP}II)",
    rf"jumada(?:{_AL}(?:aww?al|ula)|{GAP}I)",
    rf"jumada(?:{_AL}(?:thani|sani|akhirah?)|{GAP}II)",
    "rajab",
    rf"sha{_A}a?ban",
    "rama(?:dh?|z)an",
    "shaww?al",
    rf"(?:dh|z)[ui](?:{_J}al|l)?{_J}q[ai]{_A}d(?:ah?|eh)?",
    rf"(?:dh|z)[ui](?:{_J}al|l)?{_J}h[ia]jj?(?:ah?|eh)?",
)
IRANIAN_MONTH = rf"(?:{'|'.join(iranian for iranian, _ in _SOLAR_MONTHS)})"
AFGHAN_MONTH = rf"(?:{'|'.join(afghan for _, afghan in _SOLAR_MONTHS)})"
ISLAMIC_MONTH = rf"(?:{'|'.join(_ISLAMIC_MONTHS)})"
HIJRI_MONTH = rf"(?:{IRANIAN_MONTH}|{AFGHAN_MONTH}|{ISLAMIC_MONTH})"
SURE_MONTH = "(?:rama(?:dh?|z)an|m[uo]harr?am)"
"""Months known widely enough to be named alone ("during Ramadan")."""

_FEASTS = (
    (rf"e(?:i|y)d{_AL}fi?tr", ISLAMIC, 10, 1),
    (rf"e(?:i|y)d{_AL}a(?:d|dh|z)ha", ISLAMIC, 12, 10),
    ("asho?ura", ISLAMIC, 1, 10),
    ("arba(?:yi|ee|i|'?e)n", ISLAMIC, 2, 20),
    ("n(?:ow|au|aw|o|av|ew)r(?:ou?|oo|u)z", SOLAR, 1, 1),
)
"""Each feast with the calendar, the month and the day on which it begins."""
FEAST = rf"(?:{'|'.join(name for name, *_ in _FEASTS)})"

SOLAR_WORD = rf"(?:iranian|persian|afghan|jalali|shamsi|solar(?:{GAP}hijri)?|hijri{GAP}(?:shamsi|solar))"
LUNAR_WORD = rf"(?:islamic|muslim|lunar(?:{GAP}hijri)?|hijri(?:{GAP}(?:qamari|lunar))?)"
SOLAR_SIGN = rf"(?:SH|AHS|H\.S\.|hijri{GAP}(?:shamsi|solar)|(?:solar{GAP}hijri|shamsi))"
LUNAR_SIGN = rf"(?:AH|A\.H\.|hijri(?:{GAP}(?:qamari|lunar))?|lunar{GAP}hijri)"
HIJRI_YEAR = r"(?:1[1-5]\d\d)(?![\d%]|[.,:]\d)"

HEADS = frozenset(
    "farvardin hamal ordibehesht sawr saur thawr khordad jauza jawza tir saratan mordad amordad asad shahrivar sunbula "
    "sonbola sunbola mehr mizan aban aqrab azar qaus qaws dey jadi jaddi bahman dalw dalwa esfand isfand hut hoot "
    "muharram moharram muharam moharam safar rabi jumada rajab shaban shaaban sha ramadan ramadhan ramazan shawwal "
    "shawal dhu dhi dhul dhil zu zi zul zil dhulhijja dhulhijjah dhulqada zulhijja zulhijjah zilhajj zulqada zulqadah "
    "eid eyd ashura ashoura arbaeen arbain arbayin nowruz nowroz nauroz nauruz nawroz nawruz norouz norooz noruz "
    "navruz newroz".split()
)
"""The words of which one stands in every phrase that names a month or a feast."""
STARTS = frozenset("sh ah ahs hijri solar lunar iranian persian afghan islamic muslim holy".split())

_BY_NAME: tuple[tuple[re.Pattern[str], HijriCalendar, int], ...] = (
    *((re.compile("|".join(names), re.IGNORECASE), SOLAR, n) for n, names in enumerate(_SOLAR_MONTHS, 1)),
    *((re.compile(name, re.IGNORECASE), ISLAMIC, n) for n, name in enumerate(_ISLAMIC_MONTHS, 1)),
)
_FEAST_BY_NAME = tuple((re.compile(name, re.IGNORECASE), kind, month, day) for name, kind, month, day in _FEASTS)


def hijri_month(name: str) -> tuple[HijriCalendar, int]:
    """The calendar and the number (1 to 12) of a month. Raises :class:`KeyError` for what names none."""
    for pattern, calendar, number in _BY_NAME:
        if pattern.fullmatch(name):
            return calendar, number
    raise KeyError(name)


def feast_day(name: str) -> tuple[HijriCalendar, int, int]:
    """The calendar, month and day of a feast. Raises :class:`KeyError` for what names none."""
    for pattern, calendar, month, day in _FEAST_BY_NAME:
        if pattern.fullmatch(name):
            return calendar, month, day
    raise KeyError(name)


_UNSURE_DAYS = 2
"""So far a proclaimed Islamic day can lie from the reckoned one."""

_NAMED_AFTER = re.compile(
    r"[ -](?:City|Town|Street|Square|Avenue|Bridge|Hospital|Mosque|University|School|Stadium|Brigades?|Battalions?"
    r"|Division|Garrison|Base|Foundation|Bank|Company|News|Agency|Cup|Movement|Party|Organi[sz]ation|Martyrs)\b"
)
"""Words behind a date that is the name of a thing ("15 Khordad Foundation", "10th of Ramadan City")."""
_SURNAME_AFTER = re.compile(r"[ -](?:al|el|bin|ibn|Al|El)[ -]|\s[A-Z][a-z]")
_BEFORE_DAY = re.compile(r"\b(?:on|since|by|until|till|from|before|after)\s+$", re.IGNORECASE)
_COUNTED = re.compile(r"\s+(?:years?|people|percent|points?|goals|members|others?|men|women)\b")


def _is_name(match: re.Match[str], context: Context) -> bool:
    return not match["month"][0].isupper() or _NAMED_AFTER.match(context.after) is not None


def _written(calendar: HijriCalendar, year: int | None, what: str) -> str:
    return f"{what} of the {calendar.name} calendar" + (f" (year {year})" if year else "")


def _years_near(calendar: HijriCalendar, published: date) -> range:
    parts = calendar.parts(published)
    return range(parts[0] - 1, parts[0] + 2) if parts else range(0)


def _nearest(
    calendar: HijriCalendar, month: int, day: int, context: Context, weekday: int | None = None
) -> tuple[int | None, str]:
    """The Hijri year of a date that names none, by publication and tense, and the basis for it."""
    published = context.published
    if published is None:
        return None, no_publication("a date without a year")
    behind, ahead, why = year_window(context)
    found = [(d, year) for year in _years_near(calendar, published) if (d := calendar.day(year, month, day))]
    distances = [(abs((d - published).days), year) for d, year in found if -behind <= (d - published).days <= ahead]
    if weekday is not None:
        fitting = [(abs((d - published).days), year) for d, year in found if _on_weekday(calendar, d, weekday)]
        distances = fitting or distances
    if not distances:
        return None, f"no year near publication ({published}) has the date"
    return min(distances)[1], why.format(published)


def _on_weekday(calendar: HijriCalendar, day: date, weekday: int) -> date | None:
    """The day, or for a calendar by the moon the nearest that can be meant, if it falls on the weekday."""
    reach = _UNSURE_DAYS if calendar.approximate else 0
    shifts = sorted(range(-reach, reach + 1), key=lambda n: (abs(n), n))
    days = (date.fromordinal(day.toordinal() + shift) for shift in shifts)
    return next((d for d in days if d.weekday() == weekday), None)


def _marked(calendar: HijriCalendar, reading: Reading) -> Reading:
    """The same; marked as approximate where the moon decides."""
    if not calendar.approximate or reading.edtf is None:
        return reading
    basis = f"{reading.basis}; up to two days off, as the moon was seen"
    return replace(reading, edtf=edtf.approximate(reading.edtf), basis=basis)


def _day(match: re.Match[str], context: Context) -> Reading | None:
    """“22 Bahman 1401”, “Bahman 22”, “the 10th of Muharram”, “Friday, 1 Ramadan 1444”."""
    groups = match.groupdict()
    day = ordinal_number(match["day"])
    if _is_name(match, context) or day is None:
        return None
    if not groups["year"]:
        month_first = match.start("month") < match.start("day")
        afghan = re.fullmatch(AFGHAN_MONTH, match["month"], re.IGNORECASE) is not None
        sure = groups["weekday"] or " of " in match[0] or _BEFORE_DAY.search(context.before)
        if (month_first or afghan) and not sure:
            return None
        if _COUNTED.match(context.after):
            return None
    calendar, month = hijri_month(match["month"])
    weekday = weekday_number(groups["weekday"]) if groups["weekday"] else None
    if groups["year"]:
        year, why = int(groups["year"]), WRITTEN
    else:
        chosen, why = _nearest(calendar, month, day, context, weekday)
        if chosen is None:
            return unresolved("DATE", None, "day", f"{_written(calendar, None, 'a day')}; {why}")
        year = chosen
    found = calendar.day(year, month, day)
    basis = f"{_written(calendar, year, 'a day')}, {why}"
    if found is None:
        return unresolved("DATE", None, "unknown", f"{basis}: impossible, the month has no such day")
    if weekday is not None:
        on_weekday = _on_weekday(calendar, found, weekday)
        if on_weekday is not None:
            return of_day(on_weekday, f"{basis}; the day nearest that falls on the weekday written beside it")
        basis += "; the weekday written beside it does not fit"
    return _marked(calendar, of_day(found, basis))


def _days(match: re.Match[str], context: Context) -> Reading | None:
    """“22-25 Bahman 1401”, “from 1 to 10 Muharram”."""
    first_day, last_day = ordinal_number(match["day"]), ordinal_number(match["last_day"])
    if _is_name(match, context) or first_day is None or last_day is None:
        return None
    calendar, month = hijri_month(match["month"])
    year: int | None
    if match["year"]:
        year, why = int(match["year"]), WRITTEN
    else:
        year, why = _nearest(calendar, month, first_day, context)
    basis = f"{_written(calendar, year, 'days')}, {why}"
    first = calendar.day(year, month, first_day) if year else None
    last = calendar.day(year, month, last_day) if year else None
    if first is None or last is None or last < first:
        return unresolved("DATE", None, "days", basis)
    value = edtf.interval(first, last)
    return _marked(calendar, Reading("DATE", value, value, "days", basis))


def _interval(first: date | None, last: date | None, calendar: HijriCalendar, basis: str, year: bool) -> Reading:
    if first is None or last is None:
        return unresolved("DATE", None, "unknown", f"{basis}: outside the years that are converted")
    value = edtf.interval(first, last)
    return _marked(calendar, Reading("DATE", value, value, "year" if year else "month", basis))


def _month(match: re.Match[str], context: Context) -> Reading | None:
    """“Mehr 1401”, “the month of Mehr”, “the holy month of Ramadan”, “last Ramadan”, “during Ramadan”."""
    groups = match.groupdict()
    if _is_name(match, context):
        return None
    if not groups.get("year") and not groups.get("month_of"):
        led = groups.get("portion") or groups.get("step") or _LEADS_TO_MONTH.search(context.before)
        if not led or _SURNAME_AFTER.match(context.after):
            return None
    calendar, month = hijri_month(match["month"])
    year: int | None
    if groups.get("year"):
        year, why = int(groups["year"]), WRITTEN
    elif groups.get("step") and context.published:
        year, why = _stepped(calendar, month, step_number(groups["step"]), context.published)
    else:
        year, why = _nearest(calendar, month, 15, context)
    basis = f"{_written(calendar, year, 'a month')}, {why}"
    if year is None:
        return unresolved("DATE", None, "month", basis)
    return _interval(calendar.first_day(year, month), calendar.last_day(year, month), calendar, basis, False)


_LEADS_TO_MONTH = re.compile(r"\b(?:in|during|throughout|until|till|since|start of|end of)\s+$", re.IGNORECASE)


def _stepped(calendar: HijriCalendar, month: int, step: int, published: date) -> tuple[int | None, str]:
    """The year of “last Ramadan” (the one that ended), “next Ramadan” and “this Ramadan” (the nearest)."""
    years = _years_near(calendar, published)
    spans = [(y, calendar.first_day(y, month), calendar.last_day(y, month)) for y in years]
    if step < 0:
        fitting = [y for y, _, last in spans if last and last < published][-1:]
    elif step > 0:
        fitting = [y for y, first, _ in spans if first and first > published][:1]
    else:
        near = [(abs((first - published).days + 15), y) for y, first, _ in spans if first]
        fitting = [min(near)[1]] if near else []
    return (fitting[0] if fitting else None), f"from publication ({published})"


def _year(match: re.Match[str], context: Context) -> Reading | None:
    """“1357 SH”, “AH 1444”, “the Iranian year 1401”, “1401 in the Persian calendar”."""
    del context
    groups = match.groupdict()
    calendar = SOLAR if groups["solar"] else ISLAMIC
    word = groups["solar"] or groups["lunar"]
    if not (word[0].isupper() or "hijri" in word.lower() or word.lower().startswith(("solar", "lunar", "shamsi"))):
        return None
    year = int(groups["year"])
    basis = f"{_written(calendar, year, 'a year')}, {WRITTEN}"
    return _interval(calendar.first_day(year), calendar.last_day(year), calendar, basis, True)


def _feast(match: re.Match[str], context: Context) -> Reading | None:
    """“Ashura”, “Eid al-Fitr 2023”, “last Nowruz”: the day on which the feast begins."""
    name = match["feast"]
    if not name[0].isupper() or _NAMED_AFTER.match(context.after):
        return None
    calendar, month, day = feast_day(name)
    if match["year"]:
        number = int(match["year"])
        years = _years_near(calendar, date(number, 7, 1)) if number >= 1900 else range(number, number + 1)
        days = [(d, y) for y in years if (d := calendar.day(y, month, day))]
        fitting = [y for d, y in days if number < 1900 or d.year == number]
        year, why = (fitting[0] if fitting else None), "in the year written"
    elif match["step"] and context.published:
        days = [(d, y) for y in _years_near(calendar, context.published) if (d := calendar.day(y, month, day))]
        step = step_number(match["step"])
        passed = [y for d, y in days if d < context.published]
        coming = [y for d, y in days if d >= context.published]
        this = [y for _, y in sorted((abs((d - context.published).days), y) for d, y in days)][:1]
        fitting = passed[-1:] if step < 0 else coming[:1] if step > 0 else this
        year, why = (fitting[0] if fitting else None), f"from publication ({context.published})"
    else:
        year, why = _nearest(calendar, month, day, context)
    found = calendar.day(year, month, day) if year else None
    basis = f"{_written(calendar, year, 'a feast')}, {why}"
    if found is None:
        return unresolved("DATE", None, "day", basis)
    return _marked(calendar, of_day(found, basis))


_WEEKDAY = rf"(?:(?P<weekday>{WEEKDAY_ANY}),?{GAP}(?:the{GAP})?)?"
_KIND = rf"(?:(?:holy|sacred|fasting|mourning|calendar|hijri|{SOLAR_WORD}|{LUNAR_WORD}){GAP}){{0,3}}"
_MONTH_OF = rf"(?:the{GAP})?{_KIND}month{GAP}of{GAP}"
_DAY = rf"(?P<day>{DAY_NUMBER}|{ORDINAL_WORD}\b)"
_MONTH = rf"(?P<month>{HIJRI_MONTH})"
_SIGN = rf"(?:{GAP}(?:{SOLAR_SIGN}|{LUNAR_SIGN}))?"
_YEAR = rf"(?:,?{GAP}(?:of{GAP})?(?P<year>{HIJRI_YEAR}){_SIGN})"
_TO = rf"(?:{GAP}?{HYPHEN}{GAP}?|{GAP}(?:to|through|until|till|and){GAP})"
_CALENDAR = rf"{GAP}(?:in|of|on|by){GAP}the{GAP}(?:(?P<solar>{SOLAR_WORD})|(?P<lunar>{LUNAR_WORD})){GAP}calendar"

RULES: tuple[Rule, ...] = (
    rule(
        "Hijri day range",
        rf"(?:(?:from|between){GAP}(?:the{GAP})?)?{_DAY}{_TO}(?:the{GAP})?(?P<last_day>{DAY_NUMBER}){GAP}(?:of{GAP})?"
        rf"{_MONTH}{_YEAR}?",
        _days,
    ),
    rule(
        "Hijri day and month",
        rf"{_WEEKDAY}(?:the{GAP})?{_DAY}{GAP}(?:day{GAP})?(?:of{GAP})?(?:{_MONTH_OF})?{_MONTH}{_YEAR}?",
        _day,
    ),
    rule("Hijri month and day", rf"{_WEEKDAY}{_MONTH}{GAP}(?:the{GAP})?{_DAY}{_YEAR}?", _day),
    rule("Hijri month", rf"{PORTION}?(?P<month_of>{_MONTH_OF})?{_MONTH}{_YEAR}", _month),
    rule("month of a Hijri name", rf"{PORTION}?(?P<month_of>{_MONTH_OF}){_MONTH}", _month),
    rule("Ramadan", rf"(?:{PORTION}|(?P<step>(?:last|this|next){GAP}))?(?P<month>{SURE_MONTH})", _month),
    rule(
        "Hijri year behind its sign",
        rf"(?:the{GAP})?(?:(?P<solar>{SOLAR_SIGN}|{SOLAR_WORD}{GAP}(?:calendar{GAP})?year)"
        rf"|(?P<lunar>{LUNAR_SIGN}|{LUNAR_WORD}{GAP}(?:calendar{GAP})?year)){GAP}(?:of{GAP})?(?P<year>{HIJRI_YEAR})",
        _year,
    ),
    rule(
        "Hijri year before its sign",
        rf"(?P<year>{HIJRI_YEAR}){GAP}(?:(?P<solar>{SOLAR_SIGN})|(?P<lunar>{LUNAR_SIGN}))",
        _year,
    ),
    rule("year of a Hijri calendar", rf"(?:the{GAP}year{GAP})?(?P<year>{HIJRI_YEAR}){_CALENDAR}", _year),
    rule(
        "Hijri feast",
        rf"(?P<step>(?:last|this|next){GAP})?(?P<feast>{FEAST})(?:,?{GAP}(?:in{GAP})?(?P<year>(?:19|20)\d\d|{HIJRI_YEAR}))?",
        _feast,
    ),
)
