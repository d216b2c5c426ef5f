"""What the forms of the desk do; each answers when it is kept, with the next row or the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from dateline.errors import ReviewError
from dateline.export.formats.rows import key
from dateline.review.deciding.decide import decide
from dateline.review.deciding.holding import coding_at, held
from dateline.review.deciding.model import Accept, Correct, Done, Reject
from dateline.review.deciding.standing import flag, set_state
from dateline.review.deciding.undoing import redo, undo
from dateline.review.guard.who import Coder, Here
from dateline.review.pages.reading.showing import is_piece, report_address, show_desk, show_queue
from dateline.review.reading.asked import Asked, decision_of
from dateline.review.reading.desk import onward_from, past, waiting
from dateline.review.reading.queue import Asked as Place
from dateline.review.reading.queue import behind
from dateline.review.workspace import Workspace
from dateline.store.index.query import STATES
from dateline.store.review.people import Person

router = APIRouter()
Text = Annotated[str, Form()]
Texts = Annotated[list[str], Form()]


@dataclass(frozen=True, slots=True)
class Stay:
    """Where a form was: the place in the queue (None: at a report's own desk), whether with every mark, and beside
    which other coding of the report (None: by itself).
    """

    queue: Place | None
    everything: bool
    beside: int | None


def _stay(queue: Text = "", marks: Text = "", beside: Annotated[int | None, Form()] = None) -> Stay:
    return Stay(Place.of_address(queue) if queue else None, marks == "all", beside)


Here_ = Annotated[Stay, Depends(_stay)]


def _asked(
    decision: Text = "",
    row: Text = "",
    column: Texts = [],  # noqa: B006 (FastAPI reads the default and never changes it)
    value: Texts = [],  # noqa: B006
    type: Text = "",
    added: Text = "",
    receiver: Text = "",
    donor: Texts = [],  # noqa: B006
    words: Text = "",
    start: Text = "",
    end: Text = "",
    coding: Annotated[int | None, Form()] = None,
) -> Asked:
    if len(column) != len(value):
        raise ReviewError("the form did not arrive whole; load the page again")
    return Asked(
        # The buttons of the types say the type alone.
        "correct" if type else decision,
        row,
        tuple(zip(column, value, strict=True)),
        type or added,
        receiver,
        tuple(donor),
        words,
        _number(start),
        _number(end),
        coding,
    )


@router.post("/reports/{report:path}/decide")
def decided(
    request: Request,
    workspace: Here,
    person: Coder,
    report: str,
    asked: Annotated[Asked, Depends(_asked)],
    stay: Here_,
    seen: Annotated[int | None, Form()] = None,
    why: Text = "",
    keep: Text = "",
) -> Response:
    """Decide on a row; the next one shows, or the same one where its type alone was set."""
    now = held(workspace, report, person)
    shown = now if seen in {None, now.number} else coding_at(workspace, report, seen, person)
    decision = decision_of(asked, shown.coding)
    done = decide(workspace, report, [decision], person, why=why, seen=seen)
    # One looks at what came of it, where that is more than a word on the row as it stood.
    stays = bool(asked.type) if isinstance(decision, Correct) else not isinstance(decision, Accept | Reject)
    row = next(iter(done.rows), asked.row) if stays else ""
    onward = onward_from(shown.coding, asked.row)
    kept = why if keep else ""
    on = key(report, asked.row)
    return _answer(request, workspace, person, done, stay, row=row, onward=onward, decided_on=on, why=kept)


@router.post("/reports/{report:path}/undo")
def undone(request: Request, workspace: Here, person: Coder, report: str, stay: Here_) -> Response:
    """Undo what the person did last: in the queue with whatever report, at a desk with this one."""
    done = undo(workspace, person, report=None if stay.queue is not None else report)
    return _answer(request, workspace, person, done, stay, row=next(iter(done.rows), ""))


@router.post("/reports/{report:path}/redo")
def redone(request: Request, workspace: Here, person: Coder, report: str, stay: Here_) -> Response:
    """Do again what the person undid last."""
    done = redo(workspace, person, report=None if stay.queue is not None else report)
    return _answer(request, workspace, person, done, stay, row=next(iter(done.rows), ""))


@router.post("/reports/{report:path}/state")
def stated(
    request: Request,
    workspace: Here,
    person: Coder,
    report: str,
    stay: Here_,
    state: Text,
    row: Text = "",
    why: Text = "",
) -> Response:
    """Say how far people are with a report."""
    known = next((one for one in STATES if one == state), None)
    if known is None:
        raise ReviewError(f"{state[:40]!r} is no state; choose one of those listed")
    done = set_state(workspace, report, known, person, why=why)
    return _answer(request, workspace, person, done, stay, row=row, said=f"The report is {known}.")


@router.post("/reports/{report:path}/flag")
def flagged(
    request: Request,
    workspace: Here,
    person: Coder,
    report: str,
    stay: Here_,
    on: Text = "",
    row: Text = "",
    why: Text = "",
) -> Response:
    """Flag a report for others, or take the flag away."""
    done = flag(workspace, report, on == "yes", person, why=why)
    return _answer(request, workspace, person, done, stay, row=row, said="Flagged." if on == "yes" else "Not flagged.")


def _answer(
    request: Request,
    workspace: Workspace,
    person: Person,
    done: Done,
    stay: Stay,
    *,
    row: str,
    onward: Sequence[str] = (),
    decided_on: str = "",
    why: str = "",
    said: str = "",
) -> Response:
    """The row that shows next: ``row``, or without one what is due in the queue, and at a desk the first of ``onward``
    that waits.
    """
    said = said or (f"{past(done.verb).capitalize()}." if done.act else "Nothing was to be changed.")
    if stay.queue is not None:
        there = key(done.report, row) if row else ""
        place = stay.queue if row else behind(workspace, stay.queue, person, decided_on)
        if not is_piece(request):
            return RedirectResponse(place.address(row=there), 303)
        return show_queue(request, workspace, person, place, row=there, everything=stay.everything, said=said, why=why)
    if not row and onward:
        row = waiting(held(workspace, done.report, person).coding, onward)
    at = report_address(done.report)
    if stay.beside is not None:
        return RedirectResponse(f"{at}?{urlencode({'with': stay.beside})}", 303)
    if not is_piece(request):
        return RedirectResponse(f"{at}?{urlencode({'row': row})}" if row else at, 303)
    return show_desk(request, workspace, person, done.report, row=row, everything=stay.everything, said=said, why=why)


def _number(told: str) -> int | None:
    return int(told) if told.isascii() and told.isdigit() else None
