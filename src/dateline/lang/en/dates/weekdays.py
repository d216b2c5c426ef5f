"""Rules for weekdays and weekends, which mean the one before or after publication by the tense of their clause."""

from __future__ import annotations

import re
from datetime import date

from dateline.lang.dates import calendar
from dateline.lang.dates.reading import (
    Context,
    Reading,
    Rule,
    from_publication,
    no_publication,
    of_day,
    of_weekend,
    rule,
    unresolved,
)
from dateline.lang.en.dates.words import GAP, PART_OF_DAY, PARTS_OF_DAY, PORTION, WEEKDAY_NAME, weekday_number

_WEEKDAY_TITLES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def weekday_day(context: Context, weekday: int, step: str = "") -> tuple[date | None, str]:
    """The day that a weekday means and the basis for it; None without a publication date."""
    published = context.published
    name = _WEEKDAY_TITLES[weekday].title()
    if published is None:
        return None, no_publication("a weekday of an unknown week")
    if step in ("the previous", "the following", "the next", "previous", "following", "that", "the same", "same"):
        previous = context.previous_day
        if previous is None and step in ("the previous", "previous"):
            previous = calendar.weekday_on_or_before(published, weekday)
        if previous is not None:
            if step.endswith("previous"):
                day = calendar.weekday_on_or_before(calendar.shift_days(previous, -1) or previous, weekday)
            elif step.endswith(("same", "that")):
                day = calendar.weekday_on_or_after(calendar.monday_of(previous), weekday)
            else:
                day = calendar.weekday_on_or_after(calendar.shift_days(previous, 1) or previous, weekday)
            return day, f"{step} {name}, from the date before it ({previous})"
    if step in ("last", "past", "this past"):
        yesterday = calendar.shift_days(published, -1) or published
        return calendar.weekday_on_or_before(yesterday, weekday), f"the last {name} before publication ({published})"
    if step.endswith(("next", "coming")):
        tomorrow = calendar.shift_days(published, 1) or published
        return calendar.weekday_on_or_after(tomorrow, weekday), f"the next {name} after publication ({published})"
    tense = context.tense()
    if tense == "future" or (step == "this" and tense != "past"):
        why = "by the future tense" if tense == "future" else "as the text says “this”"
        day = calendar.weekday_on_or_after(published, weekday)
        return day, f"the next {name} on or after publication ({published}), {why}"
    why = ", by the past tense" if tense == "past" else ""
    return calendar.weekday_on_or_before(
        published, weekday
    ), f"the last {name} on or before publication ({published}){why}"


_NAMED_WEEKDAY = re.compile(r"\b(?:Easter|Palm|Good|Holy|Ash|Shrove|Maundy|Whit|Black|Bloody|Super|Cyber|Boxing)\s+$")
"""What makes a weekday the name of a feast or of an event of long ago ("Easter Sunday", "Bloody Sunday")."""


def _weekday(match: re.Match[str], context: Context) -> Reading | None:
    """“Friday”, “last Friday”, “early Friday”, “Friday night”, “the night of Friday”."""
    text = match["weekday"]
    if not text[0].isupper() or _NAMED_WEEKDAY.search(context.before):
        return None
    weekday = weekday_number(text)
    step = " ".join((match["step"] or "").lower().split())
    part = PARTS_OF_DAY.get((match["part"] or "").lower())
    day, basis = weekday_day(context, weekday, step)
    if day is None:
        value = f"XXXX-WXX-{weekday + 1}" + (f"T{part}" if part else "")
        return unresolved("TIME" if part else "DATE", value, "day", basis)
    return of_day(day, basis, part=part)


def _week_before(match: re.Match[str], context: Context) -> Reading | None:
    """“Friday of last week”, “Monday a week ago”: the weekday of another week."""
    if context.published is None:
        return unresolved(
            "DATE", f"XXXX-WXX-{weekday_number(match['weekday']) + 1}", "day", no_publication("a weekday")
        )
    step = -7 if match["step"].lower() == "last" else 7 if match["step"].lower() == "next" else 0
    week = calendar.shift_days(calendar.monday_of(context.published), step) or context.published
    day = calendar.weekday_on_or_after(week, weekday_number(match["weekday"]))
    return of_day(day, from_publication(context, f"a weekday of {match['step'].lower()} week"))


def _weekend(match: re.Match[str], context: Context) -> Reading | None:
    """“the weekend”, “over the weekend”: the one nearest in the direction of the tense."""
    del match
    published = context.published
    if published is None:
        return unresolved("DATE", None, "days", no_publication("a weekend"))
    if context.tense() == "future":
        saturday = calendar.weekday_on_or_after(published, 5)
    else:
        saturday = calendar.weekday_on_or_before(published, 5)
    return of_weekend(saturday, from_publication(context, "the weekend")) if saturday else None


RULES: tuple[Rule, ...] = (
    rule(
        "weekday",
        rf"{PORTION}?(?:(?P<step>(?:the{GAP})?(?:last|this|next|previous|following|coming|same|that)|this{GAP}(?:past|coming)){GAP})?"
        rf"(?P<weekday>{WEEKDAY_NAME})(?:{GAP}(?P<part>{PART_OF_DAY}))?",
        _weekday,
    ),
    rule(
        "weekday of a week",
        rf"(?P<weekday>{WEEKDAY_NAME}){GAP}(?:of{GAP})?(?P<step>last|next|this){GAP}week",
        _week_before,
    ),
    rule("weekend", rf"{PORTION}?the{GAP}weekend", _weekend),
)
