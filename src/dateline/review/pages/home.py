"""Where one begins."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from dateline.review.guard.who import Viewer

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(person: Viewer) -> Response:
    """To the queue, or to the events for who only looks."""
    return RedirectResponse("/queue" if person.may("reader") else "/events", 303)
