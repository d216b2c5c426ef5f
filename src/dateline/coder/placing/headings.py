"""Headings that are a place or a day and nothing else: readers put what follows there and then, the coder does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dateline.model import Date, Note, Report
from dateline.resolve.gazetteer.lookup import ALTERNATE

if TYPE_CHECKING:
    from dateline.resolve.gazetteer.lookup import Gazetteer

_LONGEST = 60
_MOST = 3
_HEADING = re.compile(r"\s*(?:#{1,6}\s+|\*\*)?(?:[^\W\d_][\w ]{1,20}:\s*)?(?P<told>[^:\n]+?)[\s*:]*\Z")
"""A heading without its marks and without a label ("Location: Zaria")."""


def note_on_headings(report: Report, dates: Sequence[Date], gazetteer: Gazetteer) -> Iterator[Note]:
    """That headings with a place or a day stand above what is told, where some do."""
    found = [
        told["told"]
        for block in report.blocks
        if block.kind in {"heading", "debris"} and block.end - block.start <= _LONGEST
        if (told := _HEADING.match(report.text[block.start : block.end])) is not None
        if _is_day(report, block.start + told.start("told"), block.start + told.end("told"), dates)
        or (block.kind == "heading" and _is_place(told["told"], gazetteer))
    ]
    if found:
        named = ", ".join(f"“{words}”" for words in dict.fromkeys(found[:_MOST]))
        yield Note(
            "heading-with-place-or-day",
            f"A heading that is a place or a day stands above ({named}): what follows is not placed or dated by it. "
            "To have it so, write both before each report (“Lima, 4 March: Choirs sang ...”).",
        )


def _is_day(report: Report, start: int, end: int, dates: Sequence[Date]) -> bool:
    """Whether the words are a date, and not the stamp of the day on which the report was published."""
    day = next((d for d in dates if d.start <= start and end <= d.end), None)
    return day is not None and (day.edtf is None or day.edtf[:10] != (report.published or "")[:10])


def _is_place(told: str, gazetteer: Gazetteer) -> bool:
    names = [name.strip() for name in told.split(",")]
    return all(name[:1].isupper() and any(e.rank > ALTERNATE for e in gazetteer.lookup(name)) for name in names)
