"""Linking in a project: accepted codings are taken up a batch at a time, each batch whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert

from dateline.link.mentions import mentions
from dateline.link.model import Changes, in_turn
from dateline.link.pairs.score import Scorer
from dateline.link.run import link
from dateline.store.door.versions import older_than
from dateline.store.kept.codings import accepted, not_taken, unpack
from dateline.store.kept.heirs import instead_of, left_behind, unheeded
from dateline.store.shelf import Cache, DatabaseShelf
from dateline.store.tables import codings, taken

BATCH = 100
"""Codings that are taken up in one transaction."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one batch did: how many codings were taken up, and what changed."""

    codings: int
    changes: Changes


def take(db: Connection, numbers: Sequence[int], now: str, scorer: Scorer, known: Cache) -> Taken:
    """Link the codings of these numbers, less those that another process has taken up meanwhile.

    Mentions of an older coding of the same report, or of an older version of it, are withdrawn: an event that is left
    without any gives way to the events of the report's new mentions, and what people decided holds of those that tell
    the same now. ``scorer`` and what is ``known`` are kept from one batch to the next.
    """
    rows = db.execute(not_taken(accepted().where(codings.c.number.in_(numbers)))).all()
    new = [
        replace(mention, id=in_turn(mention.id, row.turn))
        for row in rows
        for mention in mentions(unpack(row), row.original)
    ]
    counts = {row.number: row.coding for row in rows}
    old = instead_of(db, older_than(db, counts) | counts)
    changes = link(new, DatabaseShelf(db, now, known), scorer, instead_of=old)
    if rows:
        db.execute(insert(taken), [{"coding": row.coding} for row in rows])
    return Taken(len(rows), changes)


def relink(db: Connection, now: str, ids: Iterable[str]) -> Changes:
    """Link mentions that are in events already again, so that what was decided about them takes effect."""
    shelf = DatabaseShelf(db, now)
    known = shelf.mentions(shelf.events(ids))
    return link([known[id] for id in sorted(known)], shelf)


def is_unheeded(db: Connection) -> bool:
    """Whether :func:`heed` would find decisions without their effect. It looks at every coding, and writes nothing."""
    return bool(left_behind(db)) or any(found.holds_of for found in unheeded(db))


def heed(db: Connection, now: str) -> tuple[Changes, Changes]:
    """Give decisions that have no effect theirs, wherever that can be: older versions left some so."""
    carried = link([], DatabaseShelf(db, now), instead_of=left_behind(db))
    return carried, relink(db, now, {id for found in unheeded(db) for id in found.holds_of})
