"""The time line, and the time line as a drawing and as a table."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from dateline.review.guard.who import Here, Viewer
from dateline.review.showing import lines
from dateline.review.showing.filters import filters_of
from dateline.review.web.page import page
from dateline.store.index.query import Query

router = APIRouter()


@router.get("/timeline")
def of_days(request: Request, here: Here, person: Viewer, at: str = "") -> Response:
    """When it is told to have happened."""
    query = Query.read(request.query_params.multi_items())
    return page(
        request,
        "timeline_page.html",
        person,
        title="Time line",
        query=query,
        filters=filters_of(here.index, query, lines.PATH, person),
        seen=lines.line_shown(here, query, at=at),
        at=at,
    )
