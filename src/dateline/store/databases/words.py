"""Text as PostgreSQL takes it: every character but one, the NUL, which may stand in a report and is kept all the same.

The NUL is written as U+0001 twice, and U+0001 as itself and U+0002. So nothing is lost, and the order of texts by their
bytes, and what one begins with, stay what they are. The database's own function ``dateline_bytes`` undoes it for seals.
"""

from __future__ import annotations

from typing import Any

from psycopg import Connection
from psycopg.abc import Buffer
from psycopg.types.string import StrBinaryDumper, StrDumper, StrDumperUnknown, TextLoader

_MARK = "\x01"
_TYPES = "text varchar"


def written(text: str) -> str:
    """A text as the database has it."""
    if _MARK in text or "\0" in text:
        text = text.replace(_MARK, "\x01\x02").replace("\0", "\x01\x01")
    return text


def read(text: str) -> str:
    """The text that was written."""
    return text.replace("\x01\x01", "\0").replace("\x01\x02", _MARK) if _MARK in text else text


class _Dumper(StrDumper):
    def dump(self, obj: str) -> Buffer | None:
        return super().dump(written(obj))


class _DumperUnknown(StrDumperUnknown):
    def dump(self, obj: str) -> Buffer | None:
        return super().dump(written(obj))


class _BinaryDumper(StrBinaryDumper):
    def dump(self, obj: str) -> Buffer | None:
        return super().dump(written(obj))


class _Loader(TextLoader):
    def load(self, data: Buffer) -> Any:
        return read(super().load(data))  # type: ignore[arg-type]


def register(connection: Connection[Any]) -> None:
    """Have a connection write and read text so."""
    adapters = connection.adapters
    for dumper in (_BinaryDumper, _Dumper, _DumperUnknown):
        adapters.register_dumper(str, dumper)
    for name in _TYPES.split():
        adapters.register_loader(name, _Loader)
