"""An HTML page to a report: the text is the article's parts, one paragraph below the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from dateline.errors import IntakeError
from dateline.intake.archives.saved import saved_from
from dateline.intake.encoding import charset_of, decode
from dateline.intake.failure import Failure
from dateline.intake.html.page import Page
from dateline.intake.limits import DEFAULT, Limits
from dateline.intake.published import check_published
from dateline.intake.reader import Reader, Source, beginning, digest
from dateline.intake.text import make_report
from dateline.model import Block, Report, Stated

_BETWEEN = "\n\n"
_STARTS = (*(b"<!doctype html", b"<html", b"<head", b"<body", b"<!--", b"<meta", b"<div", b"<p>", b"<article"),)


class Given(NamedTuple):
    """What a caller knows of a page; it goes before what the page says."""

    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    title: str | None = None
    author: str | None = None


def read_html(
    data: bytes,
    *,
    id: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    title: str | None = None,
    author: str | None = None,
    language: str | None = None,
    retrieved: str | None = None,
    media: str | None = None,
    limits: Limits = DEFAULT,
) -> Report:
    """A report from the bytes of an HTML page, parsed in a bounded process of its own.

    What the caller gives (url, publisher, published, ...) goes before what the page says of itself, and ``media``, the
    type that came with it, before the encoding that it declares. ``sha256`` names the bytes as given. The title is in
    :attr:`Report.title`, not in the text; captions, share buttons and notices are left out by the parser or kept as
    blocks that are never coded. Raises :class:`IntakeError` for a page without an article, over a limit, or in an
    unreadable encoding.
    """
    given = Given(url, publisher, published, title, author)
    [report] = _reports(data, id, given, language, retrieved, media, limits, apart=False)
    return report


def _reports(
    data: bytes,
    id: str | None,
    given: Given,
    language: str | None,
    retrieved: str | None,
    media: str | None,
    limits: Limits,
    *,
    apart: bool,
) -> list[Report]:
    """The reports of a page: one, or, where they are to be taken ``apart``, one for each that it holds."""
    from dateline.intake.bounded.worker import WORKER

    limits.check("bytes", len(data), "the page")
    if not data.strip():
        raise IntakeError("the page is empty", "save it again once it has loaded")
    html = decode(data, "the page", charset_of(media)).encode("utf-8", "replace")
    found = WORKER.parse("page", html, limits, url=given.url, apart=apart)["pages"]
    sha256 = digest(data)
    reports = []
    for number, page in enumerate(map(_page, found)):
        text, blocks = lay_out(page)
        limits.check("characters", len(text), "the article's text")
        # Of several, each has its own title and time; all else that is given holds of each.
        one_of_several = len(found) > 1 and page.kind != "report"
        own = given._replace(url=page.url, published=None, title=None) if one_of_several else given
        report = make_report(
            text,
            blocks,
            sha256=sha256,
            id=id if number == 0 else f"{id or sha256[:16]}#{number}",
            url=own.url or page.url,
            publisher=own.publisher or page.publisher,
            published=own.published or _possible(page.published) or given.published,
            updated=_possible(page.updated),
            title=own.title or page.title,
            author=own.author or page.author,
            language=language,
            retrieved=retrieved,
            stated=tuple(one for one in page.stated if not getattr(own, one.field, None)),
            kind=page.kind,
        )
        # The words go first: many pages keep the language of the template they were made from.
        reports.append(replace(report, language=report.language or page.language))
    return reports


def _page(found: dict[str, Any]) -> Page:
    parts, stated = found.pop("parts"), found.pop("stated")
    return Page(
        **found, parts=tuple((kind, words) for kind, words in parts), stated=tuple(Stated(**one) for one in stated)
    )


def lay_out(page: Page) -> tuple[str, tuple[Block, ...]]:
    """The text of a page's parts, with a blank line between two, and the block of each."""
    blocks = []
    at = 0
    for kind, words in page.parts:
        blocks.append(Block(at, at + len(words), kind))
        at += len(words) + len(_BETWEEN)
    return _BETWEEN.join(words for _, words in page.parts), tuple(blocks)


def _possible(published: str | None) -> str | None:
    """A page's own date, or None where it names no day: a template's nonsense is not the reader's mistake."""
    try:
        return None if published is None else check_published(published)
    except IntakeError:
        return None


class _Html:
    """A page."""

    form = "HTML"
    endings = (".html", ".htm", ".xhtml")

    def sniff(self, head: bytes) -> bool:
        """Whether it begins as pages do."""
        start = beginning(head)
        return start.startswith(_STARTS) or (start.startswith(b"<") and b"<html" in start)

    def read(self, source: Source) -> Iterator[Report | Failure]:
        """One report, the page's article, or one for each post of a live blog and each story of several."""
        data = source.data()
        url, saved = saved_from(data)
        meta = {"url": url, "retrieved": saved} if url else {}
        meta |= {name: value for name, value in source.meta.items() if value is not None}
        language, retrieved = meta.pop("language", None), meta.pop("retrieved", None)
        given = Given(**{field: meta.get(field) for field in Given._fields})
        found = _reports(data, source.id, given, language, retrieved, source.media, source.limits, apart=True)
        if found[0].kind == "teasers":
            source.remark("this is a page of teasers: give the reports that it points to, which tell more")
        yield from found


HTML: Reader = _Html()
