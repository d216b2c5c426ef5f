"""Reports assigned to people: those that a query finds, or some of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from dateline.errors import ReviewError
from dateline.review.team.dealing import deal
from dateline.review.workspace import Workspace
from dateline.store.index.query import Query
from dateline.store.review.people import Person
from dateline.store.review.team.assignments import Assigned, assign, people, withdraw

MOST = 20_000
"""Reports that are assigned at once."""
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """How reports are to be dealt out: to ``each`` of the people named, ``blind`` or with the others.

    ``many`` of the reports are drawn (0: all of them).
    """

    people: tuple[str, ...]
    each: int
    blind: bool
    many: int = 0
    seed: int = 1


def everybody(workspace: Workspace) -> tuple[Person, ...]:
    """The people at work: those of the accounts, or who works where nobody logs in."""
    found = people(workspace.project)
    return found or ((workspace.local,) if workspace.local else ())


def reports_of(workspace: Workspace, query: Query, most: int = MOST) -> tuple[int, ...]:
    """The numbers of the reports of a query. Raises :class:`ReviewError` for more than can be assigned at once."""
    found: list[int] = []
    after: str | None = None
    while True:
        page = workspace.index.reports(query, order="report", after=after, limit=_PAGE)
        found += [line.number for line in page.lines]
        if len(found) > most:
            raise ReviewError(f"that are more than {most:,} reports; filter them further, and assign the rest later")
        after = page.after
        if after is None:
            return tuple(found)


def assign_query(workspace: Workspace, query: Query, wish: Wish, by: Person) -> Assigned:
    """Deal out the reports of a query, all or nothing; the index knows of it when this returns.

    Raises :class:`ReviewError` where nobody is chosen, no report fits, or blind coding has fewer than two coders.
    """
    chosen = _chosen(everybody(workspace), wish.people)
    if wish.blind and wish.each < 2:
        raise ReviewError("one coder alone agrees with nobody; have two people or more code each report blind")
    numbers = reports_of(workspace, query)
    if not numbers:
        raise ReviewError("no report fits; take a filter away")
    if 0 < wish.many < len(numbers):
        numbers = tuple(Random(wish.seed).sample(sorted(numbers), wish.many))  # no secret
    dealt = deal(numbers, chosen, each=wish.each, seed=wish.seed)
    done = assign(workspace.project, dealt, blind=wish.blind, by=by, local=workspace.local)
    workspace.index.refresh(numbers)
    return done


def take_back(workspace: Workspace, report: str, account: str, by: Person) -> None:
    """Take an assignment back."""
    number = withdraw(workspace.project, report, account, by)
    workspace.index.refresh([number])


def _chosen(there: Sequence[Person], names: Sequence[str]) -> tuple[Person, ...]:
    known = {person.name: person for person in there}
    for name in names:
        if name not in known:
            raise ReviewError(f"nobody here is called {name!r}; the people are {', '.join(sorted(known))}")
    if not names:
        raise ReviewError("nobody is chosen; choose who is to code the reports")
    return tuple(known[name] for name in dict.fromkeys(names))
