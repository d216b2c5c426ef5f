"""Linking in a project: accepted codings are taken up a batch at a time, each batch whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select

from dateline.link.mentions import mentions
from dateline.link.model import Changes, Mention, Tombstone
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
    shelf = DatabaseShelf(db, now, cache)
    new = []
    for row in rows:
        for mention in mentions(unpack(row), row.original):
            event = mention.id.rpartition("#")[2]
            # Mentions of a second coding must not be taken for those of the first.
            id = mention.id if row.turn == 1 else f"{mention.report}#{row.turn}.{event}"
            shelf.expect(id, row.coding, event)
            new.append(replace(mention, id=id))
    old = list(_superseded(db, [row.coding for row in rows]))
    emptied, bereft = shelf.withdraw([id for id, _ in old])
    again = shelf.mentions(bereft)
    changes = link([*new, *(again[id] for id in sorted(again))], shelf, scorer)
    if emptied:
        event_of = shelf.events(m.id for m in new)
        heirs = {report: {event_of[m.id] for m in new if m.report == report} for _, report in old}
        stones = tuple(
            Tombstone(event, tuple(sorted(set().union(*(heirs[report] for report in reports)) - {event})))
            for event, reports in sorted(emptied.items())
            if event not in set(event_of.values())
        )
        shelf.apply(Changes(gone=stones))
        changes = replace(changes, gone=changes.gone + stones)
    if rows:
        db.execute(insert(taken), [{"coding": row.coding} for row in rows])
    return Taken(len(rows), changes)


def relink(db: Connection, now: str, ids: Iterable[str]) -> Changes:
    """Link mentions that are there already again, so that what was decided about them takes effect."""
    shelf = DatabaseShelf(db, now)
    known = shelf.mentions(ids)
    return link([known[id] for id in sorted(known)], shelf)


def _superseded(db: Connection, newer: list[int]) -> Iterator[tuple[str, str]]:
    """The mentions of older codings of the reports of these codings, each with its report's id."""
    reports = select(codings.c.report).where(codings.c.number.in_(newer))
    query = (
        select(mention_rows.c.id)
        .join(codings, codings.c.number == mention_rows.c.coding)
        .where(codings.c.report.in_(reports), codings.c.number.not_in(newer))
        .order_by(mention_rows.c.id)
    )
    for id in db.execute(query).scalars():
        yield id, id.rpartition("#")[0]
