"""The date of an event: from its own clause, else its sentence, else the sentence before, else another mention.

The publication date is never an event date on its own, nor is a date that belongs to something else: to the verb that
reports the event ("police said on Monday"), to a job or its term ("minister until 2019"), to a name ("the Friday
sermon", "the 2018 law"), or to a quotation that the event stands outside of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.coder.placing.counted_days import counted_date
from dateline.coder.placing.dates_in_syntax import (
    BOUND_AFTER,
    BOUND_BEFORE,
    DAYS,
    HAPPENING,
    OTHER_TIME,
    REPORTING,
    PlacedDate,
    clause_verbs,
    follows_closely,
    is_in_clause,
    is_loose,
    is_own,
    may_date,
    placed_dates,
)
from dateline.coder.syntax.model import Parse
from dateline.lang.dates import calendar, edtf
from dateline.lang.en.grammar.tense import clause_tense
from dateline.lang.lexicon import words
from dateline.model import Because, Date

if TYPE_CHECKING:
    from spacy.tokens import Token

_OCCURRING = words("placing.occurring")
_INCIDENT = words("placing.incident")
_DEFINITE = words("placing.definite")


def event_date(parse: Parse, trigger: Token, dates: Sequence[Date]) -> tuple[Date | None, Because | None]:
    """The date of the event that the trigger names, with the reason; ``(None, None)`` where the text supports none.

    ``dates`` are those of :func:`dateline.resolve.dates.find_dates` on the report, in order. A date bounded by
    "before", "until", "since" or "after" comes back as an open interval, two joined by "between" or "from" as one.
    """
    sentence = trigger.sent
    placed = list(placed_dates(parse, sentence, dates))
    allowed = [p for p in placed if may_date(parse, trigger, p)]
    for rule, holds in (
        ("it modifies the event's own word", is_own),
        ("it stands in the event's clause", is_in_clause),
    ):
        chosen = _most_exact([p for p in allowed if holds(trigger, p)], trigger)
        if chosen is not None:
            return _result(parse, chosen, dates, rule)
    counted = counted_date(parse, trigger, dates)
    if counted is not None:
        return counted, Because("date", f"it is counted from another event's date; {counted.basis}", counted.quote)
    close = _most_exact([p for p in allowed if follows_closely(trigger, p)], trigger)
    if close is not None:
        return _result(parse, close, dates, "it follows the event's words, with no other verb between")
    joined = _of_joined_clause(trigger, allowed)
    if joined is not None:
        return _result(parse, joined, dates, "it stands in the clause that the event's is joined to")
    loose = [p for p in allowed if is_loose(trigger, p)]
    days = {p.date.edtf or p.date.timex_value for p in loose}
    if len(days) == 1:
        return _result(parse, loose[0], dates, "it is the only date of the event's sentence")
    if not any(p.date.precision in DAYS and p.preposition not in OTHER_TIME for p in placed):
        found = _from_sentence_before(parse, trigger, dates)
        if found[0] is not None:
            return found
    return _from_same_word(parse, trigger, dates)


def _of_joined_clause(trigger: Token, allowed: list[PlacedDate]) -> PlacedDate | None:
    """The date of the clause before, for one joined to it in the same tense: "fired on Sunday, and ten were killed"."""
    verb = next((v for v in clause_verbs(trigger) if v.dep_ == "conjunct"), None)
    if verb is None:
        return None
    first = verb.head
    if first.pos_ != "VERB" or first.i > verb.i or first.lemma_.lower() in REPORTING:
        return None
    if clause_tense(first) != clause_tense(verb):
        return None
    found = [p for p in allowed if p.preposition not in OTHER_TIME and (is_own(first, p) or is_in_clause(first, p))]
    return _most_exact(found, first)


_EXACTNESS = {name: n for n, name in enumerate(("time", "day", "days", "week", "month", "season", "year"))}


def _most_exact(found: list[PlacedDate], trigger: Token) -> PlacedDate | None:
    """A date with a value before one without, the more exact, then the nearer."""
    return min(
        found,
        key=lambda p: (p.date.edtf is None, _EXACTNESS.get(p.date.precision, 9), abs(p.root.i - trigger.i)),
        default=None,
    )


def _from_sentence_before(parse: Parse, trigger: Token, dates: Sequence[Date]) -> tuple[Date | None, Because | None]:
    """The one day that the sentence before, of the same paragraph, gives to its own main verb."""
    start = trigger.sent.start_char
    block = next((b for b in parse.report.blocks if b.start <= trigger.idx < b.end), None)
    if trigger.lemma_.lower() in REPORTING or block is None or start <= block.start or trigger.sent.start == 0:
        return None, None
    if trigger.sent.root.i not in {verb.i for verb in clause_verbs(trigger)}:
        return None, None  # what a subordinate clause tells may be of any time
    sentence = parse.doc[trigger.sent.start - 1].sent
    if sentence.start_char < block.start:
        return None, None
    main = sentence.root
    found = [
        p
        for p in placed_dates(parse, sentence, dates)
        if p.date.edtf is not None
        and p.date.precision in ("day", "time")
        and p.preposition not in OTHER_TIME
        and may_date(parse, main, p)
        and (is_own(main, p) or is_in_clause(main, p))
        and main.lemma_.lower() not in REPORTING
    ]
    if len({p.date.edtf for p in found}) != 1 or parse.quotation_at(trigger) != parse.quotation_at(main):
        return None, None
    return _result(parse, found[0], dates, "it dates the sentence before, in the same paragraph")


_FEW = 60
"""More dates than this in a report are not looked through for every event."""
_STEM = 5
"""Letters by which a noun and a verb are taken for one word ("shoot", "shooting")."""


def _from_same_word(parse: Parse, trigger: Token, dates: Sequence[Date]) -> tuple[Date | None, Because | None]:
    """The one day given to the same event elsewhere: "a man was shot ... the shooting happened on Friday".

    Two words are taken for one event where they share their stem and the later of them is a definite noun.
    """
    days = [d for d in dates if d.precision in ("day", "time") and d.edtf is not None]
    if len(days) > _FEW:
        return None, None
    found: list[PlacedDate] = []
    for date in days:
        token = parse.doc.char_span(date.start, date.start + 1, alignment_mode="expand")
        if token is None or not any(b.start <= date.start < b.end for b in parse.coded_blocks()):
            continue
        for placed in placed_dates(parse, token.sent, [date]):
            other = _same_word(trigger, placed.governor)
            if other is None or placed.preposition in OTHER_TIME or not may_date(parse, other, placed):
                continue
            if is_own(other, placed) or is_in_clause(other, placed):
                found.append(placed)
    if len({p.date.edtf[:10] for p in found if p.date.edtf}) != 1:
        return None, None
    return _result(parse, found[0], dates, "it dates another mention of the event")


def _same_word(trigger: Token, governor: Token) -> Token | None:
    """The dated word, or an argument of the dated verb, that names the trigger's event again."""
    if governor.lemma_.lower() in _OCCURRING and trigger.i < governor.i:
        between = governor.doc[trigger.sent.end : governor.sent.start].text.strip()
        if not between and any(c.dep_ == "subject" and c.lower_ in ("it", "this") for c in governor.children):
            return governor
    stem = trigger.lemma_.lower()[:_STEM]
    nearby = [
        governor,
        *(c for c in governor.children if c.dep_ in ("subject", "passive subject", "object", "preposition object")),
    ]
    for word in nearby:
        lemma = word.lemma_.lower()
        happens = word.i == governor.i or governor.lemma_.lower() in HAPPENING
        told_again = lemma in _INCIDENT and word.i > trigger.i
        if word.i == trigger.i or not happens or not (lemma.startswith(stem) or told_again):
            continue
        later = max(word, trigger, key=lambda token: token.i)
        if later.pos_ in ("NOUN", "PROPN") and any(
            c.lower_ in _DEFINITE or c.dep_ == "possessor" for c in later.children if c.i < later.i
        ):
            return word
    return None


