"""Events dated by their distance from another: "withdrew on Sunday, a day after an airstrike hit its hospital"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dateline.coder.placing.dates_in_syntax import clause_verbs, is_in_clause, is_own, may_date, placed_dates
from dateline.coder.syntax.model import Parse
from dateline.lang.dates import calendar, edtf
from dateline.model import Date

if TYPE_CHECKING:
    from spacy.tokens import Token

_DAYS = re.compile(r"P(\d{1,3})([DW])")


def counted_date(parse: Parse, trigger: Token, dates: Sequence[Date]) -> Date | None:
    """The date of an event in the clause behind "three days after", from the date of the clause before it."""
    for link, main in _links(trigger):
        length = _length_before(parse, link, dates)
        if length is None:
            continue
        placed = [p for p in placed_dates(parse, trigger.sent, dates) if may_date(parse, main, p)]
        days = {p.date.edtf for p in placed if p.date.precision == "day" and (is_own(main, p) or is_in_clause(main, p))}
        value = days.pop() if len(days) == 1 else None
        if value is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            continue
        number, unit = _DAYS.fullmatch(length.timex_value or "").groups()  # type: ignore[union-attr]
        step = int(number) * (7 if unit == "W" else 1) * (-1 if link.lower_ == "after" else 1)
        found = calendar.shift_days(date.fromisoformat(value), step)
        if found is None:
            continue
        start, end = length.start, link.idx + len(link)
        words = parse.report.text[start:end]
        basis = f"“{words}” it came what happened on {value}"
        if unit == "W":
            monday = calendar.monday_of(found)
            week = edtf.interval(monday, calendar.shift_days(monday, 6) or monday)
            return Date(start, end, words, week, "week", basis, "DATE", calendar.week_value(found))
        return Date(start, end, words, edtf.day(found), "day", basis, "DATE", edtf.day(found))
    return None


def _links(trigger: Token) -> Iterator[tuple[Token, Token]]:
    """Each "after" or "before" that opens a clause or phrase of the trigger, with the verb that the phrase hangs on."""
    for word in (trigger, *clause_verbs(trigger)):
        for child in word.children:
            if (
                child.lower_ in ("after", "before")
                and child.i < word.i
                and child.dep_ in ("clause marker", "preposition", "adverb")
            ):
                yield from ((child, verb) for verb in _verb_above(word))
        if word.dep_ in ("preposition object", "preposition clause") and word.head.lower_ in ("after", "before"):
            yield from ((word.head, verb) for verb in _verb_above(word.head))


def _verb_above(word: Token) -> Iterator[Token]:
    verb = next((token for token in word.ancestors if token.pos_ == "VERB"), None)
    if verb is not None:
        yield verb


def _length_before(parse: Parse, link: Token, dates: Sequence[Date]) -> Date | None:
    """The number of days or weeks right before the word."""
    at = bisect_left(dates, link.idx, key=lambda d: d.start) - 1
    if at < 0:
        return None
    length = dates[at]
    exact = length.timex_type == "DURATION" and _DAYS.fullmatch(length.timex_value or "")
    return length if exact and not parse.report.text[length.end : link.idx].strip() else None
