"""The bytes of an answer as a browser has them: out of their chunks and unpacked, within bounds; and their digest."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zlib
from contextlib import suppress

from dateline.errors import IntakeError
from dateline.intake.archives.library import guarded
from dateline.intake.limits import over

_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")
_DIGEST = re.compile(r"md5|sha(?:1|256|384|512)")
_MOST_CODINGS = 3
_GZIP = b"\x1f\x8b"
_ZSTANDARD = b"\x28\xb5\x2f\xfd"


def unchunked(data: bytes) -> bytes:
    """A body without the lengths of its chunks; as it is where it has none, as many archives keep it."""
    pieces = []
    at = 0
    while (head := _CHUNK.match(data, at)) is not None:
        size = int(head[1], 16)
        start, at = head.end(), head.end() + size
        pieces.append(data[start:at])
        if size == 0:
            return b"".join(pieces)
        if data[at : at + 2] not in (b"\r\n", b""):
            break  # what looked like a length is the page's own
        at += 2
    # A body that breaks off in its chunks is worth what there is of it.
    return b"".join(pieces) if pieces and at >= len(data) else data


def unpacked(data: bytes, codings: str, limit: int) -> bytes:
    """A body out of its content codings ("gzip", "br" ...), which were put on from left to right.

    A body that is not packed though it says so, as some archives keep it, is given as it is. Raises
    :class:`IntakeError` where it comes to more than ``limit`` bytes, is damaged, or is packed in another way.
    """
    named = [name.strip().lower() for name in codings.split(",") if name.strip()]
    if len(named) > _MOST_CODINGS:
        raise IntakeError(f"it is packed {len(named)} times over", "get the page again")
    for name in reversed(named):
        data = _once(data, name, limit)
        if len(data) > limit:
            raise over("bytes", limit, "the page, unpacked,")
    return data


def _gzip(data: bytes, limit: int) -> bytes:
    return _inflated(data, limit, zlib.MAX_WBITS | 16) if data.startswith(_GZIP) else data


def _deflate(data: bytes, limit: int) -> bytes:
    with suppress(IntakeError):
        return _inflated(data, limit, zlib.MAX_WBITS)
    with suppress(IntakeError):
        return _inflated(data, limit, -zlib.MAX_WBITS)
    return data


def _inflated(data: bytes, limit: int, bits: int) -> bytes:
    out = bytearray()
    try:
        while data and len(out) <= limit:
            unpacker = zlib.decompressobj(bits)
            out += unpacker.decompress(data, limit + 1 - len(out))
            data = unpacker.unused_data if unpacker.eof else b""
            if not data.startswith(_GZIP):
                break
    except zlib.error as error:
        if not out:
            raise IntakeError(f"its packed bytes are damaged ({error})", "get the page again") from error
    return bytes(out)


def _brotli(data: bytes, limit: int) -> bytes:
    from fastwarc.stream_io import BrotliReader

    try:
        with guarded("the page's packed bytes"):
            return BrotliReader(io.BytesIO(data)).read(limit + 1)
    except IntakeError:
        # Brotli has no mark to know it by: what begins as a page is one that was unpacked already.
        if data.lstrip().startswith(b"<"):
            return data
        raise


def _zstandard(data: bytes, limit: int) -> bytes:
    from fastwarc.stream_io import ZstdReader

    if not data.startswith(_ZSTANDARD):
        return data
    with guarded("the page's packed bytes"):
        return ZstdReader(io.BytesIO(data)).read(limit + 1)


def _once(data: bytes, coding: str, limit: int) -> bytes:
    """A body out of one coding."""
    match coding:
        case "identity":
            return data
        case "gzip" | "x-gzip":
            return _gzip(data, limit)
        case "deflate":
            return _deflate(data, limit)
        case "br":
            return _brotli(data, limit)
        case "zstd":
            return _zstandard(data, limit)
        case _:
            raise IntakeError(f"it is packed as {coding[:40]!r}", "get the page again, without that coding")


def matches(told: str | None, *bodies: bytes) -> bool | None:
    """Whether a digest ("sha1:GEZDGNBV...", in base 32 or hexadecimal) is that of one of some bytes.

    Several are given because tools differ in whether they take it before or after chunks are joined. None where there
    is no digest or it is of a kind that nobody knows.
    """
    name, _, value = (told or "").strip().partition(":")
    name = name.lower().replace("-", "")
    if _DIGEST.fullmatch(name) is None or not value:
        return None
    for body in dict.fromkeys(bodies):
        made = hashlib.new(name, body, usedforsecurity=False).digest()
        if value.lower().rstrip("=") in (made.hex(), base64.b32encode(made).decode().lower().rstrip("=")):
            return True
    return False
