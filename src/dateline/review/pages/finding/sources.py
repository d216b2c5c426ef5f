"""Who published what, whose word that is, how much of it was looked at; and the sources that are watched."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request, Response

from dateline.review.guard.who import Here, Viewer
from dateline.review.web.page import page
from dateline.store.watching.sources import get_sources

router = APIRouter()
_MOST = 500


@router.get("/sources")
def sources(request: Request, here: Here, person: Viewer, words: str = "") -> Response:
    """The publishers, those with most reports first."""
    known = here.project.publishers
    wanted = words.casefold().strip()
    every = here.index.sources()
    fitting = [one for one in every if wanted in (one.publisher or "").casefold()]
    with here.project.database.reading() as db:
        watched = list(get_sources(db)) if person.may("reader") else []
    return page(
        request,
        "sources.html",
        person,
        title="Sources",
        words=words,
        every=len(every),
        fitting=len(fitting),
        publishers=[(one, known.source(one.publisher).owner) for one in fitting[:_MOST]],
        watched=watched,
        list_of_publishers=here.project.settings.publishers,
        day=lambda ordinal: date.fromordinal(ordinal).isoformat() if ordinal else "",
    )
