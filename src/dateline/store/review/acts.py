"""Acts: what people did, in order, each with the coding before and after it, so that it can be undone and done again.

Acts are only ever added. That one was undone is an act as well, which names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, Select, insert, select

from dateline.store.review.people import Person
from dateline.store.review.tables import acts
from dateline.store.tables import log, reports

Verb = Literal[
    "accept",
    "correct",
    "reject",
    "split",
    "merge",
    "add",
    "restore",
    "several",
    "adjudicate",
    "state",
    "flag",
    "undo",
    "redo",
]
"""What people do that can be undone, and that they undo or do again; ``several`` are decisions of more than one kind
made at once.
"""

SHEETS = ""
"""The account of acts made by a corrected sheet: whoever wrote it may have none. They are undone, and done again, by
whoever may settle what holds (an adjudicator or an admin, and who works alone); that is of this account as well."""

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Act:
    """One act. ``report`` is the report's id, ``who`` the name shown, ``account`` that of the account.

    ``rows`` are the ids of the rows that it touched, ``before`` and ``after`` the numbers of codings (None: it made
    none), ``of`` the number of the act that it undid or did again. ``details`` holds what else undoing it needs.
    """

    number: int
    report: str | None
    who: str
    made: str
    verb: str
    rows: tuple[str, ...]
    before: int | None
    after: int | None
    of: int | None
    why: str
    account: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def put_act(
    db: Connection,
    person: Person,
    verb: str,
    now: str,
    *,
    report: int | None,
    rows: Sequence[str] = (),
    before: int | None = None,
    after: int | None = None,
    of: int | None = None,
    why: str = "",
    details: Mapping[str, Any] | None = None,
) -> int:
    """Add an act; its number. ``report`` is the report's number."""
    done = db.execute(
        insert(acts).values(
            report=report,
            who=person.name,
            made=now,
            verb=verb,
            rows=list(rows),
            before=before,
            after=after,
            of=of,
            why=why,
            details={"shown": person.shown, **(details or {})},
        )
    )
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def put_log(db: Connection, person: Person, what: str, about: str, now: str, details: Mapping[str, Any]) -> None:
    """Add to the log what a person did; the name shown stands in it."""
    db.execute(insert(log).values(made=now, who=person.shown, what=what, about=about, details=dict(details)))


def act(db: Connection, number: int) -> Act | None:
    """The act of a number."""
    row = db.execute(_acts().where(acts.c.number == number)).first()
    return None if row is None else _act(row)


def acts_of(db: Connection, report: int) -> tuple[Act, ...]:
    """What was done with a report, by its number, in order."""
    return tuple(_act(row) for row in db.execute(_acts().where(acts.c.report == report).order_by(acts.c.number)))


def last_done(db: Connection, person: Person, report: int | None = None) -> Act | None:
    """What a person would undo: the last act that is not undone; ``report``: of those with that report.

    Of the person's own acts, and for whoever may settle what holds also of those made by sheets.
    """
    settled = set[int]()
    for one in _backwards(db, person, report):
        if one.of is None:
            if one.number not in settled:
                return one
        elif one.of not in settled:
            settled.add(one.of)
            if one.verb == "redo":
                return act(db, one.of)
    return None


def last_undone(db: Connection, person: Person, report: int | None = None) -> Act | None:
    """What a person would do again: what was undone last, until something else is done.

    What can then not be done again in one step is not lost: the codings after it are kept.
    """
    settled = set[int]()
    for one in _backwards(db, person, report):
        if one.of is None:
            return None
        if one.of not in settled:
            settled.add(one.of)
            if one.verb == "undo":
                return act(db, one.of)
    return None


def last_turn(db: Connection, done: Act) -> Act:
    """The last undoing, or doing again, of an act; the act itself where there is none."""
    row = db.execute(_acts().where(acts.c.of == done.number).order_by(acts.c.number.desc()).limit(1)).first()
    return done if row is None else _act(row)


def _backwards(db: Connection, person: Person, report: int | None) -> Iterator[Act]:
    """The acts that a person can undo, and the undoing of them, the last first."""
    whose = (person.name, SHEETS) if person.may("adjudicator") else (person.name,)
    query = _acts().where(acts.c.who.in_(whose), acts.c.verb.in_(get_args(Verb))).order_by(acts.c.number.desc())
    if report is not None:
        query = query.where(acts.c.report == report)
    below: int | None = None
    while True:
        rows = db.execute((query if below is None else query.where(acts.c.number < below)).limit(_BATCH)).all()
        yield from map(_act, rows)
        if len(rows) < _BATCH:
            return
        below = rows[-1].number


def _acts() -> Select[Any]:
    return select(acts, reports.c.id.label("id")).join(reports, reports.c.number == acts.c.report, isouter=True)


def _act(row: Row[Any]) -> Act:
    details = dict(row.details)
    shown = str(details.pop("shown", row.who))
    about = (row.verb, tuple(row.rows), row.before, row.after, row.of, row.why)
    return Act(row.number, row.id, shown, row.made, *about, account=row.who, details=details)
