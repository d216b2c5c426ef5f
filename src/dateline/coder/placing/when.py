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
from dateline.coder.placing.where import are_elsewhere, event_places
from dateline.coder.syntax.model import Parse
from dateline.coder.triggers.background import only_remembered
from dateline.lang.clause import clause_of
from dateline.lang.dates import calendar, edtf
from dateline.lang.en.placing.datelines import read_dateline
from dateline.lang.en.placing.dates import (
    AFTER_DATE,
    BEFORE_DATE,
    DAYS,
    OTHER_TIME,
    REPORTING,
    AttachedDate,
    attached_dates,
    first_of_joined,
    follows_closely,
    is_both,
    is_interval,
    is_of_clause,
    is_of_word,
    is_unclaimed,
    may_date,
    verbs_sharing_date,
)
from dateline.lang.en.placing.told_again import names_again
from dateline.model import Because, Date, Place
from dateline.rules import Rule, rule

if TYPE_CHECKING:
    from spacy.tokens import Token

OF_WORD = rule("date.of-event-word", "it modifies the event's own word; {basis}")
OF_CLAUSE = rule("date.of-clause", "it stands in the event's clause; {basis}")
COUNTED = rule("date.counted", "it is counted from another event's date; {basis}")
CLOSE = rule("date.close-behind", "it follows the event's words, with no other verb between; {basis}")
OF_JOINED_CLAUSE = rule("date.of-joined-clause", "it stands in the clause that the event's is joined to; {basis}")
ONLY_ONE = rule("date.only-one", "it is the only date of the event's sentence; {basis}")
SENTENCE_BEFORE = rule("date.sentence-before", "it dates the sentence before, in the same paragraph; {basis}")
ITEM_DAY = rule("date.item", "it stands at the head of the event's item in the list; {basis}")
OTHER_MENTION = rule("date.other-mention", "it dates another mention of the event; {basis}")

_MOST_DAYS = 60
"""More dates than this in a report are not looked through for every event."""
_BETWEEN = 20
"""Characters between two dates that are said in one breath."""
_YEAR = re.compile(r"\b\d{4}\b")
_EXACTNESS = {name: n for n, name in enumerate(("time", "day", "days", "week", "month", "season", "year"))}


def event_date(
    parse: Parse,
    trigger: Token,
    dates: Sequence[Date],
    where: Sequence[Place] = (),
    places: Sequence[Place] = (),
    *,
    also: Sequence[Token] = (),
) -> tuple[Date | None, Because | None]:
    """The date of the event that the trigger names, with the reason; ``(None, None)`` where the text supports none.

    ``dates`` are those of :func:`dateline.resolve.dates.find_dates` on the report, in order; ``where`` is where the
    event happened, among all the report's ``places``: what is told of elsewhere does not date it. A date bounded by
    "before", "until", "since" or "after" comes back as an open interval, two joined by "between" or "from" as one.
    ``also`` are further words of the sentence that tell the same event, each with a clause of its own.
    """
    attached = list(attached_dates(trigger.sent, dates))
    allowed = _of_own_year(trigger, [d for d in attached if _may_date(parse, trigger, d)])
    for word in (trigger, *also):
        own = allowed if word == trigger else [d for d in attached if _may_date(parse, word, d)]
        for one, holds in ((OF_WORD, is_of_word), (OF_CLAUSE, is_of_clause)):
            chosen = _most_exact([d for d in own if holds(word, d)], word)
            if chosen is not None:
                return _dated(parse, chosen, dates, one)
    counted = counted_date(parse, trigger, dates)
    if counted is not None:
        return counted, COUNTED.because(counted.quote, basis=counted.basis)
    close = _most_exact([d for d in allowed if follows_closely(trigger, d)], trigger)
    if close is not None:
        return _dated(parse, close, dates, CLOSE)
    joined = _date_of_joined_clause(trigger, allowed)
    if joined is not None:
        return _dated(parse, joined, dates, OF_JOINED_CLAUSE)
    unclaimed = [d for d in allowed if is_unclaimed(trigger, d)]
    if len({d.date.edtf or d.date.timex_value for d in unclaimed}) == 1:
        return _dated(parse, unclaimed[0], dates, ONLY_ONE)
    if not any(d.date.precision in DAYS and d.preposition not in OTHER_TIME for d in attached):
        before = _date_of_sentence_before(parse, trigger, dates, where, places)
        if before is not None:
            return _dated(parse, before, dates, SENTENCE_BEFORE)
    again = _date_of_other_mention(parse, trigger, dates)
    return _dated(parse, again, dates, OTHER_MENTION) if again is not None else (None, None)


def day_of_item(parse: Parse, trigger: Token, dates: Sequence[Date]) -> tuple[Date | None, Because | None]:
    """The day at the head of the list's item that tells the event, with the reason ("- 5 March, Jos: soldiers shot").

    ``(None, None)`` where it has none, where its sentence names a day of its own, or where it tells what came before.
    """
    if only_remembered(trigger) is not None or clause_of(trigger).before_past:
        return None, None
    block = next((b for b in parse.report.blocks if b.start <= trigger.idx < b.end), None)
    head = read_dateline(parse.report.text, block.start, block.end) if block is not None else None
    if head is None or head.day is None or not head.item:
        return None, None
    start, end = head.day
    day = next((d for d in dates if start <= d.start and d.end <= end and d.edtf is not None), None)
    others = (d for d in attached_dates(trigger.sent, dates) if d.date is not day and d.date.precision in DAYS)
    if day is None or trigger.idx < head.end or any(d.preposition not in OTHER_TIME for d in others):
        return None, None
    return day, ITEM_DAY.because(day.quote, basis=day.basis)


