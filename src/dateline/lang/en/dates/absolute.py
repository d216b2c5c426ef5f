"""Rules for dates that name their day, month or year: "3 May 2020", "May 3-7", "the 1990s", "03/04/2020"."""

from __future__ import annotations

import re

from dateline.lang.dates import calendar, edtf
from dateline.lang.dates.reading import (
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
    of_week,
    of_year,
    rule,
    unresolved,
)
from dateline.lang.en.dates.words import (
    APOSTROPHE,
    APPROXIMATE,
    DAY_NUMBER,
    GAP,
    HYPHEN,
    JOIN,
    MONTH_ANY,
    MONTH_NAME,
    ORDINAL,
    ORDINAL_WORD,
    PORTION,
    SEASON,
    SPOKEN_YEAR,
    WEEKDAY_ANY,
    YEAR,
    month_number,
    ordinal_number,
    weekday_number,
    words,
    year_number,
)

_AHEAD_DAYS = 125
"""A date without a year and without a tense is taken to come at most so many days after publication."""
_SLACK_DAYS = 45
"""So far a date without a year may lie against the tense: "was set for 20 November" looks past and is not."""

_WEEKDAY = rf"(?:(?:(?:this|next|last){GAP}(?:past{GAP}|coming{GAP})?)?(?P<weekday>{WEEKDAY_ANY}),?{GAP}(?:the{GAP})?)?"
_DAY = rf"(?P<day>{DAY_NUMBER}|{ORDINAL_WORD}\b)"
_THE_DAY = rf"(?:the{GAP})?{_DAY}"
_MONTH = rf"(?P<month>{MONTH_ANY})"
_YEAR = rf"(?P<year>{YEAR}|{SPOKEN_YEAR}|{APOSTROPHE}\d\d)"
_OTHER_YEAR = rf"(?:(?:of{GAP})?(?P<other_year>(?:this|last|next){GAP}year))"
_OF_MONTH = rf"{GAP}(?:of{GAP})?{_MONTH}"
_OF_YEAR = rf",?{GAP}(?:(?:of{GAP})?{_YEAR}|{_OTHER_YEAR})"
_ROUGHLY = rf"{APPROXIMATE}?{PORTION}?"
_TO = rf"(?:{GAP}?{HYPHEN}{GAP}?|{GAP}(?:to|through|until|till){GAP})"


def year_window(context: Context) -> tuple[int, int, str]:
    """How many days before and after publication a date without a year may lie, and why (``{}`` for publication)."""
    tense = context.tense()
    if tense == "future":
        return _SLACK_DAYS, 366, "the nearest to publication ({}), later by the future tense"
    if tense == "past":
        return 366, _SLACK_DAYS, "the nearest to publication ({}), earlier by the past tense"
    return 366, _AHEAD_DAYS, "the nearest to publication ({})"


def choose_year(context: Context, month: int, day: int | None, weekday: int | None = None) -> tuple[int | None, str]:
    """The year of a date that names none, from the publication date and the tense, and the basis for it."""
    published = context.published
    if published is None:
        return None, no_publication("a date without a year")
    behind, ahead, why = year_window(context)
    basis = why.format(published)
    candidates = []
    for year in (published.year - 1, published.year, published.year + 1):
        found = calendar.valid_day(year, month, day or 15)
        if found is None:
            continue
        if weekday is not None:
            if found.weekday() == weekday:
                candidates.append((abs((found - published).days), year))
            continue
        days = (found - published).days if day else 30 * (12 * (year - published.year) + month - published.month)
        if -behind <= days <= ahead:
            candidates.append((abs(days), year))
    if not candidates:
        return published.year, f"the year of publication ({published})"
    if weekday is not None:
        basis = f"the nearest to publication ({published}) that falls on the weekday written beside it"
    return min(candidates)[1], basis


def _day_of(match: re.Match[str], name: str = "day") -> int | None:
    return ordinal_number(match[name])


def _full(match: re.Match[str], context: Context) -> Reading | None:
    """“Friday, 3 May 2020”, “May 3”, “the 3rd of May”, with or without weekday and year."""
    groups = match.groupdict()
    month, day = month_number(match["month"]), _day_of(match)
    if day is None or day < 1:
        return None
    if groups.get("year"):
        year, basis = year_number(match["year"]), WRITTEN
    elif groups.get("other_year") and context.published:
        year = context.published.year + step_number(match["other_year"])
        basis = f"{' '.join(words(match['other_year']))}, from publication ({context.published})"
    else:
        weekday = weekday_number(match["weekday"]) if groups.get("weekday") else None
        year, basis = choose_year(context, month, day, weekday)
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


