"""The team: who codes what, what is said, what is new, how far coders agree."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query

from dateline.evaluate.agreement.model import By
from dateline.review.api.models.base import MOST, Listed, same
from dateline.review.api.models.team import (
    AgreementTold,
    AssignmentTold,
    CommentTold,
    Dealt,
    LoadTold,
    NewAssignments,
    NewComment,
    News,
    Pair,
    PersonTold,
    ReadUpTo,
    Unread,
)
from dateline.review.api.paging import Filters, Part, number_of_cursor
from dateline.review.api.routes.reports import Id
from dateline.review.api.routing import room
from dateline.review.guard.who import Adjudicator, Here, Reader
from dateline.review.team import agreeing
from dateline.review.team.assigning import Wish, assign_query, everybody, take_back
from dateline.review.web.problems import answers
from dateline.store.review.team import comments as said
from dateline.store.review.team.assignments import assigned, workload
from dateline.store.review.team.coded import Among
from dateline.store.review.team.feed import feed, mark_read, unread

router = room("team")

_USUAL = agreeing.Asked()
_About = Annotated[str, Query(min_length=1, max_length=600, description="The id, or of a row the key.")]
_Number = Annotated[int, Path(ge=1, le=MOST, description="The number of a comment.")]
_Account = Annotated[str, Path(min_length=1, max_length=100, description="The name of an account.")]


@router.get("/people", operation_id="list_people")
def people(here: Here, _person: Reader) -> list[PersonTold]:
    """The people at work."""
    return [PersonTold.model_validate(person) for person in everybody(here)]


@router.get("/assignments", operation_id="list_assignments")
def assignments(
    here: Here,
    _person: Reader,
    part: Part,
    account: Annotated[str | None, Query(max_length=100, description="Those of one account.")] = None,
    report: Annotated[str | None, Query(max_length=600, description="Those of one report, by its id.")] = None,
) -> Listed[AssignmentTold]:
    """Who is to code what, by report. A page ends with a report, and may so be longer than `limit`."""
    after = number_of_cursor(part.after) or 0
    found = list(assigned(here.project, account=account, report=report, after=after, limit=part.limit))
    more = len(found) == part.limit
    if more:
        last = found[-1].number
        found += [
            one
            for one in assigned(here.project, account=account, report=found[-1].report, limit=MOST_OF_ONE)
            if one not in found
        ]
        more = bool(assigned(here.project, account=account, report=report, after=last, limit=1))
    items = map(AssignmentTold.model_validate, found)
    return part.items(items, total=len(found), more=more, after=str(found[-1].number) if more else None)


@router.post("/assignments", operation_id="assign", responses=answers(404))
def assign(here: Here, person: Adjudicator, filters: Filters, told: NewAssignments) -> Dealt:
    """Have people code the reports that fit the filters, with the others or blind; all is kept, or nothing."""
    wish = Wish(tuple(told.people), told.each, told.blind, told.many, told.seed)
    done = assign_query(here, filters, wish, person)
    return Dealt(made=done.made, there=done.there, seen=[Pair(report=r, account=a) for r, a in done.seen])


@router.delete(
    "/reports/{id:path}/assignments/{account}", operation_id="withdraw", status_code=204, responses=answers(404)
)
def withdraw(here: Here, person: Adjudicator, id: Id, account: _Account) -> None:
    """Take an assignment back; what was coded stays."""
    take_back(here, id, account, person)


@router.get("/workload", operation_id="get_workload")
def load(here: Here, _person: Reader) -> list[LoadTold]:
    """How much everybody has to code."""
    return [LoadTold.model_validate(one) for one in workload(here.project)]


@router.get("/comments", operation_id="list_comments")
def comments(
    here: Here,
    person: Reader,
    kind: Annotated[said.Kind, Query(description="What it is about.")],
    about: _About,
) -> list[CommentTold]:
    """What was said of a report (of its rows too), a row or an event, the oldest first."""
    return [CommentTold.model_validate(one) for one in said.comments_on(here.project, person, kind, about)]


@router.post("/comments", operation_id="comment", status_code=201, responses=answers(404))
def comment(here: Here, person: Reader, told: NewComment) -> CommentTold:
    """Say something."""
    names = [one.name for one in everybody(here)]
    done = said.comment(here.project, told.kind, told.about, told.words, person, names=names, answers=told.answers)
    return CommentTold.model_validate(done)


@router.delete("/comments/{number}", operation_id="take_comment_back", status_code=204, responses=answers(404))
def uncomment(here: Here, person: Reader, number: _Number) -> None:
    """Take back a comment of one's own; that there was one stays to be seen."""
    said.take_back(here.project, number, person)


@router.get("/feed", operation_id="list_news")
def news(
    here: Here,
    person: Reader,
    part: Part,
    mine: Annotated[bool, Query(description="What is meant for the person alone.")] = False,
) -> Listed[News]:
    """What the team did, the newest first. `total` counts the entries of this answer alone."""
    found = feed(here.project, person, mine=mine, before=number_of_cursor(part.after), limit=part.limit)
    items = map(News.model_validate, found.entries)
    after = None if found.before is None else str(found.before)
    return part.items(items, total=len(found.entries), more=after is not None, after=after)


@router.get("/feed/read", operation_id="get_unread")
def get_unread(here: Here, person: Reader) -> Unread:
    """How many entries that are meant for the person are new."""
    return Unread(unread=unread(here.project, person), read=feed(here.project, person, limit=1).read)


@router.put("/feed/read", operation_id="mark_read", status_code=204)
def read_up_to(here: Here, person: Reader, told: ReadUpTo) -> None:
    """Say up to which row of the log the feed was seen."""
    mark_read(here.project, person, told.number)


@router.get("/agreement", operation_id="get_agreement")
def agreement(
    here: Here,
    _person: Reader,
    among: Annotated[Among, Query(description="Whose codings: made blind, by people, by people and the machine.")] = (
        "blind"
    ),
    by: Annotated[By, Query(description="Over time: by month, or by batches of reports.")] = "month",
    batch: Annotated[int, Query(ge=1, le=10_000, description="Reports of a batch.")] = _USUAL.batch,
    resamples: Annotated[int, Query(ge=0, le=2_000, description="How often is drawn for the intervals.")] = (
        _USUAL.resamples
    ),
    level: Annotated[float, Query(gt=0, lt=1, description="How sure the intervals are.")] = _USUAL.level,
    seed: Annotated[int, Query(ge=0, le=2**31, description="The same seed draws the same.")] = _USUAL.seed,
) -> AgreementTold:
    """How far coders agree: Krippendorff's alpha by field, with intervals, per pair and over time."""
    answer = here.agreements.of(agreeing.Asked(among, by, batch, resamples, level, seed))
    given = same(AgreementTold, answer.agreement, "unfinished")
    return AgreementTold.model_validate({**given, "unfinished": answer.unfinished})


MOST_OF_ONE = 1_000
"""Assignments of one report: more than any team has people."""
