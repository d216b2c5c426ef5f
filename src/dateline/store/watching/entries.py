"""What was seen in a source: each entry once, and the queue of those whose pages are to be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, exists, func, insert, select, update

from dateline.intake.feeds.contents import Entry
from dateline.intake.feeds.poll import is_before
from dateline.store.tables import entries
from dateline.store.watching.sources import ELSEWHERE, OLD, Watched

MOST_WAITING = 10_000
"""Entries of one source whose pages wait; further ones are taken up at later polls."""

MOST_TAKEN = 5
"""How often the page of an entry is read anew because the source says that it was changed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a poll brought: entries that are new or changed, those from before the start, and those left for later."""

    new: int = 0
    changed: int = 0
    old: int = 0
    left: int = 0


def fresh_entries(db: Connection, source: Watched, found: Sequence[Entry]) -> list[Entry]:
    """The entries that were not seen in a source before."""
    known = set(db.execute(select(entries.c.name).where(entries.c.source == source.number)).scalars())
    return [entry for entry in found if entry.name not in known]


def put_entries(
    db: Connection, source: Watched, found: Sequence[Entry], now: str, feed: str | None, *, lists_changes: bool
) -> Seen:
    """Note what a poll found: what is new waits for its page, what was there before the source's start does not.

    ``feed`` is the evidence that the entries stand in; ``lists_changes`` says that the source says truly when an entry
    was changed, as feeds do and many sitemaps do not.
    """
    fresh = fresh_entries(db, source, found)
    waiting = select(func.count()).where(entries.c.source == source.number, entries.c.due.is_not(None))
    room = max(0, MOST_WAITING - int(db.execute(waiting).scalar_one()))
    rows, old, new, left = [], 0, 0, 0
    for entry in fresh:
        common = {"source": source.number, "name": entry.name, "found": now, "tries": 0, "taken": 0}
        before = is_before(entry.published or entry.modified, source.since)
        if before or (before is None and source.fresh):
            old += 1
            rows.append(common | _nothing() | {"outcome": OLD})
        elif entry.url is not None and _is_elsewhere(db, entry.url):
            rows.append(common | _nothing() | {"outcome": ELSEWHERE})
        elif new < room:
            new += 1
            rows.append(common | _page(entry) | {"feed": feed, "due": now, "outcome": None})
        else:
            left += 1
    if rows:
        db.execute(insert(entries), rows)
    changed = 0
    if lists_changes:
        names = {entry.name for entry in fresh}
        changed = sum(_put_change(db, source, entry, now) for entry in found if entry.name not in names)
    return Seen(new, changed, old, left)


def _nothing() -> dict[str, object]:
    return {"url": None, "meta": None, "held": None, "feed": None, "modified": None, "due": None}


def _page(entry: Entry) -> dict[str, object]:
    return {"url": entry.url, "meta": entry.meta, "held": entry.content, "modified": entry.modified}


def _is_elsewhere(db: Connection, url: str) -> bool:
    """Whether the page of an address waits, or was read, as an entry of whatever source."""
    known = select(entries.c.name).where(entries.c.url == url)
    return bool(db.execute(select(exists(known))).scalar())


def _put_change(db: Connection, source: Watched, entry: Entry, now: str) -> bool:
    """Ask for the page of an entry again where the source says that it was changed since."""
    if entry.modified is None:
        return False
    known = (
        entries.c.source == source.number,
        entries.c.name == entry.name,
        entries.c.due.is_(None),
        entries.c.taken.between(1, MOST_TAKEN - 1),
        entries.c.modified < entry.modified,
    )
    values = _page(entry) | {"due": now, "tries": 0, "outcome": None}
    return db.execute(update(entries).where(*known).values(values)).rowcount > 0


def put_off(db: Connection, source: int, name: str, due: str) -> None:
    """Ask for the page of an entry later: this time it was in vain."""
    values = {"due": due, "tries": entries.c.tries + 1}
    db.execute(update(entries).where(entries.c.source == source, entries.c.name == name).values(values))


def settle(db: Connection, source: int, name: str, outcome: str, *, taken: bool) -> None:
    """Note what became of an entry; its page is asked for no more."""
    values = {"due": None, "held": None, "outcome": outcome, "taken": entries.c.taken + int(taken)}
    db.execute(update(entries).where(entries.c.source == source, entries.c.name == name).values(values))
