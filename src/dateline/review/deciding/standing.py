"""How far people are with a report, and flags: each change is an act that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dateline.errors import ConflictError, ReviewError, did_you_mean
from dateline.review.deciding.holding import number_of
from dateline.review.deciding.keeping import reason, shown, told_of
from dateline.review.deciding.model import Done
from dateline.review.workspace import Workspace
from dateline.store.index.query import STATES, State
from dateline.store.review.acts import Act, Verb, put_act, put_log
from dateline.store.review.people import Person
from dateline.store.review.states import Standing, assigned, put_assigned, put_standing, standing


def standing_of(workspace: Workspace, report: str, person: Person) -> Standing:
    """Where a report stands; for who codes it blind, how far that person is."""
    with workspace.project.database.reading() as db:
        number = number_of(db, report)
        there, task = standing(db, number), assigned(db, number, person.name)
        return replace(there, state=task.state) if task is not None and task.blind else there


def set_state(workspace: Workspace, report: str, state: State, person: Person, *, why: str = "") -> Done:
    """Say how far people are with a report: the person's own task goes along; a blind one alone.

    Raises :class:`ReviewError` for a state that there is not.
    """
    if state not in STATES:
        raise ReviewError(f"{state[:40]!r} is no state. {did_you_mean(state, STATES, what='states')}")
    return _changed(workspace, report, person, "state", lambda there: replace(there, state=state), why)


def flag(workspace: Workspace, report: str, on: bool, person: Person, *, why: str = "") -> Done:
    """Flag a report for others to look at, or take the flag away."""
    return _changed(workspace, report, person, "flag", lambda there: replace(there, flagged=on), why)


def put_standing_back(workspace: Workspace, person: Person, act: Act, verb: Verb, why: str) -> Done:
    """Undo or do again a change of a state or a flag. Raises :class:`ConflictError` where it was changed since."""
    assert act.report is not None
    old, new = (act.details["old"], act.details["new"]) if verb == "undo" else (act.details["new"], act.details["old"])
    name = act.verb

    def back(there: Standing) -> Standing:
        now = there.state if name == "state" else there.flagged
        if now != new:
            raise ConflictError("somebody else has changed it since, so this cannot be turned back; set it instead")
        return replace(there, state=old) if name == "state" else replace(there, flagged=old)

    return _changed(workspace, act.report, person, verb, back, why, of=act)


def _changed(
    workspace: Workspace,
    report: str,
    person: Person,
    verb: Verb,
    change: Callable[[Standing], Standing],
    why: str,
    of: Act | None = None,
) -> Done:
    who, why = shown(person), reason(why)
    with workspace.project.database.writing() as db:
        number, now = number_of(db, report), workspace.project.now()
        there, task = standing(db, number), assigned(db, number, person.name)
        blind = task is not None and task.blind
        before = replace(there, state=task.state) if task is not None and blind else there
        after = change(before)
        if after == before:
            return Done(0, report, None, (), (), verb)
        is_state = after.state != before.state
        if task is not None and is_state:
            put_assigned(db, number, person.name, after.state)
        kept = replace(after, who=who, since=now)
        # Who codes blind says nothing to others of how far the report is.
        put_standing(db, number, replace(kept, state=there.state) if blind else kept)
        old, new = (before.state, after.state) if is_state else (before.flagged, after.flagged)
        details = {"old": old, "new": new}
        act = put_act(
            db, person, verb, now, report=number, of=None if of is None else of.number, why=why, details=details
        )
        told = {"column": "state" if is_state else "flag", "old": str(old), "new": str(new), "why": why, "act": act}
        put_log(db, person, "state" if is_state else "flag", report, now, told | ({"blind": True} if blind else {}))
    told_of(workspace, [number])
    return Done(act, report, None, (), (), verb)
