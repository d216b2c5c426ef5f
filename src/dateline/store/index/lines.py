"""What the index gives: rows, events and reports as lines of a list, facets, places and days with their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class RowLine:
    """An event mention (or a suggestion) of the coding that holds of its report.

    ``key`` is report id, ``#`` and row id; ``number`` that of the report. ``status``: suggested, accepted, corrected,
    added; ``by`` is who said so. ``days`` are ordinals of the first and last day. Counts are best figures, null where
    not stated. ``stake`` tells how much depends on it: the queue's order; ``why`` names what makes it so.
    """

    key: str
    report: str
    number: int
    row: str
    suggestion: bool
    type: str
    mode: str | None
    modality: str
    historical: bool
    place: str | None
    admin1: str | None
    country: str | None
    precision: str | None
    lat: float | None
    lon: float | None
    edtf: str | None
    days: tuple[int, int] | None
    counts: tuple[tuple[str, int], ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    said_by: str | None
    publisher: str | None
    interest: str
    published: str | None
    title: str
    sentence: str
    chance: float | None
    stake: float
    why: tuple[str, ...]
    status: str
    by: str | None
    state: str
    flagged: bool
    confidential: bool
    event: str | None
    coding: int | None = None
    """The number of the coding that it stands in."""
    blind: bool = False
    """Whether who asks codes its report blind: then it has no values."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event that stands, with the values by the project's policies, and how it is told."""

    id: str
    type: str
    sentence: str
    place: str | None
    country: str | None
    precision: str | None
    lat: float | None
    lon: float | None
    edtf: str | None
    days: tuple[int, int] | None
    counts: tuple[tuple[str, int, int, int], ...]
    reports: int
    sources: int
    status: str
    reviewed: int
    mentions: int
    stake: float
    confidential: bool


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report: how far people are with it, and what was made of it."""

    number: int
    id: str
    title: str
    publisher: str | None
    interest: str
    published: str | None
    added: str
    language: str | None
    rows: int
    suggestions: int
    reviewed: int
    state: str
    flagged: bool
    confidential: bool
    stake: float
    why: tuple[str, ...]
    assigned: tuple[str, ...]
    original: str | None
    url: str | None
    coding: int | None = None
    """The number of the coding that holds of it."""
    notes: tuple[str, ...] = ()
    """What the coder said of the whole report."""
    before: str | None = None
    """The id of the version before it, where it is a later one of its story."""
    blind: bool = False
    """Whether who asks codes it blind: then nothing is told of what was made of it."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Line]):
    """Some lines of a list. ``after`` leads to the next ones (None: these are the last).

    ``total`` is how many there are, counted no further than the index's bound; ``more`` says that there are more.
    """

    lines: tuple[Line, ...]
    total: int
    more: bool
    after: str | None


@dataclass(frozen=True, slots=True)
class Totals:
    """How many rows and reports fit a query; ``more``: at least so many."""

    rows: int
    reports: int
    more: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values and how many rows of the query have each, the most frequent first."""

    name: str
    values: tuple[tuple[str, int], ...]
    more: bool


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How much is told of one place; ``reports`` beside it, because coverage decides how much is told."""

    place: str
    country: str | None
    precision: str
    lat: float | None
    lon: float | None
    rows: int
    reports: int
    events: int
    killed: int | None
    types: tuple[tuple[str, int], ...]
    publishers: int = 0


@dataclass(frozen=True, slots=True)
class DayCount:
    """How much is told of a stretch of days (ordinals), and how many reports were published in it, by how many
    publishers: its coverage.
    """

    first: int
    last: int
    rows: int
    events: int
    published: int
    types: tuple[tuple[str, int], ...]
    publishers: int = 0


Unit = Literal["day", "week", "month", "quarter", "year", "decade"]
"""A stretch of the calendar; weeks begin on Mondays."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that are known to lie between two days (ordinals), and no closer."""

    first: int
    last: int
    rows: int
    reports: int


@dataclass(frozen=True, slots=True)
class TimeCount:
    """When rows are: bars of the calendar without gaps, and what no bar holds.

    ``stretches`` are those dated less closely than a bar is wide, the most frequent first. ``earlier`` and ``later``
    count rows before and after the bars, ``undated`` those without a day.
    """

    unit: Unit
    bars: tuple[DayCount, ...]
    stretches: tuple[Stretch, ...]
    earlier: int
    later: int
    undated: int


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A publisher, what it published (days as ordinals) and what was made of it; None: no publisher is stated."""

    publisher: str | None
    interest: str
    reports: int
    rows: int
    suggestions: int
    reviewed: int
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """Something that has the words: what it is (report, row, event, place, source, page), its name, where it is."""

    kind: str
    name: str
    about: str
    address: str
