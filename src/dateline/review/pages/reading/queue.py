"""The queue, one row at a time or as a list."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from dateline.review.guard.who import Here, Reader
from dateline.review.pages.reading.showing import show_queue
from dateline.review.reading.queue import ORDER, PATH, Asked, listed
from dateline.review.showing.filters import filters_of
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
    if view == "list":
        found = listed(workspace, asked, person)
        values: dict[str, Any] = {"asked": asked, "lines": found.lines, "total": found.total, "more": found.more}
        kept = {"view": "list"} | ({} if asked.order == ORDER else {"order": asked.order})
        values["filters"] = filters_of(workspace.index, asked.query, PATH, person, **kept)
        onward = asked.address(after=found.after, view="list") if found.after else ""
        return page(request, "reading/queue_list.html", person, title="Queue", onward=onward, **values)
    return show_queue(request, workspace, person, asked, row=row, everything=marks == "all")
