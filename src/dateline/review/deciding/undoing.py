"""Undoing and doing again: a new coding as the report was, or, where others have changed other rows, those rows as
they were. What was undone stays in the history.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection, select

from dateline.corrections.steps import coder_of
from dateline.errors import ConflictError, ReviewError
from dateline.model import Coding
from dateline.review.deciding.carrying import put_back, row_of, same_content
from dateline.review.deciding.holding import held_at, is_blind, number_of
from dateline.review.deciding.keeping import Made, make, shown, told_of
from dateline.review.deciding.model import Done
from dateline.review.deciding.standing import put_standing_back
from dateline.review.deciding.steps import told
from dateline.review.workspace import Workspace
from dateline.store.kept.codings import BLIND
from dateline.store.kept.corrections import Held
from dateline.store.review.acts import Act, Verb, last_done, last_turn, last_undone
from dateline.store.review.people import Person
from dateline.store.review.states import Standing, begun, put_standing, standing
from dateline.store.tables import codings

Look = Callable[[Connection, Person, int | None], Act | None]


def can_undo(workspace: Workspace, person: Person, *, report: str | None = None) -> Act | None:
    """What :func:`undo` would undo."""
    return _look(workspace, person, report, last_done)


def can_redo(workspace: Workspace, person: Person, *, report: str | None = None) -> Act | None:
    """What :func:`redo` would do again."""
    return _look(workspace, person, report, last_undone)


def undo(workspace: Workspace, person: Person, *, report: str | None = None, why: str = "") -> Done:
    """Undo what the person did last (``report``: with that report); this is an act itself.

    Raises :class:`ReviewError` where there is nothing, and :class:`ConflictError` where somebody else has changed the
    same rows since.
    """
    shown(person)
    act = can_undo(workspace, person, report=report)
    if act is None:
        raise ReviewError("there is nothing to undo: you have decided nothing here, or have undone it all")
    return _turn(workspace, person, act, "undo", why)


def redo(workspace: Workspace, person: Person, *, report: str | None = None, why: str = "") -> Done:
    """Do again what the person undid last (``report``: with that report); this is an act itself.

    Raises as :func:`undo` does.
    """
    shown(person)
    act = can_redo(workspace, person, report=report)
    if act is None:
        raise ReviewError("there is nothing to do again; what was undone earlier is in the history of its report")
    return _turn(workspace, person, act, "redo", why)


def _look(workspace: Workspace, person: Person, report: str | None, look: Look) -> Act | None:
    with workspace.project.database.reading() as db:
        return look(db, person, None if report is None else number_of(db, report))


def _turn(workspace: Workspace, person: Person, act: Act, verb: Verb, why: str) -> Done:
    assert act.report is not None
    if act.after is None:
        return put_standing_back(workspace, person, act, verb, why)
    back = verb == "undo"

    def made(now: Held) -> Made:
        with workspace.project.database.reading() as db:
            if not _is_own(db, act, now, person):
                raise ConflictError("it was settled meanwhile what holds of the report; what you coded before is kept")
            last = last_turn(db, act)
            assert last.after is not None and last.before is not None
            there, then = held_at(db, last.after).coding, held_at(db, last.before).coding
        coding = _as_it_was(now.coding, there, then, act)
        coding = replace(coding, coder=coder_of(shown(person), now))
        changes = tuple(told(now.coding, coding, act.rows))
        return Made(coding, act.rows, changes, verb, of=act.number, account=act.account)

    def state(db: Connection, time: str) -> None:
        """A report that the act had in progress is to do again, and the other way round."""
        before = act.details.get("state")
        number = number_of(db, act.report or "")
        if before is None:
            return
        if not back:
            begun(db, number, shown(person), time)
        elif (there := standing(db, number)).state == "in progress":
            put_standing(db, number, Standing("to do", there.flagged, shown(person), time))

    done = make(workspace, act.report, person, made, why=why, also=state)
    with workspace.project.database.reading() as db:
        number = number_of(db, act.report)
    told_of(workspace, [number])
    return done


def _as_it_was(current: Coding, there: Coding, then: Coding, act: Act) -> Coding:
    if same_content(current, there):
        return then
    for name in act.rows:
        if row_of(current, name) != row_of(there, name):
            raise ConflictError(
                f"row {name!r} was changed since by somebody else, so this cannot be turned back; correct it instead"
            )
    return put_back(current, there, then, act.rows)


def _is_own(db: Connection, act: Act, now: Held, person: Person) -> bool:
    """Whether an act is of the codings that the person works on now: those that hold, or those made blind."""
    settings = db.execute(select(codings.c.settings).where(codings.c.number == act.after)).scalar_one()
    return bool((settings == BLIND) == is_blind(db, now.report, person))
