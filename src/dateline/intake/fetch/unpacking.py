"""What servers pack (gzip, deflate), unpacked piece by piece, so that what grows without end is seen to in time."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from dateline.intake.fetch.error import AGAIN, BY_HAND, FetchError

ACCEPTED = "gzip, deflate"
"""What we say that we unpack."""

PIECE = 1 << 18
"""Bytes that are unpacked at once."""

_GZIP = b"\x1f\x8b"


class Unpacker:
    """Unpacks the body of an answer by its header ``content-encoding``. Raises :class:`FetchError` for another one."""

    def __init__(self, encoding: str | None) -> None:
        names = [name for part in (encoding or "").lower().split(",") if (name := part.strip()) not in ("", "identity")]
        self._zlib = None
        self._begun = False
        self._left = b""
        if len(names) > 1:
            raise FetchError(f"it is packed {len(names)} times over ({', '.join(names)})", BY_HAND)
        for name in names:
            if name.removeprefix("x-") == "gzip":
                self._zlib = zlib.decompressobj(zlib.MAX_WBITS | 16)
            elif name == "deflate":
                self._zlib = zlib.decompressobj()
            else:
                raise FetchError(f"it is packed by {name[:40]!r}, which was not asked for", BY_HAND)
        self._is_gzip = names != ["deflate"]

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What more bytes unpack to, in pieces of bounded size."""
        if self._zlib is None:
            yield data
            return
        try:
            while data:
                try:
                    piece = self._zlib.decompress(data, PIECE)
                except zlib.error:
                    if self._begun or self._is_gzip:
                        raise
                    # Some servers call deflate what lacks its first two bytes.
                    self._zlib = zlib.decompressobj(-zlib.MAX_WBITS)
                    piece = self._zlib.decompress(data, PIECE)
                self._begun = True
                if piece:
                    yield piece
                data = self._zlib.unconsumed_tail
                if self._zlib.eof:
                    # What is joined of several parts goes on; anything else after the end is padding.
                    data = self._zlib.unused_data if self._is_gzip else b""
                    if not data.startswith(_GZIP):
                        return
                    self._zlib = zlib.decompressobj(zlib.MAX_WBITS | 16)
        except zlib.error as error:
            raise FetchError(f"its packed bytes are damaged ({error})", AGAIN) from error

    def end(self) -> None:
        """Raise FetchError where the packed bytes broke off."""
        if self._zlib is not None and not self._zlib.eof:
            raise FetchError("it broke off before its end", AGAIN)
