"""Copies among a project's reports: each new report meets those that share a part of its sketch, and no others.

Of reports that copy one another the one published first is the original, whichever came into the project first.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence

from sqlalchemy import Connection, Row, Select, insert, select, text, update

from dateline.link.pairs.copies import Sketch, is_copy
from dateline.store.kept.reports import from_row
from dateline.store.tables import bands, reports, sketches

MOST = 20
"""Originals that a report is compared with: those that share most with it."""

_NEAR = text(
    "SELECT o.number FROM bands b JOIN reports r ON r.number = b.report "
    "JOIN reports o ON o.id = coalesce(r.original, r.id) "
    "WHERE b.band IN (SELECT value FROM json_each(:bands)) GROUP BY o.number ORDER BY count(*) DESC, o.id LIMIT :most"
)
_FAMILY = text("SELECT number, id, published FROM reports WHERE coalesce(original, id) = :original")


def to_compare() -> Select[tuple[int]]:
    """The numbers of the reports that were not looked up among the others yet, in the order they were added."""
    done = select(sketches.c.report).where(sketches.c.report == reports.c.number)
    return select(reports.c.number).where(~done.exists()).order_by(reports.c.number)


def look_up(db: Connection, wanted: Sequence[int]) -> None:
    """Look reports up among the others, less those that another process has looked up meanwhile; note the copies."""
    left = to_compare().where(reports.c.number.in_(wanted))
    rows = db.execute(select(reports).where(reports.c.number.in_(left)).order_by(reports.c.number)).all()
    for row in rows:
        sketch = Sketch.of_report(from_row(row))
        numbers = [int(band, 16) - (1 << 63) for band in sketch.bands()]
        near = db.execute(_NEAR, {"bands": json.dumps(numbers), "most": MOST}).scalars().all()
        originals = [number for number in near if is_copy(sketch, _sketch(db, number))]
        db.execute(
            insert(sketches).values(
                report=row.number, runs=sketch.runs, hashes=struct.pack(f">{len(sketch.hashes)}Q", *sketch.hashes)
            )
        )
        if numbers:
            db.execute(insert(bands), [{"band": band, "report": row.number} for band in numbers])
        if originals:
            _join(db, row, originals)


def _sketch(db: Connection, number: int) -> Sketch:
    row = db.execute(select(sketches).where(sketches.c.report == number)).one()
    return Sketch(struct.unpack(f">{len(row.hashes) // 8}Q", row.hashes), row.runs)


def _join(db: Connection, new: Row[tuple[object, ...]], originals: Sequence[int]) -> None:
    """Name the original among a report, those that it copies or that copy it, and their copies."""
    family = [new]
    for number in originals:
        name = db.execute(select(reports.c.id).where(reports.c.number == number)).scalar_one()
        family += db.execute(_FAMILY, {"original": name}).all()
    first = min(family, key=lambda row: (row.published or "9999", row.id))
    for row in family:
        original = None if row.number == first.number else first.id
        db.execute(update(reports).where(reports.c.number == row.number).values(original=original))
