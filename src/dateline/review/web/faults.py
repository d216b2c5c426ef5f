"""What went wrong, in words: as a page for people, as JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from dateline.errors import (
    ConflictError,
    DatelineError,
    LogInError,
    NotAllowedError,
    NotThereError,
    ReviewError,
    StoreError,
    TooManyError,
)
from dateline.export.safe import visible
from dateline.review.guard.forgery import SAFE, is_from_elsewhere
from dateline.review.web.page import page
from dateline.review.web.paths import asked, own_path
from dateline.review.web.problems import Fault, problem


def told(app: FastAPI) -> None:
    """Have the application tell its errors."""

    @app.exception_handler(DatelineError)
    def _known(request: Request, error: Exception) -> Response:
        if isinstance(error, LogInError):
            return log_in_first(request, str(error))
        headers = {"Retry-After": str(error.seconds)} if isinstance(error, TooManyError) else None
        return fault(request, str(error), _status(error), headers)

    @app.exception_handler(HTTPException)
    def _refused(request: Request, error: HTTPException) -> Response:
        return fault(request, _refusal(request, error), error.status_code, error.headers)

    @app.exception_handler(RequestValidationError)
    def _unreadable(request: Request, error: RequestValidationError) -> Response:
        faults = tuple(_value(one) for one in error.errors())
        return fault(request, "; ".join(f"{one.where}: {one.what}" for one in faults[:5]), 422, faults=faults)


def fault(
    request: Request, words: str, status: int, headers: Mapping[str, str] | None = None, faults: tuple[Fault, ...] = ()
) -> Response:
    """An answer that says what went wrong."""
    if request.url.path.startswith("/api/"):
        answer = problem(request, status, words, faults)
    else:
        is_piece = request.headers.get("HX-Request") == "true"
        template = "fault_piece.html" if is_piece else "fault.html"
        answer = page(request, template, None, status, words=words, title="Sorry")
    answer.headers.update(headers or {})
    return answer


def log_in_first(request: Request, words: str) -> Response:
    """Where nobody is logged in: to the page where one logs in, and from there to where one wanted to go."""
    if request.url.path.startswith("/api/"):
        return fault(request, words, 401, {"WWW-Authenticate": "Bearer"})
    is_piece = request.headers.get("HX-Request") == "true"
    if is_piece or request.method not in SAFE:
        # Back to the page that somebody is on, and with a word: what was sent was not kept.
        there = urlsplit(request.headers.get("HX-Current-URL" if is_piece else "Referer", ""))
        onward = own_path(there.path + (f"?{there.query}" if there.query else ""))
        to = f"/login?next={quote(onward, safe='')}&ended=1"
        return fault(request, words, 401, {"HX-Redirect": to}) if is_piece else RedirectResponse(to, 303)
    path = f"/login?next={quote(asked(request), safe='')}"
    if is_from_elsewhere(request.headers):
        # After a link elsewhere browsers send no cookie of ours, even when sent on: a page of ours has to ask.
        return page(request, "onward.html", None, 401, title="One moment", onward=path)
    return RedirectResponse(path, 303)


def _refusal(request: Request, error: HTTPException) -> str:
    """What the framework refuses, in words; those of the application say themselves what is wrong."""
    path, methods = request.url.path[:200], (error.headers or {}).get("Allow", "")
    if error.status_code == 404 and error.detail == HTTPStatus.NOT_FOUND.phrase:
        return f"there is nothing at {path}"
    if error.status_code == 405 and methods:
        return f"{path} takes {methods}, and not {request.method[:20]}"
    return str(error.detail)


def _value(error: dict[str, Any]) -> Fault:
    """A value that cannot be read; what was given is not said back: it may be anything."""
    return Fault(where=visible(".".join(map(str, error["loc"]))), what=visible(str(error["msg"])))


def _status(error: Exception) -> int:
    if isinstance(error, ConflictError):
        return 409
    if isinstance(error, NotAllowedError):
        return 403
    if isinstance(error, NotThereError):
        return 404
    if isinstance(error, TooManyError):
        return 429
    if isinstance(error, StoreError):
        return 503
    return 422 if isinstance(error, ReviewError | DatelineError) else 500
