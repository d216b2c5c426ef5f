"""Sources in the database: put in once, polled when they are due, paused and taken out by people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, func, insert, literal_column, select, update

from dateline.errors import StoreError, did_you_mean
from dateline.intake.feeds.contents import Rhythm
from dateline.store.tables import entries, sources

State = Literal["on", "paused", "ended"]
OLD = "before the source's start"
"""What became of an entry that was there before the source was watched."""
ADDED = "added"
"""What became of an entry whose page is a report."""
ELSEWHERE = "another source has it"


@dataclass(frozen=True, slots=True)
class Watched:
    """A source as it stands; times are ISO 8601 in UTC. ``parent`` is the number of the source that names it."""

    number: int
    url: str
    title: str | None
    form: str | None
    parent: int | None
    depth: int
    added: str
    since: str
    fresh: bool
    """What is there at the next poll and has no date was there before."""
    etag: str | None
    modified: str | None
    rhythm: Rhythm
    polled: str | None
    due: str
    failures: int
    trouble: str | None
    state: State
    waiting: int = 0
    """Entries whose pages were not asked for yet."""
    reports: int = 0
    """Entries whose pages are reports."""


def put_source(
    db: Connection,
    url: str,
    now: str,
    since: str,
    *,
    title: str | None = None,
    parent: int | None = None,
    depth: int = 0,
    fresh: bool = True,
) -> bool:
    """Put a source in, due at once; False where it is there. One that was paused or has ended is polled again."""
    known = db.execute(select(sources.c.number, sources.c.state).where(sources.c.url == url)).first()
    if known is not None:
        if parent is None and known.state != "on":
            resume(db, known.number, now)
        return False
    db.execute(
        insert(sources).values(
            url=url,
            title=title,
            parent=parent,
            depth=depth,
            added=now,
            since=since,
            fresh=int(fresh),
            due=now,
            failures=0,
            state="on",
        )
    )
    return True


def get_sources(db: Connection) -> Iterator[Watched]:
    """All sources in the order they were put in, with how many entries of each wait and how many are reports."""
    own = entries.c.source == sources.c.number
    waiting = select(func.count()).where(own, entries.c.due.is_not(None)).scalar_subquery()
    reports = select(func.count()).where(own, entries.c.taken > 0).scalar_subquery()
    query = select(sources, waiting.label("waiting"), reports.label("reports")).order_by(sources.c.number)
    for row in db.execute(query):
        yield _from_row(row)


def due_sources(db: Connection, now: str) -> list[Watched]:
    """The sources that are to be polled by now, the longest waiting first."""
    query = select(sources).where(sources.c.state == "on", sources.c.due <= now)
    return [_from_row(row) for row in db.execute(query.order_by(sources.c.due, sources.c.number))]


def is_watched(db: Connection, number: int) -> bool:
    """Whether a source is there and to be polled."""
    return db.execute(select(sources.c.state).where(sources.c.number == number)).scalar() == "on"


def next_due(db: Connection) -> str | None:
    """When the next source or page is due; None where there is nothing to watch."""
    source = db.execute(select(func.min(sources.c.due)).where(sources.c.state == "on")).scalar()
    page = db.execute(_waiting(func.min(entries.c.due))).scalar()
    return min(filter(None, (source, page)), default=None)


def _waiting(*columns: Any) -> Any:
    """Entries whose pages are to be asked for; those of a paused source wait for it."""
    query = select(*columns).select_from(entries).join(sources, sources.c.number == entries.c.source)
    return query.where(entries.c.due.is_not(None), sources.c.state != "paused")


def due_entries(db: Connection, now: str) -> list[tuple[int, str, str | None]]:
    """Source, name and address of the entries whose pages are to be asked for by now, the longest waiting first.

    Those that wait as long come in the order in which the source names them.
    """
    query = _waiting(entries.c.source, entries.c.name, entries.c.url).where(entries.c.due <= now)
    ordered = query.order_by(entries.c.due, literal_column("entries.rowid"))
    return [(row.source, row.name, row.url) for row in db.execute(ordered)]


def get_entry(db: Connection, source: int, name: str) -> Row[Any] | None:
    """An entry that waits; None where another process has settled it."""
    return db.execute(
        select(entries).where(entries.c.source == source, entries.c.name == name, entries.c.due.is_not(None))
    ).first()


def named(db: Connection, url: str) -> Watched:
    """The source of an address, or of a beginning that no other one has. Raises :class:`StoreError`."""
    known = list(get_sources(db))
    found = [one for one in known if one.url == url] or [one for one in known if one.url.startswith(url)]
    if len(found) != 1:
        what = "is no source of this project" if not found else f"is how {len(found)} sources begin"
        raise StoreError(f"{url!r} {what}. {did_you_mean(url, [one.url for one in known], what='sources')}")
    return found[0]


def resume(db: Connection, number: int, now: str) -> None:
    """Poll a source again, at once."""
    db.execute(update(sources).where(sources.c.number == number).values(state="on", due=now, failures=0, trouble=None))


def begin_anew(db: Connection, number: int, since: str, now: str) -> None:
    """Let a source begin at another day: what was passed over for its day is looked at again, at once."""
    db.execute(delete(entries).where(entries.c.source == number, entries.c.outcome == OLD))
    values = {"since": since, "fresh": 1, "due": now, "etag": None, "modified": None}
    db.execute(update(sources).where(sources.c.number == number).values(values))


def pause(db: Connection, number: int) -> None:
    """Poll a source no more, nor ask for its pages, until it is resumed."""
    db.execute(update(sources).where(sources.c.number == number).values(state="paused"))


def remove(db: Connection, number: int) -> int:
    """Take a source out, with those that it names and what was seen in them; how many. Reports stay."""
    below = list(db.execute(select(sources.c.number).where(sources.c.parent == number)).scalars())
    gone = sum(remove(db, child) for child in below)
    db.execute(delete(entries).where(entries.c.source == number))
    db.execute(delete(sources).where(sources.c.number == number))
    return gone + 1


def _from_row(row: Row[Any]) -> Watched:
    values = dict(row._mapping)
    told = values["rhythm"] or {}
    rhythm = Rhythm(told.get("seconds"), tuple(told.get("hours", ())), tuple(told.get("days", ())))
    return Watched(**{**values, "fresh": bool(values["fresh"]), "rhythm": rhythm})
