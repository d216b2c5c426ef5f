"""What programs can ask for, as a page."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from dateline.review.api.document import rooms
from dateline.review.guard.who import Viewer
from dateline.review.web.page import page
from dateline.review.web.problems import KINDS

router = APIRouter()


@router.get("/api")
def api(request: Request, person: Viewer) -> Response:
    """The operations of the API, made from its document."""
    document = request.app.openapi()
    return page(request, "api.html", person, title="API", document=document, rooms=rooms(document), problems=KINDS)
