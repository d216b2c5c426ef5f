"""Search: words in the reports and in what was made of them, and any attribute as a filter."""

from __future__ import annotations

from typing import Literal, get_args

from fastapi import APIRouter, Request, Response

from dateline.review.finding.excerpts import Piece, excerpt, marked
from dateline.review.guard.who import Here, Viewer
from dateline.review.showing.filters import SHARED, filters_of
from dateline.review.web.page import page
from dateline.store.index.incoming import texts
from dateline.store.index.lines import EventLine, ReportLine, RowLine
from dateline.store.index.lines import Page as Lines
from dateline.store.index.query import Query

router = APIRouter()

View = Literal["rows", "reports", "events"]
More = Literal["mode", "place", "actor", "recipient", "state", "by", "assigned", "flagged", "historical"]
FACETS: tuple[str, ...] = (*SHARED, *get_args(More))
_FEW = 20


@router.get("/search")
def search(
    request: Request,
    here: Here,
    person: Viewer,
    view: View = "rows",
    order: str = "-stake",
    after: str | None = None,
) -> Response:
    """What fits, as rows, as reports with the passage that has the words, or as events."""
    query = Query.read(request.query_params.multi_items())
    passages: dict[int, tuple[Piece, ...]] = {}
    found: Lines[RowLine] | Lines[ReportLine] | Lines[EventLine]
    match view:
        case "rows":
            found = here.index.rows(query, order=order, after=after, limit=_FEW)
        case "reports":
            found = reports = here.index.reports(query, order=order, after=after, limit=_FEW)
            if person.may("reader"):
                with here.project.database.reading() as db:
                    read = texts(db, [line.number for line in reports.lines])
                passages = {number: excerpt(text, query.words) for number, text in read.items()}
        case "events":
            found = here.index.events(query, order=order, after=after, limit=_FEW)
    return page(
        request,
        "search.html",
        person,
        title="Search",
        query=query,
        filters=filters_of(here.index, query, "/search", person, FACETS, view=view, order=_unless(order)),
        view=view,
        views=get_args(View),
        order=order,
        after=after,
        found=found,
        passages=passages,
        marked=lambda text: marked(text, query.words),
        here_again=lambda **more: query.address("/search", **{"view": view, "order": _unless(order)} | more),
    )


def _unless(order: str) -> str:
    return "" if order == "-stake" else order
