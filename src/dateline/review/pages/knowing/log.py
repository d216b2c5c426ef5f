"""The log's pages: what was done, by whom, and whether the record is as it was written."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from dateline.review.guard.who import Here, Reader
from dateline.review.knowing.log import address_of, seen, told, wanted, written
from dateline.review.web.page import page
from dateline.store.log.entries import Wanted, checked, last_link, people, verbs

router = APIRouter()

Filters = Annotated[Wanted, Depends(wanted)]


@router.get("/log")
def log(
    request: Request,
    here: Here,
    person: Reader,
    filters: Filters,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:
    """The log, the newest rows first."""
    rows, older = seen(here.project, filters, person, before=before)
    return page(
        request,
        "log.html",
        person,
        title="Log",
        filters=filters,
        rows=[(row, address_of(row), told(row)) for row in rows],
        older=filters.address("/log", before=str(older)) if older else None,
        newest=filters.address("/log") if before else None,
        download=filters.address("/log.jsonl"),
        head=last_link(here.project),
        people=people(here.project),
        verbs=verbs(here.project),
    )


@router.get("/log/check")
def check(request: Request, here: Here, person: Reader) -> Response:
    """Whether the log's chain holds, all of it gone through now."""
    template = "log_checked.html" if request.headers.get("HX-Request") == "true" else "log_check.html"
    return page(request, template, person, title="Is the log as it was written?", found=checked(here.project))


@router.get("/log.jsonl")
def download(here: Here, person: Reader, filters: Filters) -> Response:
    """The log as lines of JSON, the oldest row first."""
    name = {"Content-Disposition": 'attachment; filename="log.jsonl"'}
    return StreamingResponse(written(here.project, filters, person), media_type="application/jsonl", headers=name)
