"""RSS, Atom, RDF and JSON Feed to entries, in the bounded process."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from urllib.parse import urljoin, urlsplit

from dateline.errors import IntakeError
from dateline.intake.encoding import decode
from dateline.intake.feeds.contents import Entry, Rhythm, plain, refuse_other
from dateline.intake.feeds.dates import date_of
from dateline.intake.feeds.markup import checked_xml, first_element
from dateline.intake.limits import Limits
from dateline.intake.reader import beginning

_WEB = ("http://", "https://")
_MEDIA = re.compile(r"application/(?:(?:rss|atom)\+xml|feed\+json)\b")
_HOUR = 3600
_MOST_DECLARED = 10


def load_parser() -> None:
    """Load the libraries that parse, which else the first feed waits for."""
    import feedparser  # noqa: F401
    import lxml.html  # noqa: F401


def parse_feed(data: bytes, limits: Limits, about: dict[str, Any]) -> dict[str, Any]:
    """What a feed says, as JSON carries it. Raises IntakeError for what is none; for a page, with its feeds."""
    base: str | None = about.get("base")
    start = beginning(data[:4096])
    if start.startswith(b"{"):
        return _json_feed(data, limits, base)
    if first_element(start) == "html" or start.startswith(b"<!doctype html"):
        raise refuse_other("feed", "a web page", _declared(data, limits, base))
    return _xml_feed(checked_xml(data, limits, "the feed"), base)


def is_web(url: str | None) -> bool:
    """Whether an address is one that can be asked for."""
    try:
        return url is not None and url.lower().startswith(_WEB) and bool(urlsplit(url).hostname)
    except ValueError:
        return False


def absolute(base: str | None, url: object) -> str | None:
    """An address against the file's own; None where that gives none of the web."""
    if not isinstance(url, str) or not url.strip():
        return None
    try:
        joined = urljoin(base or "", url.strip())
    except ValueError:
        return None
    return joined if is_web(joined) else None


# XML


