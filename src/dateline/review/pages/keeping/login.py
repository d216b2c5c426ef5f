"""Logging in and out, and choosing the first password."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from dateline.errors import LogInError, ReviewError, TooManyError
from dateline.review.guard.door import network
from dateline.review.guard.gate import cookie_of
from dateline.review.guard.login import Given
from dateline.review.guard.who import Here, guard_of, person_of
from dateline.review.web.page import page
from dateline.review.web.paths import own_path
from dateline.store.review import accounts, sessions

router = APIRouter()
Words = Annotated[str, Form()]


@router.get("/login")
def login(request: Request, here: Here, next: str = "/", ended: bool = False) -> Response:
    """The form; who is logged in already goes on. ``ended``: somebody was at work when the session had ended."""
    try:
        person_of(request)
    except LogInError:
        words = "your session has ended, and what you sent last was not kept; log in and do it again" if ended else ""
        return _form(request, here.local is not None, onward=own_path(next), words=words)
    return RedirectResponse(own_path(next), 303)


@router.post("/login")
def log_in(
    request: Request,
    here: Here,
    name: Words = "",
    password: Words = "",
    code: Words = "",
    next: Words = "/",
    key: Words = "",
) -> Response:
    """Begin a session, or have the key of the workspace held."""
    guard = guard_of(request)
    if here.local is not None:
        held = key if guard.door.opens_with(key.strip()) else None
        if held is None and guard.door.key is not None:
            words = "that is not the key of this workspace; copy the address that the terminal printed last"
            return _form(request, True, words=words, status=401, onward=own_path(next))
        return _in(request, (held or "").strip(), next)
    given = Given(name, password, code, _address(request))
    try:
        return _in(request, guard.log_in.begin(given), next)
    except (LogInError, TooManyError) as error:
        return _form(request, False, onward=own_path(next), name=name, **_told(error))


@router.get("/login/set-up")
def setting_up(request: Request) -> Response:
    """The form to choose the first password."""
    return _set_up(request)


@router.post("/login/set-up")
def set_up(
    request: Request, name: Words = "", code: Words = "", password: Words = "", repeated: Words = ""
) -> Response:
    """Choose the first password, with the code that an admin handed over."""
    try:
        if password != repeated:
            raise ReviewError("the two passwords differ; type the same twice")
        session = guard_of(request).log_in.set_up(Given(name, password, code, _address(request)))
    except ReviewError as error:
        return _set_up(request, name=name, **_told(error))
    return _in(request, session, "/")


@router.post("/logout")
def log_out(request: Request, here: Here) -> Response:
    """End the session."""
    door = guard_of(request).door
    held = request.cookies.get(door.session, "")
    now = here.project.now()
    with here.project.database.writing() as db:
        found = sessions.live(db, held, now)
        if found is not None:
            sessions.end(db, found[0].key)
            account = found[1]
            accounts.audit(db, now, account.shown, "logged out", account.name, network=network(_address(request)))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(door.session, path="/", secure=door.is_secure, httponly=True, samesite="strict")
    # Nothing that was shown stays in the browser for who sits there next.
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _in(request: Request, session: str, next: str) -> Response:
    answer = RedirectResponse(own_path(next), 303)
    cookie_of(answer, guard_of(request).door, session)
    return answer


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _told(error: ReviewError) -> dict[str, Any]:
    status = 429 if isinstance(error, TooManyError) else 401 if isinstance(error, LogInError) else 422
    return {"words": str(error), "status": status}


def _form(
    request: Request, is_local: bool, *, onward: str, words: str = "", name: str = "", status: int = 200
) -> Response:
    values = {"title": "Log in", "is_local": is_local, "onward": onward, "words": words, "name": name}
    return page(request, "login.html", None, status, **values)


def _set_up(request: Request, *, words: str = "", name: str = "", status: int = 200) -> Response:
    return page(request, "set_up.html", None, status, title="Set up your account", words=words, name=name)
