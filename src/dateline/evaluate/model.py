"""What a comparison of two coders holds: figures with their intervals, a table of confusions, and the errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from dateline.model import CountKind, Evidence

EventField = Literal[
    "event", "type", "mode", "trigger", "actors", "recipients", "place", "date", "modality", "historical"
]
SpeechField = Literal["according_to", "source", "cue", "content"]
Field = EventField | CountKind | SpeechField
Kind = Literal["missed", "added", "wrong"]
Spans = Literal["overlap", "exact"]

COUNT_KINDS: tuple[CountKind, ...] = get_args(CountKind)
FIELDS: tuple[Field, ...] = (*get_args(EventField), *COUNT_KINDS, *get_args(SpeechField))
"""What is compared.

``event``: the event was found, of whatever type. ``type`` to ``according_to``: the values of one event; each kind of
count is a field of its own; ``according_to`` is the innermost speaker whom the event is credited to. ``source``,
``cue`` and ``content``: the attributions of a report, whatever they hold.
"""

MEANINGS: dict[Field, str] = {
    "event": "event",
    "according_to": "according to",
    "source": "attribution: source",
    "cue": "attribution: cue",
    "content": "attribution: content",
}
"""Words for the fields whose name alone says too little."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A share between 0 and 1 with the ends of its bootstrap interval.

    ``value`` is None where nothing could be divided (no coded value at all has no precision), and the ends are None
    where there are too few reports to resample.
    """

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How many values there are in the gold and in the coding, how many of them are the same, and the shares."""

    gold: int
    coded: int
    right: int
    precision: Figure
    recall: Figure
    f1: Figure


@dataclass(frozen=True, slots=True)
class FieldScore:
    """One field: over all events, and (``found``) over those events alone that both coders have.

    ``found`` is None for the fields that are not values of an event.
    """

    field: Field
    all: Score
    found: Score | None


@dataclass(frozen=True, slots=True)
class TypeScore:
    """One event type."""

    type: str
    score: Score


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often the gold says one type and the coding another; None is "has no such event"."""

    gold: str | None
    coded: str | None
    events: int


@dataclass(frozen=True, slots=True)
class Value:
    """What one coder says, in words, and the words of the report it rests on with their surroundings."""

    words: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Error:
    """One difference. ``missed``: the gold alone has it; ``added``: the coding alone; ``wrong``: they differ.

    ``event`` names the event that the value belongs to, by type and trigger; None for attributions. ``gold_event`` and
    ``coded_event`` are ids of events in the two codings (of attributions, for their fields), and ``because`` is what
    the coding itself gives as its reasons, or why it left the words out.
    """

    report: str
    field: Field
    kind: Kind
    gold: Value | None
    coded: Value | None
    event: str | None
    gold_event: str | None
    coded_event: str | None
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOutReport:
    """A report that could not be compared, and why."""

    report: str
    why: str


@dataclass(frozen=True, slots=True)
class Settings:
    """How the comparison was made: all that is needed to make it again."""

    fields: tuple[Field, ...]
    types: tuple[str, ...]
    spans: Spans
    resamples: int
    level: float
    seed: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One coder against another, who is taken to be right (``gold``)."""

    gold_coders: tuple[str, ...]
    coders: tuple[str, ...]
    reports: int
    gold_events: int
    coded_events: int
    fields: tuple[FieldScore, ...]
    types: tuple[TypeScore, ...]
    confusion: tuple[Confusion, ...]
    errors: tuple[Error, ...]
    left_out: tuple[LeftOutReport, ...]
    notes: tuple[str, ...]
    settings: Settings
