"""What unpacking may cost: a small file that unpacks to a huge one is refused before it has."""

from __future__ import annotations

import gzip
import io
from dataclasses import dataclass
from typing import IO, Any

from dateline.errors import IntakeError

FREE = 100_000_000
"""Bytes that any file may unpack to."""

RATIO = 200
"""How many bytes a byte may unpack to above that; pages come to ten, tables of figures to thirty."""


class Counted(io.RawIOBase):
    """A stream that counts the bytes that were read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on."""
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class Unpacked(io.RawIOBase):
    """What a packed stream unpacks to, up to where it is damaged, and then what was raised there, each time.

    Raises :class:`IntakeError` where it is too much for the bytes that were read of ``packed``, or for the ``room``
    that the file has in which it lies.
    """

    def __init__(self, stream: Any, packed: Counted, room: Room | None) -> None:
        self._stream = stream
        self._packed = packed
        self._room = room
        self._count = 0
        self._fault: Exception | None = None

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on."""
        if self._fault is not None:
            raise self._fault
        try:
            # Not read(), which loses what came before the damage.
            data = self._stream.read1(len(buffer))
            self._count += len(data)
            if self._count > most(self._packed.count):
                raise too_much("the file")
            if self._room is not None:
                self._room.take(len(data))
        except Exception as error:
            self._fault = error
            raise
        buffer[: len(data)] = data
        return len(data)


@dataclass
class Room:
    """How many bytes a file may still unpack to, with all files that lie in it."""

    left: int

    def take(self, size: int) -> None:
        """So many bytes were unpacked. Raises :class:`IntakeError` where there is no room for them."""
        self.left -= size
        if self.left < 0:
            raise too_much("the archive")


def most(packed: int) -> int:
    """How much so many packed bytes may unpack to."""
    return FREE + RATIO * packed


def too_much(what: str) -> IntakeError:
    """The error for what was made to unpack to more than anybody has room for."""
    return IntakeError(
        f"{what} unpacks to more than {RATIO} times its bytes and {FREE:,} more",
        "unpack it yourself if you trust it, and give what is in it",
    )


def gunzipped(stream: IO[bytes], room: Room | None = None) -> Unpacked:
    """The bytes of a gzip file of any number of members, as they are read."""
    packed = Counted(stream)
    return Unpacked(gzip.GzipFile(fileobj=io.BufferedReader(packed, 1 << 16)), packed, room)
