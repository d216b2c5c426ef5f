"""What becomes of people's decisions when reports are coded anew: they hold of what tells the same in the newer coding.

Decisions stay as they were said. The table of heirs says which mention each withdrawn one gave its place to, worked out
from the coding that the person looked at; what has no effect now is told with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, or_, select

from dateline.link.heirs import heirs as heirs_among
from dateline.link.heirs import moved
from dateline.link.model import Decision, in_turn, report_of
from dateline.model import EventMention, Report
from dateline.store.door.versions import older_than
from dateline.store.kept.codings import accepted, coding_row, not_taken, unpack
from dateline.store.tables import codings, decisions, heirs, links, mentions, taken, versions


@dataclass(frozen=True, slots=True)
class Unheeded:
    """A decision, as it was said, that has no effect now or will have none, and why.

    ``holds_of`` are the mentions of today that stand for the two it names, as far as there are any.
    """

    decision: Decision
    why: str
    holds_of: tuple[str, ...]

    def __str__(self) -> str:
        said = self.decision
        return f"{said.first} and {said.second} are {said.answer}, by {said.who} ({said.when}): {self.why}"


def instead_of(db: Connection, into: Mapping[int, int]) -> dict[str, str | None]:
    """Of every mention of the older codings of some reports the one that decisions on it hold of now.

    ``into`` gives the coding of each report that counts now, by the reports' numbers.
    """
    rows = db.execute(
        _told()
        .where(codings.c.report.in_(into), codings.c.number.not_in(into.values()))
        .add_columns(_decided().label("decided"))
    ).all()
    found: dict[str, str | None] = {row.id: None for row in rows}
    return found | _Told(db).heirs([row for row in rows if row.decided], into)


def left_behind(db: Connection) -> dict[str, str | None]:
    """Mentions that were decided on, of codings that newer ones took the place of, without a note of their heirs.

    So did versions that did not carry decisions leave them: out of linking, or put back in beside what is newer.
    """
    noted = exists().where(heirs.c.mention == mentions.c.id)
    linked = exists().where(links.c.mention == mentions.c.number)
    rows = [row for row in db.execute(_told().where(_decided(), or_(~noted, linked))) if row.coding != row.counts]
    return _Told(db).heirs(rows, {row.report: row.counts for row in rows if row.counts is not None})


def successor(db: Connection, mention: str) -> str | None:
    """The linked mention that tells the same as a withdrawn one; None where none does."""
    row = db.execute(_told().where(mentions.c.id == mention)).one()
    return _Told(db).heirs([row], {row.report: row.counts}).get(mention)


def unheeded(db: Connection) -> tuple[Unheeded, ...]:
    """The decisions, less those that newer ones on the same mentions replaced, that have no effect or will lose it."""
    last: dict[frozenset[str], Row[Any]] = {}
    for row in db.execute(_carried()):
        pair = frozenset((row.first_heir or row.first, row.second_heir or row.second))
        last.pop(pair, None)
        last[pair] = row
    if not last:
        return ()
    told = _Told(db)
    lost = _to_be_lost(db, told) | dict.fromkeys(left_behind(db), "a report was coded anew; write: dateline link")
    found = []
    for row in last.values():
        why = next((why for why in _reasons(row, told, lost) if why), None)
        if why is not None:
            said = Decision(row.first, row.second, row.answer, row.who, row.made, row.why)
            ends = (row.first_heir or row.first, row.first_event), (row.second_heir or row.second, row.second_event)
            found.append(Unheeded(said, why, tuple(end for end, event in ends if event is not None)))
    return tuple(found)


def _reasons(row: Row[Any], told: _Told, lost: Mapping[str, str]) -> Iterable[str | None]:
    ends = ((row.first, row.first_noted, row.first_heir), (row.second, row.second_noted, row.second_heir))
    for said, noted, heir in ends:
        if noted is not None and heir is None:
            yield told.loss(said)
    first, second = (heir or said for said, _, heir in ends)
    if first == second:
        yield f"report {report_of(first)!r} was coded anew, and both are {first} now" * (row.answer == "different")
        return
    yield lost.get(first) or lost.get(second)
    if (row.first_event == row.second_event) != (row.answer == "same"):
        yield "another decision speaks against it, or it waits for: dateline link"


def _to_be_lost(db: Connection, told: _Told) -> dict[str, str]:
    """Of the decided mentions that the codings which wait for linking have no heir of, why."""
    last = not_taken(accepted()).with_only_columns(codings.c.report, codings.c.number)
    waiting = {row.report: row.number for row in db.execute(last)}
    waiting = older_than(db, waiting) | waiting
    if not waiting:
        return {}
    named = or_(_decided(), mentions.c.id.in_(select(heirs.c.heir).where(heirs.c.heir.is_not(None))))
    linked = exists().where(links.c.mention == mentions.c.number)
    rows = [row for row in db.execute(_told().where(named, linked)) if row.report in waiting]
    heir = told.heirs(rows, waiting)
    return {r.id: f"{told.absence(r, waiting[r.report])}, and waits for: dateline link" for r in rows if not heir[r.id]}


class _Told:
    """The events of codings, read once each."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._read: dict[int, tuple[int, Report, tuple[EventMention, ...], tuple[EventMention, ...]]] = {}

    def heirs(self, rows: Iterable[Row[Any]], into: Mapping[int, int]) -> dict[str, str | None]:
        """The heirs of mentions in the codings of their reports that count."""
        found: dict[str, str | None] = {}
        for row in rows:
            turn, report, events, _ = self._of(into[row.report])
            heir = heirs_among(self._old(row.coding, report), events).get(row.event_id)
            found[row.id] = heir and in_turn(f"{report.id}#{heir}", turn)
        return found

    def loss(self, mention: str) -> str:
        """Why a withdrawn mention has no heir."""
        row = self._db.execute(_told().where(mentions.c.id == mention)).one()
        return self.absence(row, row.counts)

    def absence(self, row: Row[Any], coding: int) -> str:
        """What a coding has where an older one had a mention that it has no heir of."""
        _, report, _, suggestions = self._of(coding)
        suggested = heirs_among(self._old(row.coding, report), suggestions)
        what = "has it among its suggestions alone" if row.event_id in suggested else "has no event there"
        return f"the newer coding of report {report.id!r} {what}"

    def _old(self, coding: int, report: Report) -> tuple[EventMention, ...]:
        """The events of an older coding, in the places that a newer version of its report has for them."""
        _, old, events, _ = self._of(coding)
        return events if old.id == report.id else moved(events, report.text)

    def _of(self, number: int) -> tuple[int, Report, tuple[EventMention, ...], tuple[EventMention, ...]]:
        if number not in self._read:
            row = self._db.execute(coding_row(number).add_columns(codings.c.turn)).one()
            coding = unpack(row)
            self._read[number] = row.turn, coding.report, coding.events, coding.suggestions
        return self._read[number]


