"""How bytes were retrieved: from which address, over which others, when, by what method, with which headers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hop:
    """An answer on the way that pointed elsewhere: the address that was asked, and the status that it gave."""

    url: str
    status: int


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What is known of how a piece of evidence was got; null is what nobody recorded.

    ``time`` is ISO 8601 in UTC. ``method`` says in words who got it and how ("GET by dateline 0.1", "WARC response",
    "part of a mail"). ``headers`` are those of the answer, in its order, names in small letters.
    """

    method: str
    url: str | None = None
    """The address that was asked for."""
    final: str | None = None
    """The address that answered, where it is another."""
    time: str | None = None
    status: int | None = None
    hops: tuple[Hop, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    address: str | None = None
    """The network address that was connected to."""
    within: str | None = None
    """The file that the bytes were taken out of, such as an archive."""

    @property
    def answered(self) -> str | None:
        """The address that the bytes are of."""
        return self.final or self.url
