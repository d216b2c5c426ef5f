"""Whether a project is as it was kept: the database's own structure, every row against its seal, the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import Connection, Table, select, text

from dateline.errors import StoreError
from dateline.store.database import Database
from dateline.store.kept.evidence import EvidenceFolder, Flaw
from dateline.store.proof.stamps import unsound
from dateline.store.review.chain import broken
from dateline.store.seals import SEALED
from dateline.store.tables import evidence

MOST = 20
"""Faults of structure that are told: one damaged page has hundreds."""


def flaws(database: Database, folder: EvidenceFolder) -> Iterator[Flaw]:
    """Everything that is not as it was kept; what cannot be read is told and ends no other check."""
    yield from _found(database, _structure)
    for table in SEALED:
        yield from _found(database, lambda db, table=table: _changed(db, table))  # type: ignore[misc]
    yield from _found(database, broken)
    try:
        with database.reading() as db:
            yield from list(unsound(db))
    except StoreError as error:
        yield Flaw("the database", str(error))
    try:
        with database.reading() as db:
            names = list(db.execute(select(evidence.c.sha256)).scalars())
    except StoreError as error:
        yield Flaw("the database", str(error))
    else:
        yield from folder.verify(names)


def _found(database: Database, check: Callable[[Connection], Iterable[str]]) -> list[Flaw]:
    try:
        with database.reading() as db:
            return [Flaw("the database", what) for what in check(db)]
    except StoreError as error:
        return [Flaw("the database", str(error))]


def _structure(db: Connection) -> Iterator[str]:
    """What the database finds wrong with its file: pages, indexes, and rows that point at none."""
    for line in db.execute(text(f"PRAGMA integrity_check({MOST})")).scalars():
        if line != "ok":
            yield f"{line}; restore a copy"
    for row in db.execute(text("PRAGMA foreign_key_check")).all()[:MOST]:
        yield f"a row of {row[0]} points at a row of {row[2]} that is not there; restore a copy"


def _changed(db: Connection, table: Table) -> Iterator[str]:
    """The rows of a table that are not as they were written, or that are there no more."""
    key = " || ' ' || ".join(f"t.{column.name}" for column in table.primary_key)
    values = ", ".join(f"CAST(t.{column.name} AS BLOB)" for column in table.columns)
    unlike = (
        f"SELECT CAST({key} AS BLOB) FROM {table.name} t LEFT JOIN seals s ON s.kind = '{table.name}' "
        f"AND s.row = CAST({key} AS TEXT) WHERE s.seal IS NOT seal({values})"
    )
    gone = (
        f"SELECT CAST(row AS BLOB) FROM (SELECT row FROM seals WHERE kind = '{table.name}' "
        f"EXCEPT SELECT CAST({key} AS TEXT) FROM {table.name} t)"
    )
    for query, what in ((unlike, "is not as it was written"), (gone, "is gone")):
        for row in sorted(db.execute(text(query)).scalars()):
            yield f"row {bytes(row).decode(errors='replace')} of {table.name} {what}; restore a copy"
