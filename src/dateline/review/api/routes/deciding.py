"""What people decide of rows and reports; each decision is kept before the answer, and can be undone."""

from __future__ import annotations

from typing import Annotated

from fastapi import Header, HTTPException, Response

from dateline.review.api.models.deciding import (
    ActTold,
    Decisions,
    Done,
    ManyDecisions,
    NewFlag,
    NewState,
    Outcome,
    Reason,
    Steps,
    decision,
)
from dateline.review.api.routes.reports import Id, coding_tag
from dateline.review.api.routing import matches, room
from dateline.review.deciding import model
from dateline.review.deciding.decide import decide, decide_many
from dateline.review.deciding.holding import held
from dateline.review.deciding.standing import flag, set_state
from dateline.review.deciding.undoing import can_redo, can_undo, redo, undo
from dateline.review.guard.who import Coder, Here
from dateline.review.web.problems import answers
from dateline.review.workspace import Workspace
from dateline.store.review.acts import Act
from dateline.store.review.people import Person

router = room("deciding")

Condition = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=600,
        description="The `ETag` of the coding that was looked at: where another holds now, nothing is decided (412).",
    ),
]


@router.post("/reports/{id:path}/decisions", operation_id="decide", responses=answers(404, 409, 412))
def decisions(
    here: Here, person: Coder, id: Id, told: Decisions, response: Response, condition: Condition = None
) -> Done:
    """Decide of rows of a report: accept, correct, reject, split, merge, add, restore.

    The decisions are carried out in their order, all or none. What is decided of rows that others have changed since
    `seen` is a conflict (409); with `If-Match`, any other coding than the one named is (412).
    """
    seen = told.seen
    if condition is not None:
        now = held(here, id, person).number
        if not matches(coding_tag(now), condition):
            raise HTTPException(412, f"another coding of the report holds now ({coding_tag(now)}); look at it again")
        seen = now if seen is None else seen
    done = decide(here, id, list(map(decision, told.decisions)), person, why=told.why, seen=seen)
    return _done(done, response)


@router.post("/decisions", operation_id="decide_many", responses=answers(409))
def many(here: Here, person: Coder, told: ManyDecisions) -> list[Outcome]:
    """Decide of rows of several reports; what came of each, in order.

    One report that cannot be changed does not keep the others from being.
    """
    by_report: dict[str, list[model.Decision]] = {}
    for one in told.reports:
        by_report.setdefault(one.report, []).extend(map(decision, one.decisions))
    seen = {one.report: one.seen for one in told.reports if one.seen is not None}
    return [Outcome.of(outcome) for outcome in decide_many(here, by_report, person, why=told.why, seen=seen)]


@router.get("/steps", operation_id="get_steps")
def steps(here: Here, person: Coder) -> Steps:
    """What the person would undo, and do again, next."""
    return _steps(here, person, None)


@router.post("/undo", operation_id="undo", responses=answers(409))
def undo_last(here: Here, person: Coder, told: Reason, response: Response) -> Done:
    """Undo what the person did last, in whatever report; this is an act itself."""
    return _done(undo(here, person, why=told.why), response)


@router.post("/redo", operation_id="redo", responses=answers(409))
def redo_last(here: Here, person: Coder, told: Reason, response: Response) -> Done:
    """Do again what the person undid last; this is an act itself."""
    return _done(redo(here, person, why=told.why), response)


@router.get("/reports/{id:path}/steps", operation_id="get_steps_of_report", responses=answers(404))
def steps_of(here: Here, person: Coder, id: Id) -> Steps:
    """What the person would undo, and do again, next with this report."""
    return _steps(here, person, id)


@router.post("/reports/{id:path}/undo", operation_id="undo_in_report", responses=answers(404, 409))
def undo_in(here: Here, person: Coder, id: Id, told: Reason, response: Response) -> Done:
    """Undo what the person did last with this report."""
    return _done(undo(here, person, report=id, why=told.why), response)


@router.post("/reports/{id:path}/redo", operation_id="redo_in_report", responses=answers(404, 409))
def redo_in(here: Here, person: Coder, id: Id, told: Reason, response: Response) -> Done:
    """Do again what the person undid last with this report."""
    return _done(redo(here, person, report=id, why=told.why), response)


@router.put("/reports/{id:path}/state", operation_id="set_state", responses=answers(404))
def state(here: Here, person: Coder, id: Id, told: NewState) -> Done:
    """Say how far people are with the report."""
    return Done.model_validate(set_state(here, id, told.state, person, why=told.why))


@router.put("/reports/{id:path}/flag", operation_id="set_flag", responses=answers(404))
def flagged(here: Here, person: Coder, id: Id, told: NewFlag) -> Done:
    """Flag the report for others to look at, or take the flag away."""
    return Done.model_validate(flag(here, id, told.flagged, person, why=told.why))


def _done(done: model.Done, response: Response) -> Done:
    if done.coding is not None:
        response.headers["ETag"] = coding_tag(done.coding)
    return Done.model_validate(done)


def _steps(here: Workspace, person: Person, report: str | None) -> Steps:
    def told(act: Act | None) -> ActTold | None:
        return None if act is None else ActTold.of_act(act, named=True)

    return Steps(undo=told(can_undo(here, person, report=report)), redo=told(can_redo(here, person, report=report)))
