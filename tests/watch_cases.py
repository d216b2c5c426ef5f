"""A web, a clock and a project, made by hand, for tests of what polls sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from dateline.intake import Failure
from dateline.intake.fetch import Fetched, FetchError
from dateline.intake.retrieval import Hop, Retrieval
from dateline.store.door.likeness import Added
from dateline.store.project import Project
from dateline.store.watching.sources import Watched, get_sources, put_source
from dateline.store.watching.watch import Polled, Watch

START = datetime(2024, 2, 5, 12, tzinfo=UTC)
FEED = "https://post.example/rss"


def answered(status: int, retry_after: float | None = None) -> FetchError:
    """A server that does not give what was asked for."""
    return FetchError(f"the server answers {status}", "try again later", status=status, retry_after=retry_after)


@dataclass
class Web:
    """Addresses and what they give: a text, or what is raised. ``asked`` are the requests so far."""

    pages: dict[str, str | Exception] = field(default_factory=dict)
    etags: dict[str, str] = field(default_factory=dict)
    headers: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    hops: dict[str, tuple[tuple[Hop, ...], str]] = field(default_factory=dict)
    forbidden: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    conditions: list[tuple[str | None, str | None]] = field(default_factory=list)
    after: Callable[[], None] = lambda: None

    def allows(self, url: str) -> bool:
        return url not in self.forbidden

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        self.asked.append(url)
        self.conditions.append((etag, modified))
        self.after()
        given = self.pages.get(url, answered(404))
        if isinstance(given, Exception):
            raise given
        own = self.etags.get(url)
        hops, final = self.hops.get(url, ((), None))
        headers = (*self.headers.get(url, ()), *((("etag", own),) if own else ()))
        how = Retrieval("GET", url=url, final=final, status=200, hops=hops, headers=headers)
        if own is not None and own == etag:
            return Fetched(b"", None, replace(how, status=304), unchanged=True)
        return Fetched(given.encode(), None, how)


@dataclass
class Clock:
    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def after(self, **more: float) -> None:
        self.at += timedelta(**more)


def item(name: str, *, at: str | None = "Mon, 05 Feb 2024 13:00:00 GMT", more: str = "") -> str:
    date = f"<pubDate>{at}</pubDate>" if at else ""
    return f"<item><title>{name}</title><link>https://post.example/{name}</link>{date}{more}</item>"


def feed(*items: str, head: str = "") -> str:
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {space}><channel><title>The Post</title>{head}{"".join(items)}</channel></rss>'


def page(words: str) -> str:
    text = f"Dockers marched through Arden on Monday, police said. {words} Two people were hurt at the gate."
    return f"<html><head><title>{words}</title></head><body><article><p>{text}</p></article></body></html>"


@dataclass
class Watching:
    """A project that is watched."""

    project: Project
    web: Web
    clock: Clock

    @property
    def watch(self) -> Watch:
        return Watch(self.project, self.web, self.web, now=self.clock, chance=lambda: 0.0)

    def add(self, url: str = FEED, since: str | None = None) -> None:
        now = self.clock().isoformat(timespec="seconds")
        with self.project.database.writing() as db:
            put_source(db, url, now, since or now)

    def once(self) -> list[Polled | Added | Failure]:
        return list(self.watch.once())

    def sources(self) -> list[Watched]:
        with self.project.database.reading() as db:
            return list(get_sources(db))

    def source(self, url: str = FEED) -> Watched:
        return next(one for one in self.sources() if one.url == url)

    def reports(self) -> list[str]:
        from sqlalchemy import select

        from dateline.store.tables import reports

        with self.project.database.reading() as db:
            return list(db.execute(select(reports.c.id).order_by(reports.c.number)).scalars())


def pages(*names: str) -> Mapping[str, str]:
    return {f"https://post.example/{name}": page(name) for name in names}


def opened(folder: object) -> Iterator[Watching]:
    with Project.create(str(folder)) as project:
        yield Watching(project, Web(), Clock())
