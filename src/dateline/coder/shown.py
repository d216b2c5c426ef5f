"""Which rows are events, and which are suggestions for whoever reviews a coding."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.model import EventMention, Note


def all_suggested(rows: int) -> Note:
    """The note on a coding all of whose rows are suggestions."""
    return Note(
        "all-suggested",
        f"No event was coded: the rows that were found ({rows}) have chances below the bound and are suggestions.",
    )


def split(events: Iterable[EventMention], at_least: float) -> tuple[tuple[EventMention, ...], tuple[EventMention, ...]]:
    """The rows whose chance is at least so much, and those below it, each in order.

    A row without a chance was judged by nothing that could doubt it: it is shown.
    """
    shown: list[EventMention] = []
    suggested: list[EventMention] = []
    for event in events:
        (shown if event.chance is None or event.chance >= at_least else suggested).append(event)
    return tuple(shown), tuple(suggested)
