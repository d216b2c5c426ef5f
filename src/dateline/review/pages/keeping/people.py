"""The people of a project, for admins: add somebody, change a role, have an account set up anew, close one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from dateline.errors import ReviewError
from dateline.review.guard import keeping
from dateline.review.guard.who import Admin, Here
from dateline.review.pages.keeping.account import shown
from dateline.review.web.page import page
from dateline.review.workspace import Workspace
from dateline.store.review.people import Person

router = APIRouter()
Words = Annotated[str, Form()]


@router.post("/settings/people")
def add(request: Request, here: Here, person: Admin, name: Words, role: Words, shown_as: Words = "") -> Response:
    """Add a person; the code to set the account up is shown once."""
    try:
        code = keeping.add(here.project, name, shown_as, keeping.role_of(role), person.shown)
    except ReviewError as error:
        return shown(request, here, person, words=str(error), status=422)
    return page(request, "once.html", person, title=f"A code for {name.strip()}", kind="set-up", made=(code,))


@router.post("/settings/people/role")
def role(request: Request, here: Here, person: Admin, name: Words, role: Words) -> Response:
    """Give a person another role."""
    return _done(
        request, here, person, lambda: keeping.set_role(here.project, name, keeping.role_of(role), person.shown)
    )


@router.post("/settings/people/reset")
def reset(request: Request, here: Here, person: Admin, name: Words) -> Response:
    """Have an account set up anew; the code is shown once."""
    try:
        code = keeping.reset(here.project, name, person.shown)
    except ReviewError as error:
        return shown(request, here, person, words=str(error), status=422)
    return page(request, "once.html", person, title=f"A code for {name.strip()}", kind="set-up", made=(code,))


@router.post("/settings/people/close")
def close(request: Request, here: Here, person: Admin, name: Words) -> Response:
    """Close an account."""
    return _done(request, here, person, lambda: keeping.close(here.project, name, person.shown))


def _done(request: Request, here: Workspace, person: Person, act: Callable[[], None]) -> Response:
    try:
        act()
    except ReviewError as error:
        return shown(request, here, person, words=str(error), status=422)
    return RedirectResponse("/settings?done=people#people", 303)
