"""Rules for dates that name their day, month or year: "3 May 2020", "May 3-7", "the 1990s", "03/04/2020"."""

from __future__ import annotations

import re
from datetime import date

from dateline.resolve import calendar, edtf
from dateline.resolve.dates_reading import (
    APPROXIMATE,
    PORTION,
    WRITTEN,
    Context,
    Moment,
    Reading,
    Rule,
    approximately,
    no_publication,
    of_century,
    of_day,
    of_decade,
    of_month,
    of_season,
    of_year,
    rule,
    unresolved,
)
from dateline.resolve.dates_words import (
    APOSTROPHE,
    DAY_NUMBER,
    GAP,
    HYPHEN,
    JOIN,
    MONTH_ANY,
    MONTH_NAME,
    ORDINAL,
    ORDINAL_WORD,
    SEASON,
    SPOKEN_YEAR,
    WEEKDAY_ANY,
    YEAR,
    month_number,
    ordinal_number,
    spoken_year,
    weekday_number,
    words,
)

_AHEAD_MONTHS = 4
"""A month without a year and without a tense is taken to come at most so many months after publication."""

_WEEKDAY = rf"(?:(?P<weekday>{WEEKDAY_ANY}),?{GAP}(?:the{GAP})?)?"
_DAY = rf"(?P<day>{DAY_NUMBER}|{ORDINAL_WORD}\b)"
_MONTH = rf"(?P<month>{MONTH_ANY})"
_YEAR = rf"(?P<year>{YEAR}|{SPOKEN_YEAR}|{APOSTROPHE}\d\d)"
_OTHER_YEAR = rf"(?:(?:of{GAP})?(?P<other_year>(?:this|last|next){GAP}year))"
_TO = rf"(?:{GAP}?{HYPHEN}{GAP}?|{GAP}(?:to|and|through|until|till){GAP})"


def year_number(text: str) -> int | None:
    """A year in digits, in words, or cut short (``'98``)."""
    if digits := re.fullmatch(r"\d{4}", text):
        return int(digits[0])
    if digits := re.search(r"\d\d$", text):
        short = int(digits[0])
        return 1900 + short if short >= 40 else 2000 + short
    return spoken_year(text)


def choose_year(context: Context, month: int, day: int | None) -> tuple[int | None, str]:
    """The year of a date that names none, from the publication date and the tense, and the basis for it."""
    published = context.published
    if published is None:
        return None, no_publication("a date without a year")
    this = (published.month, published.day if day else 0)
    that = (month, day or 0)
    tense = context.tense()
    if tense == "future":
        year = published.year + (that < this)
        return year, f"the next on or after publication ({published}), by the future tense"
    if tense == "past":
        year = published.year - (that > this)
        return year, f"the last on or before publication ({published}), by the past tense"
    ahead = (month - published.month) % 12
    year = published.year + (month < published.month) if ahead <= _AHEAD_MONTHS else published.year - (that > this)
    return year, f"the nearest to publication ({published})"


def _day_of(match: re.Match[str], name: str = "day") -> int | None:
    return ordinal_number(match[name])


def _full(match: re.Match[str], context: Context) -> Reading | None:
    """ "Friday, 3 May 2020", "May 3", "the 3rd of May", with or without weekday and year."""
    groups = match.groupdict()
    month, day = month_number(match["month"]), _day_of(match)
    if day is None or day < 1:
        return None
    if groups.get("year"):
        year, basis = year_number(match["year"]), WRITTEN
    elif groups.get("other_year") and context.published:
        year = context.published.year + _step(match["other_year"])
        basis = f"{' '.join(words(match['other_year']))}, from publication ({context.published})"
    else:
        year, basis = choose_year(context, month, day)
    if year is None:
        value = f"XXXX-{month:02}-{day:02}"
        return Reading("DATE", value, value if edtf.is_valid(value) else None, "day", basis)
    found = calendar.valid_day(year, month, day)
    if found is None:
        return unresolved("DATE", None, "unknown", f"impossible: month {month} of {year} has no day {day}")
    if groups.get("weekday") and found.weekday() != weekday_number(match["weekday"]):
        basis += "; the weekday written beside it does not fit"
    reading = of_day(found, basis)
    return approximately(reading) if groups.get("approximate") else reading


