"""Plain text to a report. The text stays exactly as it was given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.errors import IntakeError
from dateline.intake.encoding import charset_of, decode
from dateline.intake.failure import Failure
from dateline.intake.html.blocks import find_blocks
from dateline.intake.language import by_paragraph, check_language
from dateline.intake.limits import DEFAULT, Limits
from dateline.intake.published import check_published
from dateline.intake.reader import Reader, Source, digest
from dateline.model import Block, Report, ReportKind, Stated

_SURROGATE = re.compile("[\ud800-\udfff]")

LONGEST_ID = 650
"""Characters of an id, which stands before every row's own: no database looks up by much longer ones."""


def read_text(
    text: str,
    *,
    id: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    title: str | None = None,
    author: str | None = None,
    language: str | None = None,
    retrieved: str | None = None,
    sha256: str | None = None,
    limits: Limits = DEFAULT,
) -> Report:
    """A report from plain text, with its blocks and, where it is not given, its language.

    ``sha256`` names the bytes that the text was read from (default: its UTF-8 bytes) and gives the default id.
    An id of more than 650 characters is cut, and ends in a hash of the whole.

    Raises :class:`IntakeError` for a text with no words, with NULs or half characters, or over the limit, and for a
    publication date that does not exist.
    """
    limits.check("characters", len(text), "the text")
    check_characters(text)
    if not any(c.isalnum() for c in text):
        raise IntakeError("the text has no words", "give the words of the report")
    return make_report(
        text,
        find_blocks(text),
        sha256=sha256 or digest(text.encode()),
        id=id,
        url=url,
        publisher=publisher,
        published=published,
        title=title,
        author=author,
        language=language,
        retrieved=retrieved,
    )


def make_report(
    text: str,
    blocks: tuple[Block, ...],
    *,
    sha256: str,
    id: str | None,
    url: str | None,
    publisher: str | None,
    published: str | None,
    title: str | None,
    author: str | None,
    language: str | None,
    retrieved: str | None,
    updated: str | None = None,
    stated: tuple[Stated, ...] = (),
    kind: ReportKind = "report",
) -> Report:
    """A report whose metadata were checked: the one place where a report is made."""
    about = {"id": id, "url": url, "publisher": publisher, "title": title, "author": author}
    for field, value in about.items():
        check_value(f"the {field}", value)
    if language is None:
        language, blocks = by_paragraph(text, blocks)
    else:
        language = check_language(language)
    return Report(
        id=short_id(id) if id else sha256[:16],
        text=text,
        blocks=blocks,
        url=url,
        publisher=publisher,
        title=title,
        author=author,
        published=None if published is None else check_published(published),
        updated=updated,
        retrieved=None if retrieved is None else check_published(retrieved, "retrieval time"),
        language=language,
        sha256=sha256,
        stated=stated,
        kind=kind,
    )


def short_id(id: str) -> str:
    """The id itself, or of one that is too long (some addresses are) its beginning and a hash of the whole."""
    return id if len(id) <= LONGEST_ID else f"{id[: LONGEST_ID - 17]}~{digest(id.encode())[:16]}"


def check_characters(text: str) -> None:
    """Raise IntakeError for characters that no text holds and that no file could keep."""
    at = text.find("\0")
    if at >= 0:
        raise IntakeError(
            f"the text holds a NUL at character {at}",
            "remove the NULs, or, if the file is UTF-16, save it as UTF-8",
        )
    if not text.isascii() and (match := _SURROGATE.search(text)):
        raise IntakeError(
            f"the text holds half a character (a lone surrogate) at character {match.start()}",
            "write characters beyond U+FFFF as pairs or as UTF-8",
        )


def check_value(what: str, value: object) -> None:
    """Raise IntakeError where a value that goes with a text holds what no text holds; ``what`` names it."""
    if isinstance(value, str) and ("\0" in value or _SURROGATE.search(value)):
        raise IntakeError(f"{what} holds a NUL or half a character", "write it in UTF-8")


class _Text:
    """Plain text, which is what is nothing else."""

    form = "text"
    endings = (".txt", ".md")

    def sniff(self, head: bytes) -> bool:  # noqa: ARG002
        """No beginning shows it: it is what is read where no other form is seen."""
        return False

    def read(self, source: Source) -> Iterator[Report | Failure]:
        """One report, the whole file."""
        text = decode(source.data(), charset=charset_of(source.media))
        yield read_text(text, id=source.id, sha256=source.sha256, limits=source.limits, **source.meta)


TEXT: Reader = _Text()
