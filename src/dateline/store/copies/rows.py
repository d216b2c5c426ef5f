"""The rows of a project, all of them as they are, from one database into another that has none yet.

Seals, the chain of the log and the numbers of rows come along: what was vouched for there is vouched for here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import BigInteger, Connection, Table, column, delete, func, insert, select, table
from sqlalchemy import Text as AnyText

from dateline.errors import StoreError
from dateline.store.database import Database
from dateline.store.databases.columns import JSON
from dateline.store.databases.statements import FLOWING
from dateline.store.kept.evidence import Flaw
from dateline.store.tables import entries, metadata
from dateline.store.verify import flaws_of_rows

AT_ONCE = 1_000
"""Rows that are written in one statement."""

Told = Callable[[int, int], None]
"""Hears how many rows are copied, and of how many."""


def copy_rows(source: Connection, target: Database, told: Told | None = None) -> None:
    """Put all rows into the tables of an empty project: whole or not at all, and checked before they are kept.

    ``source`` must see one state. Raises :class:`StoreError` where what was read is not as it was kept.
    """
    tables = metadata.sorted_tables
    total = sum(source.execute(select(func.count()).select_from(one)).scalar_one() for one in tables)
    done = 0
    with target.writing() as db:
        with target.place.unguarded(db):
            for one in reversed(tables):
                db.execute(delete(one))
            for one in tables:
                for some in _parts(source, one):
                    db.execute(insert(_plain(one)), some)
                    done += len(some)
                    if told is not None:
                        told(done, total)
        found = list(flaws_of_rows(db))
        if found:
            raise StoreError(_what(found))


def _what(found: list[Flaw]) -> str:
    more = f", and {len(found) - 1:,} more" if len(found) > 1 else ""
    return f"nothing was copied, for what is there is not as it was kept: {found[0]}{more}; write: dateline verify"


def _parts(source: Connection, one: Table) -> Iterator[list[dict[str, Any]]]:
    plain = _plain(one)
    # Rows that name others of their table come after them.
    order = [plain.c.rowid] if one is entries else [plain.c[key.name] for key in one.primary_key]
    with source.execute(select(plain).order_by(*order), execution_options=FLOWING) as rows:
        for some in rows.partitions(AT_ONCE):
            yield [dict(row._mapping) for row in some]


def _plain(one: Table) -> Any:
    """A table whose JSON is the text that it is: read and written anew it would be other bytes."""
    columns = [column(c.name, AnyText() if isinstance(c.type, JSON) else c.type) for c in one.columns]
    if one is entries:  # the order in which a source names its entries
        columns.append(column("rowid", BigInteger()))
    return table(one.name, *columns)
