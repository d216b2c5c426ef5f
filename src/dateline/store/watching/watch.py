"""Polling: what is due is asked for, what is new is put into the project; killed anywhere, it goes on where it was.

A poll notes everything that it found in one transaction, so that nothing is lost; the page of an entry is put in and
the entry settled in one transaction, so that nothing comes twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, select, update

from dateline.errors import IntakeError, UnwelcomeError, printable_line
from dateline.intake import Failure, Limits
from dateline.intake.feeds.contents import Entry
from dateline.intake.feeds.poll import Fetches, Poll, Rules, ask, is_before, poll
from dateline.intake.feeds.schedule import after_failure, next_poll
from dateline.intake.fetch.error import FetchError
from dateline.intake.limits import DEFAULT
from dateline.store.door.adding import Door
from dateline.store.door.likeness import Added
from dateline.store.kept import reports as kept
from dateline.store.project import Project
from dateline.store.proof.retrievals import put_retrieval
from dateline.store.tables import sources
from dateline.store.watching import sources as watched
from dateline.store.watching.entries import Seen, fresh_entries, put_entries, put_off, settle
from dateline.store.watching.sources import ADDED, Watched, put_source

if TYPE_CHECKING:
    pass

MOST_NAMED = 1_000
"""Sources that one list or index may name."""

DEEPEST = 3
"""How many sources may name one another: a list, an index in it, a sitemap in that."""

MOST_TRIES = 5
"""How often a page is asked for until it is given up."""

_SOON = 60.0
"""Seconds after which what is due is looked up again: another process may have put a source in."""

log = logging.getLogger(__name__)


NOTHING = Seen()


@dataclass(frozen=True, slots=True)
class Polled:
    """What became of a poll. ``trouble``: it went wrong; ``named`` are sources that it named for the first time."""

    url: str
    seen: Seen = NOTHING
    named: int = 0
    unchanged: bool = False
    trouble: str | None = None


Outcome = Polled | Added | Failure


class Watch:
    """Polls the sources of a project. ``now`` gives the time in UTC, ``chance`` numbers from 0 to 1."""

    def __init__(
        self,
        project: Project,
        fetch: Fetches,
        rules: Rules,
        *,
        now: Callable[[], datetime],
        chance: Callable[[], float],
        limits: Limits = DEFAULT,
    ) -> None:
        self._project, self._database = project, project.database
        self._fetch, self._rules, self._limits = fetch, rules, limits
        self._now, self._chance = now, chance
        self._closed: set[str | None] = set()

    def run(self, sleep: Callable[[float], None]) -> Iterator[Outcome]:
        """Poll for ever, each source when it is due; what was yielded is kept."""
        while True:
            yield from self.once()
            with self._database.reading() as db:
                due = watched.next_due(db)
            wait = _SOON if due is None else (datetime.fromisoformat(due) - self._now()).total_seconds()
            sleep(min(max(wait, 1.0), _SOON))

    def once(self) -> Iterator[Outcome]:
        """Poll what is due, then ask for the pages that wait; what was yielded is kept."""
        self._closed = set()
        done = set[int]()
        # What an index names comes due while it is read.
        while left := [one for one in self._due() if one.number not in done]:
            for source in left:
                done.add(source.number)
                yield self._poll(source)
        with self._database.reading() as db:
            pages = watched.due_entries(db, self._stamp())
        for number, name, url in _in_turn(pages):
            if _host(url) not in self._closed:
                yield from self._take(number, name)

    def _due(self) -> list[Watched]:
        with self._database.reading() as db:
            return watched.due_sources(db, self._stamp())

    def _stamp(self, at: datetime | None = None) -> str:
        return (at or self._now()).isoformat(timespec="seconds")

    # Sources

    def _poll(self, source: Watched) -> Polled:
        try:
            found = poll(source.url, self._fetch, self._rules, self._limits, etag=source.etag, modified=source.modified)
        except IntakeError as error:
            return self._failed(source, error)
        with self._database.writing() as db:
            seen, named, trouble = NOTHING, 0, None
            if not watched.is_watched(db, source.number):
                # Somebody paused it or took it out meanwhile.
                return Polled(source.url)
            if found.contents is not None:
                if found.contents.lists == "sources":
                    named, trouble = self._put_named(db, source, found)
                else:
                    seen = self._put_seen(db, source, found)
            self._put_polled(db, source, found, again=bool(seen.left), trouble=trouble)
        return Polled(source.url, seen, named, found.contents is None, trouble)

    def _put_seen(self, db: Connection, source: Watched, found: Poll) -> Seen:
        assert found.contents is not None
        now, feed = self._stamp(), None
        if fresh_entries(db, source, found.contents.entries):
            # What the feed says of its entries rests on its bytes.
            feed = self._project.evidence.keep(found.data)
            kept.put_evidence(db, feed, len(found.data), source.url, now)
            put_retrieval(db, feed, found.retrieval, now)
        return put_entries(db, source, found.contents.entries, now, feed, lists_changes=found.form != "sitemap")

    def _put_named(self, db: Connection, source: Watched, found: Poll) -> tuple[int, str | None]:
        """Put the sources in that a list or an index names, and say what was left out."""
        assert found.contents is not None
        if source.depth >= DEEPEST:
            return 0, f"it is named {source.depth} steps from what was given, and what it names is not watched"
        now, is_index = self._stamp(), found.form == "sitemap"
        # A list that grows names feeds that begin now; an index that grows names pages that are new.
        since = source.since if is_index or source.fresh else now
        wanted = [
            entry
            for entry in found.contents.entries
            if entry.url and is_before(entry.modified, source.since) is not True
        ]
        new = sum(
            put_source(
                db,
                entry.url or "",
                now,
                since,
                title=entry.title,
                parent=source.number,
                depth=source.depth + 1,
                fresh=source.fresh or not is_index,
            )
            for entry in wanted[:MOST_NAMED]
        )
        left = len(wanted) - MOST_NAMED
        return new, None if left <= 0 else f"it names {len(wanted):,} sources, and {left:,} of them are left out"

    def _put_polled(self, db: Connection, source: Watched, found: Poll, *, again: bool, trouble: str | None) -> None:
        now = self._now()
        rhythm = source.rhythm if found.contents is None else found.contents.rhythm
        values: dict[str, Any] = {
            # What was left for later is not asked for where the source says that nothing has changed.
            "etag": None if again else found.etag,
            "modified": None if again else found.modified,
            "polled": self._stamp(now),
            "due": self._stamp(next_poll(now, rhythm, self._chance(), found.fresh)),
            "failures": 0,
            "trouble": trouble,
        }
        if found.contents is not None:
            title = found.contents.title or source.title
            values |= {"fresh": 0, "form": found.form, "title": title, "rhythm": asdict(rhythm)}
        if found.moved is not None and found.moved != source.url:
            values |= self._moved(db, source, found.moved)
        db.execute(update(sources).where(sources.c.number == source.number).values(values))

    def _moved(self, db: Connection, source: Watched, to: str) -> dict[str, Any]:
        if db.execute(select(sources.c.number).where(sources.c.url == to)).first() is not None:
            log.warning("%s has moved to %s, which is watched already", source.url, to)
            return {"state": "ended", "trouble": f"it has moved to {to}, which is watched already"}
        log.warning("%s has moved to %s, and is polled there from now on", source.url, to)
        return {"url": to}

    def _failed(self, source: Watched, error: IntakeError) -> Polled:
        now, failures = self._now(), source.failures + 1
        status, retry_after = _answered(error)
        values: dict[str, Any] = {
            "polled": self._stamp(now),
            "failures": failures,
            "trouble": printable_line(f"{error.error}; {error.mend}"),
            "due": self._stamp(after_failure(now, failures, self._chance(), retry_after)),
        }
        if status == 410:
            values |= {"state": "ended"}
        if _is_busy(status):
            self._closed.add(_host(source.url))
        with self._database.writing() as db:
            db.execute(update(sources).where(sources.c.number == source.number).values(values))
        return Polled(source.url, trouble=values["trouble"])

    # Pages

    def _take(self, source: int, name: str) -> Iterator[Added | Failure]:
        """Put the page of an entry in, unless another process has done so meanwhile."""
        with self._database.reading() as db:
            row = watched.get_entry(db, source, name)
            origin = db.execute(select(sources.c.url).where(sources.c.number == source)).scalar()
        if row is None or origin is None:
            return
        door = Door(self._project.evidence, row.url or origin)
        try:
            items = list(door.numbered(self._read(row, origin, door)))
        except IntakeError as error:
            yield from self._missed(row, error)
            return
        is_report = any(not isinstance(item.found, Failure) for item in items)
        why = next((f"{item.found.error}; {item.found.mend}" for item in items if isinstance(item.found, Failure)), "")
        with self._database.writing() as db:
            if watched.get_entry(db, source, name) is None:
                return
            done = door.take(db, items, self._stamp())
            settle(db, source, name, ADDED if is_report else printable_line(why), taken=is_report)
        yield from done

    def _read(self, row: Row[Any], origin: str, door: Door) -> Iterator[Any]:
        """The reports of an entry: its page's, or what the feed holds of it where its page gives none.

        Raises :class:`IntakeError` where its page should be asked for again, or nothing else is left.
        """
        from dateline.intake.feeds.readers import held, link_of
        from dateline.intake.paths import read_fetched, read_within
        from dateline.intake.reader import Source

        source = Source.of(b"", path=origin, id=row.name, limits=self._limits)
        source.keep, source.inner = door.keep, read_within
        entry = Entry(None, row.url, content=row.held, **(row.meta or {}))
        if row.url is None:
            yield from held(entry, 1, source)
            return
        link = link_of(entry, 1, source)
        try:
            got = ask(row.url, self._fetch, self._rules)
        except IntakeError as error:
            if link.held is None or not self._is_final(row, error):
                raise
            log.warning("%s: %s; what the feed holds of it is read instead", row.url, error.error)
            yield from link.held()
            return
        yield from read_fetched(link, got, limits=self._limits, keep=door.keep)

    def _is_final(self, row: Row[Any], error: IntakeError) -> bool:
        """Whether asking again would change nothing, or was done often enough."""
        status, _ = _answered(error)
        if status is not None and 400 <= status < 500 and not _is_busy(status) and status != 408:
            return True
        # A robots.txt that could not be had may be there later: without the text at hand it is worth asking again.
        return row.tries + 1 >= MOST_TRIES or (isinstance(error, UnwelcomeError) and row.held is not None)

    def _missed(self, row: Row[Any], error: IntakeError) -> list[Failure]:
        """Ask for a page later, or give it up with the reason."""
        status, retry_after = _answered(error)
        if _is_busy(status):
            self._closed.add(_host(row.url))
        with self._database.writing() as db:
            if self._is_final(row, error):
                settle(db, row.source, row.name, printable_line(f"{error.error}; {error.mend}"), taken=False)
                return [Failure(row.url or "", None, error.error, error.mend)]
            due = after_failure(self._now(), row.tries + 1, self._chance(), retry_after)
            put_off(db, row.source, row.name, self._stamp(due))
            return []


def _answered(error: IntakeError) -> tuple[int | None, float | None]:
    """The status that a server answered with, and after how many seconds it wants to be asked again."""
    return (error.status, error.retry_after) if isinstance(error, FetchError) else (None, None)


def _is_busy(status: int | None) -> bool:
    """Whether a host wants to be left alone for a while."""
    return status == 429 or status == 503  # noqa: PLR1714


def _host(url: str | None) -> str | None:
    return None if url is None else urlsplit(url).hostname


def _in_turn(pages: list[tuple[int, str, str | None]]) -> Iterator[tuple[int, str, str | None]]:
    """The pages, those of each host in their order, one of each host after the other: none waits for another's pace."""
    queues: dict[str | None, list[tuple[int, str, str | None]]] = {}
    for page in reversed(pages):
        queues.setdefault(_host(page[2]), []).append(page)
    while queues:
        for host in reversed(list(queues)):
            yield queues[host].pop()
            if not queues[host]:
                del queues[host]
