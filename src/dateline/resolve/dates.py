"""Dates in words to spans with a TIMEX3 type and value, an EDTF date, its precision and the basis it rests on.

Every rule is a pattern with a handler, by theme: :mod:`~dateline.lang.en.dates.absolute` ("3 May 2020"),
:mod:`~dateline.lang.en.dates.feasts` ("Christmas"), :mod:`~dateline.lang.en.dates.hijri` ("22 Bahman 1401"),
:mod:`~dateline.lang.en.dates.weekdays` ("last Friday"),
:mod:`~dateline.lang.en.dates.relative` ("last week"), :mod:`~dateline.lang.en.dates.phrases` ("the day after 3 May"),
:mod:`~dateline.lang.en.dates.quarters` ("the third quarter"), :mod:`~dateline.lang.en.dates.clock` ("6 p.m. Monday")
and :mod:`~dateline.lang.en.dates.lengths` ("two years", "every week", "now"). At each word that can begin a date the
longest phrase wins, the rule listed first where two are as long. Nothing is taken from a clock: what needs a
publication date and has none stays open and says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateline.lang.base import load_language
from dateline.lang.dates.reading import Context, DatePhrases, Moment, Reading
from dateline.lang.en.placing.datelines import read_dateline
from dateline.model import CODED_BLOCKS, Date, Report

_APOSTROPHES = "'’‘ʼ"
_MARKS_BEHIND = "/.:-–s'’"
_REACH = 7
"""A phrase's first such word comes at most so many words after its start."""
_NEAR = 400
"""Characters over which a date can be leaned on by a later phrase ("two days earlier")."""
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OPENING = 12
"""A dateline stands at the head of one of the first blocks, after headings, bylines and captions."""
_LONGEST_ON_THE_WIRE = 60
"""Days between the day of a dateline and publication, at the most: an older one is that of another text."""
_NEAR_DAY = 2_000
"""Characters over which "the same day" goes back to the day said last, past months and years said in between."""


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    reading: Reading


def find_dates(
    text: str,
    published: str | None,
    *,
    tense_at: Callable[[int, int], str | None] | None = None,
    regions: Sequence[tuple[int, int]] | None = None,
    phrases: DatePhrases | None = None,
    written: Sequence[tuple[int, date]] = (),
) -> tuple[Date, ...]:
    """The dates, times, durations and repeated times of a text, in order, without overlaps.

    ``published`` is an ISO 8601 date or time; what leans on it stays open without it. ``tense_at(start, end)`` tells
    the tense ("past", "present", "future" or None) of the clause around a phrase: without it weekdays are past.
    ``regions`` are the half-open stretches to look in, in code points (all of the text by default). ``phrases`` are
    those of the text's language, English where they are not given. ``written`` are offsets with the day on which what
    stands behind each was written, in order: it goes before the day of publication (:func:`days_written`).

    Raises :class:`ValueError` for a ``published`` that is no ISO date.
    """
    found: list[_Found] = []
    previous: Moment | None = None
    previous_end = 0
    last_day: date | None = None
    last_day_end = 0
    quarter: Moment | None = None
    publication = _publication_day(published)
    offsets = [offset for offset, _ in written]
    phrases = load_language().date_phrases() if phrases is None else phrases
    for start, match_end in _candidates(text, regions, phrases):
        if found and start < found[-1].end:
            continue

        def tense(start: int = start, end: int = match_end) -> str | None:
            return tense_at(start, end) if tense_at is not None else None

        told = bisect_right(offsets, start)
        day = written[told - 1][1] if told else publication
        near = previous if previous is not None and start - previous_end <= _NEAR else None
        near_day = last_day if last_day is not None and start - last_day_end <= _NEAR_DAY else None
        context = Context(day, text[max(0, start - 40) : start], "", tense, near, near_day, quarter)
        reading_end = _read(text, start, context, phrases)
        if reading_end is None:
            continue
        reading, end = reading_end
        if day != publication:
            # The rules call the day that they count from that of publication.
            reading = replace(reading, basis=reading.basis.replace(f"publication ({day})", f"the dateline ({day})"))
        found.append(_Found(start, end, reading))
        if reading.moment is not None:
            previous, previous_end = reading.moment, end
            if reading.moment.day_date is not None:
                last_day, last_day_end = reading.moment.day_date, end
            if reading.moment.quarter is not None:
                quarter = reading.moment
    return tuple(_date(text, f) for f in _same_days(text, found))


