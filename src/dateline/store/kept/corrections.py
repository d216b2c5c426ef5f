"""What people corrected in a project: their codings, kept beside the machine's, and a log of every value changed.

All that one sheet changes is kept together or not at all. A person's coding goes before every machine's, also before
those that are made later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import Connection, func, insert, select

from dateline.errors import StoreError
from dateline.model import Coding
from dateline.store.kept.codings import BY_HAND, accepted, put_coding, unpack
from dateline.store.project import Project
from dateline.store.review.acts import SHEETS, put_act
from dateline.store.review.people import Person
from dateline.store.tables import codings, log, reports

What = Literal["corrected", "rejected", "accepted", "split", "merged", "supplied", "restored", "reopened"]
"""``supplied`` is an event that the coder missed, ``merged`` one that is part of another (``new`` is its key),
``split`` one that is several (``new`` are their keys); ``restored`` is back, ``reopened`` waits for a person's word
again."""
_WHATS: tuple[What, ...] = get_args(What)
REJECTED_BY = "rejected by "
"""What a coding says of the words of a row that somebody rejected, before the name."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a person said of an event: a value corrected, or the whole row rejected or accepted.

    ``about`` is the row's key. ``column``, ``old`` and ``new`` are those of the sheet, an empty value being "not
    stated"; a rejected row has what it said under ``old``.
    """

    what: What
    about: str
    column: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """A change with who made it and when."""

    made: str
    who: str
    change: Change


@dataclass(frozen=True, slots=True)
class Held:
    """A coding that holds of its report: its number, its report's number, and whether a person made it."""

    number: int
    report: int
    by_hand: bool
    coding: Coding


@dataclass(frozen=True, slots=True)
class Corrected:
    """A person's coding of a report, the one that it was made from, and the ids of the rows that the person changed."""

    report: int
    coding: Coding
    before: int
    rows: tuple[str, ...]


def last_coding(project: Project) -> int:
    """The number of the project's last coding, which stands for its state; 0 where there is none."""
    with project.database.reading() as db:
        return _last(db)


def holding(project: Project, as_of: int | None = None) -> Iterator[Held]:
    """The coding that holds of each report, in the order of the reports; ``as_of``: when this was the last coding."""
    with project.database.reading() as db:
        for row in db.execute(accepted(as_of).order_by(reports.c.number)):
            yield Held(row.coding, row.number, row.coded_by == BY_HAND, unpack(row))


def keep(
    project: Project, made: Iterable[Corrected], changes: Sequence[Change], *, who: str, sheet: str, seen: int
) -> None:
    """Keep a person's codings, each with an act, and log the changes that they hold, all or nothing.

    ``seen`` is the last coding of the project when the changes were worked out. Raises :class:`StoreError` where
    another has been made since.
    """
    with project.database.writing() as db:
        if _last(db) != seen:
            raise StoreError(f"{project.folder} was coded or corrected meanwhile, and nothing was changed; try again")
        now = project.now()
        person = Person(SHEETS, who, "coder")
        for one in made:
            after = put_coding(db, one.report, one.coding, BY_HAND, now)
            put_act(db, person, "several", now, report=one.report, rows=one.rows, before=one.before, after=after)
        for change in changes:
            details = {"column": change.column, "old": change.old, "new": change.new, "sheet": sheet}
            db.execute(insert(log).values(made=now, who=who, what=change.what, about=change.about, details=details))


def changes(project: Project, *, who: str | None = None, about: str | None = None) -> Iterator[Logged]:
    """What people changed, in order; ``about`` is the key of a row, or the id of a report for all its rows."""
    query = select(log).where(log.c.what.in_(_WHATS)).order_by(log.c.number)
    if who is not None:
        query = query.where(log.c.who == who)
    with project.database.reading() as db:
        for row in db.execute(query):
            if row.details.get("blind"):
                continue
            if about is None or about in {row.about, row.about.rpartition("#")[0]}:
                told = row.details
                yield Logged(row.made, row.who, Change(row.what, row.about, told["column"], told["old"], told["new"]))


def _last(db: Connection) -> int:
    return int(db.execute(select(func.coalesce(func.max(codings.c.number), 0))).scalar_one())
