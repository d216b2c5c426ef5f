"""What programs look for: rows, events, reports, and what there is of each."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Annotated, Literal, get_args

from fastapi import Path, Query

from dateline.errors import NotThereError, ReviewError, did_you_mean
from dateline.review.api.models.base import Listed
from dateline.review.api.models.lines import DaysTold, Event, Facet, FoundThing, PlaceTold, Report, Row
from dateline.review.api.paging import Filters, Part
from dateline.review.api.routing import room
from dateline.review.blind import not_blind
from dateline.review.events.listed import listed
from dateline.review.guard.who import Here, Viewer
from dateline.review.web.problems import answers
from dateline.store.index import query as asked
from dateline.store.index.lines import ReportLine, RowLine
from dateline.store.index.query import order_of
from dateline.store.review.people import Person

router = room("finding", counts=True)

_Open = Literal["place", "source"]
"""What is found by who sees the data alone."""

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
    found = here.index.rows(seen(filters, person), order=order, after=part.after, limit=part.limit)
    return part.listed(found, lambda line: row_told(line, person))


@router.get("/rows/{key:path}", operation_id="get_row", responses=answers(404))
def row(here: Here, person: Viewer, key: _Key) -> Row:
    """One row by its key: the report's id, `#` and the row's id."""
    line = here.index.row(key, rejected=True)
    if line is None or (line.confidential and not person.may("reader")):
        raise NotThereError(f"there is no row {key[:200]!r}; the key of a row is the report's id, # and the row's id")
    return row_told(not_blind(line), person)


@router.get("/events", operation_id="list_events")
def events(here: Here, person: Viewer, filters: Filters, part: Part, order: _Order = "-stake") -> Listed[Event]:
    """Events of which a row fits the filters."""
    order_of(order)
    found = listed(here, seen(filters, person), person, order=order, after=part.after or "", limit=part.limit)
    return part.listed(found.page, Event.of)


@router.get("/reports", operation_id="list_reports")
def reports(here: Here, person: Viewer, filters: Filters, part: Part, order: _Order = "-stake") -> Listed[Report]:
    """Reports that fit the filters, or of which a row does."""
    order_of(order)
    found = here.index.reports(seen(filters, person), order=order, after=part.after, limit=part.limit)
    return part.listed(found, lambda line: report_told(line, person))


@router.get("/facets", operation_id="list_facets")
def facets(
    here: Here,
    person: Viewer,
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
    return [Facet.model_validate(facet) for facet in here.index.facets(seen(filters, person), name, most=most)]


@router.get("/places", operation_id="list_places")
def places(
    here: Here,
    person: Viewer,
    filters: Filters,
    most: Annotated[int, Query(ge=1, le=5000, description="How many places at most.")] = 2000,
) -> list[PlaceTold]:
    """Where the rows that fit are: what the map shows, the places with most first."""
    return [PlaceTold.of(place) for place in here.index.places(seen(filters, person), most=most)]


@router.get("/days", operation_id="list_days")
def days(
    here: Here,
    person: Viewer,
    filters: Filters,
    bars: Annotated[int, Query(ge=1, le=400, description="In how many stretches of equal length at most.")] = 60,
) -> list[DaysTold]:
    """When the rows that fit are: what the time line shows."""
    return [DaysTold.of(day) for day in here.index.days(seen(filters, person), bars=bars)]


@router.get("/find", operation_id="find")
def find(
    here: Here,
    person: Viewer,
    words: Annotated[str, Query(min_length=1, max_length=200, description="Words, of which the last may be begun.")],
    most: Annotated[int, Query(ge=1, le=100, description="How many at most.")] = 12,
) -> list[FoundThing]:
    """Anything whose name or words begin so: reports, rows, events, places and sources.

    Who sees the data alone finds places and sources: the names of the others may be confidential.
    """
    found = here.index.find(words, most=most)
    return [FoundThing.model_validate(one) for one in found if person.may("reader") or one.kind in get_args(_Open)]


def seen(filters: asked.Query, person: Person) -> asked.Query:
    """The filters with those that a person cannot take away: who sees the data alone sees nothing confidential."""
    return filters if person.may("reader") else replace(filters, confidential="no")


def row_told(line: RowLine, person: Person) -> Row:
    """A row as the person may see it."""
    return Row.of(line, named=person.may("reader"))


def report_told(line: ReportLine, person: Person) -> Report:
    """A report as the person may see it."""
    told = Report.model_validate(line)
    return told if person.may("reader") else told.model_copy(update={"assigned": []})
