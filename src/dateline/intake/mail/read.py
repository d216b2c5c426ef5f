"""Mails to reports: the subject is the title, who sent it the publisher, the day of sending that of publication."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dateline.errors import IntakeError
from dateline.intake.encoding import decode
from dateline.intake.html.read import read_html
from dateline.intake.mail.box import is_mailbox, read_mailbox
from dateline.intake.mail.layout import blocks_of, digested
from dateline.intake.reader import Found, Reader, Source
from dateline.intake.registry import ending_of
from dateline.intake.retrieval import Retrieval
from dateline.intake.text import check_characters, make_report
from dateline.model import Report, Stated

_HEADERS = re.compile(rb"(?:[!-9;-~]{1,80}:[^\n]*\n(?:[ \t][^\n]*\n)*)+", re.ASCII)
_OF_MAILS = re.compile(
    rb"^(?:received|return-path|delivered-to|message-id|mime-version|x-mailer|dkim-signature):", re.M
)
_NAMED = re.compile(rb"^(?:from|subject|date):", re.M)
_SAVED_PAGE = re.compile(rb"^(?:snapshot-content-location:|from:[^\n]{0,5}saved by )", re.M)
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.S | re.I)
_LONELY = 4
"""A plain text with so many times fewer words than the page beside it is only a note that there is a page."""

_DOCUMENTS = (".html", ".htm", ".xhtml", ".pdf", ".docx", ".txt", ".md", ".eml")
"""Files in a mail that are read, each as a report of its own."""

_DATED = (".pdf", ".docx", ".txt", ".md")
"""Files that say of themselves neither when nor by whom they were published: that is taken from the mail."""


class _Mail:
    """A mail, or a box of mails."""

    form = "mail"
    endings = (".eml", ".mbox", ".mbx")

    def sniff(self, head: bytes) -> bool:
        """Whether it begins with the headers of a mail, or the line that stands before each mail of a box."""
        if is_mailbox(head):
            return True
        headers = _HEADERS.match(head.replace(b"\r\n", b"\n"))
        if headers is None:
            return False
        names = headers[0].lower()
        return bool(_OF_MAILS.search(names) and _NAMED.search(names)) and not _SAVED_PAGE.search(names)

    def read(self, source: Source) -> Iterator[Found]:
        """A report a mail, and one for each document and each mail in it."""
        return read_mailbox(source) if is_mailbox(source.head()) else _read_mail(source)


MAIL: Reader = _Mail()


def _read_mail(source: Source) -> Iterator[Found]:
    from dateline.intake.bounded.worker import WORKER

    mail = WORKER.parse("mail", source.data(), source.limits)
    if mail["broken"]:
        source.remark(f"{mail['broken']} parts of the mail have no boundary and are not read")
    known = {**mail["about"], **{field: value for field, value in source.meta.items() if value is not None}}
    plain = "\n\n".join(_text(part) for part in mail["plain"])
    page = _text(mail["html"][0]) if mail["html"] else ""
    if strung := digested(plain):
        for number, section in enumerate(strung, 1):
            yield from _within(source, section.encode(), f"{number}.eml", "message/rfc822", number, {})
    elif report := _report(source, plain, page, known):
        yield replace(report, stated=_stated(mail["about"], source.meta))
    elif not mail["files"]:
        raise IntakeError("the mail holds no text", "look into the mail; what is in pictures cannot be read")
    unread = []
    for number, file in enumerate(mail["files"], len(strung) + 1):
        name, media = _name(file["name"], number), file["media"]
        if not _is_document(name, media):
            unread.append(file["name"] or media)
            continue
        about = {key: value for key, value in mail["about"].items() if key != "title"}
        about = about if name.lower().endswith(_DATED) else {}
        yield from _within(source, b64decode(file["data"]), name, media, number, about)
    if unread:
        source.remark(f"these parts of the mail are not read: {', '.join(repr(name[:60]) for name in unread[:12])}")


def _stated(about: dict[str, str | None], given: Mapping[str, str | None]) -> tuple[Stated, ...]:
    """Where a mail states what is kept of it; what the caller gave is stated nowhere."""
    return tuple(
        Stated(field, "a header of the mail", value)
        for field, value in about.items()
        if value is not None and given.get(field) is None
    )


def _within(
    source: Source, data: bytes, name: str, media: str, number: int, about: dict[str, str | None]
) -> Iterator[Found]:
    how = Retrieval("part of a mail", within=source.path)
    id = source.id and f"{source.id}-{number}"
    yield from source.within(data, name=name, id=id, retrieval=how, media=media, **about)


def _report(source: Source, plain: str, page: str, known: dict[str, Any]) -> Report | None:
    """The report of a mail's own text; None where it has none."""
    words = len(plain.split())
    if page and words * _LONELY < len(_TAG.sub(" ", page).split()):
        report = read_html(page.encode("utf-8", "replace"), id=source.id, limits=source.limits, **known)
        # Who made the page is the program that sent it, or the person who wrote the mail.
        return replace(report, author=known.get("author"), sha256=source.sha256)
    if not any(c.isalnum() for c in plain):
        return None
    source.limits.check("characters", len(plain), "the mail's text")
    check_characters(plain)
    return make_report(
        plain,
        blocks_of(plain),
        sha256=source.sha256,
        id=source.id,
        url=known.get("url"),
        publisher=known["publisher"],
        published=known["published"],
        title=known["title"],
        author=known.get("author"),
        language=known.get("language"),
        retrieved=known.get("retrieved"),
    )


def _text(part: dict[str, Any]) -> str:
    text = decode(b64decode(part["data"]), "the mail's text", part["charset"])
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _name(given: str | None, number: int) -> str:
    """The name of a file in a mail, as the last part of a path may be: some senders give whole paths."""
    bare = re.sub(r"[\x00-\x1f!]", "", (given or "").replace("\\", "/").rpartition("/")[2])[-80:].strip()
    return bare or f"part-{number}"


def _is_document(name: str, media: str) -> bool:
    return name.lower().endswith(_DOCUMENTS) or ending_of(media) in _DOCUMENTS
