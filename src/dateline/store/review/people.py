"""Who works in a project: accounts, and what a role allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["viewer", "reader", "coder", "adjudicator", "admin"]
"""A viewer sees the data and no names of the team; a reader sees all and comments; a coder decides; an adjudicator
assigns and settles what coders differ on; an admin keeps accounts and settings. Each may do what those before may."""
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Person:
    """Who is at work. ``name`` is the account, ``shown`` what stands on what the person does."""

    name: str
    shown: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether the person may do what somebody of that role may."""
        return ROLES.index(self.role) >= ROLES.index(role)