def _week_of(match: re.Match[str], context: Context) -> Reading | None:
    """“the week of March 6”."""
    reading = _full(match, context)
    if reading is None or reading.moment is None or reading.moment.day_date is None:
        return reading
    return of_week(reading.moment.day_date, f"the week that holds the day; {reading.basis}")


def step_number(words_of_step: str) -> int:
    """-1 for "last", 1 for "next", 0 for "this"."""
    first = words(words_of_step)[0]
    return {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}.get(first, 0)


def _range(match: re.Match[str], context: Context) -> Reading | None:
    """“May 3-7”, “between 3 and 7 May”, “May 30 to June 2”: one interval."""
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
    """“03/04/2020”: a day only where one order of day and month is possible."""
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


def _one_word(match: re.Match[str], context: Context) -> Reading | None:
    """“3-Mar-24”, “03/Mar/2024”: the day stands before the month's name, so two numbers behind it are a year."""
    del context
    found = calendar.valid_day(year_number(match["year"]) or 0, month_number(match["month"]), int(match["day"]))
    if found is None:
        return unresolved("DATE", None, "unknown", "impossible: the calendar has no such day")
    return of_day(found, WRITTEN)


_ALLOWS_BARE_MONTH = re.compile(
    r"(?:\b(?:in|since|of|by|until|till|this|last|next|from|through|to|during|and|for|between|before|after|or|on|late|"
    r"early|mid|each|every|as)|[,(/–-])\s*$",
    re.IGNORECASE,
)


_SURE_BEFORE_MONTH = re.compile(r"\b(?:in|since|until|till|by|during|from)\s+$", re.IGNORECASE)


def _month(match: re.Match[str], context: Context) -> Reading | None:
    """“May”, “late May”, “May 2020”, “in May last year”."""
    groups = match.groupdict()
    name = match["month"]
    if not name[0].isupper():
        return None
    certain = groups.get("year") or groups.get("other_year") or groups.get("portion")
    # "May", "March" and "August" are other words too: alone they need a preposition or their like before them.
    risky = name.lower() in ("may", "march", "august") or name.isupper()
    if not certain and risky and not _ALLOWS_BARE_MONTH.search(context.before):
        return None
    walks = name.lower() == "march" and re.match(r"\s+(?:on|to|for|against|through)\b", context.after)
    if walks and not certain and not _SURE_BEFORE_MONTH.search(context.before):
        return None  # "the March on Washington"
    month = month_number(name)
    if groups.get("year"):
        year, basis = year_number(match["year"]), WRITTEN
    elif groups.get("other_year") and context.published:
        year = context.published.year + step_number(match["other_year"])
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
_SIGNS = ("$", "£", "€", "¥", "#", "№")
_NUMBERED = re.compile(
    r"(?:\d[,.:/]|\b(?:at|No\.?|page|room|route|highway|flight|resolution|article|section|chapter|decree|unit|boeing"
    r"|channel))\s?$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s+(?:more|other|people|persons?|men|women|children|troops|soldiers|police|dead|members|percent|per|million|"
    r"billion|dollars|euros|pounds|miles?|k?m|meters|metres|feet|kilomet\w+|tons?|tonnes|acres|square|degrees|"
    r"(?:[a-z]+\s+)?(?:prisoners|protesters|demonstrators|workers|homes|houses|students|officers|jobs|units|shares|"
    r"deaths|cases|votes|words|cars|copies|points|employees|residents|villagers|refugees|hectares|calories))\b"
)


def _year(match: re.Match[str], context: Context) -> Reading | None:
    """“1998”, “in the year two thousand”, “fiscal 1998”, “mid-1996”."""
    groups = match.groupdict()
    text = match["year"]
    if text.isdigit() and not (groups.get("portion") or groups.get("kind")):
        before, after = context.before, context.after
        if before.endswith(_SIGNS) or _NUMBERED.search(before):
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
    """“1990-95”, “1990–1995”."""
    if context.before.endswith(_SIGNS):
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
    """“the 1990s”, “the late '80s”, “the nineties”."""
    del context
    text = match["decade"].lower()
    if digits := re.search(r"\d+", text):
        number = int(digits[0])
        short_and_bare = number < 100 and not (match["the"] or match["portion"] or not text[0].isdigit())
        if number % 10 or short_and_bare:
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
    """“summer 1998”, “the winter of 1994”."""
    del context
    year = year_number(match["year"])
    return None if year is None else of_season(year, match["season"], WRITTEN)


