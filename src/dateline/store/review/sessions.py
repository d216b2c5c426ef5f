"""Sessions: browsers that somebody has logged in with. The browser holds a random key, the table its hash alone."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select, update

from dateline.store.review.accounts import Account, find
from dateline.store.review.tables import sessions

IDLE = timedelta(hours=4)
"""A session ends when nothing is asked for so long."""
WHOLE = timedelta(hours=72)
"""A session ends after so long in any case."""
TOUCHED = timedelta(minutes=2)
"""How old "last seen" may be before it is written anew: each writing costs a transaction."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session; ``key`` is the hash of what the browser holds."""

    key: str
    account: str
    made: str
    seen: str
    ends: str


def hashed(secret: str) -> str:
    """What is kept of a random secret: it has 256 bits, so that one plain hash of it cannot be turned back."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def begin(db: Connection, account: str, now: str) -> str:
    """Begin a session; what the browser is to hold. Sessions that ended by themselves are cleared away."""
    secret = secrets.token_urlsafe(32)
    db.execute(delete(sessions).where(sessions.c.ends < now))
    ends = (datetime.fromisoformat(now) + WHOLE).isoformat(timespec="seconds")
    db.execute(insert(sessions).values(key=hashed(secret), account=account, made=now, seen=now, ends=ends))
    return secret


def live(db: Connection, secret: str, now: str) -> tuple[Session, Account] | None:
    """The session that a browser holds the key of, with its account; None where it ended or never was."""
    row = db.execute(select(sessions).where(sessions.c.key == hashed(secret))).first()
    if row is None:
        return None
    session, moment = Session(**row._mapping), datetime.fromisoformat(now)
    if moment >= datetime.fromisoformat(session.ends) or moment >= datetime.fromisoformat(session.seen) + IDLE:
        return None
    account = find(db, session.account)
    return (session, account) if account is not None and account.is_open else None


def is_stale(session: Session, now: str) -> bool:
    """Whether it is time to write that the session was seen."""
    return datetime.fromisoformat(now) >= datetime.fromisoformat(session.seen) + TOUCHED


def touch(db: Connection, session: Session, now: str) -> None:
    """Write that a session was seen."""
    db.execute(update(sessions).where(sessions.c.key == session.key).values(seen=now))


def end(db: Connection, key: str) -> None:
    """End one session."""
    db.execute(delete(sessions).where(sessions.c.key == key))


def end_all(db: Connection, account: str, *, but: str = "") -> int:
    """End all sessions of an account, but for the one with that key; how many."""
    return db.execute(delete(sessions).where(sessions.c.account == account, sessions.c.key != but)).rowcount


def sessions_of(db: Connection, account: str, now: str) -> Iterator[Session]:
    """The sessions of an account that have not ended, the last seen first."""
    idle = (datetime.fromisoformat(now) - IDLE).isoformat(timespec="seconds")
    query = select(sessions).where(sessions.c.account == account, sessions.c.ends > now, sessions.c.seen > idle)
    for row in db.execute(query.order_by(sessions.c.seen.desc())):
        yield Session(**row._mapping)
