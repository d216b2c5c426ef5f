"""Events in the database: which stand, what became of those that gave way, and the accounts of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select

from dateline.errors import SeveralError
from dateline.link.events.accounts import accounts
from dateline.link.model import Account
from dateline.model import Because
from dateline.store.databases.statements import FLOWING
from dateline.store.kept.codings import coding_rows, unpack
from dateline.store.kept.publishers import Publishers
from dateline.store.tables import codings, events, links, mentions, reports, successors


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an event: it stands, or it gave way to those that stand now."""

    id: str
    stands: bool
    successors: tuple[str, ...] = ()


def fate(db: Connection, event: str) -> Fate | None:
    """What became of an event, by way of all successors; None where there never was one of that id."""
    row = db.execute(select(events.c.gone).where(events.c.id == event)).first()
    if row is None:
        return None
    if row.gone is None:
        return Fate(event, True)
    standing, seen, todo = set(), {event}, [event]
    while todo:
        query = (
            select(successors.c.successor, events.c.gone)
            .join(events, events.c.id == successors.c.successor)
            .where(successors.c.event == todo.pop())
        )
        for successor, gone in db.execute(query):
            if gone is None:
                standing.add(successor)
            elif successor not in seen:
                seen.add(successor)
                todo.append(successor)
    return Fate(event, False, tuple(sorted(standing)))


def named(db: Connection, given: str) -> str:
    """The id of an event that is given by how it alone begins; what is no beginning of any, as it is.

    Raises :class:`SeveralError` where several events begin so.
    """
    exact = select(events.c.id).where(events.c.id == given).union(select(mentions.c.id).where(mentions.c.id == given))
    if not given or db.execute(exact).first() is not None:
        return given
    rows = db.execute(select(events.c.id, events.c.gone).where(events.c.id.startswith(given, autoescape=True))).all()
    found = sorted(row.id for row in rows if row.gone is None) or sorted(row.id for row in rows)
    if len(found) > 1:
        some = ", ".join(found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
        words = f"{given!r} is how several events begin ({some}); write more of the one that you mean"
        raise SeveralError(words, tuple(found))
    return found[0] if found else given


def standing(db: Connection, *, since: str | None = None, most: int | None = None) -> list[str]:
    """The ids of the events that stand, sorted.

    ``since``: those with a report published on that day or later, or where no day is known, added then; ``most``: so
    many of them, those told of last.
    """
    query = select(events.c.id).where(events.c.gone.is_(None)).order_by(events.c.id)
    if since is not None:
        query = query.where(events.c.id.in_(_told().where(_since(since))))
    if most is None or number_standing(db, since=since) <= most:
        return list(db.execute(query).scalars())
    newest = _told().order_by(reports.c.published.desc().nulls_last(), reports.c.added.desc(), reports.c.number.desc())
    found: dict[str, None] = {}
    # Read as they are asked for: the order is that of an index, and a few of the last reports are enough.
    for event in db.execute(newest if since is None else newest.where(_since(since)), execution_options=FLOWING):
        if len(found) == most:
            break
        found.setdefault(event.event)
    return sorted(found)


def number_standing(db: Connection, *, since: str | None = None) -> int:
    """How many events stand; ``since``: as in :func:`standing`."""
    query = select(func.count()).select_from(events).where(events.c.gone.is_(None))
    if since is not None:
        query = query.where(events.c.id.in_(_told().where(_since(since))))
    return int(db.execute(query).scalar_one())


def _told() -> Select[tuple[str]]:
    """The event of each linked mention, by way of its report."""
    return (
        select(links.c.event)
        .select_from(reports)
        .join(codings, codings.c.report == reports.c.number)
        .join(mentions, mentions.c.coding == codings.c.number)
        .join(links, links.c.mention == mentions.c.number)
    )


def _since(day: str) -> ColumnElement[bool]:
    # Each half is looked up in the index of reports by day, as coalesce is not.
    return or_(reports.c.published >= day, and_(reports.c.published.is_(None), reports.c.added >= day))


CODINGS_READ = 2_000
"""Codings that are held before they are forgotten: a day's events tell of some hundreds."""

_TOGETHER, _CODINGS_TOGETHER = 20, 200
"""Events whose accounts, and codings that, are read by one query."""


class Accounts:
    """The accounts of events, read on one connection; a coding is read once for all the events that it tells of."""

    def __init__(self, db: Connection, publishers: Publishers) -> None:
        self._db = db
        self._publishers = publishers
        self._read: dict[int, dict[str, Account]] = {}

    def of(self, ids: Iterable[str]) -> Iterator[tuple[str, tuple[Account, ...]]]:
        """Each event with its accounts, each of these with why it belongs there; in the order given."""
        rest = iter(ids)
        while some := list(islice(rest, _TOGETHER)):
            query = (
                select(links.c.event, mentions.c.id, mentions.c.coding, mentions.c.event_id, links.c.because)
                .join(mentions, mentions.c.number == links.c.mention)
                .where(links.c.event.in_(some))
                .order_by(mentions.c.id)
            )
            told: dict[str, list[Any]] = {event: [] for event in some}
            for row in self._db.execute(query):
                told[row.event].append(row)
            for event, rows in told.items():
                self._read_codings({row.coding for row in rows})
                yield event, tuple(self._account(row) for row in rows)

    def _account(self, row: Row[Any]) -> Account:
        why = json.loads(row.because) if isinstance(row.because, str) else row.because
        told = self._read[row.coding][row.event_id]
        return replace(told, id=row.id, because=tuple(Because(*reason) for reason in why))

    def _read_codings(self, numbers: set[int]) -> None:
        """Have the accounts of codings ready, by the ids of their event mentions."""
        if len(self._read) >= CODINGS_READ:
            self._read.clear()
        missing = iter(sorted(numbers - self._read.keys()))
        while some := list(islice(missing, _CODINGS_TOGETHER)):
            for row in self._db.execute(coding_rows(some)):
                told = accounts(unpack(row), self._publishers.source(row.publisher), row.original)
                self._read[row.coding] = {account.event.id: account for account in told}
