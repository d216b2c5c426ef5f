"""What went wrong, in words: as a page for people, as JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from dateline.errors import (
    ConflictError,
    DatelineError,
    LogInError,
    NotAllowedError,
    ReviewError,
    StoreError,
    TooManyError,
)
from dateline.review.guard.forgery import is_from_elsewhere
from dateline.review.web.page import page
from dateline.review.web.paths import asked


def told(app: FastAPI) -> None:
    """Have the application tell its errors."""

    @app.exception_handler(DatelineError)
    def _known(request: Request, error: Exception) -> Response:
        if isinstance(error, LogInError):
            return log_in_first(request, str(error))
        headers = {"Retry-After": str(error.seconds)} if isinstance(error, TooManyError) else None
        return fault(request, str(error), _status(error), headers)


def fault(request: Request, words: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """An answer that says what went wrong."""
    if request.url.path.startswith("/api/"):
        answer: Response = JSONResponse({"error": words}, status)
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
    if request.headers.get("HX-Request") == "true":
        return fault(request, words, 401, {"HX-Redirect": "/login"})
    if request.method != "GET":
        return fault(request, words, 401)
    path = f"/login?next={quote(asked(request), safe='')}"
    if is_from_elsewhere(request.headers):
        # After a link elsewhere browsers send no cookie of ours, even when sent on: a page of ours has to ask.
        return page(request, "onward.html", None, 401, title="One moment", onward=path)
    return RedirectResponse(path, 303)


def _status(error: Exception) -> int:
    if isinstance(error, ConflictError):
        return 409
    if isinstance(error, NotAllowedError):
        return 403
    if isinstance(error, TooManyError):
        return 429
    if isinstance(error, StoreError):
        return 503
    return 422 if isinstance(error, ReviewError | DatelineError) else 500
