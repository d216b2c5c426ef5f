"""The map, and the map as a drawing and as a table."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from dateline.export.statement import OUTLINES
from dateline.review.blind import all_seen
from dateline.review.guard.who import Here, Viewer
from dateline.review.showing import shown
from dateline.review.showing.filters import asked, filters_of
from dateline.review.showing.tables import places_table
from dateline.review.web.files import csv_file, svg_file
from dateline.review.web.page import page

router = APIRouter()


@router.get("/map")
def of_places(request: Request, here: Here, person: Viewer, at: str = "", view: str = "", places: str = "") -> Response:
    """Where it is told to have happened."""
    query = asked(request.query_params.multi_items(), person)
    return page(
        request,
        "map_page.html",
        person,
        title="Map",
        query=query,
        filters=filters_of(here.index, query, shown.PATH, person),
        seen=shown.map_shown(here, query, at=at, view=view, every=places == "all"),
        at=at,
        view=view,
        outlines=OUTLINES,
    )


@router.get("/map.svg")
def drawn(request: Request, here: Here, person: Viewer, view: str = "", download: str = "") -> Response:
    """The map as a drawing, without what is confidential."""
    if download:
        all_seen(here)
    query = shown.to_publish(asked(request.query_params.multi_items(), person))
    drawing = shown.drawing(here, query, view)
    return svg_file(
        "map.svg", "map.svg" if download else "", drawing=drawing, words="Where it is told to have happened"
    )


@router.get("/map.csv")
def counted(request: Request, here: Here, person: Viewer) -> Response:
    """The places with their numbers, without what is confidential."""
    all_seen(here)
    query = shown.to_publish(asked(request.query_params.multi_items(), person))
    return csv_file(places_table(shown.found_marks(here, query)), "places.csv")
