"""The authority lists that a project coded by: each is kept as it was, under the hash that its codings name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import Connection, insert, select

from dateline.resolve.authority.file import Row, read_rows
from dateline.store.tables import authority


def put_authority(db: Connection, path: Path) -> str:
    """Keep the rows of a list of actors; the SHA-256 that names it. A list that is there already adds nothing."""
    data = path.read_bytes()
    name = hashlib.sha256(data).hexdigest()
    if db.execute(select(authority.c.row).where(authority.c.list == name)).first() is None:
        rows, _ = read_rows(data, path.name)
        if rows:
            db.execute(insert(authority), [_values(name, at, row) for at, row in enumerate(rows)])
    return name


def _values(name: str, at: int, row: Row) -> dict[str, object]:
    fields = {
        "aliases": list(row.aliases),
        "kind": row.kind,
        "country": row.country,
        "sector": row.sector,
        "role": row.role,
        "from": row.start,
        "to": row.end,
        "source": row.source,
    }
    return {"list": name, "row": at, "name": row.name, "fields": fields}
