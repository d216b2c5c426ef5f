"""Settling what coders differ on, and what was settled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from dateline.errors import ConflictError, ReviewError
from dateline.review.guard.who import Adjudicator, Coder, Here
from dateline.review.pages.working.forms import Fields
from dateline.review.team.adjudicating import TAKEN, Case, Taken, Wish, case_of, outcome_of, settle_case, waiting
from dateline.review.web.page import page
from dateline.review.workspace import Workspace
from dateline.store.review.people import Person

router = APIRouter()
Number = Annotated[int | None, Query(ge=1)]


@router.get("/adjudicate")
def to_settle(request: Request, here: Here, person: Adjudicator) -> Response:
    """Reports that were coded blind and are not settled yet."""
    return page(request, "working/to_settle.html", person, title="To settle", waiting=waiting(here))


@router.get("/adjudicate/{report:path}")
def settling(
    request: Request, here: Here, person: Adjudicator, report: str, left: Number = None, right: Number = None
) -> Response:
    """Two codings of a report beside each other."""
    return _shown(request, here, person, case_of(here, report, person, left, right))


@router.post("/adjudicate/{report:path}")
def settle(request: Request, here: Here, person: Adjudicator, report: str, sent: Fields) -> Response:
    """Keep what was settled."""
    case = case_of(here, report, person, _number(sent, "left"), _number(sent, "right"))
    if _number(sent, "seen") != case.seen:
        words = "The report was changed while you looked at it, and nothing was settled. This is how it is now."
        return _shown(request, here, person, case, words=words, sent=sent, status=409)
    try:
        settle_case(here, case, wishes_of(case, sent), person, why=sent.get("why", ""))
    except ConflictError as error:
        now = case_of(here, report, person, case.left.number, case.right.number)
        return _shown(request, here, person, now, words=str(error), sent=sent, status=409)
    except ReviewError as error:
        return _shown(request, here, person, case, words=str(error), sent=sent, status=422)
    return RedirectResponse(f"/adjudicate/{quote(report, safe='/')}", 303)


@router.get("/settled/{report:path}")
def settled(request: Request, here: Here, person: Coder, report: str) -> Response:
    """What somebody coded blind beside what was settled."""
    found = outcome_of(here, report, person)
    if found is None:
        raise ReviewError("you did not code this report blind, or it is not settled yet; the feed tells when it is")
    return page(request, "working/settled.html", person, title="What was settled", outcome=found)


def wishes_of(case: Case, sent: Mapping[str, str]) -> dict[str, Wish]:
    """What a form says of each row: ``row0.keep``, ``row0.place`` (left, right, own), ``row0.own.date``."""
    wishes: dict[str, Wish] = {}
    for row in case.rows:
        start = f"{row.name}."
        told = {name.removeprefix(start): value for name, value in sent.items() if name.startswith(start)}
        fields: dict[str, Taken] = {
            name: taken for name, value in told.items() for taken in TAKEN if value == taken and "." not in name
        }
        own: dict[str, str] = {}
        for one in row.fields:
            if fields.get(one.field) == "own":
                own |= {
                    column: told[f"own.{column}"].strip()
                    for column, (left, _) in one.cells.items()
                    if f"own.{column}" in told and told[f"own.{column}"].strip() != left
                }
        wishes[row.name] = Wish(told.get("keep", "yes") == "yes", fields, own)
    return wishes


def _shown(
    request: Request,
    here: Workspace,
    person: Person,
    case: Case,
    *,
    words: str = "",
    sent: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    del here
    return page(
        request,
        "working/settling.html",
        person,
        status,
        title="To settle",
        case=case,
        words=words,
        sent=sent or {},
        differing=sum(row.differs for row in case.rows),
    )


def _number(sent: Mapping[str, str], name: str) -> int | None:
    told = sent.get(name, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else None
