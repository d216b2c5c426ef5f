"""Keeping what was decided: a coding, an act and what the log says of it, all together or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from dateline.errors import ConflictError, NotAllowedError, ReviewError
from dateline.export.safe import one_line
from dateline.model import Coding
from dateline.review.deciding.holding import held_at, held_number, is_blind, number_of
from dateline.review.deciding.model import Done
from dateline.review.workspace import Workspace
from dateline.store.kept.codings import BLIND, BY_HAND, put_coding
from dateline.store.kept.corrections import Change, Held
from dateline.store.review.acts import Verb, put_act, put_log
from dateline.store.review.people import Person
from dateline.store.review.states import begun

LONGEST_REASON = 2000
"""Characters of a reason."""
TRIES = 8


@dataclass(frozen=True, slots=True)
class Made:
    """What a decision comes to: a coding, or None where nothing changes; the rows it touched; what changed.

    ``account``: whose act it is to be, where that is not the person's.
    """

    coding: Coding | None
    rows: tuple[str, ...]
    changes: tuple[Change, ...]
    verb: Verb
    of: int | None = None
    account: str | None = None
    details: Mapping[str, Any] | None = None


Decide = Callable[[Held], Made]
"""What a decision comes to when it is made from a coding. Raises :class:`ReviewError` where it cannot be."""
Also = Callable[[Connection, str], None]
"""What is kept in the same transaction: given the database and the time."""


def shown(person: Person) -> str:
    """The name that stands on what a person does. Raises :class:`NotAllowedError` where the person may not decide."""
    if not person.may("coder"):
        raise NotAllowedError(f"a {person.role} looks and does not decide; ask an admin for the role of a coder")
    return one_line(person.shown, 120)


def reason(why: str) -> str:
    """The reason that a person gives. Raises :class:`ReviewError` where it is too long."""
    why = why.strip()
    if len(why) > LONGEST_REASON:
        raise ReviewError(f"the reason has {len(why):,} characters; shorten it to {LONGEST_REASON:,}")
    return why


def make(
    workspace: Workspace,
    report: str,
    person: Person,
    decide: Decide,
    *,
    why: str,
    settling: bool = False,
    also: Also | None = None,
) -> Done:
    """Make a decision from the coding that the person works on, and keep it.

    What it comes to is worked out while others may write; where one of them was faster, it is worked out again.
    ``settling``: what is made holds, also where the person coded blind.
    """
    database = workspace.project.database
    shown(person)
    why = reason(why)
    for _ in range(TRIES):
        with database.reading() as db:
            number = number_of(db, report)
            now = held_at(db, held_number(db, number, person))
        made = decide(now)
        if made.coding is None:
            return Done(0, report, now.number, (), (), made.verb)
        with database.writing() as db:
            if held_number(db, number, person) == now.number:
                blind = is_blind(db, number, person) and not settling
                done = _kept(db, workspace, now, made, person, why, blind)
                if also is not None:
                    also(db, workspace.project.now())
                return done
    raise ConflictError("others decide of this report at the same moment, and nothing was changed; try again")


def _kept(db: Connection, workspace: Workspace, now: Held, made: Made, person: Person, why: str, blind: bool) -> Done:
    assert made.coding is not None
    time = workspace.project.now()
    coding = put_coding(db, now.report, made.coding, BLIND if blind else BY_HAND, time)
    details = dict(made.details or {})
    # What somebody makes alone says nothing of how far the report is.
    before = None if blind or made.of is not None else begun(db, now.report, shown(person), time)
    if before is not None:
        details["state"] = before
    report = made.coding.report.id
    act = put_act(
        db,
        person if made.account is None else replace(person, name=made.account),
        made.verb,
        time,
        report=now.report,
        rows=made.rows,
        before=now.number,
        after=coding,
        of=made.of,
        why=why,
        details=details,
    )
    common = {"sheet": "", "why": why, "act": act, "verb": made.verb} | ({"blind": True} if blind else {})
    for change in made.changes:
        told = {"column": change.column, "old": change.old, "new": change.new}
        put_log(db, person, change.what, change.about, time, told | common)
    if not made.changes:
        put_log(db, person, made.verb, report, time, {"column": "", "old": "", "new": ""} | common)
    return Done(act, report, coding, made.changes, made.rows, made.verb)


def told_of(workspace: Workspace, reports: Sequence[int]) -> None:
    """Have the index and the linking take in what was decided of reports, by their numbers."""
    workspace.index.refresh(reports)
    workspace.linker.wake(reports)
