"""Pages that a browser saved with all that belongs to them in one MIME file (MHTML)."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import UTC
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any

from dateline.errors import IntakeError
from dateline.intake.limits import Limits
from dateline.intake.reader import Found, Reader, Source
from dateline.intake.retrieval import Retrieval

_FIELD = re.compile(rb"[!-9;-~]{1,80}:[ \t]")
_RELATED = re.compile(rb"^content-type:[ \t]*multipart/related\b", re.I | re.M)
_SAVED = re.compile(rb"^(?:snapshot-content-location|from:[ \t]*(?:\"?<?saved by|=\?[^?]*\?))", re.I | re.M)
_PAGE = re.compile(rb"^content-location:[ \t]*\S", re.I | re.M)
_PAGES = ("text/html", "application/xhtml+xml")
_AGAIN = "save the page again, or as HTML"


class _Mhtml:
    """A page in a MIME file; its pictures and frames are left alone."""

    form = "MHTML"
    endings = (".mhtml", ".mht")

    def sniff(self, head: bytes) -> bool:
        """Whether it begins as a mail of related parts that a browser wrote."""
        if _FIELD.match(head) is None or _RELATED.search(head) is None:
            return False
        return _SAVED.search(head) is not None or _PAGE.search(head) is not None

    def read(self, source: Source) -> Iterator[Found]:
        """One report, the page."""
        from dateline.intake.bounded.worker import WORKER

        found = WORKER.parse("saved page", source.data(), source.limits)
        url, time = found["url"], found["time"]
        yield from source.within(
            base64.b64decode(found["data"]),
            name="page.html",
            id=source.id,
            retrieval=Retrieval("saved as MHTML", url=url, time=time, within=source.path),
            media=found["media"],
            url=url,
            retrieved=time,
        )


MHTML: Reader = _Mhtml()


def parse_saved(data: bytes, limits: Limits, about: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """The page of a file as ``data`` (base 64), ``url``, ``time`` (ISO 8601 in UTC) and ``media``; null: not told.

    It runs in the bounded process. Raises :class:`IntakeError` for what holds no page, is nested too deep, or breaks
    off in the page.
    """
    try:
        message = message_from_bytes(data)
        page = _root(message)
        if page is None:
            raise IntakeError("it holds no page: no part of it is text/html", _AGAIN)
        if _cut(message, page):
            raise IntakeError("it breaks off in the page", _AGAIN)
        payload = page.get_payload(decode=True)
    except IntakeError:
        raise
    except RecursionError as error:
        raise IntakeError("its parts lie too deep in one another", _AGAIN) from error
    except (MessageError, LookupError, TypeError, ValueError) as error:
        raise IntakeError(f"its parts cannot be told apart ({error})", _AGAIN) from error
    if not isinstance(payload, bytes):
        raise IntakeError("its page cannot be unpacked", _AGAIN)
    charset = page.get_content_charset()
    return {
        "data": base64.b64encode(payload).decode("ascii"),
        "url": _address(page.get("Content-Location")) or _address(message.get("Snapshot-Content-Location")),
        "time": _time(message.get("Date")),
        "media": f"text/html; charset={charset}" if charset else "text/html",
    }


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold something, in their order."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list):
            waiting += [one for one in reversed(inner) if isinstance(one, Message)]
        else:
            yield part


def _root(message: Message) -> Message | None:
    """The part that the file names as its beginning, else the first that is a page: others are frames in it."""
    pages = [part for part in _parts(message) if part.get_content_type() in _PAGES]
    start = message.get_param("start")
    if isinstance(start, str):
        pages = [part for part in pages if str(part.get("Content-ID", "")).strip() == start.strip()] or pages
    return pages[0] if pages else None


def _cut(message: Message, page: Message) -> bool:
    """Whether the file ends before the page does."""
    parts = list(_parts(message))
    missing = any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects)
    return missing and parts[-1] is page


def _address(value: object) -> str | None:
    told = "".join(str(value or "").split())
    return told if told.startswith(("http://", "https://", "file://", "ftp://")) else None


def _time(value: object) -> str | None:
    try:
        time = parsedate_to_datetime(str(value))
        return (time.replace(tzinfo=time.tzinfo or UTC)).astimezone(UTC).isoformat(timespec="seconds")
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
