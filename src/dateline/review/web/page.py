"""A page or a piece of one, filled from its template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from dateline.export.page.fill import environment
from dateline.review.web.assets import static
from dateline.store.review.people import Person, Role

HOME = ("review",)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the menu: its name, where it is, and the least role that sees it."""

    name: str
    address: str
    role: Role = "viewer"


MENU = (
    Entry("Queue", "/queue", "reader"),
    Entry("Inbox", "/inbox", "reader"),
    Entry("Search", "/search"),
    Entry("Table", "/table"),
    Entry("Map", "/map"),
    Entry("Time line", "/timeline"),
    Entry("Events", "/events"),
    Entry("Sources", "/sources"),
    Entry("Codebook", "/codebook"),
    Entry("Team", "/team", "reader"),
    Entry("Agreement", "/agreement", "reader"),
    Entry("Log", "/log", "reader"),
    Entry("Settings", "/settings"),
)


def page(request: Request, template: str, person: Person | None, /, status: int = 200, **values: Any) -> HTMLResponse:
    """A template of ``review/templates`` as the answer; every page has the person, the menu, its own path,
    and in words which reports are left out because the person codes them blind.
    """
    menu = [entry for entry in MENU if person is not None and person.may(entry.role)]
    filled = environment(HOME).get_template(template)
    path, left_out = request.url.path, getattr(request.state, "left_out", "")
    text = filled.render(
        request=request, path=path, person=person, menu=menu, static=static, left_out=left_out, **values
    )
    return HTMLResponse(text, status)
