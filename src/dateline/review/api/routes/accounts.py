"""Accounts, for admins, and tokens, for whom they are of."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Request

from dateline.errors import NotAllowedError, NotThereError
from dateline.review.api.models.accounts import (
    AccountTold,
    MadeToken,
    NewAccount,
    NewRole,
    NewToken,
    SetUp,
    Sure,
    TokenTold,
)
from dateline.review.api.models.base import MOST
from dateline.review.api.routing import room
from dateline.review.guard import keeping
from dateline.review.guard.login import name_of
from dateline.review.guard.who import Admin, Here, Viewer, guard_of
from dateline.review.web.problems import answers
from dateline.review.workspace import Workspace
from dateline.store.review import accounts, tokens
from dateline.store.review.accounts import Account
from dateline.store.review.people import Person

router = room("accounts")

_Name = Annotated[str, Path(min_length=1, max_length=100, description="The name of an account.")]
_Number = Annotated[int, Path(ge=1, le=MOST, description="The number of a token.")]
_Whose = Annotated[
    str | None, Query(max_length=100, description="Of another account: for admins. Without it: of one's own.")
]


@router.get("/accounts", operation_id="list_accounts")
def every(here: Here, _person: Admin) -> list[AccountTold]:
    """All accounts by name, the closed ones too."""
    with here.project.database.reading() as db:
        return [AccountTold.of(one) for one in accounts.every(db)]


@router.post("/accounts", operation_id="add_account")
def add(request: Request, here: Here, person: Admin, told: NewAccount) -> SetUp:
    """Add a person; the answer has the code with which the person chooses a password."""
    _sure(request, here, person, told)
    return SetUp(
        name=name_of(told.name), code=keeping.add(here.project, told.name, told.shown, told.role, person.shown)
    )


@router.put("/accounts/{name}/role", operation_id="set_role", status_code=204, responses=answers(404))
def role(request: Request, here: Here, person: Admin, name: _Name, told: NewRole) -> None:
    """Give a person another role, at once."""
    _there(here, name)
    _sure(request, here, person, told)
    keeping.set_role(here.project, name, told.role, person.shown)


@router.post("/accounts/{name}/reset", operation_id="reset_account", responses=answers(404))
def reset(request: Request, here: Here, person: Admin, name: _Name, told: Sure) -> SetUp:
    """Have a person set the account up anew: the password, sessions and tokens of before are gone."""
    _there(here, name)
    _sure(request, here, person, told)
    return SetUp(name=name_of(name), code=keeping.reset(here.project, name, person.shown))


@router.post("/accounts/{name}/close", operation_id="close_account", status_code=204, responses=answers(404))
def close(request: Request, here: Here, person: Admin, name: _Name, told: Sure) -> None:
    """Close an account: nobody works with it any more, and its name stays on what was decided."""
    _there(here, name)
    _sure(request, here, person, told)
    keeping.close(here.project, name, person.shown)


@router.get("/tokens", operation_id="list_tokens", responses=answers(404))
def of_account(here: Here, person: Viewer, account: _Whose = None) -> list[TokenTold]:
    """Tokens, the newest first, those that have ended too."""
    name = _whose(here, person, account)
    now = here.project.now()
    with here.project.database.reading() as db:
        return [TokenTold.of(one, now) for one in tokens.tokens_of(db, name)]


@router.post("/tokens", operation_id="make_token")
def make(request: Request, here: Here, person: Viewer, told: NewToken) -> MadeToken:
    """Make a token for a program of one's own. The password is asked for: a token alone makes no other."""
    account = _sure(request, here, person, told)
    return MadeToken(token=keeping.make_token(here.project, account, told.label, told.scope, told.days or None))


@router.delete("/tokens/{number}", operation_id="end_token", status_code=204, responses=answers(404))
def end(here: Here, person: Viewer, number: _Number, account: _Whose = None) -> None:
    """Take a token back: it works no more, at once."""
    name = _whose(here, person, account)
    now = here.project.now()
    with here.project.database.reading() as db:
        there = any(one.number == number and one.is_live(now) for one in tokens.tokens_of(db, name))
    if not there:
        raise NotThereError(f"{name!r} has no token {number} that works; the list of tokens has them")
    keeping.end_token(here.project, name, number, person.shown)


def _whose(here: Workspace, person: Person, account: str | None) -> str:
    """Whose tokens are meant. Raises :class:`NotAllowedError` for those of others, but for admins."""
    if account is None or name_of(account) == person.name:
        return person.name
    if not person.may("admin"):
        raise NotAllowedError("tokens of others are for admins; leave the account out to see your own")
    return _there(here, account).name


def _there(here: Workspace, name: str) -> Account:
    with here.project.database.reading() as db:
        found = accounts.find(db, name_of(name))
    if found is None:
        raise NotThereError(f"there is no account {name[:100]!r}; the list of accounts has them")
    return found


def _sure(request: Request, here: Workspace, person: Person, told: Sure) -> Account:
    """The account of who asks, once the password is right.

    Raises :class:`LogInError` where it is not, and :class:`NotAllowedError` where nobody logs in.
    """
    with here.project.database.reading() as db:
        account = accounts.find(db, person.name) if here.local is None else None
    if account is None:
        raise NotAllowedError("that needs an account; the first is made by: dateline people add")
    guard_of(request).log_in.again(account.name, told.password)
    return account
