"""Seals: a hash of every row, made by the database as the row is written, by which ``verify`` finds a flipped bit.

They are against chance (worn disks, broken copies), not against people: who can write to the database can seal.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b, sha256

from dateline.store.review.tables import chain
from dateline.store.tables import addresses, bands, edges, keys, metadata, seals

UNSEALED = (keys, edges, bands, addresses, chain, seals)
"""What is looked up by, made of what is sealed; and the seals and links themselves."""

SEALED = tuple(sorted((t for t in metadata.tables.values() if t not in UNSEALED), key=lambda t: t.name))


_SHORT = 16


def seal(*values: bytes | None) -> bytes:
    """The hash of a row's values as the database has them, as bytes; null is not the empty string."""
    return sha256(_joined(values)).digest()


def holds(kept: bytes | None, values: Iterable[bytes | None]) -> bool:
    """Whether a row's values are those that it was sealed with; until version 8 of the tables seals were shorter."""
    joined = _joined(values)
    known = sha256(joined) if kept is None or len(kept) != _SHORT else blake2b(joined, digest_size=_SHORT)
    return kept == known.digest()


def _joined(values: Iterable[bytes | None]) -> bytes:
    return b"".join(b"-" if value is None else b"%d:%b" % (len(value), value) for value in values)
