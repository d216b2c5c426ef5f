"""The feed: what the team decided, said and assigned."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from dateline.review.guard.who import Here, Reader
from dateline.review.web.page import page
from dateline.store.review.team.feed import feed as feed_of
from dateline.store.review.team.feed import mark_read, unread

router = APIRouter()


@router.get("/feed")
def feed(
    request: Request,
    here: Here,
    person: Reader,
    mine: str = "",
    before: Annotated[int | None, Query(ge=1)] = None,
) -> Response:
    """What is new; ``mine``: what is meant for the person alone."""
    found = feed_of(here.project, person, mine=mine == "yes", before=before)
    return page(
        request,
        "working/feed.html",
        person,
        title="Feed",
        feed=found,
        mine=mine == "yes",
        before=before,
        unread=unread(here.project, person),
    )


@router.post("/feed/read")
def read(here: Here, person: Reader, number: Annotated[int, Form(ge=0)], mine: Annotated[str, Form()] = "") -> Response:
    """Keep that the person has seen what there is up to a row of the log."""
    mark_read(here.project, person, number)
    return RedirectResponse("/feed?mine=yes" if mine == "yes" else "/feed", 303)
