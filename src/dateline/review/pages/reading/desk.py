"""A report's desk by itself."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from dateline.review.guard.who import Here, Viewer
from dateline.review.pages.reading.showing import report_address, show_desk
from dateline.review.reading.beside import beside
from dateline.review.reading.plain import plain_report
from dateline.review.web.page import page

router = APIRouter()


@router.get("/reports/{report:path}")
def report_desk(
    request: Request,
    workspace: Here,
    person: Viewer,
    report: str,
    row: str = "",
    marks: Annotated[str, Query(pattern="^(all)?$")] = "",
    beside_it: Annotated[str, Query(alias="with")] = "",
    of: str = "",
    rows: Annotated[str, Query(pattern="^(all)?$")] = "",
) -> Response:
    """A report with its rows, of which ``row`` is in focus; ``with``: beside another coding of it."""
    if beside_it and person.may("reader"):
        seen = beside(workspace, report, person, beside_it, of)
        values: dict[str, Any] = {
            "title": seen.title,
            "seen": seen,
            "address": report_address(report),
            "every": rows == "all",
        }
        return page(request, "reading/beside.html", person, asked={"with": beside_it, "of": of}, **values)
    bare = plain_report(workspace, report, person)
    if bare is not None:
        return page(request, "reading/plain.html", person, title=bare.title, seen=bare)
    return show_desk(request, workspace, person, report, row=row, everything=marks == "all")
