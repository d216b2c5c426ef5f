"""The queue, one row at a time or as a list."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from dateline.review.guard.who import Here, Reader
from dateline.review.pages.reading.showing import is_piece, show_queue
from dateline.review.reading.queue import Asked, listed
from dateline.review.web.page import page

router = APIRouter()


@router.get("/queue")
def queue(
    request: Request,
    workspace: Here,
    person: Reader,
    view: Literal["", "list"] = "",
    row: str = "",
    marks: Annotated[str, Query(pattern="^(all)?$")] = "",
) -> Response:
    """The row that people should look at first, at its report's desk; ``view=list``: the rows in their order."""
    asked = Asked.read(request.query_params.multi_items())
    if view == "list" and not is_piece(request):
        found = listed(workspace, asked, person)
        values: dict[str, Any] = {"asked": asked, "lines": found.lines, "total": found.total, "more": found.more}
        onward = asked.address(after=found.after, view="list") if found.after else ""
        return page(request, "reading/queue_list.html", person, title="Queue", onward=onward, **values)
    return show_queue(request, workspace, person, asked, row=row, everything=marks == "all")