def _may_date(parse: Parse, trigger: Token, attached: AttachedDate) -> bool:
    if only_remembered(trigger) is not None and not _YEAR.search(attached.date.quote):
        return False  # the day is that of the service, not of what is remembered at it
    return parse.in_one_quotation(trigger, attached.root) and may_date(trigger, attached)


def _of_own_year(trigger: Token, allowed: Sequence[AttachedDate]) -> list[AttachedDate]:
    """Of the dates those of the year that stands before the event's word, if one does ("the 1989 crackdown")."""
    own = [d.date.edtf for d in allowed if d.premodifier and d.governor.i == trigger.i and d.date.precision == "year"]
    years = tuple(year for year in own if year is not None)
    return [d for d in allowed if not years or (d.date.edtf or "").startswith(years)]


def _date_of_joined_clause(trigger: Token, allowed: Sequence[AttachedDate]) -> AttachedDate | None:
    """The date of the clause before, for one joined to it in the same tense."""
    first = first_of_joined(trigger)
    if first is None:
        return None
    own = [d for d in allowed if d.preposition not in OTHER_TIME and (is_of_word(first, d) or is_of_clause(first, d))]
    return _most_exact(own, first)


def _most_exact(attached: Sequence[AttachedDate], trigger: Token) -> AttachedDate | None:
    """A date with a value before one without, the more exact, then the nearer."""
    return min(
        attached,
        key=lambda d: (d.date.edtf is None, _EXACTNESS.get(d.date.precision, 9), abs(d.root.i - trigger.i)),
        default=None,
    )


def _date_of_sentence_before(
    parse: Parse, trigger: Token, dates: Sequence[Date], where: Sequence[Place], places: Sequence[Place]
) -> AttachedDate | None:
    """The one day that the sentence before, of the same paragraph, gives to its own main verb.

    An act of another place or tense ("a nun is still held captive") is not of that day for all that is told.
    """
    start = trigger.sent.start_char
    block = next((b for b in parse.report.blocks if b.start <= trigger.idx < b.end), None)
    if trigger.lemma_.lower() in REPORTING or block is None or start <= block.start or trigger.sent.start == 0:
        return None
    if trigger.sent.root.i not in {verb.i for verb in verbs_sharing_date(trigger)}:
        return None  # what a subordinate clause tells may be of any time
    sentence = parse.doc[trigger.sent.start - 1].sent
    if sentence.start_char < block.start:
        return None
    main = sentence.root
    if main.lemma_.lower() in REPORTING or not parse.in_one_quotation(trigger, main):
        return None
    tenses = {tense for tense in (_tense_of(trigger), clause_of(main).tense) if tense is not None}
    named = [p for p in where if p.start >= start]
    if len(tenses) > 1 or (named and are_elsewhere(named, event_places(parse, main, places)[0])):
        return None
    days = [
        d
        for d in attached_dates(sentence, dates)
        if d.date.edtf is not None
        and d.date.precision in ("day", "time")
        and d.preposition not in OTHER_TIME
        and _may_date(parse, main, d)
        and (is_of_word(main, d) or is_of_clause(main, d))
    ]
    return days[0] if len({d.date.edtf for d in days}) == 1 else None


def _tense_of(trigger: Token) -> str | None:
    """The tense in which the sentence tells the event; what its subject names has none ("the attack comes as")."""
    way = (trigger, *trigger.ancestors)
    if any(clause_of(word).link in ("subject", "passive subject") for word in way):
        return None
    return clause_of(trigger.sent.root).tense


def _date_of_other_mention(parse: Parse, trigger: Token, dates: Sequence[Date]) -> AttachedDate | None:
    """The one day given to the same event elsewhere: "a man was shot ... the shooting happened on Friday"."""
    days = [d for d in dates if d.precision in ("day", "time") and d.edtf is not None]
    if len(days) > _MOST_DAYS:
        return None
    again: list[AttachedDate] = []
    for date in days:
        token = parse.doc.char_span(date.start, date.start + 1, alignment_mode="expand")
        if token is None or not any(b.start <= date.start < b.end for b in parse.coded_blocks()):
            continue
        for attached in attached_dates(token.sent, [date]):
            other = names_again(trigger, attached.governor)
            if other is None or attached.preposition in OTHER_TIME or not _may_date(parse, other, attached):
                continue
            if is_of_word(other, attached) or is_of_clause(other, attached):
                again.append(attached)
    return again[0] if len({d.date.edtf[:10] for d in again if d.date.edtf}) == 1 else None


def _dated(parse: Parse, attached: AttachedDate, dates: Sequence[Date], why: Rule) -> tuple[Date, Because]:
    date = _bounded(attached, _joined(parse, attached.date, dates))
    return date, why.because(date.quote, basis=date.basis)


def _bounded(attached: AttachedDate, date: Date) -> Date:
    """“before 1990” is not 1990: an open interval."""
    if date.edtf is None or "/" in date.edtf:
        return date
    if attached.preposition in BEFORE_DATE:
        bounded = edtf.before(date.edtf)
    elif attached.preposition in AFTER_DATE:
        bounded = edtf.after(date.edtf)
    else:
        return date
    return replace(date, edtf=bounded, basis=f"“{attached.preposition}” what is meant; {date.basis}")


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
        ends = is_interval(text[max(0, a.start - _BETWEEN) : a.start], between)
        if not ends and not (is_both(between) and _follow(a.edtf, b.edtf)):
            continue
        value = f"{a.edtf}/{b.edtf}"
        if edtf.is_valid(value):
            span = parse.report.span(a.start, b.end)
            precision = "days" if "day" in (a.precision, b.precision) else a.precision
            return Date(span.start, span.end, span.quote, value, precision, a.basis, "DATE", value)
    return date
