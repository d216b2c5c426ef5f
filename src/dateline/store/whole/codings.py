"""The codings that hold, in the order in which their reports were added, each with the events that its mentions are in.

A report's text is read where it is asked for alone: most tables need no more than the words that a coding quotes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, literal, select

from dateline.store.kept.codings import accepted, coding_row
from dateline.store.tables import codings, links, mentions, reports

BATCH = 500
"""Codings that are read together."""


@dataclass(frozen=True, slots=True)
class Held:
    """The coding that holds of a report, as it lies there; ``events`` has the event of each mention, by its id."""

    row: Row[Any]
    events: dict[str, str]


def held(db: Connection, *, texts: bool = False, linked: bool = True) -> Iterator[Held]:
    """The coding that holds of each report; without ``texts`` the texts are empty, and not ``linked`` no event told."""
    query = accepted().order_by(reports.c.number)
    # What is read is a part of what is asked for: a cursor that stays open costs no memory.
    rows = iter(db.execute(query if texts else _without_text(query), execution_options={"yield_per": BATCH}))
    while some := list(islice(rows, BATCH)):
        events = _events(db, [row.coding for row in some]) if linked else {}
        for row in some:
            yield Held(row, events.get(row.coding, {}))


def numbered(db: Connection, numbers: Sequence[int], *, texts: bool = False) -> Iterator[tuple[int, Row[Any]]]:
    """Codings by their numbers, in the order of these."""
    query = coding_row(0)
    for some in parts(sorted(numbers), BATCH):
        wanted = select(*_columns(query, texts)).join(reports, reports.c.number == codings.c.report)
        for row in db.execute(wanted.where(codings.c.number.in_(some)).order_by(codings.c.number)):
            yield row.coding, row


def holding(db: Connection, numbers: Iterable[int]) -> frozenset[int]:
    """Of codings, by their numbers, those that hold of their reports."""
    query = accepted().with_only_columns(codings.c.number)
    found = (db.execute(query.where(codings.c.number.in_(some))).scalars() for some in parts(numbers, BATCH))
    return frozenset(number for some in found for number in some)


def with_text(db: Connection, coding: int) -> Row[Any]:
    """The coding of a number with its report, text and all."""
    return db.execute(coding_row(coding)).one()


def parts(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Items in lists of so many."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _without_text(query: Select[Any]) -> Select[Any]:
    return query.with_only_columns(*_columns(query, texts=False))


def _columns(query: Select[Any], texts: bool) -> list[Any]:
    return [literal("").label("text") if one.name == "text" and not texts else one for one in query.selected_columns]


def _events(db: Connection, numbers: Sequence[int]) -> dict[int, dict[str, str]]:
    query = (
        select(mentions.c.coding, mentions.c.event_id, links.c.event)
        .join(links, links.c.mention == mentions.c.number)
        .where(mentions.c.coding.in_(numbers))
    )
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for coding, mention, event in db.execute(query):
        found[coding][mention] = event
    return found
