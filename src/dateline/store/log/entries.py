"""The log as people read it: the newest rows first, by person, verb, subject and day, and whether its chain holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from sqlalchemy import Column, Connection, Row, Select, Text, and_, cast, func, or_, select, text

from dateline.errors import ReviewError
from dateline.store.project import Project
from dateline.store.review.chain import broken, head
from dateline.store.review.tables import chain
from dateline.store.tables import events, log, mentions, reports

Kind = Literal["report", "row", "event", ""]
"""What a row of the log is about; empty: something that has no page."""

_AT_ONCE = 2_000
"""Rows that are read together for a download, so that a long one holds no state of the database."""
_AFTER_ANY_TIME = "~"
_AFTER_A_HASH = "$"
"""The characters behind ``T`` of a time and ``#`` of a row's key in the order of bytes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows of the log: all that is given must hold. Days are ISO 8601, both ends included.

    ``about`` is the id of a report (then its rows are meant too) or of an event, or the key of a row.
    """

    who: str = ""
    what: str = ""
    about: str = ""
    since: str = ""
    until: str = ""

    def address(self, path: str, **more: str) -> str:
        """A path with the filters behind it, and whatever else the page needs."""
        told = [(field.name, getattr(self, field.name)) for field in fields(self)]
        told = [(name, value) for name, value in (*told, *more.items()) if value]
        return f"{path}?{urlencode(told)}" if told else path


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the log. ``details`` is as it was written; ``link`` is that of the chain, in hexadecimal digits."""

    number: int
    made: str
    who: str
    what: str
    about: str
    details: Mapping[str, Any]
    link: str
    kind: Kind = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether the log is as it was written: how many rows it has, the last link, and what is wrong (empty: nothing)."""

    rows: int
    head: tuple[int, str] | None
    flaws: tuple[str, ...]


def entries(
    project: Project, wanted: Wanted, *, before: int | None = None, most: int = 100
) -> tuple[tuple[Entry, ...], int | None]:
    """Rows of the log, the newest first, of numbers below ``before``; and the ``before`` of the next ones, if any.

    Raises :class:`ReviewError` for a day that is none.
    """
    with project.database.reading() as db:
        query = _rows(db, wanted)
        if before is not None:
            query = query.where(log.c.number < before)
        found = list(db.execute(query.order_by(log.c.number.desc()).limit(most + 1)))
        kinds = _kinds(db, {row.about for row in found[:most]})
    told = tuple(_entry(row, kinds[row.about]) for row in found[:most])
    return told, told[-1].number if len(found) > most else None


def lines(project: Project, wanted: Wanted) -> Iterator[str]:
    """The rows of the log as lines of JSON, the oldest first, many lines at once.

    ``details`` is the text that is kept: the chain's links are hashes of it. Raises :class:`ReviewError` for a day that
    is none, before there is a first line.
    """
    for day in (wanted.since, wanted.until):
        _day(day)
    return _lines(project, wanted)


def _lines(project: Project, wanted: Wanted) -> Iterator[str]:
    last = 0
    while True:
        with project.database.reading() as db:
            query = _rows(db, wanted).where(log.c.number > last).order_by(log.c.number).limit(_AT_ONCE)
            found = list(db.execute(query))
        if found:
            last = found[-1].number
            yield "".join(map(_line, found))
        if len(found) < _AT_ONCE:
            return


def _line(row: Row[Any]) -> str:
    told = {"number": row.number, "made": row.made, "who": row.who, "what": row.what, "about": row.about}
    return json.dumps({**told, "details": row.told, "link": row.link.hex()}, ensure_ascii=False) + "\n"


def people(project: Project) -> tuple[str, ...]:
    """Everybody whom the log names, by name."""
    return _each(project, "who")


def verbs(project: Project) -> tuple[str, ...]:
    """Everything that the log says was done, by name."""
    return _each(project, "what")


def last_link(project: Project) -> tuple[int, str] | None:
    """The number of the log's last row and its link in hexadecimal digits; None for an empty log."""
    with project.database.reading() as db:
        return head(db)


def checked(project: Project) -> Checked:
    """Go through the whole chain: about two seconds for a million rows."""
    with project.database.reading() as db:
        rows = db.execute(select(func.count()).select_from(log)).scalar_one()
        return Checked(rows, head(db), tuple(broken(db)))


def _entry(row: Row[Any], kind: Kind) -> Entry:
    details = json.loads(row.told)
    return Entry(row.number, row.made, row.who, row.what, row.about, details, row.link.hex(), kind)


def _rows(db: Connection, wanted: Wanted) -> Select[Any]:
    # The details as text: JSON would be read for each row, and written anew it might not be what was hashed.
    told = cast(log.c.details, Text).label("told")
    query = select(log.c.number, log.c.made, log.c.who, log.c.what, log.c.about, told, chain.c.link)
    query = query.join(chain, chain.c.number == log.c.number)
    if wanted.who:
        query = query.where(log.c.who == wanted.who)
    if wanted.what:
        query = query.where(log.c.what == wanted.what)
    if wanted.about:
        of_report = and_(log.c.about >= f"{wanted.about}#", log.c.about < f"{wanted.about}{_AFTER_A_HASH}")
        query = query.where(or_(log.c.about == wanted.about, of_report))
    return query.where(*_days(db, wanted))


def _days(db: Connection, wanted: Wanted) -> Iterator[Any]:
    """The rows between two days; by number as well, for these are what the rows are ordered by."""
    since, until = _day(wanted.since), _day(wanted.until) + _AFTER_ANY_TIME if wanted.until else ""
    if since:
        first = db.execute(select(func.min(log.c.number)).where(log.c.made >= since)).scalar_one()
        yield and_(log.c.number >= (first or 0), log.c.made >= since)
    if until:
        last = db.execute(select(func.max(log.c.number)).where(log.c.made < until)).scalar_one()
        yield and_(log.c.number <= (last or 0), log.c.made < until)


def _day(told: str) -> str:
    if not told:
        return ""
    try:
        return date.fromisoformat(told).isoformat()
    except ValueError:
        raise ReviewError(f"{told[:40]!r} is no day; write it as 2024-03-05") from None


def _kinds(db: Connection, abouts: set[str]) -> dict[str, Kind]:
    """What each subject is, as the project has it."""
    kinds: dict[str, Kind] = dict.fromkeys(abouts, "")

    def are(kind: Kind, column: Column[str]) -> None:
        kinds.update(dict.fromkeys(db.execute(select(column).where(column.in_(abouts))).scalars(), kind))

    are("event", events.c.id)
    are("row", mentions.c.id)
    are("report", reports.c.id)
    # A row that was never linked is known by its report.
    parts = {about: about.rpartition("#")[0] for about, kind in kinds.items() if not kind and "#" in about}
    there = set(db.execute(select(reports.c.id).where(reports.c.id.in_(set(parts.values())))).scalars())
    return kinds | {about: "row" for about, report in parts.items() if report in there}


def _each(project: Project, column: str) -> tuple[str, ...]:
    # One step through the index for each value: a log of a million rows has a dozen.
    step = f"SELECT min({column}) FROM log WHERE {column} > each.value"
    query = (
        f"WITH RECURSIVE each(value) AS (SELECT min({column}) FROM log UNION ALL SELECT ({step}) FROM each "
        "WHERE each.value IS NOT NULL) SELECT value FROM each WHERE value IS NOT NULL"
    )
    with project.database.reading() as db:
        return tuple(db.execute(text(query)).scalars())
