"""People's decisions: whether two mentions are of one event. They are added, never changed; the last word holds."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from dateline.errors import StoreError
from dateline.link.model import Answer, Decision
from dateline.store.tables import decisions, links, log, mentions


def mentions_of(db: Connection, name: str) -> tuple[str, ...]:
    """The mention of that id, or the mentions of the event of that id, sorted. Raises :class:`StoreError`."""
    if db.execute(select(mentions.c.id).where(mentions.c.id == name)).first() is not None:
        return (name,)
    query = (
        select(mentions.c.id)
        .join(links, links.c.mention == mentions.c.number)
        .where(links.c.event == name)
        .order_by(mentions.c.id)
    )
    found = tuple(db.execute(query).scalars())
    if not found:
        raise StoreError(f"{name!r} is no event and no mention of this project; `dateline show` lists the events")
    return found


def pairs(first: Sequence[str], second: Sequence[str], answer: Answer) -> tuple[tuple[str, str], ...]:
    """The pairs of mentions that a word on two events is about.

    Who calls two events the same has looked at each as a whole: all their mentions stay together. Who calls them
    different says so of every mention of the one and of the other.
    """
    if answer == "same":
        rest = sorted({*first, *second} - {first[0]})
        return tuple((min(first[0], other), max(first[0], other)) for other in rest)
    return tuple(sorted((min(a, b), max(a, b)) for a in first for b in second))


def put_decision(db: Connection, decision: Decision) -> None:
    """Add a decision, and log who made it."""
    db.execute(
        insert(decisions).values(
            first=decision.first,
            second=decision.second,
            answer=decision.answer,
            who=decision.who,
            made=decision.when,
            why=decision.why,
        )
    )
    details = {"with": decision.second, "answer": decision.answer, "why": decision.why}
    db.execute(
        insert(log).values(made=decision.when, who=decision.who, what="decided", about=decision.first, details=details)
    )
