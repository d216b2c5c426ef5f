"""What went wrong, in words: as a page for people, as JSON for programs."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response

from dateline.errors import ConflictError, DatelineError, NotAllowedError, NotThereError, ReviewError, StoreError
from dateline.review.api.problems import problem
from dateline.review.web.page import page


def told(app: FastAPI) -> None:
    """Have the application tell its errors."""

    @app.exception_handler(DatelineError)
    def _known(request: Request, error: Exception) -> Response:
        return fault(request, str(error), _status(error))


def fault(request: Request, words: str, status: int) -> Response:
    """An answer that says what went wrong."""
    if request.url.path.startswith("/api/"):
        return problem(request, status, words)
    is_piece = request.headers.get("HX-Request") == "true"
    return page(request, "fault_piece.html" if is_piece else "fault.html", None, status, words=words, title="Sorry")


def _status(error: Exception) -> int:
    if isinstance(error, ConflictError):
        return 409
    if isinstance(error, NotAllowedError):
        return 403
    if isinstance(error, NotThereError):
        return 404
    if isinstance(error, StoreError):
        return 503
    return 422 if isinstance(error, ReviewError | DatelineError) else 500
