"""Linking in a project: accepted codings are taken up a batch at a time, each batch whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select

from dateline.link.mentions import mentions
from dateline.link.model import Changes, Mention, in_turn
from dateline.link.pairs.score import Scorer
from dateline.link.run import link
from dateline.store.kept.codings import accepted, not_taken, unpack
from dateline.store.shelf import DatabaseShelf
from dateline.store.tables import codings, taken
from dateline.store.tables import mentions as mention_rows

BATCH = 100
"""Codings that are taken up in one transaction."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one batch did: how many codings were taken up, and what changed."""

    codings: int
    changes: Changes


def take(db: Connection, numbers: Sequence[int], now: str, scorer: Scorer, cache: dict[str, Mention]) -> Taken:
    """Link the codings of these numbers, less those that another process has taken up meanwhile.

    Mentions of an older coding of the same report are withdrawn: an event that is left without any gives way to the
    events of the report's new mentions. ``scorer`` and ``cache`` are kept from one batch to the next.
    """
    rows = db.execute(not_taken(accepted().where(codings.c.number.in_(numbers)))).all()
    new = [
        replace(mention, id=in_turn(mention.id, row.turn))
        for row in rows
        for mention in mentions(unpack(row), row.original)
    ]
    old = _superseded(db, [row.coding for row in rows])
    changes = link(new, DatabaseShelf(db, now, cache), scorer, instead_of=old)
    if rows:
        db.execute(insert(taken), [{"coding": row.coding} for row in rows])
    return Taken(len(rows), changes)


def relink(db: Connection, now: str, ids: Iterable[str]) -> Changes:
    """Link mentions that are there already again, so that what was decided about them takes effect."""
    shelf = DatabaseShelf(db, now)
    known = shelf.mentions(ids)
    return link([known[id] for id in sorted(known)], shelf)


def _superseded(db: Connection, newer: list[int]) -> list[str]:
    """The mentions of older codings of the reports of these codings."""
    reports = select(codings.c.report).where(codings.c.number.in_(newer))
    query = (
        select(mention_rows.c.id)
        .join(codings, codings.c.number == mention_rows.c.coding)
        .where(codings.c.report.in_(reports), codings.c.number.not_in(newer))
        .order_by(mention_rows.c.id)
    )
    return list(db.execute(query).scalars())