def days_written(report: Report, phrases: DatePhrases | None = None) -> tuple[tuple[int, date], ...]:
    """Where a report's datelines with a day end, each with that day: "today" behind one is the day it names."""
    published = _publication_day(report.published)
    found: list[tuple[int, date]] = []
    for block in [b for b in report.blocks if b.kind in CODED_BLOCKS][:_OPENING]:
        head = read_dateline(report.text, block.start, block.end)
        if head is None or head.day is None or head.item:
            continue
        for one in find_dates(report.text, report.published, regions=(head.day,), phrases=phrases):
            if one.edtf is None or not _A_DAY.fullmatch(one.edtf):
                continue
            day = date.fromisoformat(one.edtf)
            if published is None or -1 <= (published - day).days <= _LONGEST_ON_THE_WIRE:
                found.append((head.end, day))
    return tuple(found)


def _publication_day(published: str | None) -> date | None:
    if not published:
        return None
    if re.fullmatch(r"\d{4}(?:-\d{2})?", published):
        return None  # a year or a month alone: no day to count from
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        raise ValueError(f"published is {published!r}; write an ISO date such as 2020-01-19") from None


def _candidates(
    text: str, regions: Sequence[tuple[int, int]] | None, phrases: DatePhrases
) -> Iterator[tuple[int, int]]:
    """Offsets at which a date may begin, each with the offset of the word that makes it likely."""
    for begin, stop in regions if regions is not None else ((0, len(text)),):
        starts: list[int] = []
        positions: list[int] = []
        for index, match in enumerate(phrases.word.finditer(text, begin, stop)):
            word, start = match[0].lower(), match.start()
            digits = word.isdigit() and len(word) <= 4
            before, after = text[start - 1 : start], text[match.end() : match.end() + 1]
            short_year = len(word) == 2 and before in _APOSTROPHES and bool(before)  # "'98"
            if (digits or word in phrases.starts) and not before.isalnum() and before != "_":
                starts.append(start - short_year)
                positions.append(index)
            if word in phrases.heads or (digits and (len(word) == 4 or short_year or after in _MARKS_BEHIND)):
                for begun, position in zip(starts, positions, strict=True):
                    if index - position <= _REACH:
                        yield begun, match.end()
                starts, positions = [], []


def _read(text: str, start: int, context: Context, phrases: DatePhrases) -> tuple[Reading, int] | None:
    """The longest phrase at the offset that a rule accepts, or one counted from the date behind it."""
    if (prefix := phrases.counted.match(text, start)) is not None:
        nearer = replace(context, before=text[max(0, prefix.end() - 40) : prefix.end()])
        behind = _read_plain(text, prefix.end(), nearer, phrases)
        counted = None if behind is None else phrases.count_from(prefix, behind[0])
        if behind is not None and counted is not None:
            return counted, behind[1]
    return _read_plain(text, start, context, phrases)


def _read_plain(text: str, start: int, context: Context, phrases: DatePhrases) -> tuple[Reading, int] | None:
    if phrases.any_rule.match(text, start) is None:
        return None
    matches = [(m.end(), -n, m) for n, r in enumerate(phrases.rules) if (m := r.pattern.match(text, start))]
    for end, order, match in sorted(matches, key=lambda found: found[:2], reverse=True):
        reading = phrases.rules[-order].read(match, replace(context, after=text[end : end + 40]))
        if reading is not None:
            return reading, end
    return None


_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s|\n\s*\n")


def _same_days(text: str, found: list[_Found]) -> Iterator[_Found]:
    """Give "the same day when ..." the day that its own sentence names further on."""
    for index, item in enumerate(found):
        yield _same_day(text, item, found[index + 1 : index + 8]) if item.reading.same_as_later else item


def _same_day(text: str, item: _Found, later: Sequence[_Found]) -> _Found:
    sentence_end = _SENTENCE_END.search(text, item.end, item.end + _NEAR)
    stop = sentence_end.start() if sentence_end else item.end + _NEAR
    for other in later:
        if other.start >= stop:
            break
        if other.reading.moment is not None and other.reading.moment.day_date is not None:
            words = text[other.start : other.end]
            basis = f"the same day as “{words}” in the same sentence: {other.reading.basis}"
            return _Found(item.start, item.end, replace(other.reading, basis=basis, timex_type="DATE"))
    return item


def _date(text: str, found: _Found) -> Date:
    reading = found.reading
    return Date(
        found.start,
        found.end,
        text[found.start : found.end],
        reading.edtf,
        reading.precision,
        reading.basis,
        reading.timex_type,
        reading.value,
    )
