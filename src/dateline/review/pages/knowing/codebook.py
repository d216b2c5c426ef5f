"""The codebook's pages."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from dateline.review.guard.who import Here, Viewer
from dateline.review.knowing.codebook import overview, type_of
from dateline.review.web.page import page
from dateline.store.index.query import Query

router = APIRouter()


@router.get("/codebook")
def codebook(request: Request, here: Here, person: Viewer) -> Response:
    """Every type in a line, with how often it occurs."""
    return page(request, "codebook.html", person, title="Codebook", book=overview(here), rows_of=_rows_of)


@router.get("/codebook/{name}")
def one_type(request: Request, here: Here, person: Viewer, name: str) -> Response:
    """A type whole."""
    kind = type_of(here, name)
    return page(request, "codebook_type.html", person, title=kind.name, kind=kind, rows_of=_rows_of)


def _rows_of(kind: str, mode: str = "") -> str:
    """Where the rows of a type, or of a mode of it, are listed."""
    return Query(type=(kind,), mode=(mode,) if mode else ()).address("/table")
