"""The map, and the map as a drawing and as a table."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from dateline.export.statement import OUTLINES
from dateline.review.guard.who import Here, Viewer
from dateline.review.showing import shown
from dateline.review.showing.filters import filters_of
from dateline.review.web.page import page
from dateline.store.index.query import Query

router = APIRouter()


@router.get("/map")
def of_places(request: Request, here: Here, person: Viewer, at: str = "", view: str = "", places: str = "") -> Response:
    """Where it is told to have happened."""
    query = Query.read(request.query_params.multi_items())
    return page(
        request,
        "map.html",
        person,
        title="Map",
        query=query,
        filters=filters_of(here.index, query, shown.PATH, person),
        seen=shown.map_shown(here, query, at=at, view=view, every=places == "all"),
        at=at,
        view=view,
        outlines=OUTLINES,
    )
