"""The sketches of a project's reports, by which copies are found."""

from __future__ import annotations

import struct
from typing import Any

from sqlalchemy import Connection, Row, select

from dateline.link.pairs.copies import Sketch
from dateline.store.kept.reports import from_row
from dateline.store.tables import sketches


def kept_sketch(db: Connection, number: int) -> Sketch | None:
    """The sketch that a report was looked up by; None where it was not looked up yet."""
    row = db.execute(select(sketches).where(sketches.c.report == number)).one_or_none()
    return None if row is None else Sketch(struct.unpack(f">{len(row.hashes) // 8}Q", row.hashes), row.runs)


def sketch_of(db: Connection, row: Row[Any]) -> Sketch:
    """The sketch of the report of a row."""
    return kept_sketch(db, row.number) or Sketch.of_report(from_row(row))
