"""Anything by how its name begins: what Ctrl-K opens."""

from __future__ import annotations

from typing import Literal, get_args

from fastapi import APIRouter, Request, Response

from dateline.review.guard.who import Here, Viewer
from dateline.review.web.page import MENU, page
from dateline.store.index.lines import Found

router = APIRouter()
OfReaders = Literal["report", "row"]
"""What a viewer does not open."""


@router.get("/find")
def find(request: Request, here: Here, person: Viewer, words: str = "") -> Response:
    """What begins with the words, as a page or as the piece that the dialog shows."""
    wanted = " ".join(words.split()).casefold()
    pages = [
        Found("page", entry.name, "page", entry.address)
        for entry in MENU
        if person.may(entry.role) and wanted and entry.name.casefold().startswith(wanted)
    ]
    found = [one for one in here.index.find(words) if person.may("reader") or one.kind not in get_args(OfReaders)]
    is_piece = request.headers.get("HX-Request") == "true"
    template = "found.html" if is_piece else "find.html"
    return page(request, template, person, title="Find", words=words, found=(*pages, *found))
