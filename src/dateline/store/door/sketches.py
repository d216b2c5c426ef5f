"""The sketches of a project's reports, by which copies are found."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from dateline.link.pairs.copies import Sketch
from dateline.store.kept.reports import from_row
from dateline.store.tables import sketches


def kept_sketch(db: Connection, number: int) -> Sketch | None:
    """The sketch that a report was looked up by; None where it was not looked up yet."""
    return kept_sketches(db, [number]).get(number)


def kept_sketches(db: Connection, numbers: Sequence[int]) -> dict[int, Sketch]:
    """The sketches that reports were looked up by, by the number of the report; of those that were."""
    if not numbers:
        return {}
    rows = db.execute(select(sketches).where(sketches.c.report.in_(numbers)))
    return {row.report: Sketch(struct.unpack(f">{len(row.hashes) // 8}Q", row.hashes), row.runs) for row in rows}


def sketch_of(db: Connection, row: Row[Any]) -> Sketch:
    """The sketch of the report of a row."""
    return kept_sketch(db, row.number) or Sketch.of_report(from_row(row))
