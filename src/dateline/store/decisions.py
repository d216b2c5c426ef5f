"""People's decisions: whether two mentions are of one event. They are added, never changed; the last word holds."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from dateline.link.model import Decision
from dateline.store.errors import StoreError
from dateline.store.tables import decisions, links, log, mentions


def founding_mention(db: Connection, name: str) -> str:
    """The mention of that id, or the first mention of the event of that id. Raises :class:`StoreError`."""
    if db.execute(select(mentions.c.id).where(mentions.c.id == name)).first() is not None:
        return name
    query = (
        select(mentions.c.id)
        .join(links, links.c.mention == mentions.c.number)
        .where(links.c.event == name)
        .order_by(mentions.c.id)
    )
    first: str | None = db.execute(query).scalars().first()
    if first is None:
        raise StoreError(f"{name!r} is no event and no mention of this project; `dateline show` lists the events")
    return first


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
