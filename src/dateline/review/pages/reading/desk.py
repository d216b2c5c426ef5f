"""A report's desk by itself."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from dateline.review.guard.who import Here, Viewer
from dateline.review.pages.reading.showing import show_desk

router = APIRouter()


@router.get("/reports/{report:path}")
def report_desk(
    request: Request,
    workspace: Here,
    person: Viewer,
    report: str,
    row: str = "",
    marks: Annotated[str, Query(pattern="^(all)?$")] = "",
) -> Response:
    """A report with its rows; ``row`` is in focus."""
    return show_desk(request, workspace, person, report, row=row, everything=marks == "all")
