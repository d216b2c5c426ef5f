"""Seals: a hash of every row, made by the database as the row is written, by which ``verify`` finds a flipped bit.

They are against chance (worn disks, broken copies), not against people: who can write to the database can seal.
"""

from __future__ import annotations

from hashlib import blake2b

from dateline.store.review.tables import chain
from dateline.store.tables import addresses, bands, edges, keys, metadata, seals

UNSEALED = (keys, edges, bands, addresses, chain, seals)
"""What is looked up by, made of what is sealed; and the seals and links themselves."""

SEALED = tuple(sorted((t for t in metadata.tables.values() if t not in UNSEALED), key=lambda t: t.name))


def seal(*values: bytes | None) -> bytes:
    """The hash of a row's values as the database has them, cast to bytes; null is not the empty string."""
    digest = blake2b(digest_size=16)
    for value in values:
        digest.update(b"-" if value is None else b"%d:%b" % (len(value), value))
    return digest.digest()
