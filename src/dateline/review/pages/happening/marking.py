"""Marking a report, a row or an event as confidential, and the list of what is."""

from __future__ import annotations

from typing import Annotated, get_args
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from dateline.errors import ReviewError
from dateline.review.events.deciding import mark
from dateline.review.events.shown import row_address
from dateline.review.guard.who import Coder, Here, Reader
from dateline.review.web.page import page
from dateline.store.review.marks import Kind, Mark, marks_of, taken_away

router = APIRouter()

Said = Annotated[str, Form(max_length=4_000)]
On = Annotated[bool, Form()]


@router.get("/confidential")
def every(request: Request, here: Here, person: Reader, kind: str = "", about: str = "", row: str = "") -> Response:
    """What is confidential, by whom and why; with a kind and what it is, first how to mark that or take it back."""
    marks = [(one, address(one)) for one in marks_of(here.project)]
    chosen = next((known for known in get_args(Kind) if known == kind and about), None)
    asked = None if chosen is None else Mark(chosen, about, "", "", "")
    return page(
        request,
        "happening/marks.html",
        person,
        title="Confidential",
        marks=[(one, href, _action(one), _row(one)) for one, href in marks],
        gone=[(one, address(one), _action(one), _row(one)) for one in taken_away(here.project)],
        asked=asked,
        there=next((one for one, _ in marks if asked and (one.kind, one.about) == (asked.kind, asked.about)), None),
        action=_action(asked) if asked else "",
        of_row=f"/confidential?{urlencode({'kind': 'row', 'about': f'{about}#{row}'})}"
        if row and kind == "report"
        else "",
        row=_row(asked) if asked else "",
        back=address(asked) if asked else "",
    )


@router.post("/events/{event}/mark")
def of_event(here: Here, person: Coder, event: str, on: On = False, why: Said = "") -> Response:
    """An event, with all that tells of it."""
    mark(here, "event", event, on, person, why=why)
    return RedirectResponse(f"/events/{quote(event, safe='')}", 303)


@router.post("/reports/{report:path}/mark")
def of_report(here: Here, person: Coder, report: str, on: On = False, row: Said = "", why: Said = "") -> Response:
    """A report, or one of its rows."""
    if row:
        mark(here, "row", f"{report}#{row}", on, person, why=why)
        return RedirectResponse(row_address(report, row), 303)
    mark(here, "report", report, on, person, why=why)
    return RedirectResponse(f"/reports/{quote(report, safe='/')}", 303)


def _row(one: Mark) -> str:
    """The id of the row that is marked; empty where none is."""
    return one.about.rpartition("#")[2] if one.kind == "row" else ""


def _action(one: Mark) -> str:
    """Where the form that marks something is sent."""
    if one.kind == "event":
        return f"/events/{quote(one.about, safe='')}/mark"
    report = one.about.rpartition("#")[0] if one.kind == "row" else one.about
    return f"/reports/{quote(report, safe='/')}/mark"


def address(one: Mark) -> str:
    """Where what is marked is shown."""
    match one.kind:
        case "event":
            return f"/events/{quote(one.about, safe='')}"
        case "report":
            return f"/reports/{quote(one.about, safe='/')}"
        case "row":
            report, _, row = one.about.rpartition("#")
            return row_address(report, row)
    raise ReviewError(f"{one.kind!r} is nothing that can be marked")
