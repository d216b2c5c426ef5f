"""People's decisions: whether two mentions are of one event. They are added, never changed; the last word holds."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from dateline.errors import StoreError
from dateline.link.model import Answer, Decision
from dateline.store.kept.events import fate
from dateline.store.kept.heirs import successor
from dateline.store.tables import decisions, links, log, mentions


def mentions_of(db: Connection, name: str) -> tuple[str, ...]:
    """The mention of that id, or the mentions of the event of that id, sorted.

    Raises :class:`StoreError`, which names the successors of an event that gave way and of a mention that was
    withdrawn: a decision on these would hold of nothing.
    """
    linked = select(mentions.c.id, links.c.event).join(links, links.c.mention == mentions.c.number)
    if db.execute(linked.where(mentions.c.id == name)).first() is not None:
        return (name,)
    found = tuple(db.execute(linked.where(links.c.event == name).order_by(mentions.c.id)).scalars())
    if found:
        return found
    if db.execute(select(mentions.c.id).where(mentions.c.id == name)).first() is not None:
        heir = successor(db, name)
        row = db.execute(linked.where(mentions.c.id == heir)).first()
        if row is None:
            raise StoreError(
                f"{name!r} is of an older coding of its report, and the newer one has no event there; "
                "`dateline show` lists the events"
            )
        raise StoreError(f"{name!r} is of an older coding of its report; name its successor {heir} (event {row.event})")
    gone = fate(db, name)
    if gone is None:
        raise StoreError(f"{name!r} is no event and no mention of this project; `dateline show` lists the events")
    if not gone.successors:
        raise StoreError(f"event {name!r} has no report any more that tells of it; `dateline show` lists the events")
    raise StoreError(f"event {name!r} gave way to {', '.join(gone.successors)}; name one of them")


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