RULES: tuple[Rule, ...] = (
    rule("ISO date", r"(?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![-\d])", _iso),
    rule(
        "numeric date",
        r"(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<year>[12]\d{3}|\d\d)(?![-/.]?\d)",
        _numeric,
    ),
    rule(
        "day of one word, day first",
        rf"(?P<day>\d{{1,2}})(?P<mark>[/.-]){_MONTH}(?P=mark)(?P<year>[12]\d{{3}}|\d\d)(?![-/.]?\d)",
        _one_word,
    ),
    rule(
        "day of one word, month first",
        rf"{_MONTH}(?P<mark>[/.-])(?P<day>\d{{1,2}})(?P=mark)(?P<year>[12]\d{{3}})(?![-/.]?\d)",
        _one_word,
    ),
    rule("day range, month first", rf"{_MONTH}{GAP}{_DAY}{_TO}(?P<last_day>{DAY_NUMBER})(?:,?{GAP}{_YEAR})?", _range),
    rule(
        "day range over two months",
        rf"{_MONTH}{GAP}{_DAY}{GAP}?{HYPHEN}{GAP}?(?P<last_month>{MONTH_ANY}){GAP}(?P<last_day>{DAY_NUMBER})(?:,?{GAP}{_YEAR})?",
        _range,
    ),
    rule(
        "day range over two months, day first",
        rf"(?:from{GAP}(?:the{GAP})?)?{_DAY}{GAP}(?:of{GAP})?{_MONTH}{_TO}(?P<last_day>{DAY_NUMBER}){GAP}(?:of{GAP})?"
        rf"(?P<last_month>{MONTH_ANY})(?:,?{GAP}{_YEAR})?",
        _range,
    ),
    rule(
        "between two days, month first",
        rf"between{GAP}{_MONTH}{GAP}{_DAY}{GAP}and{GAP}(?P<last_day>{DAY_NUMBER})(?:,?{GAP}{_YEAR})?",
        _range,
    ),
    rule(
        "between two days, day first",
        rf"between{GAP}{_THE_DAY}{GAP}and{GAP}(?:the{GAP})?(?P<last_day>{DAY_NUMBER}){_OF_MONTH}(?:,?{GAP}{_YEAR})?",
        _range,
    ),
    rule(
        "day range, day first",
        rf"(?:from{GAP}(?:the{GAP})?)?{_DAY}{_TO}(?:the{GAP})?(?P<last_day>{DAY_NUMBER}){_OF_MONTH}(?:,?{GAP}{_YEAR})?",
        _range,
    ),
    rule("month and day", rf"{_ROUGHLY}{_WEEKDAY}{_MONTH}{GAP}{_THE_DAY}(?:{_OF_YEAR})?", _full),
    rule("day and month", rf"{_ROUGHLY}{_WEEKDAY}{_THE_DAY}(?:-|{GAP})(?:of{GAP})?{_MONTH}(?:{_OF_YEAR})?", _full),
    rule("month and year", rf"{_ROUGHLY}{_MONTH}{_OF_YEAR}", _month),
    rule("week of a day", rf"(?:the{GAP})?week{GAP}of{GAP}{_MONTH}{GAP}{_DAY}(?:,?{GAP}{_YEAR})?", _week_of),
    rule("month", rf"{_ROUGHLY}(?P<month>{MONTH_NAME})", _month),
    rule(
        "season and year",
        rf"{_ROUGHLY}(?:the{GAP})?(?P<season>{SEASON}),?{GAP}(?:of{GAP}|in{GAP})?{_YEAR}",
        _season,
    ),
    rule(
        "decade",
        rf"{PORTION}?(?P<the>the{GAP})?(?:(?:early|late|mid){JOIN})?"
        rf"(?P<decade>(?:1[0-9]|20)\d0{APOSTROPHE}?s|{APOSTROPHE}?[2-9]0{APOSTROPHE}?s|{'|'.join(_DECADES)})",
        _decade,
    ),
    rule("century", rf"{PORTION}?(?:the{GAP})?(?P<number>{ORDINAL}){JOIN}century", _century),
    rule(
        "year range", rf"(?P<year>{YEAR}){GAP}?{HYPHEN}{GAP}?(?P<last_year>1\d{{3}}|20\d\d|\d\d)(?!{HYPHEN}|\d)", _years
    ),
    rule(
        "year",
        rf"{_ROUGHLY}(?P<kind>(?:(?:the{GAP})?(?:(?:calendar|fiscal|financial){GAP})?year{GAP}|fiscal{GAP}))?"
        rf"(?P<year>{YEAR}|{SPOKEN_YEAR}|{APOSTROPHE}\d\d(?!s))",
        _year,
    ),
)
