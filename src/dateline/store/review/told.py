"""What became of an event: decisions on its mentions, what it took the place of, what was done with its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from dateline.errors import ReviewError
from dateline.link.model import Answer, Decision
from dateline.store.kept.decisions import mentions_of, pairs, put_decision
from dateline.store.project import Project
from dateline.store.review.acts import Act, acts_of
from dateline.store.tables import codings, decisions, events, heirs, links, mentions, reports, successors

_ACTS = 40
"""Acts with the rows of an event that are told, the last ones."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Which row of which report a mention of an event is."""

    mention: str
    report: str
    number: int
    row: str


@dataclass(frozen=True, slots=True)
class EventHistory:
    """What is known of how an event came to be: when it was ``born`` and ``gone`` (None: it stands), which events
    gave way to it (``before``) and which it gave way to (``after``), the decisions on its mentions and what people did
    with its rows, the last first.
    """

    born: str
    gone: str | None
    before: tuple[str, ...]
    after: tuple[str, ...]
    decisions: tuple[Decision, ...]
    acts: tuple[Act, ...]


def mentioned(db: Connection, event: str) -> tuple[Mentioned, ...]:
    """The mentions of an event, by their ids."""
    query = (
        select(mentions.c.id, reports.c.id.label("report"), reports.c.number, mentions.c.event_id)
        .select_from(links)
        .join(mentions, mentions.c.number == links.c.mention)
        .join(codings, codings.c.number == mentions.c.coding)
        .join(reports, reports.c.number == codings.c.report)
        .where(links.c.event == event)
        .order_by(mentions.c.id)
    )
    return tuple(Mentioned(row.id, row.report, row.number, row.event_id) for row in db.execute(query))


def history_of(project: Project, event: str) -> EventHistory | None:
    """The history of an event; None where there never was one of that id."""
    with project.database.reading() as db:
        row = db.execute(select(events).where(events.c.id == event)).first()
        if row is None:
            return None
        told = mentioned(db, event)
        before = select(successors.c.event).where(successors.c.successor == event).order_by(successors.c.event)
        after = select(successors.c.successor).where(successors.c.event == event).order_by(successors.c.successor)
        return EventHistory(
            row.born,
            row.gone,
            tuple(db.execute(before).scalars()),
            tuple(db.execute(after).scalars()),
            _decisions(db, [one.mention for one in told]),
            _acts_with(db, told),
        )


def decide_apart(
    project: Project, event: str, apart: Iterable[str], *, who: str, why: str = ""
) -> tuple[Decision, ...]:
    """A person's word that some mentions of an event are another event than its others; kept before this returns.

    All or nothing. Raises :class:`ReviewError` where they are not in the event, or nothing would be left in it.
    """
    from dateline.store import linking

    with project.database.writing() as db:
        there = mentions_of(db, event)
        chosen = sorted(set(apart))
        rest = [mention for mention in there if mention not in chosen]
        if not chosen:
            raise ReviewError("nothing is chosen; choose the reports that tell of another event")
        if not set(chosen) <= set(there):
            raise ReviewError("what was chosen is not in this event any more; look at the event again")
        if not rest:
            raise ReviewError("all of the event is chosen; leave in it what it is to stay")
        now = project.now()
        made = tuple(Decision(a, b, "different", who, now, why) for a, b in pairs(chosen, rest, "different"))
        for decision in made:
            put_decision(db, decision)
        linking.relink(db, now, there)
    return made


def event_of(project: Project, mention: str) -> str | None:
    """The event that a mention is in now; None where it is in none."""
    query = select(links.c.event).join(mentions, mentions.c.number == links.c.mention).where(mentions.c.id == mention)
    with project.database.reading() as db:
        return db.execute(query).scalar_one_or_none()


def reports_told(project: Project, ids: Iterable[str]) -> tuple[int, ...]:
    """The numbers of the reports that tell of some events."""
    with project.database.reading() as db:
        return tuple(sorted({one.number for event in ids for one in mentioned(db, event)}))


def _decisions(db: Connection, ids: Sequence[str]) -> tuple[Decision, ...]:
    """The decisions on mentions, or on those that these took the place of, the last first."""
    found: dict[int, Decision] = {}
    for at in range(0, len(ids), 300):
        some = ids[at : at + 300]
        older = select(heirs.c.mention).where(heirs.c.heir.in_(some))
        about = [column.in_(some) | column.in_(older) for column in (decisions.c.first, decisions.c.second)]
        for row in db.execute(select(decisions).where(or_(*about))):
            answer: Answer = "same" if row.answer == "same" else "different"
            found[row.number] = Decision(row.first, row.second, answer, row.who, row.made, row.why)
    return tuple(found[number] for number in sorted(found, reverse=True))


def _acts_with(db: Connection, told: Sequence[Mentioned]) -> tuple[Act, ...]:
    rows: dict[int, set[str]] = {}
    for one in told:
        rows.setdefault(one.number, set()).add(one.row)
    found = [act for number, ids in rows.items() for act in acts_of(db, number) if ids & set(act.rows)]
    return tuple(sorted(found, key=lambda act: -act.number)[:_ACTS])
