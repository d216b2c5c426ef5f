"""Events in the database: which stand, what became of those that gave way, and the accounts of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, select

from dateline.errors import SeveralError
from dateline.link.events.accounts import accounts
from dateline.link.model import Account
from dateline.model import Because
from dateline.store.kept.codings import coding_row, unpack
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


def standing(db: Connection, *, since: str | None = None) -> Iterator[str]:
    """The ids of the events that stand; ``since``: those with a report published or added on that day or later."""
    query = select(events.c.id).where(events.c.gone.is_(None))
    if since is not None:
        day = func.coalesce(reports.c.published, reports.c.added)
        fresh = (
            select(links.c.event)
            .join(mentions, mentions.c.number == links.c.mention)
            .join(codings, codings.c.number == mentions.c.coding)
            .join(reports, reports.c.number == codings.c.report)
            .where(day >= since)
        )
        query = query.where(events.c.id.in_(fresh))
    yield from db.execute(query.order_by(events.c.id)).scalars()


CODINGS_READ = 2_000
"""Codings that are held before they are forgotten: a day's events tell of some hundreds."""


class Accounts:
    """The accounts of events, read on one connection; a coding is read once for all the events that it tells of."""

    def __init__(self, db: Connection, publishers: Publishers) -> None:
        self._db = db
        self._publishers = publishers
        self._read: dict[int, dict[str, Account]] = {}

    def of(self, event: str) -> tuple[Account, ...]:
        """The accounts of an event, each with why it belongs there."""
        query = (
            select(mentions.c.id, mentions.c.coding, mentions.c.event_id, links.c.because)
            .join(mentions, mentions.c.number == links.c.mention)
            .where(links.c.event == event)
            .order_by(mentions.c.id)
        )
        found = []
        for row in self._db.execute(query).all():
            why = json.loads(row.because) if isinstance(row.because, str) else row.because
            told = self._of_coding(row.coding)[row.event_id]
            found.append(replace(told, id=row.id, because=tuple(Because(*reason) for reason in why)))
        return tuple(found)

    def _of_coding(self, number: int) -> dict[str, Account]:
        """The accounts of a coding by the ids of its event mentions."""
        told = self._read.get(number)
        if told is None:
            row = self._db.execute(coding_row(number)).one()
            coding = unpack(row)
            told = {a.event.id: a for a in accounts(coding, self._publishers.source(row.publisher), row.original)}
            if len(self._read) >= CODINGS_READ:
                self._read.clear()
            self._read[number] = told
        return told
