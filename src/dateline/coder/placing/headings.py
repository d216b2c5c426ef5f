"""Headings that are a place or a day and nothing else: what stands below them happened there, or then.

A list of incidents by town, or by day, says the town and the day once, above. What an event's own words say goes before
it; and nothing is taken from under another heading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from dateline.lang.lexicon import words
from dateline.model import Because, Date, Note, Place, Report
from dateline.resolve.dates import find_dates
from dateline.resolve.gazetteer.lookup import ALTERNATE
from dateline.resolve.places.find import resolve_spans
from dateline.rules import rule

if TYPE_CHECKING:
    from dateline.coder.placing.place import Placed
    from dateline.lang.dates.reading import DatePhrases
    from dateline.resolve.gazetteer.lookup import Gazetteer

LONGEST = 60
"""Characters of such a heading."""
_MOST = 3
_LABELS = words("pages.scene_labels")
_HEADING = re.compile(
    r"\s*(?:#{1,6}\s+|\*\*)?(?:(?P<label>[^\W\d_][\w ]{1,20}):\s*)?(?P<told>[^:\n]+?)[\s*:]*\Z",
)
"""A heading without its marks, and its label ("Location: Zaria")."""
_PART = re.compile(r"[^,;/]+")

HANDED_PLACE = rule("place.heading", "the heading above, which is a place")
HANDED_DAY = rule("date.heading", "the heading above, which is a day")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below such headings, up to the next one: [start, end), with the place and the day handed down."""

    start: int
    end: int
    place: Place | None
    day: Date | None


def sections(report: Report, gazetteer: Gazetteer, phrases: DatePhrases) -> tuple[Section, ...]:
    """The sections of a report, in order; none where no heading is a place or a day.

    A heading holds until the next of its kind, and the kind that stands first is the outer one: its next heading ends
    what the inner one said.
    """
    heads = [head for told in _told(report) if (head := _read(report, *told, gazetteer, phrases)) is not None]
    if not heads:
        return ()
    outer = type(heads[0][1])
    found: list[Section] = []
    place: Place | None = None
    day: Date | None = None
    for n, (end, value) in enumerate(heads):
        if isinstance(value, Place):
            place, day = value, None if outer is Place else day
        else:
            place, day = None if outer is Date else place, value
        stop = heads[n + 1][1].start if n + 1 < len(heads) else len(report.text)
        found.append(Section(end, stop, place, day))
    return tuple(found)


def days_above(found: Sequence[Section]) -> Iterator[tuple[int, date]]:
    """Where each section with a day begins, with that day: "today" in it is the day that it names."""
    for section in found:
        if section.day is not None and section.day.precision == "day" and section.day.edtf is not None:
            try:
                yield section.start, date.fromisoformat(section.day.edtf)
            except ValueError:
                continue  # "the fifth of some month"


def handed_down(report: Report, placed: Placed, found: Sequence[Section]) -> Placed:
    """An event at the place and on the day of its section, where its paragraph, or one that tells it again, names none.

    What was found under another heading is another's. Background keeps its own time, or none.
    """
    at = bisect_right(found, placed.mention.trigger.start, key=lambda section: section.start) - 1
    if at < 0:
        return placed
    section, first = found[at], found[0].start
    place, day = placed.place, placed.date
    because = [*placed.because]
    own = list(placed.mention.because)
    told = [placed.mention.sentence, *placed.retold]
    paragraphs = [b for b in report.blocks if any(b.start <= s.start < b.end for s in told)]

    def is_others(at: int, handed: object) -> bool:
        own_paragraph = any(b.start <= at < b.end for b in paragraphs)
        return not own_paragraph and (handed is not None or (at >= first and not section.start <= at < section.end))

    if place is None or is_others(place.start, section.place):
        place = section.place and replace(section.place, chance=None)
        own, because = _without("place", own), _without("place", because)
        if place is not None:
            because.append(HANDED_PLACE.because(place.quote))
    # A day that only publication gives stands at the event's own words.
    given = day is not None and day.start == placed.mention.trigger.start
    if (day is None or given or is_others(day.start, section.day)) and not placed.mention.historical:
        if section.day is not None or not given:
            day = section.day and replace(section.day, chance=None)
            own, because = _without("date", own), _without("date", because)
        if section.day is not None:
            because.append(HANDED_DAY.because(section.day.quote))
    if place is placed.place and day is placed.date:
        return placed
    mention = replace(placed.mention, because=tuple(own))
    return replace(placed, mention=mention, place=place, date=day, because=tuple(because))


def note_on_headings(found: Sequence[Section]) -> Iterator[Note]:
    """That places and days of headings were handed down to what stands below, where some were."""
    named = dict.fromkeys(v.quote for s in found for v in (s.day, s.place) if v is not None)
    if named:
        told = ", ".join(f"“{quote}”" for quote in list(named)[:_MOST])
        yield Note(
            "heading-with-place-or-day",
            f"Headings are a place or a day ({told}): what stands below them is placed and dated by them where its "
            "own words are not.",
        )


def _told(report: Report) -> Iterator[tuple[int, int, bool]]:
    """The words of each heading that may be a place or a day, and whether its block is a heading by its looks."""
    for block in report.blocks:
        if block.kind not in {"heading", "debris"} or block.end - block.start > LONGEST:
            continue
        told = _HEADING.match(report.text[block.start : block.end])
        if told is None or (told["label"] and told["label"].lower() not in _LABELS):
            continue
        yield block.start + told.start("told"), block.start + told.end("told"), block.kind == "heading"


def _read(
    report: Report, start: int, end: int, headed: bool, gazetteer: Gazetteer, phrases: DatePhrases
) -> tuple[int, Place | Date] | None:
    """Where a heading ends, and the day or the place that it is; None where it is neither."""
    for day in find_dates(report.text, report.published, regions=((start, end),), phrases=phrases):
        # The day of publication above a page is its stamp.
        whole = day.start <= start and end <= day.end and day.edtf is not None
        return (end, day) if whole and (day.edtf or "")[:10] != (report.published or "")[:10] else None
    if not headed:
        return None
    spans = [(start + part.start(), start + part.end()) for part in _PART.finditer(report.text[start:end])]
    names = [_trimmed(report.text, *span) for span in spans]
    if not names or not all(_is_place(report.text[a:b], gazetteer) for a, b in names):
        return None
    place = resolve_spans(report.text, names, gazetteer, report.publisher)[0]
    return end, place


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def _is_place(name: str, gazetteer: Gazetteer) -> bool:
    return name[:1].isupper() and any(entry.rank > ALTERNATE for entry in gazetteer.lookup(name))


def _without(field: str, because: Sequence[Because]) -> list[Because]:
    return [reason for reason in because if reason.field != field]
