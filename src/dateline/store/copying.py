"""Copies among a project's reports: each new report meets those that share a part of its sketch, and no others.

Of reports that copy one another the one published first is the original, whichever came into the project first. Of a
story with versions the newest one stands for all: the older ones, and their copies, count as it does.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from sqlalchemy import Connection, Row, Select, func, insert, select, text, update

from dateline.link.pairs.copies import Sketch, contained, is_copy
from dateline.store.databases.statements import sql
from dateline.store.door.likeness import Likeness
from dateline.store.door.sketches import kept_sketches
from dateline.store.door.versions import versions_of
from dateline.store.kept.reports import from_row
from dateline.store.tables import bands, reports, sketches

MOST = 20
"""Originals that a report is compared with: those that share most with it."""

_NEAR = sql(
    "SELECT o.number FROM bands b JOIN reports r ON r.number = b.report "
    "JOIN reports o ON o.id = coalesce(r.original, r.id) "
    "WHERE b.band IN (SELECT value FROM json_each(:bands) given) "
    "GROUP BY o.number ORDER BY count(*) DESC, o.id LIMIT :most",
    bands="numbers",
)
_FAMILY = text("SELECT number, id, published FROM reports WHERE coalesce(original, id) = :original")


def to_compare() -> Select[tuple[int]]:
    """The numbers of the reports that were not looked up among the others yet, in the order they were added."""
    done = select(sketches.c.report).where(sketches.c.report == reports.c.number)
    return select(reports.c.number).where(~done.exists()).order_by(reports.c.number)


def look_up(db: Connection, wanted: Sequence[int]) -> dict[int, Likeness]:
    """Look reports up among the others, less those that another process has looked up meanwhile; note the copies.

    Gives for each that is a copy the report of the project that it shares most words with.
    """
    left = to_compare().where(reports.c.number.in_(wanted))
    rows = db.execute(select(reports).where(reports.c.number.in_(left)).order_by(reports.c.number)).all()
    found = {}
    for row in rows:
        sketch = Sketch.of_report(from_row(row))
        numbers = [int(band, 16) - (1 << 63) for band in sketch.bands()]
        near = db.execute(_NEAR, {"bands": numbers, "most": MOST}).scalars().all()
        others = kept_sketches(db, near)
        originals = [number for number in near if number in others and is_copy(sketch, others[number])]
        db.execute(
            insert(sketches).values(
                report=row.number, runs=sketch.runs, hashes=struct.pack(f">{len(sketch.hashes)}Q", *sketch.hashes)
            )
        )
        if numbers:
            db.execute(insert(bands), [{"band": band, "report": row.number} for band in numbers])
        if originals:
            share, nearest = max((contained(sketch, others[n]), -n) for n in originals)
            found[row.number] = Likeness(_id(db, -nearest), "a copy", share)
        versions = [version.number for version in versions_of(db, row.number) if version.number != row.number]
        if originals or versions:
            _join(db, row, [*originals, *versions])
    return found


def _id(db: Connection, number: int) -> str:
    return str(db.execute(select(reports.c.id).where(reports.c.number == number)).scalar_one())


def _join(db: Connection, new: Row[tuple[object, ...]], others: Sequence[int]) -> None:
    """Name the original among a report, those that it copies or that copy it, and their copies and versions."""
    family = {new.number: new}
    for number in others:
        name = db.execute(
            select(func.coalesce(reports.c.original, reports.c.id)).where(reports.c.number == number)
        ).scalar_one()
        family |= {row.number: row for row in db.execute(_FAMILY, {"original": name})}
    first = min(family.values(), key=lambda row: (row.published or "9999", row.id))
    versions = versions_of(db, first.number)
    stands = versions[-1].report if versions else first.id
    for row in family.values():
        original = None if row.id == stands else stands
        db.execute(update(reports).where(reports.c.number == row.number).values(original=original))
