"""Lists of feeds (OPML) and sitemaps to entries, in the bounded process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from dateline.errors import IntakeError
from dateline.intake.feeds.contents import Entry, plain
from dateline.intake.feeds.dates import date_of
from dateline.intake.feeds.feed import absolute
from dateline.intake.feeds.markup import checked_xml, forgiving
from dateline.intake.limits import Limits

PAGES = "urlset"
"""The first element of a sitemap."""
INDEX = "sitemapindex"
"""The first element of an index of sitemaps."""


def is_sitemap(element: str) -> bool:
    """Whether the first element of a file is that of a sitemap, or of an index of some."""
    return element == PAGES or element == INDEX  # noqa: PLR1714


def load_parser() -> None:
    """Load the libraries that parse, which else the first file waits for."""
    import listparser  # noqa: F401
    import lxml.etree  # noqa: F401


def parse_opml(data: bytes, limits: Limits, about: dict[str, Any]) -> dict[str, Any]:
    """The feeds that a list names, as JSON carries them; lists in it are named as well. Raises IntakeError."""
    import listparser

    text = checked_xml(data, limits, "the list").decode()
    # The parser behind it guesses at encodings: references mean the same in each.
    found: Any = listparser.parse(text.encode("ascii", "xmlcharrefreplace"))
    if not found.version:
        raise IntakeError("this is no OPML list of feeds", "export the subscriptions of a feed reader as OPML")
    base = about.get("base")
    named = [(one.get("url"), one.get("title")) for one in (*found.feeds, *found.lists)]
    return {
        "lists": "sources",
        "title": plain(found.meta.get("title")),
        "entries": [asdict(Entry(None, absolute(base, url), plain(title))) for url, title in named],
    }


def parse_sitemap(data: bytes, limits: Limits, about: dict[str, Any]) -> dict[str, Any]:
    """The pages of a sitemap, or the sitemaps of an index, as JSON carries them. Raises IntakeError."""
    from lxml import etree

    root: Any = etree.fromstring(checked_xml(data, limits, "the sitemap"), forgiving())
    kind = "" if root is None else _name(root)
    if not is_sitemap(kind):
        raise IntakeError("this is no sitemap: it is neither a urlset nor a sitemapindex", "give a sitemap's address")
    base, each = about.get("base"), "sitemap" if kind == INDEX else "url"
    return {
        "lists": "sources" if kind == INDEX else "reports",
        "title": None,
        "entries": [asdict(_page(element, base)) for element in root if _name(element) == each],
    }


def _page(element: Any, base: str | None) -> Entry:
    own = dict(_words(element))
    news = dict(pair for child in element if _name(child) == "news" for pair in _words(child))
    publication = dict(
        pair
        for child in element
        if _name(child) == "news"
        for inner in child
        if _name(inner) == "publication"
        for pair in _words(inner)
    )
    return Entry(
        None,
        absolute(base, own.get("loc")),
        title=plain(news.get("title")),
        published=date_of(news.get("publication_date")),
        modified=date_of(own.get("lastmod")),
        publisher=plain(publication.get("name")),
    )


def _words(element: Any) -> Iterator[tuple[str, str]]:
    for child in element:
        if child.text and child.text.strip():
            yield _name(child), child.text.strip()


def _name(element: Any) -> str:
    """An element's name without its namespace; nothing for what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
