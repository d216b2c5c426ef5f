"""Pieces of evidence with all that is known of them: how each came, what was read from it, who stamped its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from dateline.errors import StoreError
from dateline.intake.retrieval import Retrieval
from dateline.store.kept.evidence import EvidenceFolder
from dateline.store.proof.retrievals import get_retrievals
from dateline.store.tables import evidence, repeats, reports, stamped, stamps


@dataclass(frozen=True, slots=True)
class Named:
    """A report that was read from a piece of evidence, or one that said the same already."""

    id: str
    title: str | None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Stamped:
    """A time stamp over a piece of evidence: its number in the project, the time it vouches for, who gave it."""

    number: int
    time: str
    service: str


@dataclass(frozen=True, slots=True)
class Held:
    """A piece of evidence: its SHA-256, its bytes in number, where it came from, when it was added, and the rest.

    ``refused`` says why no report could be read from it.
    """

    sha256: str
    bytes: int
    origin: str
    added: str
    refused: str | None
    retrievals: tuple[Retrieval, ...]
    reports: tuple[Named, ...]
    stamps: tuple[Stamped, ...]


def held(db: Connection, names: Iterable[str] | None = None) -> Iterator[Held]:
    """The pieces of evidence of these hashes (None: all), in the order in which they were added; ties by hash."""
    query = select(evidence).order_by(evidence.c.added, evidence.c.sha256)
    wanted = None if names is None else set(names)
    if wanted is not None and len(wanted) == 1:  # a project holds very many
        query = query.where(evidence.c.sha256.in_(wanted))
    for row in db.execute(query).all():
        if wanted is None or row.sha256 in wanted:
            yield _held(db, row)


def _held(db: Connection, row: Row[Any]) -> Held:
    own = select(reports.c.id, reports.c.title).where(reports.c.sha256 == row.sha256).order_by(reports.c.part)
    same = (
        select(reports.c.id, reports.c.title)
        .join(repeats, repeats.c.report == reports.c.number)
        .where(repeats.c.sha256 == row.sha256)
        .order_by(repeats.c.part)
    )
    vouched = (
        select(stamps.c.number, stamps.c.time, stamps.c.service)
        .join(stamped, stamped.c.stamp == stamps.c.number)
        .where(stamped.c.sha256 == row.sha256)
        .order_by(stamps.c.number)
    )
    read = [Named(found.id, found.title) for found in db.execute(own)]
    read += [Named(found.id, found.title, again=True) for found in db.execute(same)]
    return Held(
        row.sha256,
        row.bytes,
        row.origin,
        row.added,
        row.refused,
        tuple(get_retrievals(db, row.sha256)),
        tuple(read),
        tuple(Stamped(found.number, found.time, found.service) for found in db.execute(vouched)),
    )


def named(db: Connection, given: str) -> tuple[str, ...]:
    """The hashes of the evidence of a report, or of a piece that is given by how its hash alone begins.

    Raises :class:`StoreError` where there is none, or several begin so.
    """
    read = select(reports.c.sha256).where(reports.c.id == given)
    again = select(repeats.c.sha256).join(reports, reports.c.number == repeats.c.report).where(reports.c.id == given)
    found = list(dict.fromkeys((*db.execute(read).scalars(), *db.execute(again).scalars())))
    if found:
        return tuple(found)
    query = select(evidence.c.sha256).where(evidence.c.sha256.startswith(given.lower(), autoescape=True))
    known = list(db.execute(query.order_by(evidence.c.sha256).limit(2)).scalars()) if len(given) >= 4 else []
    if len(known) == 1:
        return (known[0],)
    if known:
        raise StoreError(f"{given!r} is how several pieces of evidence begin; write more of the one that you mean")
    raise StoreError(f"the project has neither a report nor evidence {given!r}; `dateline evidence list` names them")


def read(folder: EvidenceFolder, pieces: Iterable[Held]) -> Iterator[Piece]:
    """The pieces with their bytes, to be handed over. Raises :class:`StoreError` where those are not what was kept."""
    for piece in pieces:
        try:
            data = folder.read(piece.sha256)
        except OSError as error:
            raise StoreError(f"evidence {piece.sha256} cannot be read ({error.strerror}); {_MEND}") from error
        if hashlib.sha256(data).hexdigest() != piece.sha256:
            raise StoreError(f"evidence {piece.sha256} is not as it was kept; {_MEND}")
        title = next((report.title for report in piece.reports if report.title), None)
        yield Piece(piece.sha256, data, piece.added, piece.retrievals, title)


_MEND = "write `dateline verify`, and put back from a copy what it names"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence to be handed over: its hash, bytes, when it was added, how it came, what it is called."""

    sha256: str
    data: bytes
    added: str
    retrievals: tuple[Retrieval, ...]
    title: str | None
