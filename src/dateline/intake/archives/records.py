"""The records of a web archive, one after the other as they stream by, and those that hold an answer with a page."""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from dateline.errors import IntakeError
from dateline.intake.archives.library import guarded, library

_LONGEST_HEADER = 1 << 18
_TAIL = 1 << 20
"""Bytes behind the place of reading that are kept, to find the next record after a broken one."""

_MARK = b"\nWARC/1."
_ANSWERS = re.compile("response|revisit")
_MOST_BROKEN = 100
"""How many broken places an archive may have: beyond that its bytes are no archive's."""

BROKEN = "get the archive again, or mend it with: warcio recompress"


@dataclass(frozen=True, slots=True)
class Record:
    """A record whose payload was not read yet. ``headers`` and ``fields`` (of the answer) have names in small letters.

    ``length`` is how long the payload says it is.
    """

    type: str
    headers: dict[str, str]
    status: int | None
    fields: tuple[tuple[str, str], ...]
    length: int
    raw: Any

    @property
    def url(self) -> str | None:
        """Where it was."""
        return (self.headers.get("warc-target-uri") or "").strip("<> ") or None

    @property
    def media(self) -> str | None:
        """The media type of the payload, with its parameters, as the server or the archive says it."""
        return self.field("content-type") if self.status is not None else self.headers.get("content-type")

    def field(self, name: str) -> str | None:
        """The first field of that name in the answer's header."""
        return next((value for known, value in self.fields if known == name), None)

    def payload(self, limit: int) -> bytes:
        """Up to so many bytes of the payload and one more, that it is seen to be over. Raises IntakeError."""
        pieces: list[bytes] = []
        left = limit + 1
        with guarded("the record"):
            while left > 0 and (piece := self.raw.reader.read(min(left, 1 << 20))):
                pieces.append(piece)
                left -= len(piece)
        return b"".join(pieces)


def records(stream: IO[bytes]) -> Iterator[Record | IntakeError]:
    """The records of an uncompressed archive; where one is broken, an error in its place, and those after it.

    A record can be read until the next is asked for. Raises :class:`IntakeError` where nothing more can be read.
    """
    warc = library()
    place = _Place(stream)
    told = False
    for _ in range(_MOST_BROKEN):
        began = end = place.at
        try:
            with guarded("the archive"):
                found = iter(
                    warc.ArchiveIterator(
                        place, parse_http=False, stream_detect=False, max_header_len=_LONGEST_HEADER, fsspec_args=False
                    )
                )
            while place.fault is None:  # else who read the payload has told of it
                with guarded("the archive"):
                    raw = next(found, None)
                    if raw is None:
                        return
                    # What is behind the record's beginning and length is surely its end, where the next may begin.
                    end = raw.stream_pos + raw.content_length
                    record = _record(raw)
                yield record
                told = False
            return
        except IntakeError as error:
            if place.fault is not None:
                raise place.fault from error
            if not told:
                told = True
                yield IntakeError(f"a record is broken: {error.error}", BROKEN)
        # Where not one record was read, the broken one is where reading began.
        if not place.find(end if end > began else began + 1):
            return
    raise IntakeError(f"it is broken in more than {_MOST_BROKEN} places", BROKEN)


def _record(raw: Any) -> Record:
    headers = {name.lower(): value for name, value in raw.headers}
    status: int | None = None
    fields: tuple[tuple[str, str], ...] = ()
    kind = headers.get("warc-type", "").strip().lower()
    if _ANSWERS.fullmatch(kind) and raw.is_http and headers.get("warc-target-uri", "").lower()[:4] != "dns:":
        status, fields = _answer(raw)
    return Record(kind, headers, status, fields, raw.content_length, raw)


def _answer(raw: Any) -> tuple[int | None, tuple[tuple[str, str], ...]]:
    """The status and the fields of an answer's header; no status where the header is none."""
    try:
        with guarded("the answer"):
            raw.parse_http(max_header_len=_LONGEST_HEADER)
            if raw.http_headers is None:
                return None, ()
            fields = tuple((name.lower(), value) for name, value in raw.http_headers)
            return raw.http_headers.status_code or 0, fields
    except IntakeError:
        return None, ()


class _Place:
    """A stream as the library reads it, which only goes forward and remembers what it gave last."""

    def __init__(self, stream: IO[bytes]) -> None:
        # Not read(), which loses what came before a damage; what has only that gives it whole.
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self._ahead = b""
        self._tail: deque[bytes] = deque()
        self._kept = 0
        self.at = 0
        self.fault: IntakeError | None = None
        """What the stream itself raised: it is no record's."""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most 64 KB."""
        size = 1 << 16 if size < 0 else min(size, 1 << 16)
        if self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
        else:
            try:
                data = self._read(size)
            except IntakeError as error:
                self.fault = error
                raise
        self.at += len(data)
        self._tail.append(data)
        self._kept += len(data)
        while self._kept - len(self._tail[0]) > _TAIL:
            self._kept -= len(self._tail.popleft())
        return data

    def tell(self) -> int:
        """How far it was read."""
        return self.at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Where it is, which is all that is asked of it."""
        if (offset, whence) not in ((0, io.SEEK_CUR), (self.at, io.SEEK_SET)):
            raise io.UnsupportedOperation("seek")
        return self.at

    def find(self, start: int) -> bool:
        """Go to where the next record begins at ``start`` or after it. False where there is none."""
        tail = b"".join(self._tail)
        behind = min(self.at - start, len(tail))
        data = (tail[len(tail) - behind :] if behind > 0 else b"") + self._ahead
        self.at -= max(behind, 0)
        self._ahead = b""
        self._tail.clear()
        self._kept = 0
        while (found := data.find(_MARK)) < 0:
            kept = data[-len(_MARK) :]
            self.at += len(data) - len(kept)
            more = self._read(1 << 16)
            if not more:
                return False
            data = kept + more
        self.at += found + 1
        self._ahead = data[found + 1 :]
        return True
