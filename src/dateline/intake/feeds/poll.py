"""One poll of a source: asked for politely, kept apart from what becomes of it."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from dateline.errors import IntakeError, UnwelcomeError
from dateline.intake.feeds.contents import Contents, Form, contents
from dateline.intake.feeds.readers import OPML, SITEMAP
from dateline.intake.feeds.schedule import fresh_for
from dateline.intake.limits import Limits, over
from dateline.intake.retrieval import Retrieval

if TYPE_CHECKING:
    from dateline.intake.fetch import Fetched

_HEAD = 8192


class Fetches(Protocol):
    """What fetches, as :class:`~dateline.intake.fetch.Fetcher` does."""

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What an address gives. Raises :class:`~dateline.intake.fetch.FetchError`."""
        ...


class Rules(Protocol):
    """What hosts let programs ask for (robots.txt)."""

    def allows(self, url: str) -> bool:
        """Whether the host of an address lets it be asked for. Raises :class:`~dateline.intake.fetch.FetchError`."""
        ...


def ask(url: str, fetch: Fetches, rules: Rules, *, etag: str | None = None, modified: str | None = None) -> Fetched:
    """What an address gives, if its host lets it be asked for.

    Raises :class:`UnwelcomeError` and :class:`~dateline.intake.fetch.FetchError`.
    """
    if not rules.allows(url):
        raise UnwelcomeError(
            "its host does not let programs ask for it (robots.txt)",
            "open it in a browser, save the page, and give the file",
        )
    return fetch.get(url, etag=etag, modified=modified)


@dataclass(frozen=True, slots=True)
class Poll:
    """What a poll gave; ``contents`` None: nothing has changed since the last one."""

    contents: Contents | None
    form: Form | None
    data: bytes = field(repr=False)
    retrieval: Retrieval
    etag: str | None
    modified: str | None
    moved: str | None
    """The address that the source has for good, where it says that this is another."""
    fresh: float
    """The seconds for which the answer says that it holds."""


def poll(
    url: str, fetch: Fetches, rules: Rules, limits: Limits, *, etag: str | None = None, modified: str | None = None
) -> Poll:
    """Ask for a source, unless it is as it was, and read it. Raises :class:`IntakeError`."""
    got = ask(url, fetch, rules, etag=etag, modified=modified)
    headers = dict(reversed(got.retrieval.headers))
    moved = moved_to(got.retrieval)
    tags = headers.get("etag"), headers.get("last-modified")
    fresh = fresh_for(got.retrieval.headers)
    if got.unchanged:
        return Poll(None, None, b"", got.retrieval, tags[0] or etag, tags[1] or modified, moved, fresh)
    form, found = read(got.data, limits, got.retrieval.answered or url)
    return Poll(found, form, got.data, got.retrieval, *tags, moved, fresh)


def read(data: bytes, limits: Limits, base: str | None) -> tuple[Form, Contents]:
    """The form of a source, which its first bytes show, and what it says. Raises :class:`IntakeError`."""
    unpacked = _unpacked(data, limits)
    limits.check("bytes", len(unpacked), "the source")
    if not unpacked.strip():
        raise IntakeError("it is empty", "check the address")
    form = form_of(unpacked[:_HEAD])
    return form, contents(form, unpacked, limits, base)


def form_of(head: bytes) -> Form:
    """What the first bytes of a source show; a feed where they show nothing, whose parser says what it is instead."""
    if OPML.sniff(head):
        return "opml"
    if SITEMAP.sniff(head):
        return "sitemap"
    return "feed"


def _unpacked(data: bytes, limits: Limits) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        unpacked = gzip.GzipFile(fileobj=io.BytesIO(data)).read(limits.bytes + 1)
    except (EOFError, zlib.error, OSError) as error:
        raise IntakeError(f"the gzip data are damaged ({error})", "it may be whole at the next poll") from error
    if len(unpacked) > limits.bytes:
        raise over("bytes", limits.bytes, "the source")
    return unpacked


def moved_to(retrieval: Retrieval) -> str | None:
    """Where a source has moved to for good: as far as its redirects are permanent (301, 308), and none is less safe."""
    targets = [*(hop.url for hop in retrieval.hops), retrieval.final][1:]
    moved = None
    for hop, target in zip(retrieval.hops, targets, strict=True):
        if target is None or (hop.status != 301 and hop.status != 308):  # noqa: PLR1714
            break
        if hop.url.startswith("https:") and not target.startswith("https:"):
            break
        moved = target
    return moved


def is_before(stated: str | None, since: str) -> bool | None:
    """Whether a date of a feed lies before a day or a time (ISO 8601, UTC); None where it does not tell.

    A day is compared by the day that the feed states. Times without a zone are taken for UTC.
    """
    if stated is None:
        return None
    size = min(len(stated), len(since), 10)
    if stated[:size] != since[:size] and (size < 10 or len(stated) == 10 or len(since) == 10):
        return stated[:size] < since[:size]
    if len(since) == 10 and len(stated) >= 10:
        return False
    if len(stated) <= 10:
        return None
    return _time(stated) < _time(since)


def _time(stated: str) -> float:
    read = datetime.fromisoformat(stated)
    return read.timestamp() if read.tzinfo else datetime.fromisoformat(f"{stated}+00:00").timestamp()
