"""What a person works on: the coding that holds of a report, or, of who codes blind, that person's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from dateline.errors import NotThereError, ReviewError
from dateline.export.leaving.confidential import open_coding
from dateline.model import CoderInfo
from dateline.review.workspace import Workspace
from dateline.store.kept.codings import BLIND, BY_HAND, coding_row, of_report, unpack
from dateline.store.kept.corrections import Held
from dateline.store.review.acts import Act, acts_of
from dateline.store.review.people import Person
from dateline.store.review.states import assigned
from dateline.store.review.tables import acts
from dateline.store.tables import codings, reports


@dataclass(frozen=True, slots=True)
class Made:
    """A coding as one of its report's: its number, who made it, when, and how many events it has."""

    number: int
    coder: CoderInfo
    made: str
    settings: str
    events: int

    @property
    def by_hand(self) -> bool:
        """Whether a person made it."""
        return self.settings in {BY_HAND, BLIND}

    @property
    def blind(self) -> bool:
        """Whether a person made it without seeing what others made of the report."""
        return self.settings == BLIND


def number_of(db: Connection, report: str) -> int:
    """The number of a report. Raises :class:`NotThereError` where there is none of that id."""
    found = db.execute(select(reports.c.number).where(reports.c.id == report)).scalar_one_or_none()
    if found is None:
        raise NotThereError(f"there is no report {report[:80]!r} in the project; look it up in the search")
    return int(found)


def held(workspace: Workspace, report: str, person: Person) -> Held:
    """The coding that a person works on: what the next decision is made from.

    That is the last of a person, else the last of a machine; for who codes the report blind, that person's own last,
    else the machine's. Who sees no more than the data has it without what is confidential. Raises
    :class:`ReviewError` where there is none.
    """
    with workspace.project.database.reading() as db:
        number = number_of(db, report)
        found = held_at(db, held_number(db, number, person))
    if person.may("reader"):
        return found
    seen = open_coding(workspace.project, found.coding)
    if seen is None:
        raise NotThereError(f"there is no report {report[:80]!r} in the project; look it up in the search")
    return replace(found, coding=seen)


def machine_coding(workspace: Workspace, report: str) -> Held | None:
    """The newest coding of a report that no person made; None where there is none."""
    with workspace.project.database.reading() as db:
        found = [one.number for one in made_of(db, number_of(db, report)) if not one.by_hand]
        return held_at(db, found[-1]) if found else None


def codings_of(workspace: Workspace, report: str, person: Person | None = None) -> tuple[Made, ...]:
    """All codings of a report, in the order they were made; ``person``: those that this person may see.

    Who codes a report blind sees no coding of others than the machine.
    """
    with workspace.project.database.reading() as db:
        number = number_of(db, report)
        found = made_of(db, number)
        if person is None or not is_blind(db, number, person):
            return found
        own = _own(db, number, person)
        return tuple(one for one in found if not one.by_hand or one.number in own)


def coding_at(workspace: Workspace, report: str, coding: int, person: Person) -> Held:
    """One of the codings of a report, by its number.

    Raises :class:`ReviewError` where it is none of that report, or the person may not see it.
    """
    if all(one.number != coding for one in codings_of(workspace, report, person)):
        raise NotThereError(f"{coding} is no coding of report {report[:80]!r}; its history lists them")
    with workspace.project.database.reading() as db:
        return held_at(db, coding)


def history(workspace: Workspace, report: str, person: Person | None = None) -> tuple[Act, ...]:
    """What was done with a report, in order; ``person``: as far as this person may see it.

    Who codes a report blind sees no act of others.
    """
    with workspace.project.database.reading() as db:
        number = number_of(db, report)
        done = acts_of(db, number)
        if person is None or not is_blind(db, number, person):
            return done
        return tuple(act for act in done if act.account == person.name)


def made_of(db: Connection, report: int) -> tuple[Made, ...]:
    """All codings of a report, by its number."""
    return tuple(
        Made(row.number, CoderInfo(row.coder, row.version, row.codebook, row.model), row.made, row.settings, row.events)
        for row in db.execute(of_report(report))
    )


def is_blind(db: Connection, report: int, person: Person) -> bool:
    """Whether a person codes a report without seeing what others make of it."""
    task = assigned(db, report, person.name)
    return task is not None and task.blind


def held_number(db: Connection, report: int, person: Person) -> int:
    """The number of the coding that a person works on. Raises :class:`ReviewError` where the report is not coded."""
    made = made_of(db, report)
    found = own_numbers(db, report, person, made) or [one.number for one in made if not one.by_hand]
    if not found:
        raise ReviewError("the report is not coded yet, so there is nothing to decide; write first: dateline code")
    return found[-1]


def own_numbers(db: Connection, report: int, person: Person, made: Sequence[Made]) -> list[int]:
    """Of the codings of a report those by hand that a person works on: those that held, or the person's blind ones."""
    if is_blind(db, report, person):
        return sorted(_own(db, report, person))
    return [one.number for one in made if one.settings == BY_HAND]


def held_at(db: Connection, coding: int) -> Held:
    """The coding of a number."""
    row = db.execute(coding_row(coding).add_columns(codings.c.settings)).one()
    return Held(coding, row.number, row.settings in {BY_HAND, BLIND}, unpack(row))


def _own(db: Connection, report: int, person: Person) -> frozenset[int]:
    """The numbers of the blind codings that a person made of a report."""
    blind = select(acts.c.after).join(codings, codings.c.number == acts.c.after)
    mine = acts.c.report == report, acts.c.who == person.name, codings.c.settings == BLIND
    return frozenset(int(row.after) for row in db.execute(blind.where(*mine)))
