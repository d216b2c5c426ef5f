"""The JSON of Bellingcat's auto-archiver: what it has archived, with the text of the post or page where it has one.

Only the keys that are named here are read: no accounts, names or media of people are carried.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from dateline.errors import IntakeError
from dateline.intake.failure import Failure
from dateline.intake.published import check_published
from dateline.intake.reader import Found, Link, Reader, Source, beginning, is_address
from dateline.intake.records.contacts import without_contacts
from dateline.intake.records.jsonl import parse_json
from dateline.intake.text import read_text

_MEND = "give the JSON that auto-archiver writes, with its status, metadata and media"


class _Archived:
    """One record of the archiver, a list of them, or one a line."""

    form = "auto-archiver's JSON"
    endings = (".json", ".jsonl")

    def sniff(self, head: bytes) -> bool:
        """Whether the first record has the archiver's keys, and no text of its own."""
        start = beginning(head)
        return (
            b'"text"' not in start
            and start.startswith((b"{", b"["))
            and all(key in start for key in (b'"status"', b'"metadata"', b'"url"'))
        )

    def read(self, source: Source) -> Iterator[Found]:
        """A report a record, or a link to the page where it has no text."""
        data = source.data()
        for number, record in enumerate(_records(data), 1):
            try:
                yield _read(record, source, number)
            except IntakeError as error:
                yield Failure(source.path, number, error.error, error.mend)


def _records(data: bytes) -> list[Any]:
    try:
        whole = parse_json(data)
    except IntakeError:
        lines = [line for line in data.splitlines() if line.strip()]
        if len(lines) < 2:
            raise
        return [parse_json(line) for line in lines]
    return whole if isinstance(whole, list) else [whole]


def _read(record: Any, source: Source, number: int) -> Found:
    about = record.get("metadata") if isinstance(record, dict) else None
    url = about.get("url") if isinstance(about, dict) else None
    if not isinstance(about, dict) or not isinstance(url, str) or not is_address(url):
        raise IntakeError("the record has no metadata with the address of what was archived", _MEND)
    title, text = _words(about.get("title")), _words(about.get("content"))
    said = {"title": title and without_contacts(title), "published": _time(about.get("timestamp"))}
    if text is None:
        return Link(url, said)
    meta = {**said, "retrieved": _time(about.get("_processed_at")), **source.meta}
    name = url if source.id is None or number > 1 else source.id
    return read_text(text, id=name, sha256=source.sha256, limits=source.limits, **{"url": url, **meta})


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _time(value: Any) -> str | None:
    """A time that the archiver gives in words or in seconds since 1970; None for what is neither."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC).isoformat(timespec="seconds")
        return check_published(value) if isinstance(value, str) else None
    except (IntakeError, ValueError, OverflowError, OSError):
        return None


ARCHIVED: Reader = _Archived()
