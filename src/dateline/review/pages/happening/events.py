"""The list of events, and one event: its sources in parallel, and the word of people on what it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from dateline.errors import SeveralError
from dateline.export.words import country_name, edtf_words
from dateline.review.events import deciding
from dateline.review.events.listed import PATH, SORTINGS, listed
from dateline.review.events.shown import COLUMNS, event_shown, history, near
from dateline.review.guard.who import Coder, Here, Viewer
from dateline.review.showing.filters import filters_of
from dateline.review.web.faults import fault
from dateline.review.web.page import page
from dateline.review.workspace import Workspace
from dateline.store.index.query import Query
from dateline.store.review.people import Person

router = APIRouter()

Why = Annotated[str, Form(max_length=4_000)]


@router.get(PATH)
def every(request: Request, here: Here, person: Viewer, order: str = "-stake", after: str = "") -> Response:
    """The events of which a row fits."""
    query = Query.read(request.query_params.multi_items())
    return page(
        request,
        "happening/events.html",
        person,
        title="Events",
        query=query,
        order=order,
        after=after,
        sortings=SORTINGS,
        filters=filters_of(here.index, query, PATH, person, order=order if order != "-stake" else ""),
        when=lambda edtf: edtf_words(edtf)[1],
        country=country_name,
        listed=listed(here, query, person, order=order, after=after),
    )


@router.get(PATH + "/{event}")
def one(request: Request, here: Here, person: Viewer, event: str, first: int = 0) -> Response:
    """One event, or what became of it."""
    try:
        found = here.project.event_named(event)
    except SeveralError as error:
        return _several(request, here, person, event, error.ids)
    became = here.project.fate(found)
    if became is None:
        return fault(request, f"There is no event {event[:80]!r} in this project; the list has those that stand.", 404)
    if found != event:
        return RedirectResponse(address(found), 303)
    told = history(here, found, person)
    if not became.stands:
        return page(request, "happening/gone.html", person, title="Event", event=found, became=became, history=told)
    comparison = here.project.comparison(found)
    shown = event_shown(here, comparison, person, first)
    if shown is None:
        return fault(request, "This event is confidential.", 403)
    beside = near(here, comparison) if person.may("coder") else ()
    return page(
        request,
        "happening/event.html",
        person,
        title=shown.heading,
        event=shown,
        history=told,
        near=beside,
        columns=COLUMNS,
    )


def _several(request: Request, here: Workspace, person: Person, event: str, ids: Sequence[str]) -> Response:
    """Those of the events that begin so which the person may see."""
    found = here.index.events(Query(event=tuple(ids)), order="-date")
    words = f"Several events begin with {event[:80]!r}"
    if not found.lines:
        return fault(request, f"{words}, and none of them can be shown; write more of the one that you mean.", 404)
    return page(
        *(request, "happening/several.html", person, 300),
        title=words,
        found=found,
        when=lambda edtf: edtf_words(edtf)[1],
    )


@router.post(PATH + "/{event}/together")
def together(
    here: Here, person: Coder, event: str, other: Annotated[str, Form(max_length=400)] = "", why: Why = ""
) -> Response:
    """Two events are one."""
    return RedirectResponse(address(deciding.together(here, event, other, person, why=why)), 303)


@router.post(PATH + "/{event}/apart")
def apart(
    here: Here, person: Coder, event: str, mention: Annotated[list[str] | None, Form()] = None, why: Why = ""
) -> Response:
    """What some reports tell is another event."""
    return RedirectResponse(address(deciding.apart(here, event, mention or (), person, why=why)), 303)


def address(event: str) -> str:
    """Where an event is shown."""
    return f"{PATH}/{quote(event, safe='')}"
