"""Who asks: the person of a request, and what pages require of that person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Request

from dateline.errors import DatelineError, LogInError, NotAllowedError
from dateline.review.blind import BlindWorkspace, left_out
from dateline.review.guard.forgery import SAFE
from dateline.review.guard.gate import Guard, stranger
from dateline.review.open import OpenWorkspace
from dateline.review.workspace import Workspace
from dateline.store.review import sessions, tokens
from dateline.store.review.accounts import Account
from dateline.store.review.people import Person, Role
from dateline.store.review.sessions import Session
from dateline.store.review.team.assignments import blind_of

_OUTSIDE = "/login"
"""Where nobody is anybody yet."""
_OF_PROGRAMS = ("/api/", "/metrics")
NOBODY = "nobody is logged in; log in first"


def workspace_of(request: Request) -> Workspace:
    """The workspace that the application serves."""
    found: Workspace = request.app.state.workspace
    return found


def guard_of(request: Request) -> Guard:
    """What the application knows of who comes."""
    found: Guard = request.app.state.guard
    return found


def person_of(request: Request) -> Person:
    """Who asks. Raises :class:`LogInError` where nobody is logged in."""
    known: Person | None = getattr(request.state, "person", None)
    if known is None:
        known = _person(request)
        if guard_of(request).door.is_read_only and known.may("reader"):
            known = replace(known, role="reader")
        request.state.person = known
    return known


def account_of(request: Request) -> tuple[Session, Account]:
    """The session of a request with its account. Raises :class:`NotAllowedError` where people do not log in."""
    person_of(request)
    found: tuple[Session, Account] | None = getattr(request.state, "session", None)
    if found is None:
        raise NotAllowedError(
            "that needs an account that you logged in with; the first is made by: dateline people add"
        )
    return found


def somebody(role: Role) -> Callable[[Request], Person]:
    """A dependency: a person who may do what somebody of that role may."""

    def required(request: Request) -> Person:
        person = person_of(request)
        if not person.may(role):
            raise NotAllowedError(f"that is for people who may {role}; you are a {person.role}")
        return person

    return required


def seen_by(request: Request) -> Workspace:
    """The workspace as who asks may see it: without what is confidential for who sees no more than the data, and
    without what others made of the reports that the person codes blind.
    """
    whole = workspace_of(request)
    person = whole.local
    if person is None and not request.url.path.startswith(_OUTSIDE):
        try:
            person = person_of(request)
        except DatelineError:
            return whole  # who may see a page at all is that page's to ask
    if person is None:
        return whole
    with whole.project.database.reading() as db:
        hidden = blind_of(db, person.name)
    seen = BlindWorkspace.of(whole, hidden) if hidden else whole
    request.state.left_out = left_out(seen)
    return seen if person.may("reader") else OpenWorkspace.of(seen)


def _person(request: Request) -> Person:
    workspace, guard = workspace_of(request), guard_of(request)
    kind, _, sent = request.headers.get("authorization", "").partition(" ")
    held = request.cookies.get(guard.door.session, "")
    # A token is for programs: it opens the API and no page.
    bearer = sent.strip() if kind.lower() == "bearer" and request.url.path.startswith(_OF_PROGRAMS) else ""
    if workspace.local is not None:
        if guard.door.key is None or guard.door.opens_with(bearer or held):
            return workspace.local
        raise LogInError(f"{NOBODY}: open the address that the terminal printed, which has the key")
    person = _of_token(request, bearer) if bearer else _of_session(request, held) if held else None
    if person is not None:
        if guard.door.is_limited:
            guard.people.take(person.name)
        return person
    if guard.door.is_limited and (bearer or held):
        # What was sent opens nothing: the gate has not counted it, for it could have been somebody's.
        guard.strangers.take(stranger(request))
    raise LogInError(NOBODY)


def _of_session(request: Request, held: str) -> Person | None:
    project = workspace_of(request).project
    now = project.now()
    with project.database.reading() as db:
        found = sessions.live(db, held, now)
    if found is None:
        return None
    if sessions.is_stale(found[0], now):
        with project.database.writing() as db:
            sessions.touch(db, found[0], now)
    request.state.session = found
    return found[1].person


def _of_token(request: Request, sent: str) -> Person | None:
    project = workspace_of(request).project
    with project.database.reading() as db:
        found = tokens.live(db, sent, project.now())
    if found is None:
        return None
    if found[0].scope == "read" and request.method not in SAFE:
        raise NotAllowedError("this token is for reading only; make one for writing in the settings")
    return found[1].person


Here = Annotated[Workspace, Depends(seen_by)]
Viewer = Annotated[Person, Depends(somebody("viewer"))]
Reader = Annotated[Person, Depends(somebody("reader"))]
Coder = Annotated[Person, Depends(somebody("coder"))]
Adjudicator = Annotated[Person, Depends(somebody("adjudicator"))]
Admin = Annotated[Person, Depends(somebody("admin"))]
