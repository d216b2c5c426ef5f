"""Versions of one story: reports that one address gave at different times, of which the newest is the one that counts.

The versions of a story are in the order of the times at which the address gave them, not of their coming in: an old
archive that is added late holds earlier versions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, and_, insert, or_, select

from dateline.errors import StoreError
from dateline.model import Report
from dateline.store.door.likeness import How, Likeness
from dateline.store.kept.reports import from_row
from dateline.store.tables import addresses, codings, repeats, reports, retrievals, versions

if TYPE_CHECKING:
    from dateline.link.pairs.copies import Sketch

# What reads and compares texts is loaded where that is done: how far a project is is asked often.

RELATED = 0.25
"""The share of the shorter text that a version has in common with another one: different stories share a tenth."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a story: the report, when its address said so, and the words by which it corrects another."""

    report: str
    number: int
    time: str
    corrects: str | None

    @property
    def order(self) -> tuple[str, int]:
        """What versions are put in order by."""
        return self.time, self.number


def story_of(db: Connection, report: int) -> int:
    """The number of the report that stands for the story of a report: its own where it has one version alone."""
    found = db.execute(select(versions.c.story).where(versions.c.report == report)).scalar_one_or_none()
    return report if found is None else int(found)


def versions_of(db: Connection, report: int) -> tuple[Version, ...]:
    """The versions of a report's story, the oldest first; none where it has one alone."""
    query = (
        select(reports.c.id, versions)
        .join(reports, reports.c.number == versions.c.report)
        .where(versions.c.story == story_of(db, report))
        .order_by(versions.c.time, versions.c.report)
    )
    return tuple(Version(row.id, row.report, row.time, row.corrects) for row in db.execute(query))


def before(db: Connection, report: int) -> int | None:
    """The number of the version before a report; None where it is the first, or has one version alone."""
    numbers = [version.number for version in versions_of(db, report)]
    return numbers[numbers.index(report) - 1] if report in numbers[1:] else None


def is_superseded(up_to: int | None = None) -> ColumnElement[bool]:
    """Of a coding, whether a newer version of its report's story is coded; ``up_to``: by a coding of that number."""
    return codings.c.report.in_(outdated(up_to))


def outdated(up_to: int | None = None) -> Select[tuple[int]]:
    """The numbers of the reports of whose story a newer version is coded."""
    mine, newer, coding = versions.alias(), versions.alias(), codings.alias()
    later = or_(newer.c.time > mine.c.time, and_(newer.c.time == mine.c.time, newer.c.report > mine.c.report))
    query = (
        select(mine.c.report)
        .join(newer, and_(newer.c.story == mine.c.story, later))
        .join(coding, coding.c.report == newer.c.report)
        .distinct()
    )
    return query if up_to is None else query.where(coding.c.number <= up_to)


def older_than(db: Connection, newest: Mapping[int, int]) -> dict[int, int]:
    """For each report of which a coding counts now, its older versions with that coding, all by number."""
    mine, older = versions.alias(), versions.alias()
    earlier = or_(older.c.time < mine.c.time, and_(older.c.time == mine.c.time, older.c.report < mine.c.report))
    query = (
        select(mine.c.report.label("newer"), older.c.report)
        .join(older, older.c.story == mine.c.story)
        .where(mine.c.report.in_(newest), earlier)
        .order_by(mine.c.time, mine.c.report)
    )
    return {row.report: newest[row.newer] for row in db.execute(query)}


@dataclass(frozen=True, slots=True)
class Met:
    """What a report met at its address: a report of the same words, or one of which it is another version."""

    number: int
    same: bool


