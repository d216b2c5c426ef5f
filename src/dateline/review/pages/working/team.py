"""The team: who has how much to code, and reports that are dealt out."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from dateline.errors import ReviewError
from dateline.review.guard.who import Adjudicator, Here, Reader
from dateline.review.pages.working.forms import Fields
from dateline.review.showing.filters import filters_of
from dateline.review.team.adjudicating import waiting
from dateline.review.team.assigning import Wish, assign_query, everybody, take_back
from dateline.review.web.page import page
from dateline.review.workspace import Workspace
from dateline.store.index.query import STATES, Query
from dateline.store.review.people import Person
from dateline.store.review.team.assignments import assigned, workload
from dateline.store.review.team.feed import unread

router = APIRouter()
PATH = "/team"
SHOWN = 200
"""Assignments of a person that the page lists."""
Offered = Literal["state", "assigned", "publisher", "type", "country", "status", "interest"]
OFFERED: tuple[Offered, ...] = get_args(Offered)
"""The filters by which reports to deal out are chosen."""
Told = Literal["made", "there", "seen"]
TOLD: tuple[Told, ...] = get_args(Told)
"""What the address says of what was dealt out just now."""


@router.get("/team")
def team(request: Request, here: Here, person: Reader, made: int = -1, there: int = 0, seen: int = 0) -> Response:
    """Who is at work, and how much each has to code."""
    return _shown(request, here, person, told={"made": made, "there": there, "seen": seen} if made >= 0 else None)


@router.post("/team/assign")
def assign(request: Request, here: Here, person: Adjudicator, sent: Fields) -> Response:
    """Deal out the reports of a query."""
    try:
        query = Query.read(_query(request))
        wish = Wish(
            tuple(name.removeprefix("who.") for name in sent if name.startswith("who.")),
            _number(sent.get("each", ""), "how many code each report", 1),
            sent.get("blind") == "yes",
            _number(sent.get("many", ""), "how many reports", 0),
            _number(sent.get("seed", ""), "the seed", 1),
        )
        done = assign_query(here, query, wish, person)
    except ReviewError as error:
        return _shown(request, here, person, words=str(error), status=422)
    counts = {"made": str(done.made), "there": str(done.there or ""), "seen": str(len(done.seen) or "")}
    return RedirectResponse(query.address(PATH, **counts), 303)


@router.post("/team/withdraw")
def withdraw(
    here: Here, person: Adjudicator, report: Annotated[str, Form()], account: Annotated[str, Form()]
) -> Response:
    """Take an assignment back."""
    take_back(here, report, account, person)
    return RedirectResponse(Query(assigned=(account,)).address(PATH), 303)


def _query(request: Request) -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.query_params.multi_items() if name not in TOLD]


def _shown(
    request: Request,
    here: Workspace,
    person: Person,
    *,
    told: dict[str, int] | None = None,
    words: str = "",
    status: int = 200,
) -> Response:
    query = Query.read(_query(request))
    people = everybody(here)
    loads = {load.account: load for load in workload(here.project)}
    found = here.index.totals(query)
    one = query.assigned[0] if len(query.assigned) == 1 else None
    return page(
        request,
        "working/team.html",
        person,
        status,
        title="Team",
        people=people,
        loads=loads,
        gone=[name for name in loads if name not in {other.name for other in people}],
        states=STATES,
        query=query,
        filters=filters_of(here.index, query, PATH, person, OFFERED),
        found=found,
        theirs=assigned(here.project, account=one or person.name, limit=SHOWN),
        whose=one or person.name,
        waiting=waiting(here) if person.may("adjudicator") else (),
        unread=unread(here.project, person),
        told=told,
        words=words,
    )


def _number(told: str, what: str, default: int) -> int:
    if not told.strip():
        return default
    if not (told.strip().isascii() and told.strip().isdigit()) or len(told) > 9:
        raise ReviewError(f"{told[:20]!r} is no number ({what}); write one in digits")
    return int(told)
