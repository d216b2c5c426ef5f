"""Reports in the database: put in once, whatever their files are called, and read back whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, insert, select, text, update

from dateline.model import Block, Report, Stated
from dateline.store.databases.columns import POSTGRES
from dateline.store.tables import evidence, repeats, reports

_COLUMNS = ("publisher", "published", "title")
_FIELDS = ("url", "author", "updated", "retrieved", "language")


def put_evidence(db: Connection, sha256: str, size: int, origin: str, now: str) -> None:
    """Note evidence that was kept; what is there already stays as it is."""
    if db.execute(select(evidence.c.sha256).where(evidence.c.sha256 == sha256)).first() is None:
        db.execute(insert(evidence).values(sha256=sha256, bytes=size, origin=origin, added=now))


def refuse(db: Connection, sha256: str, why: str) -> None:
    """Note why no report could be read from evidence, unless one was: a part of it may be bad and another good."""
    read = select(reports.c.number).where(reports.c.sha256 == sha256)
    again = select(repeats.c.report).where(repeats.c.sha256 == sha256)
    none = evidence.c.sha256 == sha256, ~read.exists(), ~again.exists()
    db.execute(update(evidence).where(*none).values(refused=why))


def known(db: Connection, sha256: str, part: int) -> str | None:
    """The id of the report that is this part of a piece of evidence; None where it gave none."""
    found: str | None = db.execute(
        select(reports.c.id).where(reports.c.sha256 == sha256, reports.c.part == part)
    ).scalar_one_or_none()
    return found


def id_of(db: Connection, number: int) -> str:
    """The id of the report of a number."""
    return str(db.execute(select(reports.c.id).where(reports.c.number == number)).scalar_one())


def put_report(db: Connection, report: Report, part: int, now: str) -> tuple[Report, int]:
    """Put a report in, which is not there yet, under an id that no other has; the report as it is kept, its number.

    A report whose id another report has (the same file name, other bytes) gets a part of its SHA-256 behind its id.
    """
    assert report.sha256 is not None
    taken = db.execute(select(reports.c.number).where(reports.c.id == report.id)).first()
    name = report.id if taken is None else f"{report.id}@{report.sha256[:8]}.{part}"
    done = db.execute(
        insert(reports).values(
            id=name,
            sha256=report.sha256,
            part=part,
            fields={key: getattr(report, key) for key in _FIELDS}
            | {
                "id": report.id,
                "blocks": [[b.start, b.end, b.kind, *([b.language] if b.language else [])] for b in report.blocks],
                "kind": report.kind,
                "stated": [[s.field, s.where, s.words] for s in report.stated],
            },
            text=report.text,
            added=now,
            **{key: getattr(report, key) for key in _COLUMNS},
        )
    )
    db.execute(update(evidence).where(evidence.c.sha256 == report.sha256).values(refused=None))
    number = int(done.inserted_primary_key[0])  # type: ignore[index]
    return (report if name == report.id else replace(report, id=name)), number


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


_LANGUAGES = {
    "sqlite": text("SELECT json_extract(fields, '$.language'), count(*) FROM reports GROUP BY 1"),
    # As JSON: PostgreSQL makes no text of a report's fields where one of them has a NUL in it.
    POSTGRES: text(
        "SELECT nullif(btrim((fields::json -> 'language')::text, '\"'), 'null'), count(*) FROM reports GROUP BY 1"
    ),
}


def languages(db: Connection) -> tuple[tuple[str, int], ...]:
    """How many reports are in each language, the most frequent first, then by its code."""
    counted: Counter[str] = Counter()
    for code, number in db.execute(_LANGUAGES[db.dialect.name]):
        counted[code or "none"] += int(number)
    rows = counted.items()
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0])))
