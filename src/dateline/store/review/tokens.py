"""Tokens: what a program sends to the API in place of a log-in. The program holds it, the table its hash alone."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, insert, select, update

from dateline.errors import ReviewError
from dateline.store.review.accounts import Account, find
from dateline.store.review.sessions import hashed
from dateline.store.review.tables import tokens

Scope = Literal["read", "write"]
"""Whether a program may only read, or also do what the account's role allows."""
SCOPES: tuple[Scope, ...] = get_args(Scope)
BEGINNING = "dl_"
"""How tokens begin, so that one that got into a file by mistake is found."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept."""

    number: int
    account: str
    label: str
    scope: Scope
    made: str
    ends: str | None
    ended: str | None

    def is_live(self, now: str) -> bool:
        """Whether it still works."""
        return self.ended is None and (self.ends is None or now < self.ends)


def make(db: Connection, account: str, label: str, scope: Scope, now: str, ends: str | None) -> str:
    """Make a token; what the program is to send, which is shown once and kept nowhere."""
    secret = BEGINNING + secrets.token_urlsafe(32)
    values = {"account": account, "label": label, "scope": scope, "made": now, "ends": ends}
    db.execute(insert(tokens).values(key=hashed(secret), **values))
    return secret


def live(db: Connection, secret: str, now: str) -> tuple[Token, Account] | None:
    """The token that a program sent, with its account; None where it ended or never was."""
    row = db.execute(select(tokens).where(tokens.c.key == hashed(secret))).first()
    if row is None:
        return None
    token = _of(row)
    account = find(db, token.account)
    return (token, account) if account is not None and account.is_open and token.is_live(now) else None


def tokens_of(db: Connection, account: str) -> Iterator[Token]:
    """The tokens of an account, the newest first."""
    for row in db.execute(select(tokens).where(tokens.c.account == account).order_by(tokens.c.number.desc())):
        yield _of(row)


def take_back(db: Connection, account: str, number: int, now: str) -> Token:
    """End a token. Raises :class:`ReviewError` where the account has none of that number that works."""
    found = next((token for token in tokens_of(db, account) if token.number == number), None)
    if found is None or not found.is_live(now):
        raise ReviewError("there is no such token, or it has ended already; look at the list again")
    db.execute(update(tokens).where(tokens.c.number == number).values(ended=now))
    return found


def take_back_all(db: Connection, account: str, now: str) -> int:
    """End all tokens of an account; how many."""
    which = tokens.c.account == account, tokens.c.ended.is_(None)
    return db.execute(update(tokens).where(*which).values(ended=now)).rowcount


def _of(row: Row[Any]) -> Token:
    return Token(row.number, row.account, row.label, row.scope, row.made, row.ends, row.ended)
