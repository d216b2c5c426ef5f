"""What is new: what people decided, said and assigned, the newest first, and how far each has read.

It is read from the log: rows that one act left are one entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import groupby, islice
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, Select, delete, insert, select

from dateline.store.kept.codings import BLIND, BY_HAND
from dateline.store.project import Project
from dateline.store.review.people import Person
from dateline.store.review.tables import acts, assignments, comments, read_up_to
from dateline.store.review.team.assignments import ASSIGNED, SETTLED, UNASSIGNED
from dateline.store.review.team.comments import hidden_reports
from dateline.store.tables import codings, log, reports

Reason = Literal["calls upon you", "answers you", "assigned to you", "settled what you coded", "of a report of yours"]
"""Why an entry is meant for somebody."""
News = Literal[
    "corrected",
    "rejected",
    "accepted",
    "split",
    "merged",
    "supplied",
    "restored",
    "reopened",
    "decided",
    "state",
    "flag",
    "marked",
    "unmarked",
    "adjudicate",
    "undo",
    "redo",
    "commented",
    "comment taken back",
    "assigned",
    "assignment withdrawn",
]
"""What of the log is news to a team."""
NEWS: tuple[News, ...] = get_args(News)
_AT_ONCE = 400
"""Rows of the log that are looked through for a page: an act of hundreds of values is one entry."""
_STEPS = 2
"""How often as many are looked through before a page is shown as it is: what is meant for somebody can be rare."""
MOST_UNREAD = 99


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that an entry tells of: the row's key, the column (empty: the whole row), what it said and says."""

    what: str
    about: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that somebody did. ``number`` is that of its last row of the log, ``verb`` what was done.

    ``report`` is a report's id; None: it is about an event, or a pair of them, which ``about`` has. It is about as many
    ``reports`` as were assigned together; ``to`` names to whom. ``words`` are those of a comment. ``reason`` tells why
    it is meant for who reads the feed.
    """

    number: int
    made: str
    who: str
    verb: str
    about: str
    report: str | None
    changes: tuple[Changed, ...]
    comment: int | None
    words: str
    to: tuple[str, ...]
    why: str
    reports: int
    reason: Reason | None

    @property
    def row(self) -> str:
        """The id of the row that it is about; empty where it is about a report or an event."""
        return row_of(self.report, self.about)


@dataclass(frozen=True, slots=True)
class Feed:
    """Entries, the newest first; ``before`` leads to the ones before them (None: there are none).

    A page can have few entries, or none, and there are others before it: only so much of the log is looked through.
    """

    entries: tuple[Entry, ...]
    before: int | None
    read: int


def row_of(report: str | None, about: str) -> str:
    """The id of the row that a key names within its report; empty where it is the key of no row."""
    start = f"{report}#"
    if report is None or not about.startswith(start):
        return ""
    # The other way of dateline.export.formats.rows.key.
    return about[len(start) :].replace("%23", "#").replace("%25", "%")


def feed(project: Project, person: Person, *, mine: bool = False, before: int | None = None, limit: int = 50) -> Feed:
    """What a person may know of what the team did; ``mine``: what is meant for that person alone.

    Who codes a report blind hears of nothing that others do with it, and what is coded blind only its coder and the
    adjudicators hear of, until it is settled what holds.
    """
    with project.database.reading() as db:
        read, found = _read(db, person), list[Entry]()
        for _ in range(_STEPS):
            rows = _rows(db, before, _AT_ONCE)
            # The last act may go on behind what was looked through.
            whole = rows if len(rows) < _AT_ONCE else _without_last(rows)
            for entry in _told(db, person, whole):
                if not mine or (entry.reason is not None and entry.who != person.shown):
                    found.append(entry)
            before = whole[-1].number if whole and len(rows) == _AT_ONCE else None
            if before is None or len(found) >= limit:
                break
    if len(found) > limit:
        # An entry of many rows begins before its number: the next page goes on behind the last of them.
        before, found = found[limit].number + 1, found[:limit]
    return Feed(tuple(found), before, read)


def unread(project: Project, person: Person) -> int:
    """How many entries that are meant for a person are new to them, counted up to :data:`MOST_UNREAD`."""
    with project.database.reading() as db:
        read = _read(db, person)
        rows = [row for row in _rows(db, None, _AT_ONCE) if row.number > read]
        meant = (e for e in _told(db, person, rows) if e.reason is not None and e.who != person.shown)
        return sum(1 for _ in islice(meant, MOST_UNREAD))


def mark_read(project: Project, person: Person, number: int) -> None:
    """Keep that a person has seen the feed up to a row of the log."""
    with project.database.writing() as db:
        if number > _read(db, person):
            db.execute(delete(read_up_to).where(read_up_to.c.account == person.name))
            db.execute(insert(read_up_to).values(account=person.name, log=number))


def _read(db: Connection, person: Person) -> int:
    found = db.execute(select(read_up_to.c.log).where(read_up_to.c.account == person.name)).scalar_one_or_none()
    return int(found or 0)


def _rows(db: Connection, before: int | None, limit: int) -> list[Row[Any]]:
    """The last rows that are news, the newest first.

    Each verb is looked up by itself: together they would be sorted, or all rows of the machine be looked through.
    """
    lists = []
    for what in NEWS:
        query = select(log.c.number).where(log.c.what == what).order_by(log.c.number.desc()).limit(limit)
        lists.append(db.execute(query if before is None else query.where(log.c.number < before)).scalars().all())
    wanted = list(islice(merge(*lists, reverse=True), limit))
    return list(db.execute(select(log).where(log.c.number.in_(wanted)).order_by(log.c.number.desc())))


def _act(row: Row[Any]) -> tuple[str, object]:
    """What rows of one entry have in common."""
    if row.what in {ASSIGNED, UNASSIGNED}:
        return row.who, (row.what, row.made)
    act = row.details.get("act")
    return row.who, row.number if act is None else f"act {act}"


def _without_last(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    last = _act(rows[-1])
    first = next((n for n, row in enumerate(rows) if _act(row) == last), 0)
    return list(rows[:first]) if first else list(rows)


def _told(db: Connection, person: Person, rows: Sequence[Row[Any]]) -> Iterator[Entry]:
    """The entries of rows of the log that a person may know of."""
    known = _Known(db, person, rows)
    for _, rest in groupby(rows, _act):
        seen = [row for row in rest if known.may_see(known.report(row), row)]
        if seen:
            last, first = seen[0], seen[-1]
            told, number = last.details, last.details.get("comment")
            yield Entry(
                last.number,
                last.made,
                last.who,
                str(told.get("verb") or last.what),
                first.about,
                known.report(last),
                tuple(_changed(row) for row in reversed(seen) if "old" in row.details),
                number,
                known.words.get(number, ""),
                tuple(sorted({str(row.details["to"]) for row in seen if "to" in row.details})),
                str(told.get("why") or ""),
                len({row.about for row in seen}) if last.what in {ASSIGNED, UNASSIGNED} else 1,
                next((reason for row in seen if (reason := known.reason(row, known.report(row)))), None),
            )


def _changed(row: Row[Any]) -> Changed:
    told = row.details
    old, new = str(told.get("old") or ""), str(told.get("new") or "")
    return Changed(row.what, row.about, str(told.get("column") or ""), old, new)


class _Known:
    """What is to be known of rows of the log to tell who may see them, and whom they are meant for."""

    def __init__(self, db: Connection, person: Person, rows: Sequence[Row[Any]]) -> None:
        self._person = person
        self._hidden = hidden_reports(db, person)
        abouts = {row.about for row in rows}
        named = {*abouts, *(about.rpartition("#")[0] for about in abouts)}
        self._reports = {row.id: row.number for row in db.execute(_numbers(named))}
        of = self._reports.values()
        own = codings.c.coder == person.shown, codings.c.settings.in_((BY_HAND, BLIND))
        coded = select(codings.c.report).where(codings.c.report.in_(of), *own)
        given = (assignments.c.report.in_(of), assignments.c.account == person.name)
        self._coded = frozenset(db.execute(coded).scalars())
        self._given = frozenset(db.execute(select(assignments.c.report).where(*given)).scalars())
        self._settled = frozenset(
            db.execute(select(acts.c.report).where(acts.c.report.in_(of), acts.c.verb == SETTLED)).scalars()
        )
        said = {number for row in rows for number in (row.details.get("comment"), row.details.get("answers"))} - {None}
        back = comments.alias()
        taken = select(back.c.number).where(back.c.withdraws == comments.c.number).exists()
        found = list(db.execute(select(comments, taken.label("taken")).where(comments.c.number.in_(said))))
        self.words: dict[int | None, str] = {one.number: one.words for one in found if not one.taken}
        self._mine = {one.number for one in found if one.who == person.shown}

    def report(self, row: Row[Any]) -> str | None:
        """The id of the report that a row of the log is about, or a row of which it is; None for events."""
        return next((name for name in (row.about, row.about.rpartition("#")[0]) if name in self._reports), None)

    def may_see(self, report: str | None, row: Row[Any]) -> bool:
        """Whether the person may hear of what somebody did with a report."""
        if row.who == self._person.shown or report is None:
            return True
        if report in self._hidden:
            return row.what in {ASSIGNED, UNASSIGNED} and row.details.get("to") == self._person.name
        blind = row.details.get("blind") and row.what not in {ASSIGNED, UNASSIGNED}
        return not blind or self._reports[report] in self._settled or self._person.may("adjudicator")

    def reason(self, row: Row[Any], report: str | None) -> Reason | None:
        """Why something is meant for the person."""
        told = row.details
        if self._person.name in (told.get("mentions") or ()):
            return "calls upon you"
        if told.get("answers") in self._mine:
            return "answers you"
        if row.what in {ASSIGNED, UNASSIGNED}:
            return "assigned to you" if told.get("to") == self._person.name else None
        number = None if report is None else self._reports[report]
        if number in self._coded and told.get("verb", row.what) == SETTLED:
            return "settled what you coded"
        return "of a report of yours" if number in self._coded | self._given else None


def _numbers(ids: Collection[str]) -> Select[Any]:
    return select(reports.c.number, reports.c.id).where(reports.c.id.in_(ids))
