"""Keeping accounts: who is added, in what role, and who is let go. The command line and the settings call these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from dateline.errors import ReviewError
from dateline.review.guard import codes
from dateline.review.guard.login import name_of
from dateline.store.project import Project
from dateline.store.review import accounts, sessions, tokens
from dateline.store.review.accounts import Account
from dateline.store.review.people import ROLES, Role
from dateline.store.review.tokens import Scope

_NAME = re.compile(r"[\w][\w.@+-]{0,99}")
MOST_SHOWN = 100
"""Characters of a name that is shown."""
MOST_PREFERENCES = 64
"""Preferences of one person."""


def add(project: Project, name: str, shown: str, role: Role, who: str) -> str:
    """Add a person; the code with which the person chooses a password. Raises :class:`ReviewError`."""
    name, shown = name_of(name), " ".join(shown.split()) or name
    if not _NAME.fullmatch(name):
        raise ReviewError(f"{name!r} is no name of an account; take letters, digits and . @ + - _, such as ada")
    if len(shown) > MOST_SHOWN or not shown.isprintable():
        raise ReviewError(f"a name that is shown is one line of at most {MOST_SHOWN} characters")
    now = project.now()
    with project.database.writing() as db:
        if not accounts.is_shared(db) and role != "admin":
            raise ReviewError("the first account is an admin's, who adds the others; give it the role admin")
        code, kept = codes.one_time("set-up", now)
        accounts.add(db, Account(name, shown, role, now, codes=(kept,)))
        accounts.audit(db, now, who, "account made", name, role=role, shown=shown)
    return code


def set_role(project: Project, name: str, role: Role, who: str) -> None:
    """Give a person another role, at once. Raises :class:`ReviewError` where no admin would be left."""
    now = project.now()
    with project.database.writing() as db:
        account = accounts.named(db, name_of(name))
        if account.role == role:
            raise ReviewError(f"{account.name} is a {role} already; nothing was changed")
        if role != "admin":
            _leave_an_admin(db, account)
        accounts.change(db, account.name, role=role)
        accounts.audit(db, now, who, "role changed", account.name, old=account.role, new=role)


def reset(project: Project, name: str, who: str) -> str:
    """Have a person set the account up anew: password, authenticator, codes, sessions and tokens are gone; the code."""
    now = project.now()
    with project.database.writing() as db:
        account = accounts.named(db, name_of(name))
        code, kept = codes.one_time("set-up", now)
        values = {"password": None, "totp": None, "counter": 0, "failures": 0, "blocked": None}
        accounts.change(db, account.name, codes=(kept,), **values)
        sessions.end_all(db, account.name)
        tokens.take_back_all(db, account.name, now)
        accounts.audit(db, now, who, "set up anew", account.name)
    return code


def close(project: Project, name: str, who: str) -> None:
    """Close an account: nobody works with it any more; its name stays taken, and on what was decided."""
    now = project.now()
    with project.database.writing() as db:
        account = accounts.named(db, name_of(name))
        if sum(one.is_open for one in accounts.every(db)) > 1:
            _leave_an_admin(db, account)
        values = {"password": None, "totp": None, "ended": now}
        accounts.change(db, account.name, codes=(), **values)
        sessions.end_all(db, account.name)
        tokens.take_back_all(db, account.name, now)
        accounts.audit(db, now, who, "account closed", account.name)


def role_of(text: str) -> Role:
    """A role by its name. Raises :class:`ReviewError`."""
    for role in ROLES:
        if role == text:
            return role
    raise ReviewError(f"there is no role {text!r}; the roles are {', '.join(ROLES)}")


def turn_on(project: Project, account: Account, secret: str, code: str) -> tuple[str, ...]:
    """Have an account use an authenticator from now on; the recovery codes. Raises :class:`ReviewError`."""
    now = project.now()
    step = codes.step_of(secret, code, now, 0) if codes.is_secret(secret) else None
    if step is None:
        raise ReviewError(
            "that is not what the authenticator shows; check its clock, and give the code that it shows now"
        )
    with project.database.writing() as db:
        accounts.change(db, account.name, totp=secret, counter=step)
        accounts.audit(db, now, account.shown, "authenticator on", account.name)
        return _recovery(db, account, now)


def turn_off(project: Project, account: Account) -> None:
    """Have an account use no authenticator any more; its recovery codes are gone."""
    now = project.now()
    with project.database.writing() as db:
        accounts.change(db, account.name, totp=None, codes=_but_recovery(account))
        accounts.audit(db, now, account.shown, "authenticator off", account.name)


def new_recovery(project: Project, account: Account) -> tuple[str, ...]:
    """New recovery codes; the old ones work no more."""
    now = project.now()
    with project.database.writing() as db:
        return _recovery(db, account, now)


def make_token(project: Project, account: Account, label: str, scope: Scope, days: int | None) -> str:
    """A token for a program; what it is to send, which is shown this once. Raises :class:`ReviewError`."""
    label = " ".join(label.split())
    if not label or len(label) > MOST_SHOWN:
        raise ReviewError("a token has a label, so that you know later what it is for; such as: the weekly notebook")
    now = project.now()
    ends = days and (datetime.fromisoformat(now) + timedelta(days=days)).isoformat(timespec="seconds")
    with project.database.writing() as db:
        secret = tokens.make(db, account.name, label, scope, now, ends or None)
        accounts.audit(db, now, account.shown, "token made", account.name, label=label, scope=scope)
    return secret


def end_token(project: Project, account: str, number: int, who: str) -> None:
    """Take a token of an account back. Raises :class:`ReviewError` where there is none of that number."""
    now = project.now()
    with project.database.writing() as db:
        token = tokens.take_back(db, account, number, now)
        accounts.audit(db, now, who, "token ended", account, label=token.label)


def prefer(project: Project, name: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Change some of a person's preferences, null taking one away; all of them. Raises :class:`ReviewError`."""
    with project.database.writing() as db:
        account = accounts.named(db, name)
        now = {k: v for k, v in {**account.preferences, **values}.items() if v is not None}
        if len(now) > MOST_PREFERENCES or any(len(k) > MOST_SHOWN or len(repr(v)) > 4000 for k, v in now.items()):
            raise ReviewError("that is more than preferences hold; take some away")
        accounts.change(db, name, preferences=now)
    return now


def _recovery(db: Connection, account: Account, now: str) -> tuple[str, ...]:
    made = [codes.one_time("recovery", now) for _ in range(codes.RECOVERY)]
    accounts.change(db, account.name, codes=(*_but_recovery(account), *(kept for _, kept in made)))
    accounts.audit(db, now, account.shown, "recovery codes made", account.name)
    return tuple(code for code, _ in made)


def _but_recovery(account: Account) -> tuple[accounts.OneTime, ...]:
    return tuple(one for one in account.codes if one.kind != "recovery")


def _leave_an_admin(db: Connection, account: Account) -> None:
    others = (one for one in accounts.every(db) if one.is_open and one.name != account.name)
    if account.role == "admin" and not any(one.role == "admin" for one in others):
        raise ReviewError(f"{account.name} is the last admin; make somebody else an admin first")
