"""The coding's own reasons for a value, or for leaving words out, as an error shows them."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.evaluate.model import Field
from dateline.evaluate.values import Side
from dateline.evaluate.words import shared
from dateline.export.safe import one_line
from dateline.model import Attribution, Because, EventMention, Span

_MOST = 300
_MOST_REASONS = 5


def because_of(field: Field, event: EventMention, side: Side) -> tuple[str, ...]:
    """Why the coding gives this field of an event the value it has."""
    named = {"event": "type", "trigger": "type"}.get(field, field)
    reasons = [b for b in event.because if b.field == named]
    if field == "place" and event.place:
        reasons += event.place.because
    if field == "date" and event.date and not reasons:
        return (one_line(event.date.basis, _MOST),)
    if field == "according_to" and event.attribution:
        reasons += side.attributions[event.attribution[-1]].because
    return _told(reasons)


def because_attribution(attribution: Attribution) -> tuple[str, ...]:
    """Why the coding has an attribution."""
    return _told(attribution.because)


def because_missed(span: Span, side: Side) -> tuple[str, ...]:
    """Why the coding has nothing here: what it left out in these words, else what it notes on the whole report."""
    left_out = [
        f"left out: {one_line(item.quote, 60)!r} ({item.what}): {one_line(item.why, _MOST)}"
        for item in side.coding.left_out
        if shared(item, span)
    ]
    notes = [f"note: {one_line(note.message, _MOST)}" for note in side.coding.notes]
    found = (left_out or notes)[:_MOST_REASONS]
    # A person gives no reasons at all, and so none for leaving something out.
    reasons = side.coding.left_out or any(event.because for event in side.coding.events)
    return tuple(found) or (("nothing was considered in these words",) if reasons else ())


def because_absent(field: Field, span: Span | None, event: EventMention, side: Side) -> tuple[str, ...]:
    """Why the coding gives an event no such value: what it says of the field, or that it left out these words."""
    reasons = _told(b for b in event.because if b.field == field)
    left_out = (
        f"left out: {one_line(item.quote, 60)!r}: {one_line(item.why, _MOST)}"
        for item in side.coding.left_out
        if span is not None and item.what == field and shared(item, span)
    )
    return (*reasons, *left_out)[:_MOST_REASONS]


def _told(reasons: Iterable[Because]) -> tuple[str, ...]:
    told = (f"{b.field}: {b.rule}" + (f" “{b.matched}”" if b.matched else "") for b in reasons)
    return tuple(one_line(words, _MOST) for words in told)[:_MOST_REASONS]
