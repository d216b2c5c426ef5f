"""Rows, events and reports as lines of a list; places, days, facets and what was found."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import field_validator, model_validator

from dateline.review.api.models.base import UNNAMED, Told, example, iso, same
from dateline.store.index.lines import DayCount, EventLine, PlaceCount, RowLine
from dateline.store.index.query import State

Status = str
"""suggested, accepted, corrected, added or rejected."""


class Where(Told):
    """A place as far as it is known: a district is no point, whatever its coordinates."""

    name: str | None
    admin1: str | None = None
    country: str | None
    """ISO 3166-1 alpha-2."""
    precision: str | None
    lat: float | None
    """WGS 84 degrees."""
    lon: float | None


class When(Told):
    """A date as EDTF, with the first and the last day that it can be."""

    edtf: str | None
    first: str | None
    last: str | None

    @classmethod
    def of(cls, edtf: str | None, days: tuple[int, int] | None) -> When:
        """From what the index has."""
        return cls(edtf=edtf, first=iso(days[0]) if days else None, last=iso(days[1]) if days else None)


class Row(Told):
    """An event mention, or a suggestion, of the coding that holds of its report."""

    model_config = example(
        key="port-1#e1",
        report="port-1",
        row="e1",
        suggestion=False,
        type="PROTEST",
        mode="strike",
        modality="asserted",
        historical=False,
        where={
            "name": "Arden",
            "admin1": "Coast",
            "country": "KE",
            "precision": "town",
            "lat": -1.0,
            "lon": 36.0,
        },
        when={"edtf": "2024-05-04", "first": "2024-05-04", "last": "2024-05-04"},
        counts={"injured": 12},
        actors=["dockers"],
        recipients=[],
        said_by="the harbour master",
        publisher="Sample Courier",
        interest="independent",
        published="2024-05-05",
        title="Cranes stand still",
        sentence="According to the harbour master, dockers went on strike in Arden, Kenya (as reported).",
        chance=0.91,
        stake=2.5,
        why=["12 injured"],
        status="accepted",
        by="A. Editor",
        state="in progress",
        flagged=False,
        confidential=False,
        event="e2d8502fa1d6",
    )

    key: str
    """The report's id, ``#`` and the row's id."""
    report: str
    row: str
    suggestion: bool
    """Whether the machine thought it too unlikely to count: it is no event until a person accepts it."""
    type: str
    mode: str | None
    modality: str
    historical: bool
    where: Where
    when: When
    counts: dict[str, int]
    """People by kind, the best figure of each; what is not stated is not there."""
    actors: list[str]
    recipients: list[str]
    said_by: str | None
    publisher: str | None
    interest: str
    published: str | None
    title: str
    sentence: str
    chance: float | None
    stake: float
    """How much depends on it: what the queue is ordered by."""
    why: list[str]
    status: Status
    by: str | None
    """Who reviewed it; "a reviewer" for those who see no names of the team."""
    state: State | str
    flagged: bool
    confidential: bool
    event: str | None
    """The event that it tells of, once it is linked."""

    @classmethod
    def of(cls, line: RowLine, *, named: bool) -> Row:
        """From a line of the index; ``named``: with who reviewed it."""
        where = Where(
            name=line.place,
            admin1=line.admin1,
            country=line.country,
            precision=line.precision,
            lat=line.lat,
            lon=line.lon,
        )
        by = line.by if named or line.by is None else UNNAMED
        given = same(cls, line, "where", "when", "counts", "by")
        return cls(**given, where=where, when=When.of(line.edtf, line.days), counts=dict(line.counts), by=by)


class Figure(Told):
    """A number of people, over all sources of an event; null is not stated."""

    kind: str
    low: int | None
    best: int | None
    high: int | None


class Event(Told):
    """An event that stands, with the values that the project's policies choose."""

    model_config = example(
        id="e2d8502fa1d6",
        type="PROTEST",
        sentence="dockers went on strike in Arden, Kenya",
        where={
            "name": "Arden",
            "admin1": None,
            "country": "KE",
            "precision": "town",
            "lat": -1.0,
            "lon": 36.0,
        },
        when={"edtf": "2024-05-04", "first": "2024-05-04", "last": "2024-05-04"},
        counts=[{"kind": "injured", "low": 9, "best": 12, "high": 12}],
        reports=3,
        sources=2,
        status="reported as having happened",
        reviewed=1,
        mentions=3,
        stake=2.5,
        confidential=False,
    )

    id: str
    type: str
    sentence: str
    where: Where
    when: When
    counts: list[Figure]
    reports: int
    sources: int
    """How many owners of publishers tell of it."""
    status: str
    reviewed: int
    """How many of its mentions a person has reviewed."""
    mentions: int
    stake: float
    confidential: bool

    @classmethod
    def of(cls, line: EventLine) -> Event:
        """From a line of the index."""
        where = Where(name=line.place, country=line.country, precision=line.precision, lat=line.lat, lon=line.lon)
        counts = [Figure(kind=kind, low=low, best=best, high=high) for kind, low, best, high in line.counts]
        given = same(cls, line, "where", "when", "counts")
        return cls(**given, where=where, when=When.of(line.edtf, line.days), counts=counts)


