"""Rules for quarters and halves of a year, and for the comparisons that reports of results make with them."""

from __future__ import annotations

import re

from dateline.lang.dates import calendar
from dateline.lang.dates.reading import (
    Context,
    Reading,
    Rule,
    from_publication,
    no_publication,
    of_quarter,
    of_year,
    rule,
    unresolved,
    without_anchor,
)
from dateline.lang.en.dates.words import APOSTROPHE, GAP, HYPHEN, JOIN, PORTION

_QUARTER_NUMBERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": 4,
    "final": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
}
_QUARTER_ORDINAL = r"(?P<ordinal>first|second|third|fourth|final)"
_QUARTER_YEAR = r"(?P<year>(?:19|20)\d\d)"


def _quarter(match: re.Match[str], context: Context) -> Reading | None:
    """“the third quarter”, “third-quarter”, “last year's first quarter”, “the 1988 quarter”, “Q3 2020”."""
    groups = match.groupdict()
    ordinal = groups.get("ordinal") or groups.get("digit")
    quarter = _QUARTER_NUMBERS.get((ordinal or "").lower())
    year: int | None = None
    step = (groups.get("step") or groups.get("behind_step") or "").lower()
    ago = groups.get("ago") is not None
    basis = "a quarter of the year written"
    if groups.get("year") or groups.get("behind_year"):
        year = int(groups.get("year") or groups.get("behind_year") or 0)
    elif step and context.published:
        year = context.published.year + (-1 if step.startswith("last") else 1 if step.startswith("next") else 0)
        basis = from_publication(context, "a quarter of a year")
    if quarter is None:
        if year is not None and match[0].lower().endswith("period"):
            return of_year(year, "the year written")
        if context.quarter is None or context.quarter.quarter is None:
            return None
        quarter = context.quarter.quarter
        year = year or context.quarter.year
        basis = "the quarter said before"
    elif year is None and context.published is not None:
        year, basis = context.published.year, from_publication(context, "the quarter nearest")
        # A report of results comes out after the quarter ends: one far ahead belongs to the year before.
        if quarter - calendar.quarter_of(context.published.month) >= 2 and context.tense() != "future":
            year -= 1
    if year is None:
        return unresolved("DATE", f"XXXX-Q{quarter}", "season", no_publication("a quarter without a year"))
    reading = of_quarter(year - ago, quarter, basis)
    return without_anchor(reading) if ago else reading


def _half(match: re.Match[str], context: Context) -> Reading | None:
    """“the first half of 1990”, “the second half of this year”, “the second half”."""
    half = 1 if match["ordinal"].lower() == "first" else 2
    if match["year"]:
        year, basis = int(match["year"]), "a half of the year written"
    elif context.published is None:
        return unresolved("DATE", f"XXXX-H{half}", "month", no_publication("a half of a year"))
    else:
        step = match["step"].lower()
        year = context.published.year + (-1 if step.startswith("last") else 1 if step.startswith("next") else 0)
        basis = from_publication(context, "a half of a year")
    return Reading("DATE", f"{year:04}-H{half}", f"{year:04}-{6 * half - 5:02}/{year:04}-{6 * half:02}", "month", basis)


def _year_ago(match: re.Match[str], context: Context) -> Reading | None:
    """“year-earlier”, “the year-ago period”: the quarter before, or the year, a year earlier."""
    del match
    if context.quarter is not None and context.quarter.quarter is not None:
        basis = "a year before the quarter said before"
        return without_anchor(of_quarter(context.quarter.year - 1, context.quarter.quarter, basis))
    if context.published is None:
        return unresolved("DATE", None, "year", no_publication("a year earlier"))
    return of_year(context.published.year - 1, from_publication(context, "a year earlier"))


_YEAR_STEP = rf"(?:this|last|next){GAP}year"
_QUARTER_LEAD = rf"(?:(?:the|this|a){GAP})?(?:(?:fiscal|comparable|corresponding){JOIN})?"

RULES: tuple[Rule, ...] = (
    rule(
        "quarter",
        rf"(?:{PORTION}|(?:the{GAP})?(?P<step>{_YEAR_STEP}){APOSTROPHE}s{GAP}|{_QUARTER_LEAD})?"
        rf"(?:(?P<ago>(?:the{GAP}|comparable{GAP})*year{HYPHEN}(?:ago|earlier){GAP})|{_QUARTER_YEAR}{GAP}(?:fiscal{GAP})?)?"
        rf"{_QUARTER_ORDINAL}{GAP}(?:fiscal{GAP})?quarter"
        rf"(?:,?{GAP}(?:of{GAP})?(?:(?:fiscal{GAP})?(?P<behind_year>(?:19|20)\d\d)|(?P<behind_step>{_YEAR_STEP})))?",
        _quarter,
    ),
    rule("quarter before a noun", rf"(?:(?P<year>(?:19|20)\d\d){GAP})?{_QUARTER_ORDINAL}{HYPHEN}quarter", _quarter),
    rule("quarter by number", rf"Q(?P<digit>[1-4]){GAP}?(?P<year>(?:19|20)\d\d)", _quarter),
    rule(
        "the quarter",
        rf"(?:(?:the|this|that|its){GAP})(?:(?:latest|current|comparable|corresponding|fiscal){GAP})*"
        rf"(?:(?P<ago>year{HYPHEN}(?:ago|earlier){GAP})|{_QUARTER_YEAR}{GAP})?(?:quarter|period)",
        _quarter,
    ),
    rule(
        "half of a year",
        rf"(?:the{GAP})?(?P<ordinal>first|second|last){GAP}half{GAP}of{GAP}(?:{_QUARTER_YEAR}|(?P<step>{_YEAR_STEP}|the{GAP}year))",
        _half,
    ),
    rule(
        "year earlier", rf"(?:the{GAP})?year{HYPHEN}(?:ago|earlier){GAP}period|year{HYPHEN}(?:ago|earlier)", _year_ago
    ),
)
