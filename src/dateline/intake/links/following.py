"""What links lead to: fetched, kept, and read by the reader for its form, in the place of the link."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from io import BytesIO
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from dateline.errors import IntakeError
from dateline.intake.failure import Failure
from dateline.intake.language import check_language
from dateline.intake.published import check_published
from dateline.intake.reader import Found, Link, Source
from dateline.intake.text import check_value
from dateline.model import Report

if TYPE_CHECKING:
    from dateline.intake.fetch.fetcher import Fetched, Fetcher
    from dateline.intake.fetch.robots import Robots

# What fetches is loaded with the first address: reading files needs none of it.

DEEPEST = 3
"""How many things that were fetched may name one another: an index, a feed in it, a page in that."""

MOST = 10_000
"""Addresses that are fetched because something that was fetched names them."""


class Follower:
    """Fetches what links lead to: each address once, what people name before all else.

    ``source`` makes the source of a stream with a path and an id; ``read`` gives what such a source holds, by the name
    of its file. What is named by something that was fetched is asked for only where the robots.txt of its host lets it
    be; what a person names, by itself or in a file, is asked for as a browser would.
    """

    def __init__(
        self,
        fetch: Fetcher | None,
        source: Callable[[IO[bytes], str, str | None], Source],
        read: Callable[[Source, str], Iterator[Found]],
    ) -> None:
        self._fetch = fetch
        self._source = source
        self._read = read
        self._asked: set[str] = set()
        self._left = MOST

    def follow(self, found: Iterable[Found], depth: int = 0) -> Iterator[Report | Failure]:
        """What was found, with what its links lead to in their places."""
        for item in found:
            if isinstance(item, Link):
                yield from self._followed(item, depth)
            else:
                yield item

    def _followed(self, link: Link, depth: int) -> Iterator[Report | Failure]:
        url = _shown(link.url)
        address = url.partition("#")[0]
        if address in self._asked:
            self._source(BytesIO(), url, None).remark("it is named again, and was asked for already")
            return
        try:
            self._check(link.url.strip(), depth)
        except IntakeError as error:
            if link.held is None:
                yield Failure(url, None, error.error, error.mend, retrieved=False)
            else:
                yield from self._held(link, error.error)
            return
        self._asked.add(address)
        try:
            assert self._fetch is not None
            got = self._fetch.get(link.url.strip())
        except IntakeError as error:
            if link.held is None:
                yield Failure(url, None, error.error, error.mend, retrieved=False)
            else:
                yield from self._held(link, error.error)
            return
        yield from self.taken(link, got, depth)

    def taken(self, link: Link, got: Fetched, depth: int = 0) -> Iterator[Report | Failure]:
        """What the address of a link gave; where no report is in it, what the file of the link holds of it."""
        found = self._taken(link, got, depth)
        if link.held is None:
            yield from found
            return
        items = list(found)
        yield from items
        if all(isinstance(item, Failure) for item in items):
            yield from self._held(link, "its page gives no report")

    def _held(self, link: Link, why: str) -> Iterator[Report | Failure]:
        """What the file of a link holds of the report, and that it was read; where nothing is fetched, once."""
        assert link.held is not None
        source = self._source(BytesIO(), _shown(link.url), None)
        told = [why] if self._fetch is not None else source.new([why])
        for words in told:
            source.remark(f"{words}; what the feed holds of it is read instead")
        yield from self.follow(link.held(), DEEPEST)

    def _taken(self, link: Link, got: Fetched, depth: int) -> Iterator[Report | Failure]:
        source = self._kept(got, _shown(link.url), link)
        for item in self.follow(self._read(source, _name(got)), depth + 1):
            # What the link says of a report goes after what the report says, and is not said of others in it.
            yield _completed(item, link.meta) if isinstance(item, Report) and item.id == source.id else item

    def _check(self, url: str, depth: int) -> None:
        """Raise IntakeError where an address is not asked for."""
        if self._fetch is None:
            raise IntakeError(
                "this is an address, and nothing is fetched here",
                "leave out --offline (in Python: give a fetcher), or save the page and give the file: "
                "curl -L -o page.html ADDRESS",
            )
        if depth >= DEEPEST:
            raise IntakeError(f"it is named {depth} steps from what was given", "give this address by itself")
        if depth:
            self._left -= 1
            if self._left < 0:
                raise IntakeError(
                    f"more than {MOST:,} addresses are named by what was fetched", "give a list of those that you need"
                )
            self._robots.check(url)

    @cached_property
    def _robots(self) -> Robots:
        from dateline.intake.fetch.robots import Robots

        assert self._fetch is not None
        return Robots(self._fetch)

    def _kept(self, got: Fetched, url: str, link: Link) -> Source:
        """The source of what was fetched, whose bytes are evidence before anything looks at them."""
        source = self._source(BytesIO(got.data), url, link.meta.get("id") or url)
        keep = source.keep
        if keep is not None:
            keep(got.data, got.retrieval)
        own = {"url": got.retrieval.answered, "retrieved": got.retrieval.time}
        return replace(
            source,
            meta={**own, **{key: value for key, value in source.meta.items() if value is not None}},
            # The whole is kept already; parts of it, such as the lines of a table, are evidence of their own.
            keep=keep and (lambda data, retrieval: None if data == got.data else keep(data, retrieval)),
            retrieval=got.retrieval,
            media=got.media,
        )


def _shown(url: str) -> str:
    from dateline.intake.fetch.address import shown

    return shown(url.strip())


def _name(got: Fetched) -> str:
    """The name that a browser would give the file."""
    return unquote(urlsplit(got.retrieval.answered or "").path.rpartition("/")[2])


def _host(report: Report) -> str:
    return (urlsplit(report.url or "").hostname or "").removeprefix("www.")


def _checked(name: str, value: str) -> str:
    check_value(f"the {name}", value)
    match name:
        case "published":
            return check_published(value)
        case "language":
            return check_language(value)
    return value


def _completed(report: Report, meta: Mapping[str, str | None]) -> Report:
    """A report with what a link says of it where itself says nothing; the name of its host is no publisher's."""
    fresh: dict[str, str] = {}
    for name, value in meta.items():
        known = getattr(report, name, value)
        if not value or (known is not None and not (name == "publisher" and known == _host(report))):
            continue
        with suppress(IntakeError):
            fresh[name] = _checked(name, value)
    return replace(report, **fresh)  # type: ignore[arg-type]