def _told() -> Select[Any]:
    """Mentions with the report and the coding of each, and the coding of that report, or its story, that counts."""
    newer, mine, other, its = codings.alias(), versions.alias(), versions.alias(), versions.alias()
    story = (
        select(other.c.report)
        .where(mine.c.report == codings.c.report, other.c.story == mine.c.story)
        .correlate(codings)
    )
    counts = (
        select(newer.c.number)
        .join(taken, taken.c.coding == newer.c.number)
        .outerjoin(its, its.c.report == newer.c.report)
        .where(or_(newer.c.report == codings.c.report, newer.c.report.in_(story)))
        .order_by(its.c.time.desc().nulls_last(), newer.c.report.desc(), newer.c.turn.desc())
        .correlate(codings)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(mentions.c.id, mentions.c.event_id, mentions.c.coding, codings.c.report, counts.label("counts"))
        .join(codings, codings.c.number == mentions.c.coding)
        .order_by(mentions.c.id)
    )


def _decided() -> ColumnElement[bool]:
    """Of a mention, whether a decision names it."""
    return or_(mentions.c.id.in_(select(decisions.c.first)), mentions.c.id.in_(select(decisions.c.second)))


def _carried() -> Select[Any]:
    """Decisions, the oldest first, with the heirs of their ends and the events that those are in now."""
    query = select(decisions)
    for said in (decisions.c.first, decisions.c.second):
        heir, mention, link = heirs.alias(), mentions.alias(), links.alias()
        query = (
            query.outerjoin(heir, heir.c.mention == said)
            .outerjoin(mention, mention.c.id == func.coalesce(heir.c.heir, said))
            .outerjoin(link, link.c.mention == mention.c.number)
            .add_columns(
                heir.c.mention.label(f"{said.name}_noted"),
                heir.c.heir.label(f"{said.name}_heir"),
                link.c.event.label(f"{said.name}_event"),
            )
        )
    return query.order_by(decisions.c.number)
