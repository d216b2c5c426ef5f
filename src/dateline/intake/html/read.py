"""An HTML page to a report: the text is the article's parts, one paragraph below the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.errors import IntakeError
from dateline.intake.encoding import decode
from dateline.intake.failure import Failure
from dateline.intake.html.page import Page
from dateline.intake.limits import DEFAULT, Limits
from dateline.intake.published import check_published
from dateline.intake.reader import Reader, Source, beginning, digest
from dateline.intake.text import make_report
from dateline.model import Block, Report, Stated

_BETWEEN = "\n\n"
_STARTS = (
    *(b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<!--", b"<meta", b"<div", b"<p>", b"<article"),
)


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
    limits: Limits = DEFAULT,
) -> Report:
    """A report from the bytes of an HTML page, parsed in a bounded process of its own.

    What the caller gives (url, publisher, published, ...) goes before what the page says of itself. ``sha256`` names
    the bytes as given. The title is in :attr:`Report.title`, not in the text; captions, share buttons and notices are
    left out by the parser or kept as blocks that are never coded. Raises :class:`IntakeError` for a page without an
    article, over a limit, or in an unreadable encoding.
    """
    from dateline.intake.bounded.worker import WORKER

    limits.check("bytes", len(data), "the page")
    if not data.strip():
        raise IntakeError("the page is empty", "save it again once it has loaded")
    page = _page(WORKER.parse("page", decode(data, "the page").encode("utf-8", "replace"), limits, url=url))
    text, blocks = lay_out(page)
    limits.check("characters", len(text), "the article's text")
    given = {"publisher": publisher, "published": published, "title": title, "author": author}
    report = make_report(
        text,
        blocks,
        sha256=digest(data),
        id=id,
        url=url or page.url,
        publisher=publisher or page.publisher,
        published=published or _possible(page.published),
        updated=_possible(page.updated),
        title=title or page.title,
        author=author or page.author,
        language=language,
        retrieved=retrieved,
        stated=tuple(one for one in page.stated if not given.get(one.field)),
    )
    if report.language is None and page.language is not None:
        from dataclasses import replace

        # The words go first: many pages keep the language of the template they were made from.
        report = replace(report, language=page.language)
    return report


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
        """One report, the page's article."""
        yield read_html(source.data(), id=source.id, limits=source.limits, **source.meta)


HTML: Reader = _Html()
