"""Documents to reports: their words as text, and what they say of themselves where it was meant to be read.

The day on which a file was made is no day of publication: a report of that day may have been printed years later. The
author whom a file names is who sat at the machine, and is taken only where the text names the same person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec

from dateline.errors import IntakeError
from dateline.intake.reader import Reader, Source
from dateline.intake.records.contacts import without_contacts
from dateline.intake.text import check_characters, make_report
from dateline.model import Block, BlockKind, Report, Stated

_BETWEEN = "\n\n"
_MOST_NAMED = 12
_PDF_WITHIN = 1024
"""Bytes among which a PDF says that it is one."""


def read_document(form: str, data: bytes, source: Source) -> Report:
    """The report of a document's bytes. Raises IntakeError for what cannot be read, or is over a limit."""
    from dateline.intake.bounded.worker import WORKER

    found = WORKER.parse(form, data, source.limits)
    text, blocks = _laid_out(found["parts"])
    source.limits.check("characters", len(text), "the document's text")
    check_characters(text)
    known = {field: value for field, value in source.meta.items() if value is not None}
    if found["broken"]:
        source.remark(f"these pages are damaged and not read: {_numbers(found['broken'])}")
    if found["bare"]:
        source.remark(f"these pages have no text layer, and what they show is not read: {_numbers(found['bare'])}")
    if (made := found["made"]) and "published" not in known and source.new([f"{form} made"]):
        source.remark(
            f"a document says when its file was made (this one: {made}), which is not read as its day of publication; "
            f"where it is, give it: --published {made}"
        )
    own = {"title": without_contacts(found["title"]), "author": _byline(found["author"], text)}
    return make_report(
        text,
        blocks,
        sha256=source.sha256,
        id=source.id,
        url=known.get("url"),
        publisher=known.get("publisher"),
        published=known.get("published"),
        title=known.get("title") or own["title"],
        author=known.get("author") or own["author"],
        stated=tuple(
            Stated(field, f"the {form}'s own metadata", value)
            for field, value in own.items()
            if value and field not in known
        ),
        language=known.get("language"),
        retrieved=known.get("retrieved"),
    )


def _numbers(pages: Sequence[int]) -> str:
    more = f" and {len(pages) - _MOST_NAMED} more" if len(pages) > _MOST_NAMED else ""
    return ", ".join(map(str, pages[:_MOST_NAMED])) + more


def _byline(author: str | None, text: str) -> str | None:
    """Whom the file names as its author, where the text names the same person."""
    named = without_contacts(author)
    return named if named and len(named.split()) > 1 and named.casefold() in text.casefold() else None


def _laid_out(parts: Sequence[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
    blocks, words, at = [], [], 0
    for kind, given in parts:
        text = given.replace("\x02", "")
        if text.strip():
            blocks.append(Block(at, at + len(text), kind))
            words.append(text)
            at += len(text) + len(_BETWEEN)
    return _BETWEEN.join(words), tuple(blocks)


def _needs(package: str, extra: str, form: str) -> None:
    """Raise IntakeError where the library for a form is not installed."""
    if find_spec(package) is None:
        raise IntakeError(
            f"this is a {form}, and {package}, which reads it, is not installed",
            f"save its text as a .txt file, or write: pip install 'dateline[{extra}]'",
        )


class _Pdf:
    """A printed document."""

    form = "PDF"
    endings = (".pdf",)

    def sniff(self, head: bytes) -> bool:
        """Whether it says among its first bytes that it is one."""
        return head.startswith(b"%PDF") or (b"%PDF-" in head[:_PDF_WITHIN] and b"\0" not in head[:4])

    def read(self, source: Source) -> Iterator[Report]:
        """One report, all pages."""
        data = source.data()
        if b"%PDF" not in data[:_PDF_WITHIN]:
            raise IntakeError("this is no PDF", "get it again; a page that was saved under this name ends in .html")
        _needs("pypdfium2", "pdf", "PDF")
        yield read_document("PDF", data, source)


class _Docx:
    """A document of a word processor."""

    form = "DOCX"
    endings = (".docx", ".docm")

    def sniff(self, head: bytes) -> bool:
        """Whether it is a zip archive that holds one."""
        return head.startswith(b"PK\x03\x04") and b"word/" in head

    def read(self, source: Source) -> Iterator[Report]:
        """One report, the body of the document."""
        data = source.data()
        if not data.startswith(b"PK\x03\x04"):
            raise IntakeError("this is no DOCX document", "save it anew as DOCX, or its text as a .txt file")
        _needs("docx", "docx", "DOCX document")
        yield read_document("DOCX", data, source)


PDF: Reader = _Pdf()
DOCX: Reader = _Docx()
