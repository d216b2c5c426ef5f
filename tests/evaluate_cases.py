"""Codings made by hand in a few words, for the tests of evaluating."""

from __future__ import annotations

from typing import Any

from dateline.model import (
    Actor,
    Attribution,
    CoderInfo,
    Coding,
    Count,
    CountKind,
    Date,
    EventMention,
    Evidence,
    Participant,
    Place,
    Report,
    Span,
)
from export_cases import at

FIRST = "Police beat two students in Lyon on 17 January, the union said."
SECOND = "Strikers marched past the mill, and police detained 12 of them."
TEXT = f"{FIRST} {SECOND}"


def span(words: str, nth: int = 0, text: str = TEXT) -> Span:
    start, end = at(text, words, nth)
    return Span(start, end, words)


def who(words: str, actor: str | None = None, nth: int = 0) -> Participant:
    found = span(words, nth)
    return Participant(found.start, found.end, words, actor)


def sentence(words: str, text: str = TEXT) -> Evidence:
    start, end = at(text, words)
    return Evidence(start, end, words)


def place(words: str, name: str | None = None, **more: Any) -> Place:
    found = span(words)
    return Place(found.start, found.end, words, name=name or words, **more)


def date(edtf: str | None, words: str = "17 January") -> Date:
    found = span(words)
    return Date(found.start, found.end, words, edtf, "day", "stated")


def count(
    kind: CountKind, best: int | None, low: int | None = None, high: int | None = None, words: str = "12"
) -> Count:
    found = span(words)
    return Count(found.start, found.end, words, kind, low, best, high)


def event(type: str, trigger: str, *, id: str = "", nth: int = 0, **more: Any) -> EventMention:
    """An event by its trigger's words; its evidence is its sentence unless it is given."""
    found = span(trigger, nth)
    proof = more.pop("evidence", (sentence(FIRST if found.start < len(FIRST) else SECOND),))
    return EventMention(id or f"{type}-{trigger}", type, found, evidence=proof, **more)


def coding(
    *events: EventMention,
    id: str = "r1",
    text: str = TEXT,
    coder: str = "hand",
    actors: tuple[Actor, ...] = (),
    attributions: tuple[Attribution, ...] = (),
    **more: Any,
) -> Coding:
    """A coding of the one text."""
    return Coding(Report(id, text), CoderInfo(coder, "1", "plover 1.0"), events, attributions, actors=actors, **more)
