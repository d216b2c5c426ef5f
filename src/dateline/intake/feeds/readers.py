"""Readers of feeds, lists of feeds and sitemaps: each entry is a link to a report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.errors import IntakeError
from dateline.intake.feeds.contents import Contents, Entry, Form, contents
from dateline.intake.feeds.lists import is_sitemap
from dateline.intake.feeds.markup import first_element
from dateline.intake.reader import Found, Link, Reader, Source, beginning
from dateline.intake.retrieval import Retrieval

_FIRST = re.compile("rss|feed")


class _Lists:
    """What is common to the three."""

    parse: Form
    what: str

    def read(self, source: Source) -> Iterator[Found]:
        """A link an entry, in the order of the file, each once."""
        data = source.data()
        base = None if source.retrieval is None else source.retrieval.answered
        found = contents(self.parse, data, source.limits, base)
        told(found, source)
        if not found.entries and not found.nameless:
            raise IntakeError(f"the {self.what} has no entries", "give another one, or come back when it has some")
        for number, entry in enumerate(found.entries, start=1):
            if entry.url is None:
                yield from held(entry, number, source)
            else:
                yield link_of(entry, number, source)


def told(found: Contents, source: Source) -> None:
    """Remark on entries that are there twice or cannot be asked for."""
    if found.twice:
        source.remark(f"{_entries(found.twice)} there twice and read once")
    if found.nameless:
        source.remark(f"{_entries(found.nameless)} without an address of the web and passed over")


def _entries(number: int) -> str:
    return "1 entry is" if number == 1 else f"{number:,} entries are"


def link_of(entry: Entry, number: int, source: Source) -> Link:
    """The link of an entry that has an address, with what the feed holds of it in case nobody asks for it."""
    assert entry.url is not None
    if entry.content is None:
        return Link(entry.url, entry.meta)

    return Link(entry.url, entry.meta, lambda: held(entry, number, source))


def held(entry: Entry, number: int, source: Source) -> Iterator[Found]:
    """The report that an entry holds itself: its words are evidence of their own, beside the feed's."""
    words = entry.content or ""
    known = source.retrieval
    how = Retrieval(
        "entry of a feed",
        url=entry.url,
        time=None if known is None else known.time,
        within=source.path if known is None else known.answered,
    )
    return source.within(
        words.encode("utf-8", "replace"),
        name=f"{number}{'.html' if '<' in words else '.txt'}",
        id=entry.url or f"{source.id or 'feed'}-{number}",
        retrieval=how,
        url=entry.url,
        **entry.meta,
    )


class _Feed(_Lists):
    """A feed."""

    form = "feeds"
    endings = (".rss", ".atom", ".rdf", ".json")
    parse: Form = "feed"
    what = "feed"

    def sniff(self, head: bytes) -> bool:
        """Whether it begins as feeds do: ``.json`` is the ending of records too."""
        start = beginning(head)
        if start.startswith(b"{"):
            return b"//jsonfeed.org/version/" in start or b"\\/\\/jsonfeed.org\\/version\\/" in start
        return bool(_FIRST.fullmatch(first_element(start))) or (first_element(start) == "rdf" and b"/rss/" in start)


class _Opml(_Lists):
    """A list of feeds."""

    form = "OPML"
    endings = (".opml",)
    parse: Form = "opml"
    what = "list"

    def sniff(self, head: bytes) -> bool:
        """Whether its first element is OPML's."""
        return first_element(beginning(head)) == "opml"


class _Sitemap(_Lists):
    """A sitemap, or an index of some."""

    form = "sitemaps"
    endings: tuple[str, ...] = ()
    parse: Form = "sitemap"
    what = "sitemap"

    def sniff(self, head: bytes) -> bool:
        """Whether its first element is that of a sitemap or of an index."""
        return is_sitemap(first_element(beginning(head)))


FEED: Reader = _Feed()
OPML: Reader = _Opml()
SITEMAP: Reader = _Sitemap()
