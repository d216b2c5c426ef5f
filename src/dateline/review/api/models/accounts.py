"""Accounts, and the tokens that programs of their people send."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dateline.review.api.models.base import Asked, Told, example
from dateline.store.review.accounts import Account
from dateline.store.review.people import Role
from dateline.store.review.tokens import Scope, Token

Password = Annotated[str, Field(min_length=1, max_length=1000)]
Name = Annotated[str, Field(min_length=1, max_length=100)]


class AccountTold(Told):
    """An account; no password, code or secret is ever given."""

    model_config = example(
        name="ada",
        shown="A. Editor",
        role="coder",
        made="2024-06-01T12:00:00+00:00",
        ended=None,
        chosen=True,
        authenticator=False,
    )

    name: str
    shown: str
    """The name that stands on what the person does."""
    role: Role
    made: str
    ended: str | None
    """When it was closed; null: it is open."""
    chosen: bool
    """Whether the person has chosen a password, so that the account can be used."""
    authenticator: bool
    """Whether the person uses one."""

    @classmethod
    def of(cls, one: Account) -> AccountTold:
        """From what the store has."""
        return cls(
            name=one.name,
            shown=one.shown,
            role=one.role,
            made=one.made,
            ended=one.ended,
            chosen=one.password is not None,
            authenticator=one.totp is not None,
        )


class Sure(Asked):
    """Who changes accounts or makes tokens gives the own password, as on the page: a token alone does not do."""

    model_config = example(password="correct horse battery staple")

    password: Password
    """Of the person who asks."""


class NewAccount(Sure):
    """Somebody who is to work in the project."""

    model_config = example(name="ada", shown="A. Editor", role="coder", password="correct horse battery staple")

    name: Name
    """What the person logs in with."""
    shown: Annotated[str, Field(max_length=100)] = ""
    """The name that stands on what the person does; empty: that of the account."""
    role: Role


class NewRole(Sure):
    """Another role."""

    model_config = example(role="adjudicator", password="correct horse battery staple")

    role: Role


class SetUp(Told):
    """A code with which the person sets the account up, once; it is shown this once."""

    model_config = example(name="ada", code="K7QF-2M9X-4TRB")

    name: str
    code: str


class TokenTold(Told):
    """A token as it is kept: what a program sends is shown once, when it is made."""

    model_config = example(
        number=3,
        account="ada",
        label="the weekly notebook",
        scope="read",
        made="2024-06-01T12:00:00+00:00",
        ends="2024-08-30T12:00:00+00:00",
        ended=None,
        works=True,
    )

    number: int
    account: str
    label: str
    scope: Scope
    made: str
    ends: str | None
    """When it ends by itself; null: it does not."""
    ended: str | None
    """When it was taken back."""
    works: bool

    @classmethod
    def of(cls, one: Token, now: str) -> TokenTold:
        """From what the store has."""
        return cls(
            number=one.number,
            account=one.account,
            label=one.label,
            scope=one.scope,
            made=one.made,
            ends=one.ends,
            ended=one.ended,
            works=one.is_live(now),
        )


class NewToken(Sure):
    """A token for a program of the person who asks."""

    model_config = example(label="the weekly notebook", scope="read", days=90, password="correct horse battery staple")

    label: Name
    """What it is for."""
    scope: Scope = "read"
    """read: it may only look; write: it may do what the person may."""
    days: Annotated[int, Field(ge=0, le=9999)] = 90
    """For how many days it works; 0: until it is taken back."""


class MadeToken(Told):
    """What the program is to send; it is shown this once."""

    model_config = example(token="dl_4nq8R0mYtJ5kZcVh2sXbLw")

    token: str