def _result(parse: Parse, placed: PlacedDate, dates: Sequence[Date], why: str) -> tuple[Date, Because]:
    date = _bounded(placed, _joined(parse, placed.date, dates))
    return date, Because("date", f"{why}; {date.basis}", date.quote)


def _bounded(placed: PlacedDate, date: Date) -> Date:
    """“before 1990” is not 1990: an open interval."""
    if date.edtf is None or "/" in date.edtf:
        return date
    if placed.preposition in BOUND_BEFORE:
        return replace(date, edtf=edtf.before(date.edtf), basis=f"“{placed.preposition}” what is meant; {date.basis}")
    if placed.preposition in BOUND_AFTER:
        return replace(date, edtf=edtf.after(date.edtf), basis=f"“{placed.preposition}” what is meant; {date.basis}")
    return date


_FROM = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)
_TO = re.compile(r"\s+(?:and|to|until|till|through)\s+(?:the\s+)?", re.IGNORECASE)


_BETWEEN = 20
"""Characters between two dates that are said in one breath."""
_AND = re.compile(r"\s+and\s+(?:on\s+)?(?:the\s+)?", re.IGNORECASE)


def _follow(one: str, other: str) -> bool:
    """Whether the second date begins the day after the first ends, both being days, or both years."""
    if len(one) != len(other) or len(one) not in (4, 10) or not (edtf.is_valid(one) and edtf.is_valid(other)):
        return False
    last, first = edtf.bounds(one)[1], edtf.bounds(other)[0]
    return last is not None and first is not None and calendar.shift_days(last, 1) == first


def _joined(parse: Parse, date: Date, dates: Sequence[Date]) -> Date:
    """“between 3 May and 7 June”, “on Friday and Saturday”: one interval over both dates' words."""
    text = parse.report.text
    at = bisect_right(dates, date.start, key=lambda d: d.start) - 1
    for first, last in ((at, at + 1), (at - 1, at)):
        if first < 0 or last >= len(dates):
            continue
        a, b = dates[first], dates[last]
        if a.edtf is None or b.edtf is None or "/" in a.edtf + b.edtf:
            continue
        between = text[a.end : b.start] if b.start - a.end <= _BETWEEN else ""
        ends = _FROM.search(text[max(0, a.start - 20) : a.start]) and _TO.fullmatch(between)
        if not ends and not (_AND.fullmatch(between) and _follow(a.edtf, b.edtf)):
            continue
        value = f"{a.edtf}/{b.edtf}"
        if edtf.is_valid(value):
            span = parse.report.span(a.start, b.end)
            precision = "days" if "day" in (a.precision, b.precision) else a.precision
            return Date(span.start, span.end, span.quote, value, precision, a.basis, "DATE", value)
    return date
