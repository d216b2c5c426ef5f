"""The queue: the rows that people should look at first, one at a time, each with what is at stake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from dateline.review.workspace import Workspace
from dateline.store.index.lines import Page, RowLine
from dateline.store.index.query import Query
from dateline.store.review.people import Person

PATH = "/queue"
ORDER = "-stake"
ME = "me"
"""Stands in an address for whoever opens it."""
END = "end"
"""The place behind the last row."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where somebody is in the queue: which rows, in what order, and behind which of them (``after``, a cursor)."""

    query: Query
    order: str = ORDER
    after: str = ""

    @classmethod
    def read(cls, parameters: Sequence[tuple[str, str]]) -> Asked:
        """The place that an address names. Raises :class:`ReviewError` as :meth:`Query.read` does."""
        told = dict(parameters)
        return cls(Query.read(parameters), told.get("order") or ORDER, told.get("after", ""))

    @classmethod
    def of_address(cls, address: str) -> Asked:
        """The place that a whole address of the queue names."""
        return cls.read(parse_qsl(address.partition("?")[2]))

    def address(self, path: str = PATH, *, after: str | None = None, row: str = "", **more: str) -> str:
        """The address of this place, or behind another row; ``row`` is the key of one to be shown whatever is due."""
        order = "" if self.order == ORDER else self.order
        behind = self.after if after is None else after
        return self.query.address(path, order=order, after=behind, row=row, **more)

    def of(self, person: Person) -> Query:
        """What the index is asked: rows that nobody has decided on, unless others are asked for."""
        assigned = tuple(person.name if name == ME else name for name in self.query.assigned)
        return replace(self.query, status=self.query.status or ("suggested",), assigned=assigned)


@dataclass(frozen=True, slots=True)
class Item:
    """The row that is due; None: there is none. ``skip`` is the place to go on from where nothing is decided."""

    line: RowLine | None
    skip: str
    total: int
    more: bool


def item(workspace: Workspace, asked: Asked, person: Person, *, row: str = "") -> Item:
    """The row that is due; ``row``: the one of that key, if it is there."""
    due = listed(workspace, asked, person, limit=1)
    first = due.lines[0] if due.lines and asked.after != END else None
    if row and (first is None or first.key != row):
        # A row that was asked for by name stands outside the order: going on from it leads to what is due.
        chosen = workspace.index.row(row)
        if chosen is not None:
            return Item(chosen, asked.after, due.total, due.more)
    return Item(first, due.after or END, due.total, due.more)


def behind(workspace: Workspace, asked: Asked, person: Person, done: str) -> Asked:
    """The place to go on from when the row of the key ``done`` was decided on.

    It is gone from the queue, but for who codes blind: that person's word holds of nothing yet.
    """
    due = item(workspace, asked, person)
    return replace(asked, after=due.skip) if due.line is not None and due.line.key == done else asked


def listed(workspace: Workspace, asked: Asked, person: Person, limit: int = 50) -> Page[RowLine]:
    """The rows of the queue from this place on."""
    after = asked.after if asked.after != END else ""
    return workspace.index.due(asked.of(person), order=asked.order, after=after or None, limit=limit)
