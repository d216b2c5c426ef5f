"""Comments on a report, a row or an event: a page of their own, and a piece of other pages."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from dateline.errors import ReviewError
from dateline.export.formats.rows import key
from dateline.review.guard.who import Here, Reader
from dateline.review.team.assigning import everybody
from dateline.review.web.page import page
from dateline.review.workspace import Workspace
from dateline.store.review.people import Person
from dateline.store.review.team.comments import KINDS, Kind, comment, comment_of, comments_on, report_of
from dateline.store.review.team.comments import take_back as withdraw
from dateline.store.review.team.feed import row_of

router = APIRouter()
Words = Annotated[str, Form()]


@router.get("/comments")
def comments(request: Request, here: Here, person: Reader, kind: str = "report", about: str = "") -> Response:
    """What was said of something."""
    return _shown(request, here, person, kind_of(kind), about)


@router.post("/comments")
def say(
    request: Request,
    here: Here,
    person: Reader,
    kind: Words,
    about: Words,
    words: Words = "",
    answers: Annotated[int | None, Form()] = None,
) -> Response:
    """Say something."""
    return _said(request, here, person, kind_of(kind), about, words, answers)


@router.post("/reports/{report:path}/comment")
def say_of_report(
    request: Request,
    here: Here,
    person: Reader,
    report: str,
    words: Words = "",
    row: Words = "",
    answers: Annotated[int | None, Form()] = None,
) -> Response:
    """Say something of a report, or of one of its rows."""
    kind: Kind = "row" if row else "report"
    return _said(request, here, person, kind, key(report, row) if row else report, words, answers)


@router.post("/comments/{number}/take-back")
def take_back(request: Request, here: Here, person: Reader, number: int) -> Response:
    """Take back a comment of one's own."""
    one = comment_of(here.project, number, person)
    withdraw(here.project, number, person)
    return _answer(request, here, person, one.kind, one.about)


def kind_of(told: str) -> Kind:
    """What a comment is about. Raises :class:`ReviewError` where there is no such thing."""
    for kind in KINDS:
        if kind == told:
            return kind
    raise ReviewError(f"nothing is said of a {told[:20]!r}; comments are about a {' or '.join(KINDS)}")


def _said(
    request: Request, here: Workspace, person: Person, kind: Kind, about: str, words: str, answers: int | None
) -> Response:
    names = tuple(one.name for one in everybody(here))
    try:
        comment(here.project, kind, about, words, person, names=names, answers=answers)
    except ReviewError as error:
        return _shown(request, here, person, kind, about, fault=str(error), written=words, status=422)
    return _answer(request, here, person, kind, about)


def _answer(request: Request, here: Workspace, person: Person, kind: Kind, about: str) -> Response:
    if request.headers.get("HX-Request") == "true":
        return _shown(request, here, person, kind, about)
    return RedirectResponse(f"/comments?{urlencode({'kind': kind, 'about': about})}", 303)


def _shown(
    request: Request,
    here: Workspace,
    person: Person,
    kind: Kind,
    about: str,
    *,
    fault: str = "",
    written: str = "",
    status: int = 200,
) -> Response:
    is_piece = request.headers.get("HX-Request") == "true"
    report = report_of(kind, about)
    return page(
        request,
        "working/comments_piece.html" if is_piece else "working/comments.html",
        person,
        status,
        title="Comments",
        kind=kind,
        about=about,
        report=report,
        row=row_of(report, about) if kind == "row" else "",
        comments=comments_on(here.project, person, kind, about),
        people=everybody(here),
        fault=fault,
        written=written,
    )
