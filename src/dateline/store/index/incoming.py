"""What came in and is no report, or none of its own: evidence that could not be read, and what says the same again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from dateline.errors import ReviewError
from dateline.store.tables import evidence, repeats, reports


@dataclass(frozen=True, slots=True)
class Refused:
    """Evidence from which no report could be read, and why."""

    sha256: str
    origin: str
    size: int
    added: str
    why: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """Evidence that says what a report of the project says already."""

    sha256: str
    origin: str
    report: str
    title: str
    added: str


def refused(db: Connection, after: str | None, limit: int) -> tuple[tuple[Refused, ...], str | None]:
    """Evidence that was refused, the last added first, and the cursor behind the last; None: these are the last."""
    query = select(evidence).where(evidence.c.refused.is_not(None))
    if after is not None:
        added, sha256 = _cursor(after)
        older = (evidence.c.added < added) | ((evidence.c.added == added) & (evidence.c.sha256 > sha256))
        query = query.where(older)
    rows = db.execute(query.order_by(evidence.c.added.desc(), evidence.c.sha256).limit(limit + 1)).all()
    found = tuple(Refused(row.sha256, row.origin, row.bytes, row.added, row.refused) for row in rows[:limit])
    return found, f"{found[-1].added}_{found[-1].sha256}" if len(rows) > limit else None


def repeated(db: Connection, after: str | None, limit: int) -> tuple[tuple[Repeated, ...], str | None]:
    """Evidence that gave again what was there, the last added first, and the cursor behind the last."""
    query = (
        select(repeats.c.sha256, repeats.c.part, evidence.c.origin, reports.c.id, reports.c.title, repeats.c.added)
        .join(evidence, evidence.c.sha256 == repeats.c.sha256)
        .join(reports, reports.c.number == repeats.c.report)
    )
    if after is not None:
        added, sha256 = _cursor(after)
        older = (repeats.c.added < added) | ((repeats.c.added == added) & (repeats.c.sha256 > sha256))
        query = query.where(older)
    rows = db.execute(query.order_by(repeats.c.added.desc(), repeats.c.sha256).limit(limit + 1)).all()
    found = tuple(Repeated(row.sha256, row.origin, row.id, row.title or row.id, row.added) for row in rows[:limit])
    return found, f"{found[-1].added}_{found[-1].sha256}" if len(rows) > limit else None


def how_many(db: Connection) -> tuple[int, int]:
    """How much evidence was refused, and how much said something again."""
    bad = select(func.count()).select_from(evidence).where(evidence.c.refused.is_not(None))
    again = select(func.count()).select_from(repeats)
    return int(db.execute(bad).scalar_one()), int(db.execute(again).scalar_one())


def texts(db: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The texts of reports, by their numbers."""
    found = db.execute(select(reports.c.number, reports.c.text).where(reports.c.number.in_(numbers)))
    return {row.number: row.text for row in found}


def _cursor(after: str) -> tuple[str, str]:
    added, _, sha256 = after.rpartition("_")
    if not added:
        raise ReviewError("the address names no place in the list; begin again without 'after'")
    return added, sha256
