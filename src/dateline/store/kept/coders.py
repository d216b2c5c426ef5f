"""By whom the codings that hold were made."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, func

from dateline.model import CoderInfo
from dateline.store.kept.codings import accepted
from dateline.store.tables import codings


def coders(db: Connection) -> Counter[CoderInfo]:
    """Who coded, by which codebook and with which model, and of how many reports that coding holds."""
    there = (codings.c.coder, codings.c.version, codings.c.codebook, codings.c.model)
    rows = db.execute(accepted().with_only_columns(*there, func.count()).group_by(*there))
    return Counter(
        {CoderInfo(coder, version, codebook, model): count for coder, version, codebook, model, count in rows}
    )
