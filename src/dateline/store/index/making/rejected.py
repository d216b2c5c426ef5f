"""The rows that people rejected of a report, as they last stood: gone from what holds, and looked for all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from dateline.model import Coding, EventMention, LeftOut
from dateline.store.kept.codings import BLIND, BY_HAND, coding_row, unpack
from dateline.store.kept.corrections import REJECTED_BY
from dateline.store.review.tables import acts
from dateline.store.tables import codings


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is gone: its id in the report's key, the event, the coding that it stood in last, who rejected it."""

    name: str
    event: EventMention
    coding: Coding
    by: str


def rejected(db: Connection, report: int, held: int, coding: Coding) -> tuple[Rejected, ...]:
    """The rejected rows of the coding that holds of a report, given with its number, in the order of the text.

    A coding keeps of them their words and who rejected them; what they said stands in the codings before it.
    """
    gone = [one for one in coding.left_out if one.what == "event" and one.why.startswith(REJECTED_BY)]
    if not gone:
        return ()
    taken = {row.id for row in coding.rows}
    found: list[Rejected] = []
    for number, often in _codings(db, report, held):
        source = unpack(db.execute(coding_row(number)).one())
        for event in source.rows:
            words = _words(event, gone)
            if words is None or event.id in often or (event.id in taken and _stays(event, coding)):
                continue
            # Of a newer coding that suggests rows again an id may be that of another row.
            name = f"{event.id}@{number}" if event.id in taken else event.id
            found.append(Rejected(name, replace(event, id=name), _renamed(source, event, name), _by(words)))
            taken.add(name)
            gone.remove(words)
        if not gone:
            break
    return tuple(sorted(found, key=lambda one: (one.event.trigger.start, one.name)))


def _codings(db: Connection, report: int, held: int) -> Iterator[tuple[int, frozenset[str]]]:
    """The codings in which a rejected row may stand as it was last, each with the ids of those that may not.

    A row that people touched once is in the machine's coding as it was rejected: of a report of which much was decided
    no more is read. Others are looked for in the codings before it, the last first.
    """
    query = select(codings.c.number, codings.c.settings).where(codings.c.report == report, codings.c.number < held)
    every = {row.number: row.settings for row in db.execute(query.order_by(codings.c.turn))}
    done = db.execute(
        select(acts.c.rows, acts.c.before).where(acts.c.report == report, acts.c.after <= held).order_by(acts.c.number)
    ).all()
    touched = Counter(row for act in done for row in set(act.rows))
    often = frozenset(row for row, times in touched.items() if times > 1)
    yield from ((number, often) for number in reversed(every) if every[number] not in {BY_HAND, BLIND})
    before = dict.fromkeys(act.before for act in reversed(done) if act.before is not None)
    yield from ((number, frozenset()) for number in (*before, *reversed(every)) if every.get(number, BLIND) != BLIND)


def _words(event: EventMention, gone: list[LeftOut]) -> LeftOut | None:
    at = event.trigger.start, event.trigger.end
    return next((one for one in gone if (one.start, one.end) == at), None)


def _stays(event: EventMention, coding: Coding) -> bool:
    """Whether the coding that holds has the row still."""
    return any(row.id == event.id and row.trigger == event.trigger for row in coding.rows)


def _renamed(coding: Coding, event: EventMention, name: str) -> Coding:
    """The coding with that row alone among its events, under its name."""
    return replace(coding, events=(replace(event, id=name),), suggestions=())


def _by(words: LeftOut) -> str:
    return words.why.removeprefix(REJECTED_BY)
