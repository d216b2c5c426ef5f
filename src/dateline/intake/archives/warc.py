"""Web archives (WARC): every answer that holds a page is a report, with its own evidence, address and time."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import IO
from urllib.parse import urljoin

from dateline.errors import IntakeError
from dateline.intake.archives.payload import matches, unchunked, unpacked
from dateline.intake.archives.records import BROKEN, Record, records
from dateline.intake.failure import Failure
from dateline.intake.limits import over
from dateline.intake.published import check_published
from dateline.intake.reader import Found, Reader, Source, beginning
from dateline.intake.registry import ending_of, readers
from dateline.intake.retrieval import Hop, Retrieval

_STARTS = b"WARC/"
_LONGEST_ADDRESS = 8_000
_MOST_HOPS = 20
_MOST_REDIRECTS = 2_000
_MOST_KINDS = 40
_SHOWN_KINDS = 12
_SHOWN_ADDRESSES = 3
_KIND = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")
_LONGEST_KIND = 80
_ANSWERS = re.compile("response|resource|conversion|continuation")
_SILENT = re.compile("warcinfo|request|metadata")
_ROBOTS = "/robots.txt"


class _Warc:
    """A web archive, read as it streams by."""

    form = "WARC"
    endings = (".warc",)

    def sniff(self, head: bytes) -> bool:
        """Whether it begins with a record."""
        return head.startswith(_STARTS)

    def read(self, source: Source) -> Iterator[Found]:
        """A report a page; what is none is counted, and told in the end."""
        crawl = Crawl(source)
        yield from crawl.read(source.stream)
        crawl.close()


@dataclass
class Crawl:
    """What is known of an archive, of one file or several, while it is read.

    ``listed`` are the addresses of its pages, as :func:`named` has them, where a list names them; None: all are.
    """

    source: Source
    listed: frozenset[int] | None = None
    pages: int = 0
    """How many answers held a page, also where no report could be read from one."""
    _given: dict[int, int] = field(default_factory=dict)
    _passed: Counter[str] = field(default_factory=Counter)
    _redirects: OrderedDict[str, tuple[str, int]] = field(default_factory=OrderedDict)
    _differ: list[str] = field(default_factory=list)
    _differing: int = 0

    def read(self, stream: IO[bytes], name: str = "") -> Iterator[Found]:
        """What the pages of one WARC file give, its bytes uncompressed. ``name`` is its own, within the archive."""
        for record in records(stream):
            if isinstance(record, IntakeError):
                yield Failure(_inside(self.source.path, name), None, record.error, record.mend)
            elif (kind := self._unread(record)) is not None:
                self._pass(kind)
            else:
                yield from self._page(record, _inside(self.source.path, name))

    def close(self) -> None:
        """Tell what was passed over. Raises :class:`IntakeError` where there was no page at all."""
        told = self._told()
        if self._differ:
            shown = ", ".join(url[:200] for url in self._differ)
            pages = "1 page is" if self._differing == 1 else f"{self._differing:,} pages are"
            self.source.remark(f"{pages} not as the archive's digest says, and read all the same: {shown}")
        if told and self.pages:
            pages = "1 page" if self.pages == 1 else f"{self.pages:,} pages"
            self.source.remark(f"passed over beside {pages}: {told}")
        if not self.pages:
            what = f"no record of it is a page ({told})" if told else "it holds no records"
            raise IntakeError(what, "look into the archive, or give the pages themselves")

    def _told(self) -> str:
        kinds = [f"{kind} {number:,}" for kind, number in self._passed.most_common()]
        more = sum(number for _, number in self._passed.most_common()[_SHOWN_KINDS:])
        return ", ".join(kinds[:_SHOWN_KINDS]) + (f", others {more:,}" if more else "")

    def _pass(self, kind: str) -> None:
        if kind and (kind in self._passed or len(self._passed) < _MOST_KINDS):
            self._passed[kind] += 1
        elif kind:
            self._passed["others"] += 1

    def _unread(self, record: Record) -> str | None:
        """Why a record holds no page, in a few words; None where it does. What nobody misses has no words."""
        url, status = record.url, record.status
        if record.type == "revisit":
            return "pages unchanged since an earlier record"
        if not _ANSWERS.fullmatch(record.type):
            return "" if _SILENT.fullmatch(record.type) else "records of unknown kinds"
        if url is None:
            return "records without an address"
        if len(url) > _LONGEST_ADDRESS:
            return "addresses without end"
        if record.type == "response" and status is None:
            return "" if url.lower().startswith("dns:") else "answers without a header"
        if status is not None and 300 <= status < 400:
            self._redirect(url, status, record.field("location"))
            return "redirects"
        if status is not None and not 200 <= status < 300:
            return f"answers {status}" if 400 <= status < 600 else "answers of no status"
        if record.headers.get("warc-segment-number", "1") != "1":
            return "later parts of records"
        if url.lower().startswith("urn:"):
            return "notes of the archiving program"
        media = (record.media or "").partition(";")[0].strip().lower()
        if media and not _is_page(media):
            return media if len(media) <= _LONGEST_KIND and _KIND.fullmatch(media) else "others"
        if url.partition("?")[0].endswith(_ROBOTS):
            return "robots.txt"
        if record.type == "conversion" and named(url) in self._given:
            return "conversions of pages"
        if self.listed is not None and not self._is_listed(url):
            return "answers that are not in the list of pages"
        return None

    def _redirect(self, url: str, status: int, location: str | None) -> None:
        if not location:
            return
        try:
            target = urljoin(url, location.strip())
        except ValueError:
            return
        if target != url and len(target) <= _LONGEST_ADDRESS:
            self._redirects[target] = (url, status)
            self._redirects.move_to_end(target)
            if len(self._redirects) > _MOST_REDIRECTS:
                self._redirects.popitem(last=False)

    def _hops(self, url: str) -> tuple[Hop, ...]:
        """The addresses that led to one, the first first."""
        hops: list[Hop] = []
        while (before := self._redirects.get(url)) is not None and len(hops) < _MOST_HOPS:
            url, status = before
            if any(hop.url == url for hop in hops):
                break
            hops.append(Hop(url, status))
        return tuple(reversed(hops))

    def _is_listed(self, url: str) -> bool:
        assert self.listed is not None
        return named(url) in self.listed or any(named(hop.url) in self.listed for hop in self._hops(url))

    def _page(self, record: Record, inside: str) -> Iterator[Found]:
        url = record.url or ""
        limits = self.source.limits
        told = f"{inside}!{url}"
        try:
            if record.length > limits.bytes:
                raise over("bytes", limits.bytes, "the page")
            raw = record.payload(limits.bytes)
            if len(raw) < record.length or "content-length" not in record.headers:
                raise IntakeError("the archive breaks off in this page", BROKEN)
            joined = unchunked(raw) if "chunked" in (record.field("transfer-encoding") or "").lower() else raw
            data = unpacked(joined, record.field("content-encoding") or "", limits.bytes)
        except IntakeError as error:
            self.pages += 1
            yield Failure(told, None, error.error, error.mend)
            return
        if not record.media and not _looks_like_page(data):
            self._pass("answers of no kind")
            return
        if not data.strip():
            self._pass("empty answers")
            return
        self.pages += 1
        digest = record.headers.get("warc-payload-digest")
        if record.type != "response":
            digest = digest or record.headers.get("warc-block-digest")
        differs = matches(digest, raw, joined, data) is False
        if differs:
            self._differing += 1
            self._differ += [url] if len(self._differ) < _SHOWN_ADDRESSES else []
        retrieval = self._retrieval(record, url, differs)
        time = retrieval.time
        yield from self.source.within(
            data,
            name=url if inside == self.source.path else f"{inside.removeprefix(self.source.path)[1:]}!{url}",
            id=self._id(url, time),
            retrieval=retrieval,
            media=record.media,
            url=url,
            retrieved=time,
        )

    def _retrieval(self, record: Record, url: str, differs: bool) -> Retrieval:
        hops = self._hops(url)
        method = f"WARC {record.type}"
        return Retrieval(
            method=f"{method} that is not as its digest says" if differs else method,
            url=hops[0].url if hops else url,
            final=url if hops else None,
            time=_time(record.headers.get("warc-date")),
            status=record.status,
            hops=hops,
            headers=record.fields,
            address=record.headers.get("warc-ip-address"),
            within=self.source.path,
        )

    def _id(self, url: str, time: str | None) -> str:
        """What a report is called: its address; where that was taken, with its time, and then with a number."""
        before = self._given.get(named(url), 0)
        self._given[named(url)] = before + 1
        if not before:
            return url
        id = f"{url} {time or before + 1}"
        if named(id) in self._given:
            id = f"{id} {before + 1}"
        self._given[named(id)] = 1
        return id


def named(url: str) -> int:
    """A short number for an address, without its fragment: many are kept while an archive is read."""
    return int.from_bytes(blake2b(url.partition("#")[0].encode("utf-8", "replace"), digest_size=8).digest())


def _inside(path: str, name: str) -> str:
    return f"{path}!{name}" if name else path


def _is_page(media: str) -> bool:
    """Whether an installed reader reads what has this media type, and it is of a kind that is published as a page."""
    ending = ending_of(media)
    return ending in _PAGES and ending in readers().endings


_PAGES = (".html", ".txt", ".pdf", ".docx")


def _looks_like_page(data: bytes) -> bool:
    head = data[:8192]
    return bool(head.strip()) and (readers().by_name["html"].sniff(head) or beginning(head).startswith(b"%pdf"))


def _time(told: str | None) -> str | None:
    try:
        return None if told is None else check_published(told, "retrieval time")
    except IntakeError:
        return None


WARC: Reader = _Warc()