class Report(Told):
    """A report: how far people are with it, and what was made of it."""

    model_config = example(
        id="port-1",
        title="Cranes stand still",
        publisher="Sample Courier",
        interest="independent",
        published="2024-05-05",
        added="2024-06-01T12:00:00+00:00",
        language="en",
        rows=4,
        suggestions=1,
        reviewed=2,
        state="in progress",
        flagged=False,
        confidential=False,
        stake=2.5,
        why=["12 injured"],
        assigned=["ada"],
        original=None,
        url="https://courier.example/port-1",
    )

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
    state: State | str
    flagged: bool
    confidential: bool
    stake: float
    why: list[str]
    assigned: list[str]
    """The accounts that code it; empty for those who see no names of the team."""
    original: str | None
    """The report that this one copies."""
    url: str | None


class Facet(Told):
    """A filter, and how many rows of the query have each of its values."""

    model_config = example(name="type", values=[{"value": "PROTEST", "rows": 12}], more=False)

    name: str
    values: list[Value]
    more: bool
    """Whether there are values beside these."""


class Value(Told):
    """A value of a filter."""

    value: str
    rows: int

    @model_validator(mode="before")
    @classmethod
    def _pair(cls, given: Any) -> Any:
        return {"value": given[0], "rows": given[1]} if isinstance(given, tuple) else given


class PlaceTold(Told):
    """How much is told of a place; ``reports`` beside it, because coverage decides how much is told."""

    model_config = example(
        place="Arden",
        country="KE",
        precision="town",
        lat=-1.0,
        lon=36.0,
        rows=3,
        reports=2,
        events=1,
        killed=None,
        types=[{"value": "PROTEST", "rows": 3}],
    )

    place: str
    country: str | None
    precision: str
    lat: float | None
    lon: float | None
    rows: int
    reports: int
    events: int
    killed: int | None
    """The sum of the best figures; null where none is stated."""
    types: list[Value]

    @classmethod
    def of(cls, line: PlaceCount) -> PlaceTold:
        """From what the index has."""
        return cls.model_validate(line)


class DaysTold(Told):
    """How much is told of a stretch of days, and how many reports were published in it."""

    model_config = example(
        first="2024-05-01", last="2024-05-07", rows=9, events=4, published=12, types=[{"value": "PROTEST", "rows": 9}]
    )

    first: str
    last: str
    rows: int
    events: int
    published: int
    types: list[Value]

    @field_validator("first", "last", mode="before")
    @classmethod
    def _day(cls, given: Any) -> Any:
        return iso(given) if isinstance(given, int) else given

    @classmethod
    def of(cls, line: DayCount) -> DaysTold:
        """From what the index has."""
        return cls.model_validate(line)


class FoundThing(Told):
    """Something that has the words: what it is, what it is called, where its page is."""

    model_config = example(kind="report", name="Cranes stand still", about="Sample Courier", address="/reports/port-1")

    kind: Literal["report", "row", "event", "place", "source", "page"] | str
    name: str
    about: str
    address: str
