"""Rules for what is no point in time: durations, repeated times, and vague words such as "now" and "recently"."""

from __future__ import annotations

import re
from fractions import Fraction

from dateline.lang.dates.reading import Context, Reading, Rule, rule, unresolved
from dateline.lang.en.dates.words import (
    EXACT_NUMBER,
    GAP,
    HYPHEN,
    JOIN,
    MONTH_NAME,
    NUMBER,
    NUMBER_WORDS,
    PART_OF_DAY,
    PARTS_OF_DAY,
    SEASON,
    UNIT,
    WEEKDAY_NAME,
    month_number,
    number_value,
    unit_name,
    weekday_number,
)

_DURATION_LETTERS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "fortnight": "W", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE",
}  # fmt: skip
_YEARS_IN = {"decade": 10, "century": 100}
_PARTS_OF = {"year": (12, "M"), "hour": (60, "TM"), "minute": (60, "TS"), "day": (24, "TH")}


def duration_value(number: Fraction | None, unit: str) -> str:
    """The TIMEX3 value of a length: ``P2Y``, ``PT30M``, ``P2Y6M``; ``PXD`` where the number is vague."""
    letters = _DURATION_LETTERS[unit]
    if number is None:
        return f"P{'T' if letters[0] == 'T' else ''}X{letters[-2:] if letters in ('DE', 'CE') else letters[-1]}"
    if unit == "fortnight":
        number *= 2
    if unit in _YEARS_IN:
        number, letters = number * _YEARS_IN[unit], "Y"
    whole, rest = int(number), number - int(number)
    clock = "T" if letters[0] == "T" else ""
    if not rest:
        return f"P{clock}{whole}{letters[-1]}"
    if unit not in _PARTS_OF:
        return f"P{clock}{float(number):g}{letters[-1]}"
    size, part_letters = _PARTS_OF[unit]
    part = f"{int(rest * size)}{part_letters[-1]}"
    main = f"{whole}{letters[-1]}" if whole else ""
    if clock or part_letters[0] != "T":
        return f"P{clock}{main}{part}"
    return f"P{main}T{part}"


def _duration(match: re.Match[str], context: Context) -> Reading | None:
    """“two years”, “the past three months”, “more than four hours”, “a couple of weeks”, “two-year”."""
    unit = unit_name(match["unit"])
    number = number_value(match["number"])
    if unit == "quarter" and number in (1, 3):
        return None  # mostly a fraction
    if re.search(r"(?:\d[.,:]|[$£€¥])$", context.before):
        return None
    if unit == "second" and not match["unit"].lower().endswith("s") and match["number"].lower() in ("a", "one", "an"):
        return None  # "a second" is mostly an ordinal
    return Reading("DURATION", duration_value(number, unit), None, "duration", "a length of time")


def _the_unit(match: re.Match[str], context: Context) -> Reading | None:
    """“the year”, “the full week”: a length, since nothing says which one is meant."""
    del context
    return Reading("DURATION", duration_value(Fraction(1), match["unit"].lower()), None, "duration", "a length of time")


def _half_added(match: re.Match[str], context: Context) -> Reading | None:
    """“a year and a half”."""
    del context
    number = number_value(match["number"])
    if number is None:
        return None
    value = duration_value(number + Fraction(1, 2), unit_name(match["unit"]))
    return Reading("DURATION", value, None, "duration", "a length of time")


def _vague_duration(match: re.Match[str], context: Context) -> Reading | None:
    """“recent years”, “the coming months”, “weeks”, “days”."""
    del context
    value = duration_value(None, unit_name(match["unit"]))
    return Reading("DURATION", value, None, "duration", "a length of time that the text leaves open")


def _range(match: re.Match[str], context: Context) -> Reading | None:
    """“two to three weeks”, “12 to 18 months”."""
    del context
    number = number_value(match["number"])
    value = duration_value(number, unit_name(match["unit"]))
    return Reading("DURATION", value, None, "duration", "a length of time")


_SET_ADVERBS = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "monthly": "P1M",
    "yearly": "P1Y", "annually": "P1Y",
}  # fmt: skip


def _set(value: str) -> Reading:
    return Reading("SET", value, None, "duration", "a repeated time")


def _adverb(match: re.Match[str], context: Context) -> Reading | None:
    del context
    return _set(_SET_ADVERBS[match[0].lower()])


def _every(match: re.Match[str], context: Context) -> Reading | None:
    """“every day”, “each year”, “every two weeks”."""
    del context
    number = number_value(match["number"]) if match["number"] else Fraction(1)
    return _set(duration_value(number, unit_name(match["unit"])))


def _every_named(match: re.Match[str], context: Context) -> Reading | None:
    """“every Friday”, “Fridays”, “Tuesday nights”, “each July”."""
    del context
    groups = match.groupdict()
    if groups.get("weekday"):
        part = PARTS_OF_DAY.get((groups.get("part") or "").lower().removesuffix("s"))
        return _set(f"XXXX-WXX-{weekday_number(match['weekday']) + 1}" + (f"T{part}" if part else ""))
    if groups.get("month"):
        return _set(f"XXXX-{month_number(match['month']):02}")
    code = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}[match["season"].lower()]
    return _set(f"XXXX-{code}")


def _every_part(match: re.Match[str], context: Context) -> Reading | None:
    del context
    return _set(f"XXXX-XX-XXT{PARTS_OF_DAY[match['part'].lower()]}")


