"""What a feed, a list of feeds or a sitemap says, parsed in the bounded process."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from dateline.errors import IntakeError
from dateline.intake.limits import Limits
from dateline.intake.reader import digest

Form = Literal["feed", "opml", "sitemap"]
Lists = Literal["reports", "sources"]
"""What the addresses are of: reports, or other feeds and sitemaps."""

LEAST_TEXT = 400
"""Characters from which on the text in an entry may be the whole report; below it is a teaser."""

_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")
_GOES_ON = re.compile(r"(?:…|\.\.\.)[\s\]\)»”\"]*$")
_TAIL = 80  # characters: the link to the rest stands behind the words that break off


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``url`` is its absolute address; None where it has none, and ``content`` is all there is of it."""

    guid: str | None
    url: str | None
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    author: str | None = None
    publisher: str | None = None
    content: str | None = None
    """The text that the entry holds itself, as HTML or plain, where it is more than a teaser."""

    @property
    def name(self) -> str:
        """What it is known by from one poll to the next: 32 letters and figures made of its guid, else its address."""
        return digest((self.guid or self.url or f"{self.title}\n{self.content}").encode("utf-8", "replace"))[:32]

    @property
    def meta(self) -> dict[str, str | None]:
        """What the feed says of the report, which goes after what the report's own page says."""
        known = {
            "title": self.title,
            "published": self.published,
            "author": self.author,
            "publisher": self.publisher,
        }
        return {field: value for field, value in known.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a feed asks to be polled: at most once in ``seconds``, and not in some hours (GMT) and on some days.

    ``days`` are the first three letters of their English names, in small letters. Null and nothing: it does not say.
    """

    seconds: int | None = None
    hours: tuple[int, ...] = ()
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file says: its entries in its order, each once, and how many were there twice or without an address."""

    lists: Lists
    title: str | None
    entries: tuple[Entry, ...]
    twice: int = 0
    nameless: int = 0
    rhythm: Rhythm = Rhythm()


def contents(form: Form, data: bytes, limits: Limits, base: str | None = None) -> Contents:
    """The entries of a feed, a list of feeds or a sitemap; ``base`` is its address. Raises IntakeError."""
    from dateline.intake.bounded.worker import WORKER

    found = WORKER.parse(form, data, limits, base=base)
    rhythm = found.get("rhythm") or {}
    given = [Entry(**{**entry, "content": full_text(entry.get("content"))}) for entry in found["entries"]]
    usable = [entry for entry in given if entry.url or entry.content]
    entries = tuple(_once(usable))
    return Contents(
        found["lists"],
        found["title"],
        entries,
        len(usable) - len(entries),
        len(given) - len(usable),
        Rhythm(rhythm.get("seconds"), tuple(rhythm.get("hours") or ()), tuple(rhythm.get("days") or ())),
    )


def _once(entries: list[Entry]) -> Iterator[Entry]:
    """The entries without those whose guid, or address, another one before has.

    Some feeds give one guid to all: then it names none of them, and the address does.
    """
    of_guid: dict[str, set[str | None]] = {}
    for entry in entries:
        if entry.guid:
            of_guid.setdefault(entry.guid, set()).add(entry.url)
    names, urls = set[str](), set[str]()
    for entry in entries:
        known = entry if len(of_guid.get(entry.guid or "", ())) < 2 else replace(entry, guid=None)
        if known.name in names or (known.url and known.url in urls):
            continue
        names.add(known.name)
        if known.url:
            urls.add(known.url)
        yield known


def plain(value: str | None) -> str | None:
    """Words without tags and character references, on one line; None where nothing is left."""
    from html import unescape

    return _SPACE.sub(" ", unescape(_TAG.sub(" ", value))).strip() or None if value else None


def full_text(value: str | None) -> str | None:
    """The text that an entry holds, where it may be the whole report; None for a teaser.

    A teaser is short, or breaks off: an ellipsis stands at its end, or before a link to the rest.
    """
    words = plain(value) or ""
    if len(words) < LEAST_TEXT or any(_GOES_ON.search(words[:end]) for end in _ends(words)):
        return None
    return value


def _ends(words: str) -> Iterator[int]:
    """Where the text may end: at its end, and after each ellipsis near it."""
    yield len(words)
    for mark in ("…", "..."):
        at = words.rfind(mark, len(words) - _TAIL)
        if at >= 0:
            yield at + len(mark)


def refuse_other(what: str, instead: str, declared: list[str]) -> IntakeError:
    """The error for a page where a feed was expected, with the feeds that the page declares."""
    if declared:
        return IntakeError(f"this is {instead}, and no {what}", f"it declares these feeds: {', '.join(declared)}")
    return IntakeError(
        f"this is {instead}, and no {what}, and it declares none",
        "look on the site for the address of its feed, or give the page itself as a report",
    )
