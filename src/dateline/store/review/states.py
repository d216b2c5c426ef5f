"""How far people are with a report, and whether somebody wants others to look at it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, insert, select, update

from dateline.store.index.query import STATES, State
from dateline.store.review.tables import acts, assignments, states


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a report stands, who said so last (a shown name), and when; nobody has of one that is to do."""

    state: State = "to do"
    flagged: bool = False
    who: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Assigned:
    """A report as somebody's task. ``blind``: without seeing what others make of it, until it is settled."""

    state: State
    blind: bool


def standing(db: Connection, report: int) -> Standing:
    """Where a report stands, by its number."""
    row = db.execute(select(states).where(states.c.report == report)).first()
    return Standing() if row is None else Standing(_state(row.state), bool(row.flagged), row.who, row.since)


def put_standing(db: Connection, report: int, now: Standing) -> None:
    """Keep where a report stands."""
    db.execute(delete(states).where(states.c.report == report))
    values = {"state": now.state, "flagged": int(now.flagged), "who": now.who, "since": now.since}
    db.execute(insert(states).values(report=report, **values))


def begun(db: Connection, report: int, who: str, now: str) -> State | None:
    """Have a report that was to do be in progress; the state before, None where it stays as it is."""
    before = standing(db, report)
    if before.state != "to do":
        return None
    put_standing(db, report, replace(before, state="in progress", who=who, since=now))
    return before.state


def assigned(db: Connection, report: int, account: str) -> Assigned | None:
    """A report as the task of an account; None where it is none."""
    mine = assignments.c.report == report, assignments.c.account == account
    row = db.execute(select(assignments.c.state, assignments.c.blind).where(*mine)).first()
    return None if row is None else Assigned(_state(row.state), bool(row.blind) and not _settled(db, report))


def put_assigned(db: Connection, report: int, account: str, state: State) -> None:
    """Keep how far somebody is with a task."""
    mine = assignments.c.report == report, assignments.c.account == account
    db.execute(update(assignments).where(*mine).values(state=state))


def _settled(db: Connection, report: int) -> bool:
    """Whether it was settled what holds of a report that several coded."""
    settled = select(acts.c.number).where(acts.c.report == report, acts.c.verb == "adjudicate")
    return db.execute(settled.limit(1)).first() is not None


def _state(told: str) -> State:
    return next((state for state in STATES if state == told), "to do")
