"""Who asks: the person of a request, and what pages require of that person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from dateline.errors import NotAllowedError
from dateline.review.workspace import Workspace
from dateline.store.review.people import Person, Role


def workspace_of(request: Request) -> Workspace:
    """The workspace that the application serves."""
    found: Workspace = request.app.state.workspace
    return found


def person_of(request: Request) -> Person:
    """Who asks. Raises :class:`NotAllowedError` where nobody is logged in."""
    local = workspace_of(request).local
    if local is None:
        raise NotAllowedError("nobody is logged in; log in first")
    return local


def somebody(role: Role) -> Callable[[Request], Person]:
    """A dependency: a person who may do what somebody of that role may."""

    def required(request: Request) -> Person:
        person = person_of(request)
        if not person.may(role):
            raise NotAllowedError(f"that is for people who may {role}; you are a {person.role}")
        return person

    return required


Here = Annotated[Workspace, Depends(workspace_of)]
Viewer = Annotated[Person, Depends(somebody("viewer"))]
Reader = Annotated[Person, Depends(somebody("reader"))]
Coder = Annotated[Person, Depends(somebody("coder"))]
Adjudicator = Annotated[Person, Depends(somebody("adjudicator"))]
Admin = Annotated[Person, Depends(somebody("admin"))]
