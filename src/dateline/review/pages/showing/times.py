"""The time line, and the time line as a drawing and as a table."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from dateline.errors import ReviewError
from dateline.review.blind import all_seen
from dateline.review.guard.who import Here, Viewer
from dateline.review.showing import lines
from dateline.review.showing.filters import asked, filters_of
from dateline.review.showing.line_drawing import draw_line
from dateline.review.showing.shown import to_publish
from dateline.review.showing.tables import days_table
from dateline.review.web.files import csv_file, svg_file
from dateline.review.web.page import page

router = APIRouter()


@router.get("/timeline")
def of_days(request: Request, here: Here, person: Viewer, at: str = "") -> Response:
    """When it is told to have happened."""
    query = asked(request.query_params.multi_items(), person)
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


@router.get("/timeline.svg")
def drawn(request: Request, here: Here, person: Viewer, download: str = "") -> Response:
    """The time line as a drawing, without what is confidential. Raises :class:`ReviewError` where it has no bar."""
    if download:
        all_seen(here)
    query = to_publish(asked(request.query_params.multi_items(), person))
    drawing = draw_line(lines.line_shown(here, query))
    if drawing is None:
        raise ReviewError("nothing that fits is dated, so there is no time line; take a filter away")
    named = "timeline.svg" if download else ""
    return svg_file("timeline.svg", named, drawing=drawing, words="When it is told to have happened")


@router.get("/timeline.csv")
def counted(request: Request, here: Here, person: Viewer) -> Response:
    """The bars with their numbers, without what is confidential."""
    all_seen(here)
    query = to_publish(asked(request.query_params.multi_items(), person))
    return csv_file(days_table(lines.line_shown(here, query)), "days.csv")
