"""What people decide of whole events: that two are one, that one is two, that something is confidential."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.errors import ReviewError, StoreError
from dateline.export.safe import one_line
from dateline.review.workspace import Workspace
from dateline.store.review.marks import Kind, reports_of, set_mark
from dateline.store.review.people import Person
from dateline.store.review.told import decide_apart, event_of, reports_told

_LONGEST = 2_000


def together(workspace: Workspace, event: str, other: str, person: Person, *, why: str = "") -> str:
    """Two events are one; the id of the event that they are now. Kept before this returns.

    Raises :class:`ReviewError` where one of them does not stand, or they are one already.
    """
    project = workspace.project
    try:
        named = project.event_named(other.strip())
        made = project.decide(event, named, "same", who=person.shown, why=_why(why))
    except StoreError as error:
        raise ReviewError(str(error)) from error
    mention = made[0].first
    _follow(workspace, (event, named))
    return event_of(workspace.project, mention) or event


def apart(workspace: Workspace, event: str, mentions: Iterable[str], person: Person, *, why: str = "") -> str:
    """Some mentions of an event are another one; the id of the event that the others are now.

    Raises :class:`ReviewError` where they are not in it, or are all of it.
    """
    chosen = list(mentions)
    try:
        made = decide_apart(workspace.project, event, chosen, who=person.shown, why=_why(why))
    except StoreError as error:
        raise ReviewError(str(error)) from error
    _follow(workspace, (event,))
    rest = next(name for decision in made for name in (decision.first, decision.second) if name not in chosen)
    return event_of(workspace.project, rest) or event


def mark(workspace: Workspace, kind: Kind, about: str, on: bool, person: Person, *, why: str = "") -> bool:
    """Mark a report, a row or an event as confidential, or take the mark away; False where it is so already.

    Raises :class:`ReviewError` where there is no such thing.
    """
    changed = set_mark(workspace.project, kind, about, on, who=person.shown, why=_why(why))
    if changed:
        workspace.index.refresh(reports_of(workspace.project, kind, about))
        workspace.index.catch_up()
    return changed


def _follow(workspace: Workspace, events: Iterable[str]) -> None:
    """Bring the index to what was decided."""
    workspace.index.refresh(reports_told(workspace.project, events))
    workspace.index.catch_up()


def _why(why: str) -> str:
    return one_line(why, _LONGEST)
