"""A mail to its parts, in the bounded process: what it says of itself, its text, and the files that lie in it."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from typing import Any

from dateline.errors import IntakeError
from dateline.intake.limits import Limits
from dateline.intake.records.contacts import without_contacts

DEEPEST = 30
"""How deep the parts of a mail may be nested."""

MOST_PARTS = 1_000
_LONGEST = 2_000
"""Characters of a header that are read: the fields that it gives are one line of a report."""

_TELLING = re.compile(r"from|subject|date", re.I)
_SENDER = re.compile(r"\s*([^<]*)<([^<>]*)>.*", re.S)
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_POLICY = policy.default
_AGAIN = "get the mail again from the program that keeps it, or save its text as a .txt file"


@dataclass
class _Parts:
    """The parts of a mail that matter, in its order."""

    plain: list[dict[str, Any]] = field(default_factory=list)
    html: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    broken: int = 0
    number: int = 0


def parse_mail(data: bytes, limits: Limits, about: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """What a mail says and holds, as JSON carries it. Raises IntakeError for what is no mail, or is nested too deep.

    Gives ``about``: title, publisher and published, each None where the mail does not tell; ``plain`` and ``html``, its
    texts as bytes in base 64 with the encoding that is declared; ``files``, what lies in it, with name and media
    type; and how many parts are ``broken``.
    """
    try:
        message = BytesParser(policy=_POLICY).parsebytes(data)
        parts = _Parts()
        _take(message, parts, 0)
    except RecursionError as error:
        raise _too_deep() from error
    if not any(_TELLING.fullmatch(name) for name, _ in message.raw_items()):
        raise IntakeError("this is no mail: no header names a sender, a subject or a day", "save its text as .txt")
    return {
        "about": {
            "title": without_contacts(_decoded(_raw(message, "subject") or "")),
            "publisher": _publisher(message),
            "published": _published(message),
        },
        "plain": parts.plain,
        "html": parts.html,
        "files": parts.files,
        "broken": parts.broken,
    }


def _too_deep() -> IntakeError:
    return IntakeError(f"the mail nests its parts more than {DEEPEST} deep", "save its text as a .txt file")


def _take(part: Message, parts: _Parts, depth: int) -> None:
    """Put a part, and all parts in it, where they belong."""
    parts.number += 1
    if depth > DEEPEST:
        raise _too_deep()
    if parts.number > MOST_PARTS:
        raise IntakeError(f"the mail has more than {MOST_PARTS:,} parts", "save what you need of it as files")
    media = part.get_content_type()
    if part.get_content_maintype() == "multipart":
        if not part.is_multipart():
            if depth == 0:
                raise IntakeError("the parts of the mail are not marked off: their boundary is missing", _AGAIN)
            parts.broken += 1
            return
        for inner in _inner(part):
            _take(inner, parts, depth + 1)
    elif media == "message/rfc822":
        for inner in _inner(part):
            parts.files.append(_file(None, media, inner.as_bytes(policy=policy.compat32)))
    elif not part.is_multipart():
        _take_leaf(part, media, parts)


def _inner(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (inner for inner in payload if isinstance(inner, Message))


def _take_leaf(part: Message, media: str, parts: _Parts) -> None:
    name = _name(part)
    attached = part.get_content_disposition() == "attachment" or name is not None
    data = _payload(part)
    if not data.strip():
        return
    if not attached and media == "text/plain":
        parts.plain.append(_written(part, data))
    elif not attached and media == "text/html":
        parts.html.append(_written(part, data))
    else:
        parts.files.append(_file(name, media, data))


def _payload(part: Message) -> bytes:
    """The bytes of a part; of base 64 that is broken off, what can be made out."""
    if str(part.get("content-transfer-encoding", "")).strip().lower() != "base64":
        payload = part.get_payload(decode=True)
        return payload if isinstance(payload, bytes) else b""
    letters = _NO_BASE64.sub(b"", str(part.get_payload()).encode("ascii", "replace"))
    return b64decode(letters[: len(letters) - (len(letters) % 4 == 1)] + b"==")


def _name(part: Message) -> str | None:
    # What a sender calls a file is read as loosely as it is written, and only shown.
    with suppress(Exception):
        return part.get_filename()
    return None


def _written(part: Message, data: bytes) -> dict[str, Any]:
    charset = None
    with suppress(Exception):
        charset = part.get_content_charset()
    return {"data": b64encode(data).decode(), "charset": charset}


def _file(name: str | None, media: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "media": media, "data": b64encode(data).decode()}


def _raw(message: EmailMessage, name: str) -> str | None:
    """The first header of a name as it was sent, as text: what is neither ASCII nor encoded is mostly UTF-8."""
    value = next((str(value) for key, value in message.raw_items() if key.lower() == name), None)
    if value is None:
        return None
    data = value[:_LONGEST].encode("utf-8", "surrogateescape")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _decoded(value: str) -> str:
    """A header with its encoded words as they are meant."""
    with suppress(Exception):
        return str(_POLICY.header_fetch_parse("subject", value))
    return value


def _publisher(message: EmailMessage) -> str | None:
    """Who sent it: the name, else the domain of the address; never the address."""
    sender = _raw(message, "from") or ""
    # Taken apart by hand: what follows no rule is common here, and the library takes a handle for a name.
    named = _SENDER.fullmatch(sender)
    name, address = (named[1], named[2]) if named else ("", sender) if "@" in sender else (sender, "")
    return without_contacts(_decoded(name).strip("\"' ")) or without_contacts(
        address.rpartition("@")[2].strip(" <>.").lower()
    )


def _published(message: EmailMessage) -> str | None:
    with suppress(Exception):
        # The library raises errors of every kind on headers that nobody should have written.
        time = _POLICY.header_fetch_parse("date", _raw(message, "date") or "").datetime
        if isinstance(time, datetime):
            return time.isoformat(timespec="seconds")
    return None
