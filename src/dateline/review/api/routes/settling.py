"""Settling what coders differ on, and what came of it for each of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from dateline.errors import ConflictError, NotThereError
from dateline.review.api.models.base import MOST
from dateline.review.api.models.deciding import Done
from dateline.review.api.models.settling import CaseTold, OutcomeTold, Settlement, WaitingTold
from dateline.review.api.routes.reports import Id, coding_tag
from dateline.review.api.routing import room
from dateline.review.guard.who import Adjudicator, Coder, Here
from dateline.review.team.adjudicating import case_of, outcome_of, settle_case, waiting
from dateline.review.web.problems import answers

router = room("team")

_Side = Annotated[int | None, Query(ge=1, le=MOST, description="A coding of the report, by its number.")]


@router.get("/cases", operation_id="list_cases")
def cases(
    here: Here,
    _person: Adjudicator,
    most: Annotated[int, Query(ge=1, le=1_000, description="How many at most.")] = 100,
) -> list[WaitingTold]:
    """Reports coded blind that are not settled yet, those first of which all coders are done."""
    return [WaitingTold.model_validate(one) for one in waiting(here, most)]


@router.get("/reports/{id:path}/case", operation_id="get_case", responses=answers(404))
def case(here: Here, person: Coder, id: Id, left: _Side = None, right: _Side = None) -> CaseTold:
    """Two codings of the report beside each other, row by row and field by field."""
    return CaseTold.of(case_of(here, id, person, left, right))


@router.post("/reports/{id:path}/settlement", operation_id="settle", responses=answers(404, 409))
def settle(here: Here, person: Adjudicator, id: Id, told: Settlement, response: Response) -> Done:
    """Say what holds of the report, field by field; it holds from then on, and the report is done."""
    found = case_of(here, id, person, told.left, told.right)
    if found.seen != told.seen:
        raise ConflictError("the report was decided on meanwhile, and nothing was settled; look at it again")
    wishes = {name: one.wish for name, one in told.rows.items()}
    done = settle_case(here, found, wishes, person, why=told.why)
    if done.coding is not None:
        response.headers["ETag"] = coding_tag(done.coding)
    return Done.model_validate(done)


@router.get("/reports/{id:path}/outcome", operation_id="get_outcome", responses=answers(404))
def outcome(here: Here, person: Coder, id: Id) -> OutcomeTold:
    """What was made of the person's own blind coding when the report was settled."""
    found = outcome_of(here, id, person)
    if found is None:
        raise NotThereError("the report is not settled, or you did not code it blind; wait for the adjudicator")
    return OutcomeTold.of(found)
