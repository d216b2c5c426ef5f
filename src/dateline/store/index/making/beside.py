"""What the project has of reports beside the codings that hold: events, states, marks, assignments, acts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select

from dateline.model import EventMention
from dateline.store.door.versions import versions_of
from dateline.store.kept.codings import BLIND, unpack
from dateline.store.review.marks import Confidential, confidential
from dateline.store.review.tables import acts, assignments, states
from dateline.store.tables import codings, links, mentions, reports, versions


@dataclass(frozen=True, slots=True)
class Beside:
    """By the report's number. ``acts`` tells of each row whose coding it was changed in last."""

    events: dict[tuple[int, str], str]
    states: dict[int, Row[Any]]
    secret: Confidential
    assigned: dict[int, list[str]]
    acts: dict[int, dict[str, str]]
    differ: dict[int, frozenset[str]] = field(default_factory=dict)
    before: dict[int, str] = field(default_factory=dict)
    coded: frozenset[int] = frozenset()


def beside_of(db: Connection, numbers: Sequence[int]) -> Beside:
    """The same of reports by their numbers."""
    events = {
        (row.report, row.event_id): row.event
        for row in db.execute(
            select(codings.c.report, mentions.c.event_id, links.c.event)
            .join(mentions, mentions.c.coding == codings.c.number)
            .join(links, links.c.mention == mentions.c.number)
            .where(codings.c.report.in_(numbers))
            .order_by(codings.c.number)
        )
    }
    stands = {row.report: row for row in db.execute(select(states).where(states.c.report.in_(numbers)))}
    assigned: defaultdict[int, list[str]] = defaultdict(list)
    for row in db.execute(
        select(assignments.c.report, assignments.c.account)
        .where(assignments.c.report.in_(numbers))
        .order_by(assignments.c.number)
    ):
        assigned[row.report].append(row.account)
    touched: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for act in db.execute(
        select(acts.c.report, acts.c.rows, codings.c.coder)
        .join(codings, codings.c.number == acts.c.after)
        .where(acts.c.report.in_(numbers))
        .order_by(acts.c.number)
    ):
        touched[act.report].update(dict.fromkeys(act.rows, act.coder))
    some = frozenset(db.execute(select(codings.c.report).where(codings.c.report.in_(numbers)).distinct()).scalars())
    secret = confidential(db)
    return Beside(events, stands, secret, assigned, touched, _differ(db, numbers), _before(db, numbers), some)


def _before(db: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The ids of the versions before those of these reports that are later versions of a story."""
    later = db.execute(select(versions.c.report).where(versions.c.report.in_(numbers))).scalars()
    found = {}
    for number in list(later):
        told = versions_of(db, number)
        place = next(n for n, version in enumerate(told) if version.number == number)
        if place:
            found[number] = told[place - 1].report
    return found


def _differ(db: Connection, numbers: Sequence[int]) -> dict[int, frozenset[str]]:
    """The rows (by what they say) that some coder of a report has and another has not, where several coded blind."""
    told: defaultdict[int, dict[str, frozenset[str]]] = defaultdict(dict)
    query = (
        select(codings.c.coder, codings.c.form, reports)
        .join(reports, reports.c.number == codings.c.report)
        .where(codings.c.report.in_(numbers), codings.c.settings == BLIND)
        .order_by(codings.c.number)
    )
    for row in db.execute(query):
        told[row.number][row.coder] = frozenset(said(event) for event in unpack(row).events)
    return {
        number: frozenset.union(*by.values()) - frozenset.intersection(*by.values())
        for number, by in told.items()
        if len(by) > 1
    }


def said(event: EventMention) -> str:
    """What two coders must both say of an event to agree on it."""
    where = event.place and event.place.name
    when = event.date and event.date.edtf
    return json.dumps(
        [event.type, where, when, event.modality, [(n.kind, n.low, n.best, n.high) for n in event.counts]]
    )
