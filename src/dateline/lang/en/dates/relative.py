"""Rules for dates that lean on another: on publication ("yesterday", "last week") or on the date before them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dateline.lang.dates import calendar, edtf
from dateline.lang.dates.reading import (
    Context,
    Moment,
    Reading,
    Rule,
    approximately,
    from_publication,
    no_publication,
    of_day,
    of_decade,
    of_month,
    of_quarter,
    of_season,
    of_week,
    of_weekend,
    of_year,
    rule,
    unresolved,
    without_anchor,
)
from dateline.lang.en.dates.absolute import choose_year
from dateline.lang.en.dates.words import (
    APOSTROPHE,
    GAP,
    JOIN,
    MONTH_NAME,
    NUMBER,
    PART_OF_DAY,
    PARTS_OF_DAY,
    PORTION,
    SEASON,
    UNIT,
    month_number,
    number_value,
    unit_name,
)
from dateline.lang.lexicon import Made, Table, table
from dateline.model import DatePrecision

DAY_NAMES: Table[int] = table("dates.day_names")
_THIS = rf"(?P<step>(?:(?:the|this){GAP})?(?:last|past|previous|next|coming|following|this|current|same)|that|this)"
_PAST_STEPS = frozenset({"last", "past", "previous"})
_NEXT_STEPS = frozenset({"next", "coming"})


def _day_name(match: re.Match[str], context: Context) -> Reading | None:
    """“yesterday”, “late yesterday”, “tomorrow night”, “tonight”, “the day before yesterday”."""
    name = match["name"].lower()
    step = DAY_NAMES[name]
    if match["shift"]:
        step += -1 if "before" in match["shift"].lower() else 1
    part = "NI" if name == "tonight" else PARTS_OF_DAY.get((match["part"] or "").lower())
    if context.published is None:
        return unresolved("TIME" if part else "DATE", None, "day", no_publication(f"“{name}”"))
    return of_day(calendar.shift_days(context.published, step), from_publication(context, f"“{name}”"), part=part)


def _part_of_day(match: re.Match[str], context: Context) -> Reading | None:
    """“this morning”, “last night”, “overnight”, “the next morning”, “that evening”."""
    words = match[0].lower()
    part = PARTS_OF_DAY[match["part"].lower()]
    step = " ".join(match["step"].lower().split())
    if step in ("that", "the same", "same", "the following", "the next", "the previous"):
        previous = context.last_day if step in ("that", "the same", "same") else context.previous_day
        if previous is None:
            return unresolved("TIME", None, "day", f"“{words}”; no earlier date stands before it")
        days = {"the following": 1, "the next": 1, "the previous": -1}.get(step, 0)
        return of_day(
            calendar.shift_days(previous, days), f"“{words}”, from the date before it ({previous})", part=part
        )
    if context.published is None:
        return unresolved("TIME", None, "day", no_publication(f"“{words}”"))
    days = -1 if step == "last" else 1 if step == "next" else 0
    return of_day(calendar.shift_days(context.published, days), from_publication(context, f"“{words}”"), part=part)


def _overnight(match: re.Match[str], context: Context) -> Reading | None:
    """“overnight”: the night into the day of publication, which is two days."""
    del match
    if context.published is None:
        return unresolved("TIME", None, "days", no_publication("“overnight”"))
    first = calendar.shift_days(context.published, -1) or context.published
    basis = from_publication(context, "“overnight”")
    return Reading("TIME", f"{first.isoformat()}TNI", edtf.interval(first, context.published), "days", basis)


def _month_step(match: re.Match[str], context: Context) -> Reading | None:
    """“last May”, “this past June”, “next April”."""
    month, published = month_number(match["month"]), context.published
    if not match["month"][0].isupper():
        return None
    if published is None:
        return Reading(
            "DATE", f"XXXX-{month:02}", f"XXXX-{month:02}", "month", no_publication("a month without a year")
        )
    step = match["step"].lower().split()[-1]
    if step in _PAST_STEPS:
        year = published.year - (month >= published.month)
    elif step in _NEXT_STEPS:
        year = published.year + (month <= published.month)
    else:
        year = published.year
    return of_month(year, month, from_publication(context, f"{step} {match['month']}"))


def _season_step(match: re.Match[str], context: Context) -> Reading | None:
    """“last summer”, “this fall”, “the spring”."""
    published, word = context.published, match["season"].lower()
    code = calendar.SEASONS[word][0]
    step = (match["step"] or "").lower().split()[-1:]
    if not step and word in ("fall", "spring") and not match["portion"]:
        return None  # "the fall of the city", "the spring where they drink"
    if published is None:
        return unresolved("DATE", f"XXXX-{code}", "season", no_publication("a season without a year"))
    start = calendar.SEASON_STARTS[code]
    begun = published.month >= start
    if step and step[0] in _PAST_STEPS:
        year = published.year - (published.month < start + 3)
    elif step and step[0] in _NEXT_STEPS:
        year = published.year + begun
    elif step or context.tense() == "future":
        year = published.year - (code == "WI" and published.month < 3)
    else:
        year = published.year - (not begun)
    return of_season(year, word, from_publication(context, f"“{match[0].strip().lower()}”"))


_UNIT_STEP_UNITS = "day|night|week|weekend|month|quarter|period|year|decade|century"


def _unit_step(match: re.Match[str], context: Context) -> Reading | None:
    """“last week”, “this year”, “next month”, “the current quarter”, “the following day”, “that year”."""
    step, unit = " ".join(match["step"].lower().split()), match["unit"].lower()
    leans_back = step in ("that", "the same", "same", "the following", "the previous", "following", "previous") or (
        step == "the next" and unit in ("day", "night")
    )
    if leans_back:
        return _lean_on_previous(step.removeprefix("the ").strip(), unit, context)
    if step in ("the last", "the next", "the past", "this past", "this coming") and unit in ("day", "night"):
        return None
    last = step.split()[-1] if step else ""
    number = -1 if last in _PAST_STEPS else 1 if last in _NEXT_STEPS else 0
    if context.published is None:
        return unresolved(
            "DATE", None, _PRECISIONS.get(unit, "unknown"), no_publication(f"“{match[0].strip().lower()}”")
        )
    what = f"“{match[0].strip().lower()}”"
    reading = _step_from(context.published, unit, number, from_publication(context, what))
    if unit == "night" and reading is not None and context.published:
        return of_day(calendar.shift_days(context.published, number), reading.basis, part="NI")
    return reading


_PRECISIONS: dict[str, DatePrecision] = {
    "day": "day", "night": "day", "week": "week", "weekend": "days", "month": "month", "quarter": "season",
    "year": "year", "decade": "decade", "century": "century",
}  # fmt: skip


def _step_from(day: date, unit: str, number: int, basis: str) -> Reading | None:
    """The unit so many on from the one that holds the day."""
    if unit in ("day", "night"):
        return of_day(calendar.shift_days(day, number), basis)
    if unit == "week":
        shifted = calendar.shift_days(day, 7 * number)
        return of_week(shifted, basis) if shifted else None
    if unit == "weekend":
        if number == 0:
            saturday = calendar.shift_days(calendar.monday_of(day), 5)
            if saturday is not None and saturday > day:
                return of_weekend(saturday, basis)
        else:
            saturday = calendar.shift_days(calendar.monday_of(day), 5 + 7 * number)
        return of_weekend(saturday, basis) if saturday else None
    if unit == "month":
        return of_month(*calendar.shift_months(day.year, day.month, number), basis)
    if unit == "quarter":
        year, month = calendar.shift_months(day.year, day.month, 3 * number)
        return of_quarter(year, calendar.quarter_of(month), basis)
    if unit == "year":
        return of_year(day.year + number, basis)
    if unit == "decade":
        return of_decade(day.year // 10 * 10 + 10 * number, basis)
    return None


def _day_said_last(context: Context, step: str) -> Reading:
    return of_day(context.last_day, f"“{step} day”, the day said last ({context.last_day})")


def _lean_on_previous(step: str, unit: str, context: Context) -> Reading | None:
    previous = context.previous
    number = {"following": 1, "next": 1, "previous": -1}.get(step, 0)
    told_by = re.match(r"[,\s]{1,3}(when|as|that|on which)\b", context.after)
    if unit in ("day", "night") and number == 0 and told_by and (told_by[1] != "that" or context.last_day is None):
        # "on the same day that" also opens what someone said on a day told before
        basis = "the same day as something the sentence tells without a date"
        reading = unresolved("DATE", None, "day", basis) if context.last_day is None else _day_said_last(context, step)
        return replace(reading, same_as_later=True)
    if unit == "period":
        if context.quarter is None or context.quarter.quarter is None:
            return None
        return of_quarter(context.quarter.year, context.quarter.quarter, "the quarter said before")
    if unit in ("day", "night") and number == 0 and context.last_day is not None:
        return _day_said_last(context, step)
    if previous is None:
        if number == 0 and unit in ("week", "weekend"):
            return None
        basis = f"“{step} {unit}”; no earlier date stands before it"
        return unresolved("DATE", None, "unknown", basis)
    if unit == "year":
        return of_year(previous.year + number, f"{step} year, from the date before it ({previous.year})")
    if unit == "quarter" and context.quarter is not None and context.quarter.quarter is not None:
        year, month = calendar.shift_months(context.quarter.year, context.quarter.quarter * 3, 3 * number)
        return of_quarter(year, calendar.quarter_of(month), f"{step} quarter, from the quarter before it")
    if unit == "month" and previous.month is not None:
        year, month = calendar.shift_months(previous.year, previous.month, number)
        return of_month(year, month, f"{step} month, from the date before it ({previous.year}-{previous.month:02})")
    if previous.day_date is None:
        return unresolved("DATE", None, "unknown", f"{step} {unit}; the date before it is less exact")
    return _step_from(previous.day_date, unit, number, f"{step} {unit}, from the date before it ({previous.day_date})")


def _ago(match: re.Match[str], context: Context) -> Reading | None:
    """“two years ago”, “10 days earlier”, “three weeks later”, “a week from now”."""
    number, unit, way = number_value(match["number"]), unit_name(match["unit"]), match["way"].lower()
    if way == "later" and unit in ("second", "minute", "hour"):
        return None
    if way == "before" and _is_told_by_what_follows(context):
        return None
    sign = 1 if way in ("later", "hence", "afterward", "afterwards", "from now", "after", "away") else -1
    counts_from_publication = way in ("ago", "from now", "hence", "back", "away")
    what = f"“{match[0].strip().lower()}”"
    if number is None:
        value = None if not counts_from_publication else "FUTURE_REF" if sign > 0 else "PAST_REF"
        return unresolved("DATE", value, "unknown", "a number of units that the text leaves open")
    if unit in ("second", "minute", "hour"):
        return unresolved("DATE", None, "unknown", f"{what}; the hour of publication is not known")
    anchor, basis = context.published, from_publication(context, what)
    if unit == "year" and number == 1 and sign < 0 and way != "before" and _quarter_is_near(context):
        assert context.quarter is not None
        basis = "a year before the quarter said before"
        return without_anchor(of_quarter(context.quarter.year - 1, context.quarter.quarter or 1, basis))
    if not counts_from_publication:
        previous = context.previous
        if previous is None and unit != "year":
            return unresolved("DATE", None, "unknown", f"{what}; no earlier date stands before it")
        if previous is not None:
            anchor = _as_exact_as(previous, unit)
            if anchor is None:
                return unresolved("DATE", None, "unknown", f"{what}; the date before it is less exact")
            basis = f"{what}, from the date before it ({'-'.join(str(p) for p in _parts(previous))})"
    if anchor is None:
        return unresolved("DATE", None, "unknown", no_publication(what))
    reading = _shift(anchor, unit, int(number * sign) if number.denominator == 1 else None, basis)
    if reading is not None and match["modifier"]:
        return approximately(reading)
    return reading


def _quarter_is_near(context: Context) -> bool:
    return context.quarter is not None and context.previous is not None and context.previous.quarter is not None


def _parts(moment: Moment) -> list[int]:
    return [part for part in (moment.year, moment.month, moment.day) if part is not None]


def _as_exact_as(moment: Moment, unit: str) -> date | None:
    """The moment as a day, where it is exact enough to count such units from."""
    if unit in ("year", "decade", "century"):
        return calendar.valid_day(moment.year, moment.month or 1, 1)
    if unit in ("month", "quarter"):
        return (moment.month and calendar.valid_day(moment.year, moment.month, 1)) or None
    return moment.day_date


def _shift(day: date, unit: str, number: int | None, basis: str) -> Reading | None:
    """The unit so many on; a fraction of a unit leaves the result open."""
    if number is None:
        return unresolved("DATE", None, "unknown", f"{basis}; a part of a {unit} is not exact")
    if unit == "fortnight":
        unit, number = "week", number * 2
    if unit in ("decade", "century"):
        return of_year(day.year + number * (10 if unit == "decade" else 100), basis)
    return _step_from(day, unit, number, basis)


def _is_told_by_what_follows(context: Context) -> bool:
    """Whether "before" or "after" goes on to say what was before or after."""
    return bool(re.match(r"\s+(?!(?:when|and|but|at|in|by|with|near)\b)\w", context.after))


def _neighbour(match: re.Match[str], context: Context) -> Reading | None:
    """“the day before”, “the week after”, “the year before last”, “the night before”."""
    unit, way = match["unit"].lower(), match["way"].lower()
    if _is_told_by_what_follows(context):
        return None  # "the day after the vote" is told by the vote, which has no date of its own here
    number = -1 if way in ("before", "earlier") else 1
    return _lean_on_previous("previous" if number < 0 else "following", unit, context)


def _year_end(match: re.Match[str], context: Context) -> Reading | None:
    del match
    year, basis = choose_year(context, 12, 31) if context.published else (None, "")
    if year is None:
        return unresolved("DATE", "XXXX-12-31", "day", no_publication("the end of a year"))
    return of_year(year, f"the end of the year: {basis}")


_NUMBER = rf"(?P<number>{NUMBER})"
_MODIFIER = (
    rf"(?P<modifier>(?:about|around|approximately|roughly|nearly|almost|some|more{GAP}than|less{GAP}than|over|"
    rf"(?:at{GAP})?least){GAP})"
)


def _day_name_rule() -> Rule:
    names = "|".join(sorted(DAY_NAMES, key=lambda name: (-len(name), name)))
    return rule(
        "day name",
        rf"(?:{PORTION}|(?P<shift>the{GAP}day{GAP}(?:before|after){GAP}))?(?P<name>{names})"
        rf"(?:{GAP}(?P<part>{PART_OF_DAY}))?",
        _day_name,
    )


_RULES: tuple[Rule, ...] = (
    rule(
        "part of a day",
        rf"{PORTION}?(?P<step>this|last|that|the{GAP}same|the{GAP}next|the{GAP}following|the{GAP}previous){GAP}"
        rf"(?P<part>morning|afternoon|evening|night)",
        _part_of_day,
    ),
    rule("overnight", "overnight", _overnight),
    rule(
        "month by step",
        rf"{PORTION}?(?P<step>(?:this{GAP})?(?:last|past|next|coming)|this){GAP}(?P<month>{MONTH_NAME})",
        _month_step,
    ),
    rule(
        "season",
        rf"{PORTION}?(?:(?P<step>(?:this{GAP})?(?:last|past|next|coming)|this){GAP}|the{GAP})(?P<season>{SEASON})",
        _season_step,
    ),
    rule(
        "unit by step",
        rf"{PORTION}?{_THIS}{JOIN}(?:(?:fiscal|calendar|whole|full){GAP})?(?P<unit>{_UNIT_STEP_UNITS})",
        _unit_step,
    ),
    rule(
        "so long ago",
        rf"{_MODIFIER}?{_NUMBER}{JOIN}(?P<unit>{UNIT})(?:{GAP}or{GAP}(?:so|more|two))?{GAP}"
        rf"(?P<way>ago|earlier|later|before|afterwards?|hence|from{GAP}now|back(?!{GAP}(?:to|in|from|at|on)))",
        _ago,
    ),
    rule("part of the unit", rf"{PORTION}(?P<step>)(?P<unit>week|month|quarter|year|decade|century)", _unit_step),
    rule("neighbour", rf"the{GAP}(?P<unit>day|night|week|month|year){GAP}(?P<way>before|after|earlier)", _neighbour),
    rule("end of the year", rf"year{APOSTROPHE}?s?{JOIN}end", _year_end),
)

RULES = Made(lambda: (_day_name_rule(), *_RULES))
