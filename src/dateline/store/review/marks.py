"""Marks on reports, rows and events: what is confidential never leaves the project in an export.

A mark holds of what was marked and of what takes its place: a row is known again in a newer coding by the words that
tell it, an event in those that it gave way to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, delete, insert, select

from dateline.errors import ReviewError
from dateline.model import Coding, EventMention
from dateline.store.kept.codings import accepted, coding_row, unpack
from dateline.store.kept.events import fate
from dateline.store.project import Project
from dateline.store.review.tables import marks
from dateline.store.tables import codings, links, log, mentions, reports

Kind = Literal["report", "row", "event"]
CONFIDENTIAL = "confidential"
MARKED, UNMARKED = "marked", "unmarked"

Told = tuple[str, int, int]
"""A report's id, and the first and the last character of words in it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Who marked what as confidential, when and why; ``about`` is the id of a report or event, or the key of a row."""

    kind: Kind
    about: str
    who: str
    made: str
    why: str


@dataclass(frozen=True, slots=True)
class Confidential:
    """What never leaves: ids of reports, keys of rows, and ids of events; ``words``: of each report the words that
    tell what is confidential.
    """

    reports: frozenset[str]
    rows: frozenset[str]
    events: frozenset[str]
    words: Mapping[str, tuple[tuple[int, int], ...]]

    def __bool__(self) -> bool:
        return bool(self.reports or self.rows or self.events)

    def touches(self, report: str) -> bool:
        """Whether a row of the report is confidential, or the report as a whole."""
        return report in self.reports or report in self.words

    def left_out(self, coding: Coding) -> frozenset[str]:
        """The ids of the rows of a coding that never leave: all of a confidential report's."""
        report = coding.report.id
        if report in self.reports:
            return frozenset(row.id for row in coding.rows)
        if report not in self.words:
            return frozenset()
        told = self.words[report]
        return frozenset(row.id for row in coding.rows if f"{report}#{row.id}" in self.rows or _tells(row, told))


def confidential(db: Connection) -> Confidential:
    """All that is marked as confidential, as the project stands."""
    now = select(marks.c.kind, marks.c.about, marks.c.tells).where(marks.c.mark == CONFIDENTIAL)
    return _all(db, [(row.kind, row.about, row.tells) for row in db.execute(now)])


def ever_confidential(db: Connection) -> Confidential:
    """All that is or was marked: a sheet that was written meanwhile does not have it, and does not reject it so."""
    once = select(log.c.about, log.c.details).where(log.c.what == MARKED)
    return _all(db, [(row.details["kind"], row.about, row.details["tells"]) for row in db.execute(once)])


def _all(db: Connection, marked: Iterable[tuple[str, str, Iterable[Told]]]) -> Confidential:
    found: dict[str, set[str]] = {"report": set(), "row": set(), "event": set()}
    words: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for kind, about, tells in marked:
        found[kind].add(about)
        for report, start, end in tells:
            words[report].add((start, end))
    events = set(found["event"])
    for event in found["event"]:
        events.update(getattr(fate(db, event), "successors", ()))
    for report, row_id in _rows_of(db, events):
        found["row"].add(f"{report}#{row_id}")
    for key in found["row"]:
        words[key.rpartition("#")[0]].update(())
    kept = {report: tuple(sorted(spans)) for report, spans in words.items()}
    return Confidential(frozenset(found["report"]), frozenset(found["row"]), frozenset(events), kept)


def is_confidential(project: Project, kind: Kind, about: str) -> bool:
    """Whether something is marked as confidential itself; what it belongs to may be as well."""
    wanted = marks.c.kind == kind, marks.c.about == about, marks.c.mark == CONFIDENTIAL
    with project.database.reading() as db:
        return db.execute(select(marks.c.about).where(*wanted)).first() is not None


def marks_of(project: Project, about: Collection[str] | None = None) -> tuple[Mark, ...]:
    """The marks on these ids and keys, or all there are, the newest first."""
    query = select(marks).where(marks.c.mark == CONFIDENTIAL).order_by(marks.c.made.desc(), marks.c.kind, marks.c.about)
    if about is not None:
        query = query.where(marks.c.about.in_(about))
    with project.database.reading() as db:
        return tuple(Mark(row.kind, row.about, row.who, row.made, row.why) for row in db.execute(query))


