"""The desk as an answer: whole as a page, or as the piece that a decision replaces."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request, Response

from dateline.export.formats.rows import key
from dateline.review.deciding.undoing import can_redo, can_undo
from dateline.review.reading.desk import desk, past
from dateline.review.reading.keys import keys
from dateline.review.reading.queue import ORDER, PATH, Asked, Item, item
from dateline.review.web.page import page
from dateline.review.workspace import Workspace
from dateline.store.index.query import STATES, Query
from dateline.store.review.acts import Act
from dateline.store.review.people import Person


def report_address(report: str) -> str:
    """The address of a report's desk."""
    return f"/reports/{quote(report, safe='/')}"


def is_piece(request: Request) -> bool:
    """Whether a browser asks for the piece of a page that it replaces, and not for the page."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"


@dataclass(frozen=True, slots=True)
class At:
    """The addresses of a desk, with or without every mark; ``start``: of its place in the queue, where it is in one."""

    address: str
    everything: bool
    start: str
    report: str
    focus: str
    next: str

    def row(self, row: str) -> str:
        """The desk with another row in focus."""
        return self._at(row, self.everything)

    @property
    def marks(self) -> str:
        """The same with all marks, or without them."""
        return self._at(self.focus, not self.everything)

    @property
    def here(self) -> str:
        """The desk as it is."""
        return self._at(self.focus, self.everything)

    def _at(self, row: str, everything: bool) -> str:
        # There are many of these on a page, and most of each is the same.
        row = key(self.report, row) if self.start and row else row
        told = urlencode(
            {name: value for name, value in (("row", row), ("marks", "all" if everything else "")) if value}
        )
        start = self.start or self.address
        return start + ("&" if "?" in start else "?") * bool(told) + told


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands above the desk in the queue."""

    told: str
    total: int
    more: bool
    why: tuple[str, ...]
    skip: str
    list_address: str


@dataclass(frozen=True, slots=True)
class Can:
    """What can be undone and done again, in words; empty: nothing."""

    undo: str
    redo: str


def show_desk(
    request: Request,
    workspace: Workspace,
    person: Person,
    report: str,
    *,
    row: str = "",
    everything: bool = False,
    queue: Asked | None = None,
    due: Item | None = None,
    said: str = "",
    why: str = "",
) -> Response:
    """A report's desk as the answer to a request; ``due`` is the row of the queue that it stands for.

    ``said`` is what was done, ``why`` the reason that is to be kept for the next decision.
    """
    seen = desk(workspace, report, person, row=row, everything=everything)
    focus = seen.focus.row.id if seen.focus else ""
    own = At(report_address(report), everything, "", report, focus, "")
    at = At(
        own.address,
        everything,
        queue.address() if queue else "",
        report,
        focus,
        own.row(seen.onward) if seen.onward else "",
    )
    values: dict[str, Any] = {
        "title": seen.title,
        "desk": seen,
        "at": at,
        "queue": _bar(queue, due) if queue is not None and due is not None else None,
        "can": _can(workspace, person, None if queue is not None else report),
        "states": STATES,
        "said": said,
        "why": why,
        "keeping": bool(why),
        "keys": keys(),
        "key_table": json.dumps({one.action: one.shown for one in keys()}),
    }
    if not is_piece(request):
        return page(request, "reading/desk.html", person, **values)
    answer = page(request, "reading/desk_piece.html", person, **values)
    answer.headers["HX-Push-Url"] = at.here
    return answer


def show_queue(
    request: Request,
    workspace: Workspace,
    person: Person,
    asked: Asked,
    *,
    row: str = "",
    everything: bool = False,
    said: str = "",
    why: str = "",
) -> Response:
    """The row of the queue that is due, at its report's desk; where there is none, a page that says so."""
    due = item(workspace, asked, person, row=row)
    if due.line is None:
        values: dict[str, Any] = {
            "title": "Queue",
            "said": said,
            "skipped": due.total,
            "start": asked.address(after=""),
            "whole": None if asked == Asked(Query(), ORDER, asked.after) else PATH,
            "last": _can(workspace, person, None),
            "told": asked.address(),
        }
        name = "reading/queue_end_piece.html" if is_piece(request) else "reading/queue_end.html"
        return page(request, name, person, **values)
    return show_desk(
        *(request, workspace, person, due.line.report),
        row=due.line.row,
        everything=everything,
        queue=asked,
        due=due,
        said=said,
        why=why,
    )


def _bar(asked: Asked, due: Item) -> Bar:
    return Bar(
        told=asked.address(),
        total=due.total,
        more=due.more,
        why=due.line.why if due.line else (),
        skip=asked.address(after=due.skip),
        list_address=asked.address(after="", view="list"),
    )


def _can(workspace: Workspace, person: Person, report: str | None) -> Can:
    if not person.may("coder"):
        return Can("", "")
    return Can(_told(can_undo(workspace, person, report=report)), _told(can_redo(workspace, person, report=report)))


def _told(act: Act | None) -> str:
    return "" if act is None else f"what you {past(act.verb)} at {act.made[11:16]} in {act.report}"
