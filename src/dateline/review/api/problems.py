"""What went wrong, for programs: problem details (RFC 9457), with the same words as on the pages."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from dateline.export.safe import visible
from dateline.review.api.models.base import Fault, Problem

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"


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


def problem(
    request: Request, status: int, detail: str, *, errors: tuple[Fault, ...] = (), headers: dict[str, str] | None = None
) -> Response:
    """An answer that says what went wrong."""
    kind = _BY_STATUS.get(status) or Kind(status, "", HTTPStatus(status).phrase)
    told = Problem(
        type=f"/api#{kind.name}" if kind.name else "about:blank",
        title=kind.title,
        status=status,
        detail=visible(detail),
        instance=request.url.path,
        errors=list(errors),
    )
    body = told.model_dump(exclude={"errors"} if not errors else None)
    return JSONResponse(body, status, headers=headers, media_type=MEDIA_TYPE)


def told(app: FastAPI) -> None:
    """Have the application tell what the framework refuses, too."""

    @app.exception_handler(HTTPException)
    def _refused(request: Request, error: HTTPException) -> Response:
        from dateline.review.web.faults import fault

        headers = dict(error.headers or {})
        if request.url.path.startswith(PREFIX):
            return problem(request, error.status_code, _words(request, error), headers=headers)
        answer = fault(request, _words(request, error), error.status_code)
        answer.headers.update(headers)
        return answer

    @app.exception_handler(RequestValidationError)
    def _unreadable(request: Request, error: RequestValidationError) -> Response:
        from dateline.review.web.faults import fault

        faults = tuple(_fault(one) for one in error.errors())
        words = "; ".join(f"{one.where}: {one.what}" for one in faults[:5])
        if request.url.path.startswith(PREFIX):
            return problem(request, 422, words, errors=faults)
        return fault(request, words, 422)


def _words(request: Request, error: HTTPException) -> str:
    if error.status_code == 404 and error.detail == HTTPStatus.NOT_FOUND.phrase:
        return f"there is nothing at {request.url.path[:200]}; /api lists the addresses"
    if error.status_code == 405:
        return f"{request.url.path[:200]} does not take {request.method[:20]}; see the header Allow, or /api"
    return str(error.detail)


def _fault(error: dict[str, Any]) -> Fault:
    """A value that cannot be read; what was given is not said back: it may be anything."""
    return Fault(where=visible(".".join(str(part) for part in error["loc"])), what=visible(str(error["msg"])))


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that an operation can answer with, for its documentation."""
    return {
        status: {"description": _BY_STATUS[status].title, "content": {MEDIA_TYPE: {"schema": {"$ref": REFERENCE}}}}
        for status in statuses
    }


REFERENCE = "#/components/schemas/Problem"