def _so_often(match: re.Match[str], context: Context) -> Reading | None:
    """“twice a week”, “three times a day”: the span is the unit with its article."""
    if not re.search(r"\b(?:once|twice|times)\s$", context.before, re.IGNORECASE):
        return None
    return _set(duration_value(Fraction(1), unit_name(match["unit"])))


def _reference(value: str, basis: str) -> Reading:
    return unresolved("DATE", value, "unknown", basis)


def _present(match: re.Match[str], context: Context) -> Reading | None:
    del match, context
    return _reference("PRESENT_REF", "the time of writing, without a day")


def _past(match: re.Match[str], context: Context) -> Reading | None:
    del match, context
    return _reference("PAST_REF", "some time before the report")


def _future(match: re.Match[str], context: Context) -> Reading | None:
    del match, context
    return _reference("FUTURE_REF", "some time after the report")


_LEAD = (
    rf"(?:(?:about|around|approximately|roughly|nearly|almost|under|up{GAP}to|at{GAP}(?:least|most)|"
    rf"(?:no{GAP})?(?:more|less|fewer|longer){GAP}than|over(?!{GAP}the)|another){GAP}(?:the{GAP})?)"
)
_COMPOUND_NUMBER = rf"(?:\d{{1,4}}(?:\.\d)?|{NUMBER_WORDS}|several|half)"
_STEP = r"(?:last|past|previous|next|coming|following|first|final|latest|recent|preceding)"

RULES: tuple[Rule, ...] = (
    rule("so often", rf"(?:an?|per){GAP}(?P<unit>{UNIT})", _so_often),
    rule(
        "duration",
        rf"{_LEAD}?(?:(?:the|these|those){GAP}(?:{_STEP}{GAP})?|{_STEP}{GAP})?(?P<number>{NUMBER}){GAP}"
        rf"(?:(?:more|full|consecutive|straight|long|additional|whole|short|trading|working|business|calendar){GAP})?"
        rf"(?P<unit>{UNIT})(?:{GAP}or{GAP}(?:so|more|less))?(?!{JOIN}olds?\b|{GAP}of{GAP}age|{HYPHEN}\w)",
        _duration,
    ),
    rule(
        "duration before a noun",
        rf"(?P<number>{_COMPOUND_NUMBER}){HYPHEN}(?P<unit>{UNIT})(?:{HYPHEN}long)?(?!{JOIN}olds?)",
        _duration,
    ),
    rule(
        "duration in a range",
        rf"{_LEAD}?(?:the{GAP}{_STEP}{GAP})?(?P<number>{EXACT_NUMBER})(?:{GAP}(?:to|or|and){GAP}|{HYPHEN})(?:{EXACT_NUMBER}){JOIN}"
        rf"(?P<unit>{UNIT})",
        _range,
    ),
    rule("duration and a half", rf"(?P<number>an?|one){GAP}(?P<unit>{UNIT}){GAP}and{GAP}a{GAP}half", _half_added),
    rule(
        "vague duration",
        rf"(?:the{GAP})?(?:recent|coming|past|last|next){GAP}(?:few{GAP}|several{GAP}|couple{GAP}of{GAP})?"
        rf"(?P<unit>days|weeks|months|quarters|years|decades|centuries|hours|minutes)",
        _vague_duration,
    ),
    rule(
        "the unit",
        rf"(?P<number>the){GAP}(?:(?:full|whole|entire|fiscal){GAP})?(?P<unit>year|week|month)(?!{GAP}of\b)",
        _the_unit,
    ),
    rule("plural units", r"(?P<unit>days|weeks|months|years|decades|centuries|hours|minutes)", _vague_duration),
    rule("repeated, by adverb", "|".join(_SET_ADVERBS), _adverb),
    rule("every unit", rf"(?:every|each){GAP}(?:(?P<number>{EXACT_NUMBER}|other){GAP})?(?P<unit>{UNIT})", _every),
    rule(
        "every weekday",
        rf"(?:every|each){GAP}(?P<weekday>{WEEKDAY_NAME})(?:{GAP}(?P<part>{PART_OF_DAY}))?",
        _every_named,
    ),
    rule("weekdays", rf"(?P<weekday>(?:{WEEKDAY_NAME})s)", _every_named),
    rule(
        "weekday parts", rf"(?P<weekday>{WEEKDAY_NAME}){GAP}(?P<part>mornings|afternoons|evenings|nights)", _every_named
    ),
    rule("every month", rf"(?:every|each){GAP}(?P<month>{MONTH_NAME})", _every_named),
    rule("every season", rf"(?:every|each){GAP}(?P<season>{SEASON})", _every_named),
    rule("every part of a day", rf"(?:every|each){GAP}(?P<part>{PART_OF_DAY})", _every_part),
    # "recent", "previously", "future" and "soon" before a noun or verb tell so little that they are left to the reader.
    rule("present", rf"(?:(?:right|just){GAP})?now|currently|nowadays|these{GAP}days|at{GAP}present|current", _present),
    rule("past", rf"(?:(?:more|just){GAP})?recently|lately|the{GAP}(?:recent{GAP})?past", _past),
    rule(
        "future",
        rf"the{GAP}(?:(?:near|foreseeable|distant|immediate){GAP})?future|the{GAP}(?:near|short|long){GAP}term",
        _future,
    ),
)
