"""Who has coded which report: the last coding of each coder, and the codings themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import Connection, case, func, select

from dateline.errors import ReviewError
from dateline.model import Coding
from dateline.store.kept.codings import BLIND, BY_HAND, coding_row, unpack
from dateline.store.project import Project
from dateline.store.review.tables import accounts, assignments
from dateline.store.review.team.assignments import DONE
from dateline.store.tables import codings, reports

Among = Literal["blind", "people", "machine"]
"""Whose codings: those that people made blind; people's, blind or not; these and the machine's newest."""
AMONG: tuple[Among, ...] = get_args(Among)


@dataclass(frozen=True, slots=True)
class Version:
    """A coding: its number, that of its report and the report's id, who made it and when."""

    number: int
    report: int
    id: str
    coder: str
    blind: bool
    machine: bool
    made: str


def versions(project: Project, among: Among) -> tuple[Version, ...]:
    """The last coding of each coder, of all reports that two coders or more have coded."""
    if among not in AMONG:
        raise ReviewError(f"{among!r} says nothing of whose codings; write one of {', '.join(AMONG)}")
    with project.database.reading() as db:
        found = list(_versions(db, among))
        found += _nothing_to_decide(db, {(one.report, one.coder) for one in found if not one.machine})
    several: dict[int, set[str]] = {}
    for one in found:
        several.setdefault(one.report, set()).add(one.coder)
    return tuple(
        sorted((one for one in found if len(several[one.report]) > 1), key=lambda one: (one.report, one.coder))
    )


def versions_of(db: Connection, report: str, among: Among) -> tuple[Version, ...]:
    """The last coding of each coder of one report, by the coders' names."""
    return tuple(_versions(db, among, report))


def last_by_hand(db: Connection) -> int:
    """The number of the last coding that a person made; 0 where there is none. It stands for the state of them all."""
    last = select(func.coalesce(func.max(codings.c.number), 0)).where(codings.c.settings.in_((BLIND, BY_HAND)))
    return int(db.execute(last).scalar_one())


def read(db: Connection, numbers: Iterable[int]) -> Iterator[tuple[int, Coding]]:
    """The codings of these numbers."""
    for number in numbers:
        yield number, unpack(db.execute(coding_row(number)).one())


def _nothing_to_decide(db: Connection, there: Collection[tuple[int, str]]) -> Iterator[Version]:
    """Who is done with a report that they code blind and changed nothing: the machine's coding is theirs as it is.

    Without these, agreement would hear of what people found and not of what they agree is not there.
    """
    newest = select(func.max(codings.c.number)).where(
        codings.c.report == assignments.c.report, codings.c.settings.not_in((BLIND, BY_HAND))
    )
    query = (
        select(codings.c.number, codings.c.made, reports.c.number.label("report"), reports.c.id)
        .add_columns(func.coalesce(accounts.c.shown, assignments.c.account).label("shown"))
        .select_from(assignments)
        .join(reports, reports.c.number == assignments.c.report)
        .join(codings, codings.c.number == newest.correlate(assignments).scalar_subquery())
        .join(accounts, accounts.c.name == assignments.c.account, isouter=True)
        .where(assignments.c.blind == 1, assignments.c.state == DONE)
    )
    for row in db.execute(query):
        if (row.report, row.shown) not in there:
            yield Version(row.number, row.report, row.id, row.shown, True, False, row.made)


def _versions(db: Connection, among: Among, report: str | None = None) -> Iterator[Version]:
    blind, by_hand = codings.c.settings == BLIND, codings.c.settings == BY_HAND
    who = case((blind, codings.c.coder), (by_hand, codings.c.coder), else_=None)
    query = select(func.max(codings.c.number).label("number")).select_from(codings).group_by(codings.c.report, who)
    if among == "blind":
        query = query.where(blind)
    elif among == "people":
        query = query.where(blind | by_hand)
    if report is not None:
        query = query.where(
            codings.c.report == select(reports.c.number).where(reports.c.id == report).scalar_subquery()
        )
    elif among == "machine":
        # Most reports of a large project have the machine's coding alone.
        people = select(codings.c.report).where(blind | by_hand)
        query = query.where(codings.c.report.in_(people))
    whole = (
        select(codings, reports.c.id.label("id"))
        .join(reports, reports.c.number == codings.c.report)
        .where(codings.c.number.in_(query))
        .order_by(codings.c.report, codings.c.coder, codings.c.number)
    )
    for row in db.execute(whole):
        person = row.settings in {BLIND, BY_HAND}
        name = row.coder if person else f"{row.coder} {row.version}".strip()
        yield Version(row.number, row.report, row.id, name, row.settings == BLIND, not person, row.made)