def taken_away(project: Project, most: int = 20) -> tuple[Mark, ...]:
    """What was marked and is no more: who took which mark away, when and why, the last first."""
    query = select(log).where(log.c.what == UNMARKED).order_by(log.c.number.desc())
    found: dict[tuple[str, str], Mark] = {}
    with project.database.reading() as db:
        there = {(row.kind, row.about) for row in db.execute(select(marks.c.kind, marks.c.about))}
        for row in db.execute(query):
            kind, why = row.details["kind"], row.details["why"]
            if (kind, row.about) not in there:
                found.setdefault((kind, row.about), Mark(kind, row.about, row.who, row.made, why))
            if len(found) == most:
                break
    return tuple(found.values())


def set_mark(project: Project, kind: Kind, about: str, on: bool, *, who: str, why: str = "") -> bool:
    """Mark a report, a row or an event as confidential, or take the mark away; kept and logged before this returns.

    False where it is so already. Raises :class:`ReviewError` where there is no such report, row or event.
    """
    wanted = marks.c.kind == kind, marks.c.about == about, marks.c.mark == CONFIDENTIAL
    with project.database.writing() as db:
        there = db.execute(select(marks.c.about).where(*wanted)).first() is not None
        if there == on:
            return False
        now = project.now()
        tells = sorted(_told(db, kind, about)) if on else []
        if on:
            db.execute(
                insert(marks).values(kind=kind, about=about, mark=CONFIDENTIAL, who=who, made=now, why=why, tells=tells)
            )
        else:
            db.execute(delete(marks).where(*wanted))
        details = {"kind": kind, "mark": CONFIDENTIAL, "tells": tells, "why": why}
        what = MARKED if on else UNMARKED
        db.execute(insert(log).values(made=now, who=who, what=what, about=about, details=details))
    return True


def reports_of(project: Project, kind: Kind, about: str) -> tuple[int, ...]:
    """The numbers of the reports that something is told in: what is to be looked at again when it is marked."""
    with project.database.reading() as db:
        if kind == "event":
            ids = {report for report, _ in _rows_of(db, {about})}
        else:
            ids = {about if kind == "report" else about.rpartition("#")[0]}
        query = select(reports.c.number).where(reports.c.id.in_(ids)).order_by(reports.c.number)
        return tuple(db.execute(query).scalars())


def _tells(row: EventMention, told: Iterable[tuple[int, int]]) -> bool:
    """Whether a row's own words, those of its trigger or of a place that tells it again, are among these."""
    spans = [(span.start, span.end) for span in (row.trigger, *row.tellings)]
    return any(start < last and first < end for start, end in told for first, last in spans)


def _rows_of(db: Connection, events: Collection[str]) -> set[tuple[str, str]]:
    """The report and the row's id of each mention of some events."""
    if not events:
        return set()
    query = (
        select(reports.c.id, mentions.c.event_id)
        .select_from(links)
        .join(mentions, mentions.c.number == links.c.mention)
        .join(codings, codings.c.number == mentions.c.coding)
        .join(reports, reports.c.number == codings.c.report)
        .where(links.c.event.in_(events))
    )
    return {(report, row) for report, row in db.execute(query)}


def _told(db: Connection, kind: Kind, about: str) -> set[Told]:
    """Where something is told that somebody marks. Raises :class:`ReviewError` where there is no such thing."""
    if kind == "report":
        if db.execute(select(reports.c.number).where(reports.c.id == about)).first() is None:
            raise ReviewError(f"there is no report {about[:80]!r}; `dateline changes` and the inbox list their ids")
        return set()
    if kind == "row":
        report, _, row = about.rpartition("#")
        held = db.execute(accepted().where(reports.c.id == report)).first()
        event = next((event for event in unpack(held).rows if event.id == row), None) if held else None
        if event is None:
            raise ReviewError(f"there is no row {about[:80]!r} in what holds now; look at its report again")
        return {(report, event.trigger.start, event.trigger.end)}
    if fate(db, about) is None:
        raise ReviewError(f"there is no event {about[:80]!r}; `dateline show` lists the events")
    query = (
        select(mentions.c.coding, mentions.c.event_id)
        .join(links, links.c.mention == mentions.c.number)
        .where(links.c.event == about)
    )
    found: set[Told] = set()
    for coding, row in db.execute(query).all():
        made = unpack(db.execute(coding_row(coding)).one())
        trigger = next(event.trigger for event in made.events if event.id == row)
        found.add((made.report.id, trigger.start, trigger.end))
    return found
