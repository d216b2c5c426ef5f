"""Who codes which report: with the others, or blind, without seeing what others make of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, insert, select

from dateline.errors import ReviewError
from dateline.store.index.query import STATES, State
from dateline.store.kept.codings import BY_HAND
from dateline.store.project import Project
from dateline.store.review.accounts import every
from dateline.store.review.people import Person
from dateline.store.review.tables import acts, assignments
from dateline.store.tables import codings, log, reports

ASSIGNED, UNASSIGNED, SETTLED = "assigned", "assignment withdrawn", "adjudicate"
"""What the log, and for the last the acts, call these."""
_AT_ONCE = 500
DONE: State = "done"


@dataclass(frozen=True, slots=True)
class Assignment:
    """A report that somebody is to code. ``number`` and ``report`` are those of the report, ``account`` who codes it.

    ``blind``: without seeing what others made of it. ``state`` is the person's own. ``who`` assigned it, at ``made``.
    """

    number: int
    report: str
    title: str
    account: str
    blind: bool
    state: State
    who: str
    made: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """What came of assigning: how many assignments were made, and how many there were before.

    ``seen`` are reports with people who cannot code them blind, because they have coded them with the others.
    """

    made: int
    there: int
    seen: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Load:
    """How much somebody has to code, by the state of it; ``blind`` of them blind."""

    account: str
    states: Mapping[State, int]
    blind: int

    @property
    def total(self) -> int:
        """All assignments of the person."""
        return sum(self.states.values())


def people(project: Project) -> tuple[Person, ...]:
    """The people of the open accounts, by name."""
    with project.database.reading() as db:
        return tuple(_people(db))


def assign(
    project: Project, dealt: Mapping[int, Sequence[Person]], *, blind: bool, by: Person, local: Person | None = None
) -> Assigned:
    """Have people code reports, given by their numbers; all is kept, or nothing.

    Who has an assignment of a report keeps it as it is. ``local`` is who works where there are no accounts. Raises
    :class:`ReviewError` for a report that there is not, and for somebody without an account or who does not code.
    """
    made = there = 0
    seen: list[tuple[str, str]] = []
    with project.database.writing() as db:
        known = {person.name: person for person in (*_people(db), *([local] if local else []))}
        _coding({person for several in dealt.values() for person in several}, known)
        now = project.now()
        for numbers in _parts(dealt):
            ids = {row.number: row.id for row in db.execute(_among(select(reports.c.number, reports.c.id), numbers))}
            had = {(row.report, row.account) for row in db.execute(_of(select(assignments), numbers))}
            coded = _coded(db, numbers) if blind else set()
            for number in numbers:
                if number not in ids:
                    raise ReviewError(f"there is no report number {number}; take the reports from a list of them")
                for person in dealt[number]:
                    if (number, person.name) in had:
                        there += 1
                    elif (number, person.shown) in coded:
                        seen.append((ids[number], person.name))
                    else:
                        made += 1
                        _put(db, number, ids[number], person, blind, by, now)
    return Assigned(made, there, tuple(seen))


def withdraw(project: Project, report: str, account: str, by: Person) -> int:
    """Take an assignment back; what was coded stays. The report's number.

    Raises :class:`ReviewError` where there is none.
    """
    with project.database.writing() as db:
        one = _one(db, report, account)
        db.execute(delete(assignments).where(assignments.c.report == one.number, assignments.c.account == account))
        _log(db, project.now(), by.shown, UNASSIGNED, report, {"to": account, "blind": one.blind})
    return one.number


def assigned(
    project: Project, *, account: str | None = None, report: str | None = None, after: int = 0, limit: int = 500
) -> tuple[Assignment, ...]:
    """Assignments of a person, of a report, or all, by the reports' numbers; those of reports after a number."""
    with project.database.reading() as db:
        query = _whole().where(assignments.c.report > after).limit(limit)
        if account is not None:
            query = query.where(assignments.c.account == account)
        if report is not None:
            query = query.where(reports.c.id == report)
        return tuple(_read(row) for row in db.execute(query))


