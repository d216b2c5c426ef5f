"""A report with its codings, what was done to it, and how far people are with it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from fastapi.responses import JSONResponse

from dateline.errors import NotThereError
from dateline.export.leaving.confidential import open_coding
from dateline.form import to_dict
from dateline.review.api.models.base import MOST
from dateline.review.api.models.deciding import ActTold, CodingTold, StandingTold
from dateline.review.api.models.incoming import SuggestedTold
from dateline.review.api.models.lines import Report
from dateline.review.api.routes.finding import report_told
from dateline.review.api.routing import coded_report, room
from dateline.review.deciding.holding import coding_at, codings_of, held, history, number_of
from dateline.review.deciding.resuggesting import resuggested
from dateline.review.deciding.standing import standing_of
from dateline.review.guard.who import Coder, Here, Reader, Viewer
from dateline.review.veil import unnamed
from dateline.review.web.problems import answers

router = room("reports")

Id = Annotated[str, Path(min_length=1, max_length=600, description="The id of a report.")]
_NONE = "there is no report {id!r} in the project; look it up in the search"


def coding_tag(number: int) -> str:
    """The entity tag of a coding: what a condition of a decision names."""
    return f'"c{number}"'


@router.get(
    "/reports/{id:path}/coding",
    operation_id="get_coding",
    response_class=JSONResponse,
    responses={**coded_report(), **answers(404)},
)
def coding(
    here: Here,
    person: Viewer,
    id: Id,
    number: Annotated[int | None, Query(ge=1, le=MOST, description="Another coding than the one that holds.")] = None,
) -> Response:
    """The coded report: text, events, attributions, places, dates, actors.

    It is the coding that the person works on: the one that holds, or of who codes blind their own. Its `ETag` is what
    `If-Match` of a decision names.
    """
    found = held(here, id, person) if number is None else coding_at(here, id, number, person)
    if person.may("reader"):
        return JSONResponse(to_dict(found.coding), headers={"ETag": coding_tag(found.number)})
    told = open_coding(here.project, unnamed(found, codings_of(here, id)))
    if told is None:
        raise NotThereError(_NONE.format(id=id[:80]))
    return JSONResponse(to_dict(told))


@router.get("/reports/{id:path}/codings", operation_id="list_codings", responses=answers(404))
def codings(here: Here, person: Reader, id: Id) -> list[CodingTold]:
    """All codings of the report that the person may see, in the order they were made."""
    holds = held(here, id, person).number
    return [
        CodingTold(
            number=made.number,
            coder=made.coder.name,
            version=made.coder.version,
            codebook=made.coder.codebook,
            model=made.coder.model,
            made=made.made,
            by_hand=made.by_hand,
            blind=made.blind,
            events=made.events,
            holds=made.number == holds,
        )
        for made in codings_of(here, id, person)
    ]


@router.get("/reports/{id:path}/history", operation_id="list_acts", responses=answers(404))
def acts(here: Here, person: Reader, id: Id) -> list[ActTold]:
    """What was done with the report, in order; each can be undone by who did it."""
    return [ActTold.of_act(act, named=True) for act in history(here, id, person)]


@router.get("/reports/{id:path}/suggestions", operation_id="list_suggestions", responses=answers(404))
def suggestions(here: Here, person: Coder, id: Id) -> list[SuggestedTold]:
    """What the machine's newest coding has that the coding in which the person works lacks; accept it by its `row`."""
    return [SuggestedTold.of(one) for one in resuggested(here, id, person)]


@router.get("/reports/{id:path}/state", operation_id="get_state", responses=answers(404))
def state(here: Here, person: Reader, id: Id) -> StandingTold:
    """How far people are with the report; for who codes it blind, how far that person is."""
    return StandingTold.model_validate(standing_of(here, id, person))


@router.get("/reports/{id:path}", operation_id="get_report", responses=answers(404))
def report(here: Here, person: Viewer, id: Id) -> Report:
    """A report as a line of the list."""
    with here.project.database.reading() as db:
        number = number_of(db, id)
    line = here.index.report(number)
    if line is not None and line.confidential and not person.may("reader"):
        raise NotThereError(_NONE.format(id=id[:80]))
    if line is None:
        raise NotThereError(f"report {id[:80]!r} is not in the index yet; ask again in a moment")
    return report_told(line, person)
