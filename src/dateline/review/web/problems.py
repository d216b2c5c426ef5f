"""What went wrong, for programs: problem details (RFC 9457), with the same words as on the pages."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

from dateline.export.safe import visible

MEDIA_TYPE = "application/problem+json"


class Fault(BaseModel):
    """A value that cannot be read."""

    where: str
    what: str


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(
        use_attribute_docstrings=True,
        json_schema_extra={
            "example": {
                "type": "/api#conflict",
                "title": "Somebody else has changed it",
                "status": 409,
                "detail": "row e2 was changed by A. Editor meanwhile; look at it again",
                "instance": "/api/v1/reports/port-1/decisions",
            }
        },
    )

    type: str
    """What kind of problem it is: an address that explains it."""
    title: str
    status: int
    detail: str
    """What is wrong here, and what to do about it."""
    instance: str
    """The address that was asked for."""
    errors: tuple[Fault, ...] = ()
    """Where a value cannot be read: which, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: the status that it has, the end of the address that explains it, its title."""

    status: int
    name: str
    title: str


KINDS = (
    Kind(400, "unreadable", "The request cannot be read"),
    Kind(401, "nobody", "Nobody is logged in"),
    Kind(403, "not-allowed", "The role or the token does not allow it"),
    Kind(404, "not-there", "There is no such thing"),
    Kind(405, "method", "The address does not take this method"),
    Kind(409, "conflict", "Somebody else has changed it"),
    Kind(412, "changed", "It is not what the condition says any more"),
    Kind(413, "too-large", "The request is too large"),
    Kind(415, "kind", "The request is of a kind that is not read"),
    Kind(422, "cannot", "It cannot be done so"),
    Kind(429, "too-often", "Too many requests"),
    Kind(500, "fault", "A fault of the program"),
    Kind(503, "unavailable", "The project cannot be read or written now"),
)
_BY_STATUS = {kind.status: kind for kind in KINDS}


def problem(request: Request, status: int, detail: str, errors: tuple[Fault, ...] = ()) -> Response:
    """An answer that says what went wrong."""
    kind = _BY_STATUS.get(status) or Kind(status, "", HTTPStatus(status).phrase)
    told = Problem(
        type=f"/api#{kind.name}" if kind.name else "about:blank",
        title=kind.title,
        status=status,
        detail=visible(detail),
        instance=request.url.path,
        errors=errors,
    )
    body = told.model_dump(exclude={"errors"} if not errors else None)
    return JSONResponse(body, status, media_type=MEDIA_TYPE)


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that an operation can answer with, for its documentation."""
    return {
        status: {"description": _BY_STATUS[status].title, "content": {MEDIA_TYPE: {"schema": {"$ref": REFERENCE}}}}
        for status in statuses
    }


REFERENCE = "#/components/schemas/Problem"
