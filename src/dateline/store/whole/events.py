"""The events that stand, some at a time, with their mentions; and those that gave way.

Events come in the order in which they were first told: those that are told together share their reports, which are so
read once.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, func, select, type_coerce

from dateline.model import Because
from dateline.store.databases.columns import Text
from dateline.store.kept.events import fate
from dateline.store.tables import events, links, mentions, successors
from dateline.store.whole.codings import parts

TOGETHER = 500
"""Events that are held at one time."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A mention of an event: its id, the number of its coding and its id there, and why it belongs to the event."""

    event: str
    mention: str
    coding: int
    event_id: str
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Life:
    """An event in time: when it was first linked; when it gave way and to which; which gave way to it."""

    id: str
    born: str
    gone: str | None = None
    successors: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Some events that stand, each with its mentions in the order of their ids."""

    lives: tuple[Life, ...]
    mentions: dict[str, list[Linked]]


def standing_events(db: Connection, together: int = TOGETHER) -> Iterator[Standing]:
    """All events that stand, so many at a time."""
    first = func.min(mentions.c.coding)
    query = (
        select(links.c.event)
        .join(mentions, mentions.c.number == links.c.mention)
        .group_by(links.c.event)
        .order_by(first, links.c.event)
    )
    ids = list(db.execute(query).scalars())
    for some in parts(ids, together):
        yield Standing(tuple(_lives(db, some)), _linked(db, some))


def gone_events(db: Connection) -> Iterator[Life]:
    """The events that gave way, each with those that stand in its place, in the order of their ids."""
    query = select(events.c.id, events.c.born, events.c.gone).where(events.c.gone.is_not(None)).order_by(events.c.id)
    for some in parts(db.execute(query).all(), TOGETHER):
        for row in some:
            told = fate(db, row.id)
            yield Life(row.id, row.born, row.gone, told.successors if told else ())


def _lives(db: Connection, ids: Sequence[str]) -> Iterator[Life]:
    born = {row.id: row.born for row in db.execute(select(events.c.id, events.c.born).where(events.c.id.in_(ids)))}
    before: defaultdict[str, set[str]] = defaultdict(set)
    todo = {id: {id} for id in ids}
    while todo:
        query = select(successors.c.event, successors.c.successor).where(successors.c.successor.in_(sorted(todo)))
        further: defaultdict[str, set[str]] = defaultdict(set)
        for event, successor in db.execute(query):
            new = {standing for standing in todo[successor] if event not in before[standing]}
            for standing in new:
                before[standing].add(event)
            if new:
                further[event] |= new
        todo = further
    for id in ids:
        yield Life(id, born[id], replaces=tuple(sorted(before.get(id, ()))))


def _linked(db: Connection, ids: Sequence[str]) -> dict[str, list[Linked]]:
    because = type_coerce(links.c.because, Text)
    query = (
        select(links.c.event, mentions.c.id, mentions.c.coding, mentions.c.event_id, because)
        .join(mentions, mentions.c.number == links.c.mention)
        .where(links.c.event.in_(ids))
        .order_by(links.c.event, mentions.c.id)
    )
    found: defaultdict[str, list[Linked]] = defaultdict(list)
    for row in db.execute(query):
        found[row.event].append(Linked(row.event, row.id, row.coding, row.event_id, _reasons(row.because)))
    return found


@lru_cache(1_000)
def _reasons(told: str) -> tuple[Because, ...]:
    """Reasons, as they are kept: many links have the same."""
    return tuple(Because(*reason) for reason in json.loads(told))