def _step(words_of_step: str) -> int:
    first = words(words_of_step)[0]
    return {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}.get(first, 0)


def _range(match: re.Match[str], context: Context) -> Reading | None:
    """ "May 3-7", "between 3 and 7 May", "May 30 to June 2": one interval."""
    groups = match.groupdict()
    first_month = month_number(match["month"])
    last_month = month_number(groups.get("last_month") or match["month"])
    first_day, last_day = _day_of(match), _day_of(match, "last_day")
    if first_day is None or last_day is None:
        return None
    if groups.get("year"):
        year, basis = year_number(match["year"]), WRITTEN
    else:
        year, basis = choose_year(context, first_month, first_day)
    if year is None:
        return unresolved("DATE", f"XXXX-{first_month:02}-{first_day:02}", "days", basis)
    first = calendar.valid_day(year, first_month, first_day)
    last = calendar.valid_day(year + (last_month < first_month), last_month, last_day)
    if first is None or last is None:
        return unresolved("DATE", None, "unknown", f"impossible: no such days in {year}")
    if last < first:
        return unresolved("DATE", None, "unknown", "impossible: the range ends before it begins")
    value = edtf.interval(first, last)
    return Reading("DATE", value, value, "days", basis, Moment(first.year, first.month, first.day))


def _iso(match: re.Match[str], context: Context) -> Reading | None:
    del context
    found = calendar.valid_day(int(match["year"]), int(match["month"]), int(match["day"]))
    if found is None:
        return unresolved("DATE", None, "unknown", "impossible: the calendar has no such day")
    return of_day(found, WRITTEN)


def _numeric(match: re.Match[str], context: Context) -> Reading | None:
    """ "03/04/2020": a day only where one order of day and month is possible."""
    del context
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    if year < 100:
        if match["mark"] != "/":
            return None  # "1.2.20" is a version or a section sooner than a day
        year += 1900 if year >= 40 else 2000
    readings = {d for d in (calendar.valid_day(year, b, a), calendar.valid_day(year, a, b)) if d is not None}
    if len(readings) == 1:
        return of_day(readings.pop(), "numbers that allow one order of day and month")
    if not readings:
        return unresolved("DATE", None, "unknown", "impossible: the calendar has no such day")
    first, last = sorted(readings)
    basis = f"numbers that mean {first} or {last}, by the order of day and month"
    return Reading("DATE", f"{year:04}-XX-XX", f"{year:04}-XX-XX", "year", basis)


_ALLOWS_BARE_MONTH = re.compile(
    r"(?:\b(?:in|since|of|by|until|till|this|last|next|from|through|to|during|and|for|between|before|after|or|on|late|"
    r"early|mid|each|every|as)|[,(/–-])\s*$",
    re.IGNORECASE,
)


def _month(match: re.Match[str], context: Context) -> Reading | None:
    """ "May", "late May", "May 2020", "in May last year"."""
    groups = match.groupdict()
    name = match["month"]
    if not name[0].isupper():
        return None
    certain = groups.get("year") or groups.get("other_year") or groups.get("portion")
    # "May", "March" and "August" are other words too: alone they need a preposition or their like before them.
    risky = name.lower() in ("may", "march", "august") or name.isupper()
    if not certain and risky and not _ALLOWS_BARE_MONTH.search(context.before):
        return None
    if risky and name.lower() == "march" and re.match(r"\s+(?:on|to|for|against|through)\b", context.after):
        return None
    month = month_number(name)
    if groups.get("year"):
        year, basis = year_number(match["year"]), WRITTEN
    elif groups.get("other_year") and context.published:
        year = context.published.year + _step(match["other_year"])
        basis = f"{' '.join(words(match['other_year']))}, from publication ({context.published})"
    else:
        year, basis = choose_year(context, month, None)
    if year is None:
        return Reading("DATE", f"XXXX-{month:02}", f"XXXX-{month:02}", "month", basis)
    reading = of_month(year, month, basis)
    return approximately(reading) if groups.get("approximate") else reading


