"""One event: its sources in parallel, its history, people's word on what is one event, and confidential marks."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

from dateline.errors import NotAllowedError, NotThereError, ReviewError, StoreError
from dateline.review.api.models.events import (
    Apart,
    EventNow,
    HistoryTold,
    Marked,
    MarkTold,
    NewMark,
    Together,
    WholeEvent,
)
from dateline.review.api.routing import counted, room
from dateline.review.events.deciding import apart, mark, together
from dateline.review.events.shown import event_shown, history
from dateline.review.guard.who import Coder, Here, Reader, Viewer
from dateline.review.web.problems import answers
from dateline.review.workspace import Workspace
from dateline.store.review.marks import marks_of

router = room("events")

Id = Annotated[str, Path(min_length=1, max_length=900, description="The id of an event, or its beginning.")]


@router.get("/events/{event}", operation_id="get_event", responses={**answers(404), **counted()})
def one(here: Here, person: Viewer, event: Id) -> WholeEvent:
    """An event with its sources: who says what, where they differ, what one alone says, what is denied."""
    found = _standing(here, event)
    shown = event_shown(here, here.project.comparison(found), person)
    if shown is None:
        raise NotAllowedError("the event is confidential; ask who keeps the project")
    return WholeEvent.of(shown)


@router.get("/events/{event}/history", operation_id="get_event_history", responses={**answers(404), **counted()})
def became(here: Here, person: Reader, event: Id) -> HistoryTold:
    """How the event came to be: decisions on its mentions, what gave way to it, what was done with its rows."""
    found = history(here, _named(here, event), person)
    if found is None:
        raise NotThereError(_NONE.format(event=event[:80]))
    return HistoryTold.of(found)


@router.post("/events/{event}/together", operation_id="unite_events", responses=answers(404))
def united(here: Here, person: Coder, event: Id, told: Together) -> EventNow:
    """Say that another event is the same one. This outranks every score."""
    found = _standing(here, event)
    return EventNow(event=together(here, found, told.other, person, why=told.why))


@router.post("/events/{event}/apart", operation_id="part_event", responses=answers(404))
def parted(here: Here, person: Coder, event: Id, told: Apart) -> EventNow:
    """Say that some mentions are another event; the answer has the event of the rest."""
    found = _standing(here, event)
    return EventNow(event=apart(here, found, told.mentions, person, why=told.why))


@router.get("/marks", operation_id="list_marks")
def marks(here: Here, _person: Reader) -> list[MarkTold]:
    """What is confidential, the newest mark first."""
    return [MarkTold.model_validate(one) for one in marks_of(here.project)]


@router.put("/marks", operation_id="set_mark", responses=answers(404))
def marked(here: Here, person: Coder, told: NewMark) -> Marked:
    """Mark a report, a row or an event as confidential, or take the mark away."""
    return Marked(changed=mark(here, told.kind, told.about, told.confidential, person, why=told.why))


_NONE = "there is no event {event!r} in the project; the list has those that stand"


def _named(here: Workspace, given: str) -> str:
    """The id of an event that is given by its beginning. Raises :class:`ReviewError` where several begin so."""
    try:
        return here.project.event_named(given)
    except StoreError as error:
        raise ReviewError(str(error)) from error


def _standing(here: Workspace, given: str) -> str:
    """The id of an event that stands. Raises :class:`NotThereError`; of one that gave way it says to which."""
    found = _named(here, given)
    fate = here.project.fate(found)
    if fate is None:
        raise NotThereError(_NONE.format(event=given[:80]))
    if not fate.stands:
        successors = ", ".join(fate.successors) or "no other"
        raise NotThereError(f"event {found!r} does not stand any more; it gave way to {successors}")
    return found
