"""What programs look for: rows, events, reports, and what there is of each."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated

from fastapi import Path, Query

from dateline.errors import NotThereError, ReviewError, did_you_mean
from dateline.review.api.models.base import Listed
from dateline.review.api.models.lines import DaysTold, Event, Facet, FoundThing, PlaceTold, Report, Row
from dateline.review.api.paging import Filters, Part
from dateline.review.api.routing import room
from dateline.review.guard.who import Here, Viewer
from dateline.review.web.problems import answers
from dateline.store.index import query as asked
from dateline.store.index.lines import ReportLine, RowLine
from dateline.store.index.query import order_of
from dateline.store.review.people import Person

router = room("finding")

_Order = Annotated[
    str,
    Query(
        max_length=20,
        description="By what: stake, date, published, chance, killed, place, type, report or added; a minus before it "
        "turns it round.",
    ),
]
_Key = Annotated[str, Path(min_length=1, max_length=900, description="The report's id, `#` and the row's id.")]


@router.get("/rows", operation_id="list_rows")
def rows(here: Here, person: Viewer, filters: Filters, part: Part, order: _Order = "-stake") -> Listed[Row]:
    """Rows that fit the filters: event mentions and suggestions of the codings that hold."""
    order_of(order)
    found = here.index.rows(filters, order=order, after=part.after, limit=part.limit)
    return part.listed(found, lambda line: row_told(line, person))


@router.get("/rows/{key:path}", operation_id="get_row", responses=answers(404))
def row(here: Here, person: Viewer, key: _Key) -> Row:
    """One row by its key: the report's id, `#` and the row's id."""
    line = here.index.row(key)
    if line is None:
        raise NotThereError(f"there is no row {key[:200]!r}; the key of a row is the report's id, # and the row's id")
    return row_told(line, person)


@router.get("/events", operation_id="list_events")
def events(here: Here, _person: Viewer, filters: Filters, part: Part, order: _Order = "-stake") -> Listed[Event]:
    """Events of which a row fits the filters."""
    order_of(order)
    return part.listed(here.index.events(filters, order=order, after=part.after, limit=part.limit), Event.of)


@router.get("/reports", operation_id="list_reports")
def reports(here: Here, person: Viewer, filters: Filters, part: Part, order: _Order = "-stake") -> Listed[Report]:
    """Reports that fit the filters, or of which a row does."""
    order_of(order)
    found = here.index.reports(filters, order=order, after=part.after, limit=part.limit)
    return part.listed(found, lambda line: report_told(line, person))


@router.get("/facets", operation_id="list_facets")
def facets(
    here: Here,
    _person: Viewer,
    filters: Filters,
    name: Annotated[list[str], Query(min_length=1, max_length=20, description="The filters that are asked about.")],
    most: Annotated[int, Query(ge=1, le=500, description="How many values of each at most.")] = 12,
) -> list[Facet]:
    """What values the rows that fit have, of each filter that is named, and how many rows have each."""
    known = [field.name for field in fields(asked.Query) if field.default == ()]
    for one in name:
        if one not in known:
            mend = did_you_mean(one[:60], known, what="filters of values")
            raise ReviewError(f"{one[:60]!r} is no filter that has values. {mend}")
    return [Facet.model_validate(facet) for facet in here.index.facets(filters, name, most=most)]


@router.get("/places", operation_id="list_places")
def places(
    here: Here,
    _person: Viewer,
    filters: Filters,
    most: Annotated[int, Query(ge=1, le=5000, description="How many places at most.")] = 2000,
) -> list[PlaceTold]:
    """Where the rows that fit are: what the map shows, the places with most first."""
    return [PlaceTold.of(place) for place in here.index.places(filters, most=most)]


@router.get("/days", operation_id="list_days")
def days(
    here: Here,
    _person: Viewer,
    filters: Filters,
    bars: Annotated[int, Query(ge=1, le=400, description="In how many stretches of equal length at most.")] = 60,
) -> list[DaysTold]:
    """When the rows that fit are: what the time line shows."""
    return [DaysTold.of(day) for day in here.index.days(filters, bars=bars)]


@router.get("/find", operation_id="find")
def find(
    here: Here,
    _person: Viewer,
    words: Annotated[str, Query(min_length=1, max_length=200, description="Words, of which the last may be begun.")],
    most: Annotated[int, Query(ge=1, le=100, description="How many at most.")] = 12,
) -> list[FoundThing]:
    """Anything whose name or words begin so: reports, rows, events, places, sources and pages."""
    return [FoundThing.model_validate(found) for found in here.index.find(words, most=most)]


def row_told(line: RowLine, person: Person) -> Row:
    """A row as the person may see it."""
    return Row.of(line, named=person.may("reader"))


def report_told(line: ReportLine, person: Person) -> Report:
    """A report as the person may see it."""
    told = Report.model_validate(line)
    return told if person.may("reader") else told.model_copy(update={"assigned": []})
