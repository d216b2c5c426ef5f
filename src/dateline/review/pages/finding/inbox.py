"""The inbox: what came in and has no event yet that anybody looked at, and why."""

from __future__ import annotations

from typing import Literal, get_args

from fastapi import APIRouter, Request, Response

from dateline.review.guard.who import Here, Reader
from dateline.review.web.page import page
from dateline.store.index.incoming import Refused, Repeated, how_many, refused, repeated
from dateline.store.index.lines import ReportLine
from dateline.store.index.memory.choosing import Waiting

router = APIRouter()

Evidence = Literal["not readable", "said again"]
_FEW = 50


@router.get("/inbox")
def inbox(
    request: Request, here: Here, person: Reader, why: Waiting | Evidence = "no event found", after: str | None = None
) -> Response:
    """The reports and the evidence that wait, by why they do."""
    index = here.index
    counts: dict[str, int] = {name: index.waiting(name, limit=1).total for name in get_args(Waiting)}
    lines: tuple[ReportLine | Refused | Repeated, ...]
    with here.project.database.reading() as db:
        counts |= dict(zip(get_args(Evidence), how_many(db), strict=True))
        match why:
            case "not readable":
                lines, cursor = refused(db, after, _FEW)
            case "said again":
                lines, cursor = repeated(db, after, _FEW)
            case _:
                found = index.waiting(why, after=after, limit=_FEW)
                lines, cursor = found.lines, found.after
    return page(
        request, "inbox.html", person, title="Inbox", why=why, counts=counts, lines=lines, cursor=cursor, after=after
    )
