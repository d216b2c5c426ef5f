"""Whether a project is as it was kept: the database's own structure, every row against its seal, the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from sqlalchemy import Connection, Table, func, select, text

from dateline.errors import StoreError
from dateline.store.database import Database
from dateline.store.databases.columns import POSTGRES
from dateline.store.databases.statements import FLOWING, sql
from dateline.store.kept.evidence import EvidenceFolder, Flaw
from dateline.store.proof.stamps import unsound
from dateline.store.review.chain import broken
from dateline.store.seals import SEALED, holds
from dateline.store.tables import evidence, metadata

Check = Callable[[Connection], Iterable[Flaw]]
"""Tells what is not as it was kept."""

MOST = 20
"""Faults of structure that are told: one damaged page has hundreds."""


def flaws(database: Database, folder: EvidenceFolder) -> Iterator[Flaw]:
    """Everything that is not as it was kept; what cannot be read is told and ends no other check."""
    for check in _CHECKS:
        yield from _found(database, check)
    try:
        with database.reading() as db:
            names = list(db.execute(select(evidence.c.sha256)).scalars())
    except StoreError as error:
        yield Flaw("the database", str(error))
    else:
        yield from folder.verify(names)


def flaws_of_rows(db: Connection) -> Iterator[Flaw]:
    """What is not as it was kept in the database, on one connection."""
    for check in _CHECKS:
        yield from check(db)


def _found(database: Database, check: Check) -> list[Flaw]:
    try:
        with database.reading() as db:
            return list(check(db))
    except StoreError as error:
        return [Flaw("the database", str(error))]


def _told(check: Callable[[Connection], Iterable[str]]) -> Check:
    return lambda db: (Flaw("the database", what) for what in check(db))


def _structure(db: Connection) -> Iterator[str]:
    """What the database finds wrong with itself: pages, indexes, and rows that point at none."""
    if db.dialect.name == POSTGRES:
        yield from _pointing_nowhere(db)
        return
    for line in db.execute(text(f"PRAGMA integrity_check({MOST})")).scalars():
        if line != "ok":
            yield f"{line}; restore a copy"
    for row in db.execute(text("PRAGMA foreign_key_check")).all()[:MOST]:
        yield f"a row of {row[0]} points at a row of {row[2]} that is not there; restore a copy"


def _pointing_nowhere(db: Connection) -> Iterator[str]:
    """Rows that point at none: a server keeps them out, unless somebody has had it look away."""
    for table in metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            named = key.column.table
            other = named.alias()
            found = select(other).where(other.c[key.column.name] == key.parent).exists()
            lost = select(func.count()).select_from(table).where(key.parent.is_not(None), ~found)
            for _ in range(min(MOST, db.execute(lost).scalar_one())):
                yield f"a row of {table.name} points at a row of {named.name} that is not there; restore a copy"


def _changed(db: Connection, table: Table) -> Iterator[str]:
    """The rows of a table that are not as they were written, or that are there no more."""
    key = " || ' ' || ".join(f't."{column.name}"' for column in table.primary_key)
    values = ", ".join(f'raw(t."{column.name}")' for column in table.columns)
    named = f'(SELECT CAST({key} AS TEXT) AS named, t.* FROM "{table.name}" t) t'
    rows = sql(
        f"SELECT raw(t.named), s.seal, {values} FROM {named} LEFT JOIN seals s "
        f"ON s.kind = '{table.name}' AND s.row = t.named"
    )
    gone = sql(
        f"SELECT raw(g.row) FROM (SELECT row FROM seals WHERE kind = '{table.name}' "
        f"EXCEPT SELECT t.named FROM {named}) g"
    )
    flowing = db.execute(rows, execution_options=FLOWING)
    unlike = [name for name, kept, *known in flowing if not holds(kept, known)]
    for names, what in ((unlike, "is not as it was written"), (db.execute(gone).scalars(), "is gone")):
        for name in sorted(names):
            yield f"row {bytes(name).decode(errors='replace')} of {table.name} {what}; restore a copy"


_CHECKS: tuple[Check, ...] = (
    _told(_structure),
    *(_told(partial(_changed, table=table)) for table in SEALED),
    _told(broken),
    unsound,
)
