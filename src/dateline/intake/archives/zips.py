"""Zip archives, opened within bounds: nothing is written out by name, and nothing unpacks to more than it may."""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from dateline.errors import IntakeError
from dateline.intake.archives.bounds import Room, most, too_much
from dateline.intake.limits import Limits, over
from dateline.intake.reader import Source

STARTS = b"PK\x03\x04"

MOST_MEMBERS = 100_000
_DIRECTORY = 32_000_000
"""Bytes of an archive's own list of its members."""

_SPOOLED = 200
"""An archive in which one cannot go back and forth is put on disk first, up to so many times the limit on bytes."""

_IN_MEMORY = 16_000_000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
"""Those whose unpacking needs little memory, whatever the archive says."""

_DEEPEST = 100  # folders in one another
_ENCRYPTED = 0x1
_AGAIN = "get the archive again"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive. ``fault`` says why it cannot be read, where it cannot."""

    name: str
    size: int
    fault: IntakeError | None
    _archive: zipfile.ZipFile
    _info: zipfile.ZipInfo
    _room: Room

    def open(self) -> Stream:
        """Its bytes as they unpack. Raises :class:`IntakeError`."""
        if self.fault is not None:
            raise self.fault
        with _told(self.name):
            return Stream(self._archive.open(self._info), self.name, self._room)

    def data(self, limits: Limits) -> bytes:
        """All its bytes. Raises :class:`IntakeError`, also where they are over the limit."""
        limits.check("bytes", self.size, "the file")
        with self.open() as stream:
            return stream.read(limits.bytes)


class Stream(io.BufferedIOBase):
    """A member as it unpacks; what is wrong with it is told as :class:`IntakeError`."""

    def __init__(self, raw: IO[bytes], name: str, room: Room) -> None:
        self._raw: Any = raw
        self._name = name
        self._room = room

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Up to ``size`` bytes, or all."""
        with _told(self._name):
            return self._taken(self._raw.read(-1 if size is None else size))

    def read1(self, size: int = -1, /) -> bytes:
        """Some bytes."""
        with _told(self._name):
            return self._taken(self._raw.read1(1 << 16 if size < 0 else size))

    def _taken(self, data: bytes) -> bytes:
        self._room.take(len(data))
        return data

    def close(self) -> None:
        """Close it."""
        self._raw.close()
        super().close()


@contextmanager
def opened(source: Source) -> Iterator[list[Member]]:
    """The files of a source that is an archive, in the order of their names, without its folders.

    Raises :class:`IntakeError` for what is no whole archive, or holds more, or unpacks to more, than one may.
    """
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        file: Any = source.stream
        if not file.seekable():
            _spool(file, spool, _SPOOLED * source.limits.bytes)
            file = spool
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        # All that lies in one file has room together: archives in an archive could else unpack without end.
        room = source.room = source.room or Room(most(size))
        bounded = _Bounded(file)
        with _told("the archive"):
            archive = zipfile.ZipFile(bounded)
        bounded.most = max(size, bounded.most)
        infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
        if len(infos) > MOST_MEMBERS:
            raise IntakeError(f"the archive holds more than {MOST_MEMBERS:,} files", "split it")
        if sum(info.file_size for info in infos) > room.left:
            raise too_much("the archive")
        names: Counter[str] = Counter()
        members = []
        for info in sorted(infos, key=lambda info: info.filename):
            name = _named(info)
            names[name] += 1
            told = name if names[name] == 1 else f"{name} ({names[name]})"
            members.append(Member(told, info.file_size, _fault(info), archive, info, room))
        yield members


def _spool(stream: IO[bytes], spool: Any, most: int) -> None:
    while data := stream.read(1 << 20):
        if spool.tell() + len(data) > most:
            raise over("bytes", most // _SPOOLED, f"the archive, which may have {_SPOOLED} times that,")
        spool.write(data)


def _named(info: zipfile.ZipInfo) -> str:
    """The name of a member, which is only ever shown: with no way out of the archive."""
    parts = info.filename.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "a file without a name"


def _fault(info: zipfile.ZipInfo) -> IntakeError | None:
    if info.flag_bits & _ENCRYPTED:
        return IntakeError("it is encrypted", "unpack it with its password, and give what is in it")
    if info.filename.count("/") > _DEEPEST:
        return IntakeError(f"it lies more than {_DEEPEST} folders deep", "move it up, and pack it anew")
    if info.compress_type not in _METHODS:
        return IntakeError(
            f"it is packed by a method that is not read (number {info.compress_type})", "pack it anew as ordinary zip"
        )
    return None


class _Bounded:
    """An archive's file that is never read in one piece larger than its list of members may be."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.most = _DIRECTORY

    def read(self, size: int = -1) -> bytes:
        if size > self.most:
            raise IntakeError(f"the archive lists more than {MOST_MEMBERS:,} files", "split it")
        data: bytes = self._file.read(size)
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@contextmanager
def _told(what: str) -> Iterator[None]:
    """What the library meets in a damaged archive, as :class:`IntakeError`."""
    try:
        yield
    except IntakeError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise IntakeError(f"{what} is damaged and cannot be unpacked ({error})", _AGAIN) from error
    except (IndexError, KeyError, MemoryError, OverflowError, TypeError) as error:
        # Damaged fields of a member's header come to these.
        raise IntakeError(f"{what} is damaged ({type(error).__name__}: {error})", _AGAIN) from error