_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|of|by|until|till|from|through|to|during|and|for|between|before|after|or|late|early|than|the|"
    r"that|as|circa|c\.|fiscal|year|around|about|into|on|at|to)|[(/:;,–-]|^)\s*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s+(?:more|other|people|persons?|men|women|children|troops|soldiers|police|dead|members|percent|per|million|"
    r"billion|dollars|euros|pounds|miles?|k?m|meters|metres|feet|kilomet\w+|tons?|tonnes|acres|square|degrees|"
    r"(?:[a-z]+\s+)?(?:prisoners|protesters|demonstrators|workers|homes|houses|students|officers|jobs|units|shares|"
    r"deaths|cases|votes|words|cars|copies|points|employees|residents|villagers|refugees|hectares|calories))\b"
)


def _year(match: re.Match[str], context: Context) -> Reading | None:
    """ "1998", "in the year two thousand", "fiscal 1998", "mid-1996"."""
    groups = match.groupdict()
    text = match["year"]
    if text.isdigit() and not (groups.get("portion") or groups.get("kind")):
        before, after = context.before, context.after
        if before[-1:] in "$£€¥#№" and before[-1:]:
            return None
        if re.search(r"(?:\d[,.:/]|\bat|\bNo\.?|\bpage|\broom|\broute|\bhighway)\s?$", before, re.IGNORECASE):
            return None
        if _COUNTED.match(after) or re.match(rf"{HYPHEN}(?:strong|member|meter|mile|page|foot|seat)", after):
            return None
        early = int(text) < 1800
        if not _BEFORE_YEAR.search(before) and (early or int(text) % 100 == 0):
            return None
        if early and not re.search(r"\b(?:in|since|of|by|until|from|before|after)\s*$", before, re.IGNORECASE):
            return None
    year = year_number(text)
    if year is None:
        return None
    reading = of_year(year, WRITTEN)
    return approximately(reading) if groups.get("approximate") else reading


def _years(match: re.Match[str], context: Context) -> Reading | None:
    """ "1990-95", "1990–1995"."""
    if context.before[-1:] in "$£€¥" and context.before[-1:]:
        return None
    first, tail = int(match["year"]), match["last_year"]
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    if last <= first or last - first > 200:
        return None
    value = f"{first:04}/{last:04}"
    return Reading("DATE", value, value, "year", WRITTEN, Moment(first))


_DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip


def _decade(match: re.Match[str], context: Context) -> Reading | None:
    """ "the 1990s", "the late '80s", "the nineties"."""
    text = match["decade"].lower()
    if digits := re.search(r"\d+", text):
        number = int(digits[0])
        if number % 10 or (number < 100 and "'" not in text and "’" not in text and not match["the"]):
            return None
        if number < 100 and re.search(r"\b(?:his|her|their|in|my)\s+(?:\w+\s+)?$", context.before) and not match["the"]:
            return None  # "in her 50s" is an age
        return of_decade(number if number > 100 else 1900 + number, WRITTEN)
    if not match["the"]:
        return None
    return of_decade(1900 + _DECADES[text], "a decade by its name, taken to be of the twentieth century")


def _century(match: re.Match[str], context: Context) -> Reading | None:
    del context
    number = ordinal_number(match["number"])
    return of_century(number, WRITTEN) if number and 1 <= number <= 30 else None


def _season(match: re.Match[str], context: Context) -> Reading | None:
    """ "summer 1998", "the winter of 1994"."""
    del context
    year = year_number(match["year"])
    return None if year is None else of_season(year, match["season"], WRITTEN)


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
        step = _step(match["step"])
        years = [context.published.year + n for n in (-1, 0, 1)]
        days = [d for d in (_holiday_in(name, y) for y in years) if d is not None]
        if step < 0:
            days = [d for d in days if d < context.published][-1:]
        elif step > 0:
            days = [d for d in days if d > context.published][:1]
        else:
            days = [d for d in days if d.year == context.published.year]
        basis = f"{match['step'].lower().strip()} {name}, from publication ({context.published})"
        return of_day(days[0], basis) if days else None
    day = _FIXED_HOLIDAYS[name][1] if name in _FIXED_HOLIDAYS else None
    year, basis = choose_year(context, month, day)
    if year is None:
        return unresolved("DATE", f"XXXX-{month:02}" + (f"-{day:02}" if day else "-XX"), "day", basis)
    return of_day(_holiday_in(name, year), f"a feast day: {basis}")


