"""All phrases of time in English: the rules by theme, and the words that stand in them."""

from __future__ import annotations

import re

from dateline.lang.dates import calendar
from dateline.lang.dates.reading import DatePhrases, Reading, of_day, of_month, of_week, of_year
from dateline.lang.en.dates import absolute, clock, feasts, hijri, lengths, quarters, relative, weekdays
from dateline.lang.en.dates.words import EXACT_NUMBER, GAP, JOIN, UNIT, number_value, unit_name
from dateline.lang.lexicon import Made, words

COUNTED_FROM = re.compile(
    rf"(?:(?:the{GAP})?(?P<next>day|night)|(?P<number>{EXACT_NUMBER}){JOIN}(?P<unit>{UNIT})){GAP}"
    rf"(?P<way>before|after|prior{GAP}to|following){GAP}|(?:the{GAP})?eve{GAP}of{GAP}(?:the{GAP})?",
    re.IGNORECASE,
)


def count_from(match: re.Match[str], behind: Reading) -> Reading | None:
    """The reading of a match of :data:`COUNTED_FROM` before a phrase, or None where that phrase is no day."""
    day = behind.moment.day_date if behind.moment is not None else None
    number = number_value(match["number"]) if match["number"] else 1
    if day is None or behind.timex_type != "DATE" or number is None or number != int(number):
        return None
    steps = int(number) * (1 if (match["way"] or "").lower() in ("after", "following") else -1)
    basis = f"“{match[0].strip().lower()}” a date ({day}): {behind.basis}"
    unit = unit_name(match["unit"] or "day")
    if unit == "day":
        return of_day(calendar.shift_days(day, steps), basis)
    if unit == "week":
        shifted = calendar.shift_days(day, 7 * steps)
        return None if shifted is None else of_week(shifted, basis)
    if unit == "month":
        return of_month(*calendar.shift_months(day.year, day.month, steps), basis)
    return of_year(day.year + steps, basis) if unit == "year" else None


HEADS = words("dates.heads")
STARTS = words("dates.starts")


def _phrases() -> DatePhrases:
    heads = HEADS | hijri.HEADS | relative.DAY_NAMES.keys()
    named = [name.lower().replace("'", " ").split() for name in feasts.FEASTS]
    # a feast that a project adds must be found by some word of its name
    heads |= {name[-1] for name in named if not heads & set(name)}
    return DatePhrases.of(
        rules=(
            *clock.RULES,
            *absolute.RULES,
            *feasts.RULES(),
            *hijri.RULES,
            *weekdays.RULES,
            *relative.RULES(),
            *quarters.RULES,
            *lengths.RULES,
        ),
        heads=heads,
        starts=heads | hijri.STARTS | STARTS | {name[0] for name in named},
        counted=COUNTED_FROM,
        count_from=count_from,
    )


date_phrases = Made(_phrases)
"""The phrases, under the lexicon in use."""