def _xml_feed(data: bytes, base: str | None) -> dict[str, Any]:
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8", **({"content-location": base} if base else {})}
    # The words of entries are read as pages are, and cleaned there.
    found: Any = feedparser.parse(
        io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not found.version and not found.entries:
        raise IntakeError("this is no RSS, Atom or RDF feed", "give the address of a feed, or the page as .html")
    feed = found.feed
    home = base or absolute(None, feed.get("link"))
    title = plain(feed.get("title"))
    return {
        "lists": "reports",
        "title": title,
        "rhythm": asdict(_rhythm(feed, data)),
        "entries": [asdict(_entry(entry, home, title)) for entry in found.entries],
    }


def _entry(entry: Any, home: str | None, publisher: str | None) -> Entry:
    source = entry.get("source") or {}
    return Entry(
        guid=str(entry.get("id") or "").strip() or None,
        url=absolute(home, entry.get("link")),
        title=plain(entry.get("title")),
        # Atom asks for the day of the last change alone: where no other is told, it has to do.
        published=_date(entry, "published") or _date(entry, "updated"),
        modified=_date(entry, "updated"),
        author=plain(_author(entry)),
        # A feed of feeds names the one that an entry is of.
        publisher=plain(source.get("title")) or publisher,
        content=_content(entry),
    )


def _date(entry: Any, name: str) -> str | None:
    return date_of(entry[name], entry.get(f"{name}_parsed")) if name in entry else None


def _author(entry: Any) -> str | None:
    """The name of who wrote it; addresses of mail are nobody's business."""
    names = [str(one.get("name") or "") for one in entry.get("authors") or []]
    told = ", ".join(name for name in names if name and "@" not in name)
    return told or None


def _content(entry: Any) -> str | None:
    held = [str(one.get("value") or "") for one in entry.get("content") or []]
    return max(held, key=len, default="") or None


def _rhythm(feed: Any, data: bytes) -> Rhythm:
    ttl = _whole(feed.get("ttl"))
    period, often = _period(str(feed.get("sy_updateperiod") or "")), _whole(feed.get("sy_updatefrequency")) or 1
    asked = [seconds for seconds in (ttl and ttl * 60, period and period // often) if seconds]
    hours = [hour % 24 for hour in map(_whole, _inside(data, b"skiphours", b"hour")) if hour is not None]
    days = [day.strip()[:3].lower() for day in _inside(data, b"skipdays", b"day")]
    return Rhythm(max(asked, default=None), tuple(sorted(set(hours))), tuple(sorted(set(days))))


def _period(word: str) -> int | None:
    """Seconds of a period of the syndication module."""
    match word.strip().lower():
        case "hourly":
            return _HOUR
        case "daily":
            return 24 * _HOUR
        case "weekly":
            return 7 * 24 * _HOUR
        case "monthly":
            return 30 * 24 * _HOUR
        case "yearly":
            return 365 * 24 * _HOUR
    return None


def _whole(value: object) -> int | None:
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _inside(data: bytes, outer: bytes, inner: bytes) -> Iterator[str]:
    """The words of the elements of one name in the first element of another: feedparser keeps the last of them."""
    low = data.lower()
    start = low.find(b"<" + outer)
    end = low.find(b"</" + outer, start)
    if start < 0 or end < 0 or end - start > 5000:
        return
    for piece in low[start:end].split(b"<" + inner + b">")[1:]:
        yield piece.partition(b"<")[0].decode("utf-8", "replace")


# JSON Feed


def _json_feed(data: bytes, limits: Limits, base: str | None) -> dict[str, Any]:
    try:
        feed = json.loads(decode(data, "the feed"))
    except (ValueError, RecursionError) as error:
        raise IntakeError(
            f"the JSON of the feed cannot be read ({type(error).__name__})", "get it again from its publisher"
        ) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise IntakeError("this JSON is no feed: it has no list of items", "see https://jsonfeed.org for its form")
    limits.check("nodes", len(items), "the feed")
    home = base or absolute(None, feed.get("feed_url")) or absolute(None, feed.get("home_page_url"))
    title = _text(feed.get("title"))
    entries = [_item(item, home, title, feed.get("authors")) for item in items if isinstance(item, dict)]
    return {"lists": "reports", "title": title, "rhythm": None, "entries": [asdict(entry) for entry in entries]}


def _item(item: dict[str, Any], home: str | None, publisher: str | None, authors: object) -> Entry:
    own = item.get("authors") or ([item["author"]] if isinstance(item.get("author"), dict) else authors)
    named = [_text(one.get("name")) for one in own if isinstance(one, dict)] if isinstance(own, list) else []
    guid = item.get("id")
    return Entry(
        guid=str(guid) if isinstance(guid, str | int | float) and str(guid) else None,
        url=absolute(home, item.get("url")) or absolute(home, guid if is_web(_text(guid)) else None),
        title=_text(item.get("title")),
        published=date_of(_text(item.get("date_published"))),
        modified=date_of(_text(item.get("date_modified"))),
        author=", ".join(name for name in named if name and "@" not in name) or None,
        publisher=publisher,
        content=next(
            (value for key in ("content_html", "content_text") if isinstance(value := item.get(key), str)), None
        ),
    )


def _text(value: object) -> str | None:
    return plain(value) if isinstance(value, str) else None


# A page by mistake


def _declared(data: bytes, limits: Limits, base: str | None) -> list[str]:
    """The feeds that a page declares."""
    from lxml import html

    limits.check("nodes", data.count(b"<"), "the page")
    tree = html.document_fromstring(decode(data, "the page").encode(), parser=html.HTMLParser(encoding="utf-8"))
    links = (link for link in tree.iter("link") if "alternate" in (link.get("rel") or "").lower().split())
    feeds = [link.get("href") for link in links if _is_feed(link.get("type") or "")]
    told = dict.fromkeys(urljoin(base or "", feed.strip()) for feed in feeds if feed)
    return list(told)[:_MOST_DECLARED]


def _is_feed(media: str) -> bool:
    return bool(_MEDIA.match(media.strip().lower()))
