"""Reports in the database: put in once, whatever their files are called, and read back whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from dateline.model import Block, Report, Stated
from dateline.store.tables import evidence, reports

_COLUMNS = ("publisher", "published", "title")
_FIELDS = ("url", "author", "updated", "retrieved", "language")


def put_evidence(db: Connection, sha256: str, size: int, origin: str, now: str) -> None:
    """Note evidence that was kept; what is there already stays as it is."""
    if db.execute(select(evidence.c.sha256).where(evidence.c.sha256 == sha256)).first() is None:
        db.execute(insert(evidence).values(sha256=sha256, bytes=size, origin=origin, added=now))


def refuse(db: Connection, sha256: str, why: str) -> None:
    """Note why no report could be read from evidence, unless one was: a part of it may be bad and another good."""
    read = select(reports.c.number).where(reports.c.sha256 == sha256)
    db.execute(update(evidence).where(evidence.c.sha256 == sha256, ~read.exists()).values(refused=why))


def put_report(db: Connection, report: Report, part: int, now: str) -> Report | None:
    """Put a report in, under an id that no other has; None where the same evidence gave one before.

    A report whose id another report has (the same file name, other bytes) gets a part of its SHA-256 behind its id.
    """
    assert report.sha256 is not None
    known = db.execute(
        select(reports.c.number).where(reports.c.sha256 == report.sha256, reports.c.part == part)
    ).first()
    if known is not None:
        return None
    taken = db.execute(select(reports.c.number).where(reports.c.id == report.id)).first()
    name = report.id if taken is None else f"{report.id}@{report.sha256[:8]}.{part}"
    db.execute(
        insert(reports).values(
            id=name,
            sha256=report.sha256,
            part=part,
            fields={key: getattr(report, key) for key in _FIELDS}
            | {
                "id": report.id,
                "blocks": [[b.start, b.end, b.kind] for b in report.blocks],
                "kind": report.kind,
                "stated": [[s.field, s.where, s.words] for s in report.stated],
            },
            text=report.text,
            added=now,
            **{key: getattr(report, key) for key in _COLUMNS},
        )
    )
    db.execute(update(evidence).where(evidence.c.sha256 == report.sha256).values(refused=None))
    return report if name == report.id else replace(report, id=name)


def get_reports(db: Connection, numbers: Iterable[int]) -> Iterator[tuple[int, Report]]:
    """Reports by their number, in the order of the numbers."""
    for number in numbers:
        yield number, from_row(db.execute(select(reports).where(reports.c.number == number)).one())


def from_row(row: Row[Any]) -> Report:
    """The report of a row of the table."""
    fields = row.fields
    return Report(
        id=row.id,
        text=row.text,
        blocks=tuple(Block(*block) for block in fields["blocks"]),
        sha256=row.sha256,
        **{key: getattr(row, key) for key in _COLUMNS},
        # Reports of earlier versions have no day of their last change, and tell not where theirs are stated.
        kind=fields.get("kind", "report"),
        stated=tuple(Stated(*stated) for stated in fields.get("stated", ())),
        **{key: fields.get(key) for key in _FIELDS},
    )