def names_of(db: Connection, numbers: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Who codes each of these reports, by the reports' numbers; those that nobody is to code are not there."""
    found: dict[int, list[str]] = {}
    for part in _parts(numbers):
        for row in db.execute(_of(select(assignments), part).order_by(assignments.c.account)):
            found.setdefault(row.report, []).append(row.account)
    return {number: tuple(names) for number, names in found.items()}


def kept_from(account: str) -> Select[tuple[int]]:
    """The numbers of the reports of which somebody does not see what others said: those coded blind.

    They are seen once it is settled what holds, or everybody who codes the report blind is done.
    """
    other = assignments.alias()
    waits = select(other.c.number).where(
        other.c.report == assignments.c.report, other.c.blind == 1, other.c.state != DONE
    )
    return _unsettled(account).where(waits.exists())


def blind_of(db: Connection, account: str) -> dict[int, str]:
    """The same reports, the id of each by its number."""
    query = select(reports.c.number, reports.c.id).where(reports.c.number.in_(kept_from(account)))
    return {row.number: row.id for row in db.execute(query.order_by(reports.c.number))}


def workload(project: Project) -> tuple[Load, ...]:
    """How much everybody who has something to code has to code, by name."""
    with project.database.reading() as db:
        query = select(
            assignments.c.account,
            assignments.c.state,
            func.count().label("many"),
            func.sum(assignments.c.blind).label("blind"),
        ).group_by(assignments.c.account, assignments.c.state)
        found: dict[str, tuple[dict[State, int], int]] = {}
        for row in db.execute(query):
            states, blind = found.get(row.account, ({}, 0))
            found[row.account] = (states | {row.state: row.many}, blind + int(row.blind))
    return tuple(Load(name, states, blind) for name, (states, blind) in sorted(found.items()))


def _people(db: Connection) -> Iterator[Person]:
    return (account.person for account in every(db) if account.is_open)


def _coding(wanted: Iterable[Person], known: Mapping[str, Person]) -> None:
    for person in wanted:
        if person.name not in known:
            raise ReviewError(f"nobody here is called {person.name!r}; the people are {', '.join(sorted(known))}")
        if not known[person.name].may("coder"):
            raise ReviewError(f"{person.name} is a {known[person.name].role} and does not code; give them that role")


def _coded(db: Connection, numbers: Sequence[int]) -> set[tuple[int, str]]:
    """Who has coded which of the reports with the others, by the names that stand on codings."""
    query = select(codings.c.report, codings.c.coder).where(codings.c.settings == BY_HAND)
    return {(row.report, row.coder) for row in db.execute(query.where(codings.c.report.in_(numbers)))}


def _put(db: Connection, number: int, report: str, person: Person, blind: bool, by: Person, now: str) -> None:
    row = {"report": number, "account": person.name, "blind": int(blind), "state": STATES[0], "who": by.shown}
    db.execute(insert(assignments).values(made=now, **row))
    _log(db, now, by.shown, ASSIGNED, report, {"to": person.name, "blind": blind})


def _log(db: Connection, now: str, who: str, what: str, about: str, details: Mapping[str, Any]) -> None:
    db.execute(insert(log).values(made=now, who=who, what=what, about=about, details=dict(details)))


def _whole() -> Select[Any]:
    joined = select(assignments, reports.c.id.label("id"), reports.c.title).join(
        reports, reports.c.number == assignments.c.report
    )
    return joined.order_by(assignments.c.report, assignments.c.account)


def _one(db: Connection, report: str, account: str) -> Assignment:
    row = db.execute(_whole().where(reports.c.id == report, assignments.c.account == account)).first()
    if row is None:
        raise ReviewError(f"report {report!r} is not assigned to {account}; assign it on the page of the team")
    return _read(row)


def _read(row: Any) -> Assignment:
    return Assignment(
        row.report, row.id, row.title or row.id, row.account, bool(row.blind), row.state, row.who, row.made
    )


def _unsettled(account: str) -> Select[tuple[int]]:
    settled = select(acts.c.number).where(acts.c.report == assignments.c.report, acts.c.verb == SETTLED)
    mine = and_(assignments.c.account == account, assignments.c.blind == 1)
    return select(assignments.c.report).where(mine, ~settled.exists())


def _among(query: Select[Any], numbers: Sequence[int]) -> Select[Any]:
    return query.where(reports.c.number.in_(numbers))


def _of(query: Select[Any], numbers: Sequence[int]) -> Select[Any]:
    return query.where(assignments.c.report.in_(numbers))


def _parts(numbers: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(numbers)
    while part := list(islice(rest, _AT_ONCE)):
        yield part
