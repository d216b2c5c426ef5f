"""Web archives in a zip (WACZ): the pages of the WARC files in it, those on its list of pages where there is one."""

from __future__ import annotations

import hashlib
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, cast

from dateline.errors import IntakeError
from dateline.intake.archives.bounds import gunzipped, too_much
from dateline.intake.archives.warc import Crawl, named
from dateline.intake.archives.zips import STARTS, Member, Stream, opened
from dateline.intake.failure import Failure
from dateline.intake.limits import over
from dateline.intake.reader import Found, Reader, Source

_WARCS = (".warc", ".warc.gz")
_PACKAGE = "datapackage.json"
_PACKAGE_DIGEST = "datapackage-digest.json"
_MOST_LISTED = 2_000_000
_PIECE = 1 << 16


class _Wacz:
    """A web archive with its indexes."""

    form = "WACZ"
    endings = (".wacz",)

    def sniff(self, head: bytes) -> bool:
        """Whether it is a zip archive that begins with what a web archive holds."""
        return head.startswith(STARTS) and any(name in head for name in _PARTS)

    def read(self, source: Source) -> Iterator[Found]:
        """A report a page."""
        with opened(source) as members:
            package = _Package.of(members, source)
            listed = _listed(members, source, package)
            warcs = [member for member in members if member.name.lower().endswith(_WARCS)]
            if not warcs:
                raise IntakeError("it holds no WARC file", "look into the archive, or pack it anew")
            crawl = Crawl(source, listed)
            for member in warcs:
                yield from _read(member, crawl, package)
                if source.room is not None and source.room.left < 0:
                    raise too_much("the archive")
            crawl.close()


_PARTS = (b"archive/", b"pages/pages.jsonl", b"datapackage.json")


def _read(member: Member, crawl: Crawl, package: _Package) -> Iterator[Found]:
    try:
        with member.open() as stream:
            whole = _Hashed(stream)
            raw = io.BufferedReader(whole, _PIECE)
            start = raw.peek(2)[:2]
            unpacked = gunzipped(cast(IO[bytes], raw), crawl.source.room) if start == b"\x1f\x8b" else raw
            yield from crawl.read(cast(IO[bytes], _Faults(unpacked, member.name)), member.name)
            while raw.read(_PIECE):
                pass
        package.compare(member.name, whole.digest.hexdigest())
    except IntakeError as error:
        yield Failure(f"{crawl.source.path}!{member.name}", None, error.error, error.mend)


class _Hashed(io.RawIOBase):
    """A stream that makes the digest of what is read of it."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        self.digest.update(data)
        buffer[: len(data)] = data
        return len(data)


class _Faults:
    """A stream whose damage is told as :class:`IntakeError`."""

    def __init__(self, stream: Any, name: str) -> None:
        self._stream = stream
        self._name = name

    def read(self, size: int) -> bytes:
        try:
            # A raw stream reads once; a buffered one would go on until it has all, and lose it where that fails.
            once = self._stream.read if isinstance(self._stream, io.RawIOBase) else self._stream.read1
            data: bytes = once(size)
        except (EOFError, OSError, ValueError, zlib.error) as error:
            if isinstance(error, IntakeError):
                raise
            raise IntakeError(f"its gzip data are damaged ({error})", "get the archive again") from error
        return data


@dataclass(frozen=True, slots=True)
class _Package:
    """What an archive says of its own files: their SHA-256, by name."""

    source: Source
    digests: dict[str, str]

    @classmethod
    def of(cls, members: list[Member], source: Source) -> _Package:
        """What stands in ``datapackage.json``, checked against its own digest where that is there."""
        data = _small(_PACKAGE, members, source)
        told = _object(_small(_PACKAGE_DIGEST, members, source)).get("hash")
        made = cls(source, {_PACKAGE: told} if isinstance(told, str) and data is not None else {})
        if data is not None:
            made.compare(_PACKAGE, hashlib.sha256(data).hexdigest())
        resources = _object(data).get("resources")
        for resource in resources if isinstance(resources, list) else ():
            match resource:
                case {"path": str(path), "hash": str(hash)}:
                    made.digests[path] = hash
        return made

    def compare(self, name: str, digest: str) -> None:
        """Say where a file is not as the archive says that it was."""
        kind, _, value = self.digests.get(name, "").rpartition(":")
        if value and kind in ("sha256", "") and value.lower() != digest:
            self.source.remark(f"{name} in it is not as the archive says that it was made: its SHA-256 differs")


def _small(name: str, members: list[Member], source: Source) -> bytes | None:
    """A file of the archive's own, whole; None where there is none that can be read."""
    for member in members:
        if member.name == name:
            try:
                return member.data(source.limits)
            except IntakeError as error:
                source.remark(f"{name} in it cannot be read: {error.error}")
    return None


def _object(data: bytes | None) -> dict[str, Any]:
    try:
        value = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _listed(members: list[Member], source: Source, package: _Package) -> frozenset[int] | None:
    """The addresses on the archive's lists of pages, as numbers; None where there is no list, or it names none."""
    listed: set[int] = set()
    for member in members:
        if not (member.name.startswith("pages/") and member.name.endswith(".jsonl")):
            continue
        try:
            with member.open() as stream:
                whole = _Hashed(stream)
                for line in _lines(io.BufferedReader(whole, _PIECE), source.limits.bytes):
                    if isinstance(url := _object(line).get("url"), str):
                        listed.add(named(url))
                    if len(listed) > _MOST_LISTED:
                        raise IntakeError(f"it names more than {_MOST_LISTED:,} pages", "split the archive")
            package.compare(member.name, whole.digest.hexdigest())
        except IntakeError as error:
            source.remark(f"its list {member.name} cannot be read, and every page in it is read: {error.error}")
            return None
    return frozenset(listed) or None


def _lines(stream: io.BufferedReader, limit: int) -> Iterator[bytes]:
    while line := stream.readline(limit + 1):
        if len(line) > limit:
            raise over("bytes", limit, "a line of it")
        yield line


WACZ: Reader = _Wacz()
