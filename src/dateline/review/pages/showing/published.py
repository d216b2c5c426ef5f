"""A view as one page for others."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from dateline.review.guard.who import Here, Reader
from dateline.review.showing.publish import publish
from dateline.review.web.files import html_file
from dateline.store.index.query import Query

router = APIRouter()


@router.get("/published.html")
def page_of(request: Request, here: Here, person: Reader, view: str = "", title: str = "") -> Response:
    """The map, the time line and the rows of a view, without names and without what is confidential."""
    query = Query.read(request.query_params.multi_items())
    return html_file(publish(here, query, person, view=view, title=title), "published.html")
