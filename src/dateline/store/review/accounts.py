"""Accounts: who may log in, as what, and what of it is written into the log.

No password, secret or code is kept but as its hash, except the secret of an authenticator, which must be known to check
what it shows. None of them is ever in the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, func, insert, select, update

from dateline.errors import ReviewError
from dateline.store.review.people import Person, Role
from dateline.store.review.tables import accounts
from dateline.store.tables import log

Kind = Literal["set-up", "recovery"]
Audited = Literal[
    "logged in",
    "log-in failed",
    "logged out",
    "account made",
    "account closed",
    "role changed",
    "password chosen",
    "password changed",
    "set up anew",
    "authenticator on",
    "authenticator off",
    "recovery codes made",
    "token made",
    "token ended",
    "sessions ended",
]
"""What the log says of accounts; ``about`` is the account."""
AUDITED: tuple[Audited, ...] = get_args(Audited)


@dataclass(frozen=True, slots=True)
class OneTime:
    """A code that works once: what for, the SHA-256 of it, and until when it works (None: until it is used)."""

    kind: Kind
    hash: str
    ends: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it is kept; the columns are explained in :mod:`dateline.store.review.tables`."""

    name: str
    shown: str
    role: Role
    made: str
    password: str | None = None
    totp: str | None = None
    counter: int = 0
    codes: tuple[OneTime, ...] = ()
    failures: int = 0
    blocked: str | None = None
    ended: str | None = None
    preferences: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether somebody can work with it."""
        return self.ended is None

    @property
    def person(self) -> Person:
        """Who works with it."""
        return Person(self.name, self.shown, self.role)


def every(db: Connection) -> Iterator[Account]:
    """All accounts by name, the closed ones too."""
    for row in db.execute(select(accounts).order_by(accounts.c.name)):
        yield _of(row)


def find(db: Connection, name: str) -> Account | None:
    """The account of that name."""
    row = db.execute(select(accounts).where(accounts.c.name == name)).first()
    return None if row is None else _of(row)


def named(db: Connection, name: str) -> Account:
    """The open account of that name. Raises :class:`ReviewError` where there is none."""
    found = find(db, name)
    if found is None:
        raise ReviewError(f"there is no account {name!r}; to see all, write: dateline people list")
    if not found.is_open:
        raise ReviewError(f"the account {name!r} was closed; add the person under another name")
    return found


def is_shared(db: Connection) -> bool:
    """Whether there is an open account, so that people log in."""
    return bool(db.execute(select(func.count()).where(accounts.c.ended.is_(None))).scalar_one())


def add(db: Connection, account: Account) -> None:
    """Put an account in. Raises :class:`ReviewError` where its name, or the name that is shown, is taken.

    Names of closed accounts stay taken: what stands on old decisions must not pass for somebody else's.
    """
    for one in every(db):
        if one.name == account.name:
            raise ReviewError(f"there is an account {account.name!r} already; take another name")
        if one.shown.casefold() == account.shown.casefold():
            raise ReviewError(f"{one.name} is shown as {one.shown!r} already; have this person shown otherwise")
    values = {name: getattr(account, name) for name in _COLUMNS}
    db.execute(insert(accounts).values({**values, "codes": _written(account.codes)}))


def change(db: Connection, name: str, *, codes: tuple[OneTime, ...] | None = None, **values: Any) -> None:
    """Change some columns of an account."""
    if codes is not None:
        values["codes"] = _written(codes)
    db.execute(update(accounts).where(accounts.c.name == name).values(values))


def audit(db: Connection, now: str, who: str, what: Audited, about: str, **details: str) -> None:
    """Write into the log what happened to an account."""
    db.execute(insert(log).values(made=now, who=who, what=what, about=about, details=details))


def _of(row: Row[Any]) -> Account:
    values = {**row._mapping, "codes": tuple(OneTime(**one) for one in row.codes)}
    return Account(**values)


def _written(codes: tuple[OneTime, ...]) -> list[dict[str, str | None]]:
    return [{"kind": one.kind, "hash": one.hash, "ends": one.ends} for one in codes]


_COLUMNS = tuple(column.name for column in accounts.columns)
