"""Who published what, and what came in and has no event yet that anybody looked at."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from dateline.review.api.models.base import Listed
from dateline.review.api.models.incoming import PublisherTold, RefusedTold, RepeatedTold, WatchedTold
from dateline.review.api.models.lines import Report
from dateline.review.api.paging import Part
from dateline.review.api.routes.finding import report_told
from dateline.review.api.routing import room
from dateline.review.guard.who import Here, Reader, Viewer
from dateline.store.index import incoming
from dateline.store.index.memory.choosing import Waiting
from dateline.store.watching.sources import get_sources

router = room("finding", counts=True)


@router.get("/publishers", operation_id="list_publishers")
def publishers(here: Here, _person: Viewer) -> list[PublisherTold]:
    """The publishers, those with most reports first."""
    known = here.project.publishers
    return [PublisherTold.of(line, known.source(line.publisher).owner) for line in here.index.sources()]


@router.get("/watched", operation_id="list_watched")
def watched(here: Here, _person: Reader) -> list[WatchedTold]:
    """The sources that are watched, in the order they were put in, and how they fare."""
    with here.project.database.reading() as db:
        return [WatchedTold.model_validate(one) for one in get_sources(db)]


@router.get("/inbox", operation_id="list_inbox")
def inbox(
    here: Here,
    person: Reader,
    part: Part,
    why: Annotated[Waiting, Query(description="Why they wait.")] = "no event found",
) -> Listed[Report]:
    """Reports before any event, by why there is none; the last added first."""
    found = here.index.waiting(why, after=part.after, limit=part.limit)
    return part.listed(found, lambda line: report_told(line, person))


@router.get("/inbox/refused", operation_id="list_refused")
def refused(here: Here, _person: Reader, part: Part) -> Listed[RefusedTold]:
    """Evidence from which no report could be read, the last added first."""
    with here.project.database.reading() as db:
        lines, after = incoming.refused(db, part.after, part.limit)
        total, _ = incoming.how_many(db)
    return part.items(map(RefusedTold.model_validate, lines), total=total, after=after)


@router.get("/inbox/repeated", operation_id="list_repeated")
def repeated(here: Here, _person: Reader, part: Part) -> Listed[RepeatedTold]:
    """Evidence that says what a report of the project says already, the last added first."""
    with here.project.database.reading() as db:
        lines, after = incoming.repeated(db, part.after, part.limit)
        _, total = incoming.how_many(db)
    return part.items(map(RepeatedTold.model_validate, lines), total=total, after=after)