def meet(db: Connection, report: Report, found: Sequence[str], retrieved: bool) -> Met | None:
    """What the project has at the addresses of a report that is about to be put in.

    ``retrieved`` says that its bytes are known to be from there, and no record merely names the address. The parts of
    one page have one address and are no versions of one another; nor is what says something else under another title:
    an address may be that of a whole site.
    """
    rows = db.execute(
        select(reports)
        .join(addresses, addresses.c.report == reports.c.number)
        .where(addresses.c.address.in_(found))
        .order_by(reports.c.number.desc())
    ).all()
    others = [row for row in rows if row.sha256 != report.sha256]
    for row in others:
        if row.text == report.text:
            return Met(row.number, True)
    from dateline.link.pairs.copies import Sketch
    from dateline.store.door.sketches import sketch_of

    sketch = Sketch.of_report(report) if others else None
    taken = {story_of(db, row.number) for row in rows if row.sha256 == report.sha256}
    best: tuple[float, int] | None = None
    for row in others:
        share = _alike(report, sketch, row, sketch_of(db, row), retrieved) if sketch else 0.0
        if share >= RELATED and (best is None or share > best[0]) and story_of(db, row.number) not in taken:
            best = share, row.number
    return None if best is None else Met(best[1], False)


def _alike(report: Report, sketch: Sketch, other: Any, theirs: Sketch, retrieved: bool) -> float:
    """How much two texts of one address share; under one title, of one day, what was retrieved is one story."""
    one = retrieved and bool(report.title) and report.title == other.title and report.published == other.published
    from dateline.link.pairs.copies import contained

    return max(contained(sketch, theirs), RELATED if one else 0.0)


def put_version(db: Connection, report: Report, number: int, time: str, of: int) -> Likeness:
    """Put a report that is in the project in as another version of the story of the report ``of``."""
    from dateline.store.door.corrections import correction_in

    story = story_of(db, of)
    known = versions_of(db, of)
    if not known:
        first = db.execute(select(reports).where(reports.c.number == story)).one()
        one = from_row(first)
        then = time_of(db, one, first.added)
        db.execute(insert(versions).values(report=story, story=story, time=then, corrects=correction_in(one)))
        known = versions_of(db, of)
    corrects = correction_in(report)
    db.execute(insert(versions).values(report=number, story=story, time=time, corrects=corrects))
    mine = Version(report.id, number, time, corrects)
    before = [version for version in known if version.order < mine.order]
    if len(before) < len(known):
        return Likeness(known[len(before)].report, "an earlier version")
    return Likeness(before[-1].report, how(mine, before[-1]))


def how(version: Version, before: Version) -> How:
    """What a version is to the one before it: a correction where it says so in words that the other lacks."""
    return "a correction" if version.corrects and version.corrects != before.corrects else "an update"


def put_repeat(db: Connection, sha256: str, part: int, report: int, now: str) -> None:
    """Note that evidence gave again what a report of the project says."""
    db.execute(insert(repeats).values(sha256=sha256, part=part, report=report, added=now))


def repeated(db: Connection, sha256: str, part: int) -> str | None:
    """The id of the report that evidence gave again."""
    query = select(reports.c.id).join(repeats, repeats.c.report == reports.c.number)
    found: str | None = db.execute(query.where(repeats.c.sha256 == sha256, repeats.c.part == part)).scalar_one_or_none()
    return found


def time_of(db: Connection, report: Report, added: str) -> str:
    """When an address gave a report: as it was retrieved, as the report says, else when it was added; in UTC."""
    known = select(retrievals.c.time).where(retrievals.c.sha256 == report.sha256, retrievals.c.time.is_not(None))
    retrieved = db.execute(known.order_by(retrievals.c.number).limit(1)).scalar_one_or_none()
    return _time(retrieved) or _time(report.retrieved) or added


def _time(value: str | None) -> str | None:
    try:
        found = datetime.fromisoformat(value or "")
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")


def number_of(db: Connection, id: str) -> int:
    """The number of a report. Raises :class:`StoreError` where the project has none of that id."""
    found = db.execute(select(reports.c.number).where(reports.c.id == id)).scalar_one_or_none()
    if found is None:
        raise StoreError(f"the project has no report {id!r}; `dateline evidence list` names them")
    return int(found)
