"""How evidence was retrieved, as it was said when the bytes came in: a piece may have been retrieved several times."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from dateline.intake.retrieval import Hop, Retrieval
from dateline.store.tables import retrievals

_OWN = retrievals.c.number, retrievals.c.sha256, retrievals.c.added, retrievals.c.hops, retrievals.c.headers
_PLAIN = tuple(column.name for column in retrievals.c if column not in set(_OWN))
"""The columns that hold a field of a retrieval as it is."""


def put_retrieval(db: Connection, sha256: str, retrieval: Retrieval, now: str) -> None:
    """Keep how a piece of evidence was retrieved; the same retrieval again adds nothing."""
    if retrieval not in set(get_retrievals(db, sha256)):
        values: dict[str, Any] = {name: getattr(retrieval, name) for name in _PLAIN}
        values["hops"] = [[hop.url, hop.status] for hop in retrieval.hops]
        values["headers"] = [list(header) for header in retrieval.headers]
        db.execute(insert(retrievals).values(sha256=sha256, added=now, **values))


def get_retrievals(db: Connection, sha256: str) -> Iterator[Retrieval]:
    """The retrievals of a piece of evidence, in the order in which they were kept."""
    for row in db.execute(select(retrievals).where(retrievals.c.sha256 == sha256).order_by(retrievals.c.number)):
        yield _from_row(row)


def _from_row(row: Row[Any]) -> Retrieval:
    hops = tuple(Hop(url, status) for url, status in row.hops)
    headers = tuple((name, value) for name, value in row.headers)
    return Retrieval(hops=hops, headers=headers, **{name: getattr(row, name) for name in _PLAIN})