RULES: tuple[Rule, ...] = (
    rule("ISO date", r"(?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![-\d])", _iso),
    rule(
        "numeric date",
        r"(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<year>[12]\d{3}|\d\d)(?![-/.]?\d)",
        _numeric,
    ),
    rule("day range, month first", rf"{_MONTH}{GAP}{_DAY}{_TO}(?P<last_day>{DAY_NUMBER})(?:,?{GAP}{_YEAR})?", _range),
    rule(
        "day range over two months",
        rf"{_MONTH}{GAP}{_DAY}{GAP}?{HYPHEN}{GAP}?(?P<last_month>{MONTH_ANY}){GAP}(?P<last_day>{DAY_NUMBER})(?:,?{GAP}{_YEAR})?",
        _range,
    ),
    rule(
        "day range, day first",
        rf"(?:(?:between|from){GAP})?(?:the{GAP})?{_DAY}{_TO}(?:the{GAP})?(?P<last_day>{DAY_NUMBER}){GAP}(?:of{GAP})?{_MONTH}"
        rf"(?:,?{GAP}{_YEAR})?",
        _range,
    ),
    rule(
        "month and day",
        rf"{APPROXIMATE}?{PORTION}?{_WEEKDAY}{_MONTH}{GAP}(?:the{GAP})?{_DAY}(?:,?{GAP}(?:of{GAP})?{_YEAR}|,?{GAP}{_OTHER_YEAR})?",
        _full,
    ),
    rule(
        "day and month",
        rf"{APPROXIMATE}?{PORTION}?{_WEEKDAY}(?:the{GAP})?{_DAY}{GAP}(?:of{GAP})?{_MONTH}(?:,?{GAP}(?:of{GAP})?{_YEAR}|,?{GAP}{_OTHER_YEAR})?",
        _full,
    ),
    rule(
        "month and year",
        rf"{APPROXIMATE}?{PORTION}?{_MONTH}(?:,?{GAP}(?:of{GAP})?{_YEAR}|,?{GAP}{_OTHER_YEAR})",
        _month,
    ),
    rule("month", rf"{APPROXIMATE}?{PORTION}?(?P<month>{MONTH_NAME})", _month),
    rule(
        "season and year",
        rf"{APPROXIMATE}?{PORTION}?(?:the{GAP})?(?P<season>{SEASON}),?{GAP}(?:of{GAP}|in{GAP})?{_YEAR}",
        _season,
    ),
    rule(
        "decade",
        rf"{PORTION}?(?P<the>the{GAP})?(?:(?:early|late|mid){JOIN})?"
        rf"(?P<decade>(?:1[0-9]|20)\d0{APOSTROPHE}?s|{APOSTROPHE}?[2-9]0{APOSTROPHE}?s|{'|'.join(_DECADES)})",
        _decade,
    ),
    rule("century", rf"{PORTION}?(?:the{GAP})?(?P<number>{ORDINAL}){JOIN}century", _century),
    rule("year range", rf"(?P<year>{YEAR}){GAP}?{HYPHEN}{GAP}?(?P<last_year>1\d{{3}}|20\d\d|\d\d)(?!{HYPHEN}|\d)", _years),
    rule(
        "year",
        rf"{APPROXIMATE}?{PORTION}?(?P<kind>(?:(?:the{GAP})?(?:(?:calendar|fiscal|financial){GAP})?year{GAP}|fiscal{GAP}))?"
        rf"(?P<year>{YEAR}|{SPOKEN_YEAR}|{APOSTROPHE}\d\d(?!s))",
        _year,
    ),
    rule("feast day", rf"(?P<step>(?:last|this|next){GAP})?(?P<holiday>{_HOLIDAY})(?:,?{GAP}(?P<year>{YEAR}))?", _holiday),
)
