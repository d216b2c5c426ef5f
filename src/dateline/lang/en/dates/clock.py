"""Rules for times of day, alone or with their day: "6 p.m. Monday", "noon", "7:15 p.m.", "Friday at 10 a.m."."""

from __future__ import annotations

import re
from datetime import date

from dateline.lang.dates import calendar
from dateline.lang.dates.reading import Context, Reading, Rule, approximately, no_publication, of_clock, rule
from dateline.lang.en.dates.absolute import choose_year
from dateline.lang.en.dates.weekdays import weekday_day
from dateline.lang.en.dates.words import (
    DAY_NUMBER,
    GAP,
    MONTH_ANY,
    PART_OF_DAY,
    WEEKDAY_NAME,
    YEAR,
    month_number,
    ordinal_number,
    weekday_number,
    year_number,
)

_HALF = r"(?:[ap]\.m\b\.?|[ap]m\b)"
_CLOCK = (
    rf"(?:(?P<hour>\d{{1,2}})(?:[:.](?P<minute>[0-5]\d))?{GAP}?(?P<half>{_HALF})"
    rf"|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?::[0-5]\d)?(?![:.]?\d)"
    rf"|(?P<hour_word>\d{{1,2}}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:{GAP}o['’]clock)?{GAP}in{GAP}the{GAP}(?P<half_word>morning|afternoon|evening)"
    rf"|(?P<o_clock>\d{{1,2}}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve){GAP}?o['’]clock"
    rf"|(?P<hour_of_day>[01]\d|2[0-3])(?P<minute_of_day>[0-5]\d){GAP}?(?:hours|hrs|(?=GMT|UTC))"
    rf"|(?P<name>noon|midday|midnight))"
)
_ZONE = rf"(?:{GAP}?\(?(?:(?:[ECMP][SD]?T|GMT|UTC|BST|CET|CEST|IST)\b|local{GAP}time)\)?)?"
_DAY = (
    rf"(?:(?P<day_name>yesterday|today|tomorrow)|(?:(?P<step>last|this|next){GAP})?(?P<weekday>{WEEKDAY_NAME})"
    rf"|(?P<month>{MONTH_ANY}){GAP}(?P<day>{DAY_NUMBER})(?:,?{GAP}(?P<year>{YEAR}))?)(?:{GAP}(?:{PART_OF_DAY}))?"
)
_LEAD = (
    rf"(?:(?P<approximate>about|around|approximately|roughly|nearly){GAP}|(?:shortly|just){GAP}(?:after|before){GAP})?"
)


def _time_of(match: re.Match[str]) -> tuple[int, int | None] | None:
    groups = match.groupdict()
    if groups["name"]:
        return (24 if groups["name"].lower() == "midnight" else 12), None
    if groups["hour24"]:
        return int(groups["hour24"]), int(groups["minute24"])
    if groups["hour_of_day"]:
        return int(groups["hour_of_day"]), int(groups["minute_of_day"])
    if groups["hour"]:
        hour, minute = int(groups["hour"]), int(groups["minute"]) if groups["minute"] else None
        return (hour % 12 + (12 if groups["half"].lower().startswith("p") else 0), minute) if 1 <= hour <= 12 else None
    text = groups["hour_word"] or groups["o_clock"]
    hour = int(text) if text.isdigit() else _HOUR_WORDS[text.lower()]
    if not 1 <= hour <= 12:
        return None
    if groups["half_word"]:
        hour = hour % 12 + (0 if groups["half_word"].lower() == "morning" else 12)
    return hour, None


_HOUR_WORDS = {
    word: hour for hour, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}


def _day_of(match: re.Match[str], context: Context) -> tuple[date | None, str]:
    groups = match.groupdict()
    if groups.get("weekday"):
        return weekday_day(context, weekday_number(match["weekday"]), (groups["step"] or "").lower())
    if groups.get("day_name"):
        if context.published is None:
            return None, no_publication(f"“{groups['day_name'].lower()}”")
        days = {"yesterday": -1, "today": 0, "tomorrow": 1}[groups["day_name"].lower()]
        basis = f"“{groups['day_name'].lower()}”, from publication ({context.published})"
        return calendar.shift_days(context.published, days), basis
    if groups.get("month"):
        month, day = month_number(match["month"]), ordinal_number(match["day"])
        year, basis = (year_number(match["year"]), "as written") if match["year"] else choose_year(context, month, day)
        if year is None or day is None:
            return None, basis
        found = calendar.valid_day(year, month, day)
        return found, basis if found else f"impossible: month {month} of {year} has no day {day}"
    previous = context.previous_day
    if previous is not None:
        return previous, f"a time on the date before it ({previous})"
    return None, "a time of an unknown day"


def _clock(match: re.Match[str], context: Context) -> Reading | None:
    time = _time_of(match)
    if time is None:
        return None
    if match["hour24"] and len(match[0]) <= 5 and not _BEFORE_TIME.search(context.before):
        return None  # "1:08" is a length of a film or a score
    day, basis = _day_of(match, context)
    if match["o_clock"] and day is not None:  # "4 o'clock" does not say which half of the day
        value, basis = f"{day.isoformat()}T{time[0]:02}:00", f"{basis}; before or after noon"
        return Reading("TIME", value, day.isoformat(), "day", basis)
    reading = of_clock(day, *time, basis)
    return approximately(reading) if match["approximate"] and reading.precision != "time" else reading


_BEFORE_TIME = re.compile(
    r"\b(?:at|by|from|until|till|around|about|after|before|to|and|between|since)\s+$", re.IGNORECASE
)


RULES: tuple[Rule, ...] = (
    rule("time and day", rf"{_LEAD}{_CLOCK}{_ZONE},?{GAP}(?:(?:on|of){GAP})?{_DAY}", _clock),
    rule(
        "day and time",
        rf"{_DAY},?{GAP}(?:at|around|about|at{GAP}(?:about|around|approximately)){GAP}(?P<approximate>){_CLOCK}{_ZONE}",
        _clock,
    ),
    rule("time", rf"{_LEAD}{_CLOCK}{_ZONE}", _clock),
)
