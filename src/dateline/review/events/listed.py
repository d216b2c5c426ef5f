"""The list of events as its page shows it, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from dateline.review.open import OpenWorkspace
from dateline.review.workspace import Workspace
from dateline.store.index.lines import EventLine, Page
from dateline.store.index.query import Query
from dateline.store.review.people import Person

PATH = "/events"
LINES = 50

Sorting = Literal["-stake", "-date", "date", "-killed", "-published", "place", "type"]
SORTINGS: tuple[Sorting, ...] = get_args(Sorting)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list; ``left_out`` events that fit are confidential and not shown to who asks."""

    page: Page[EventLine]
    left_out: int


def listed(
    workspace: Workspace, query: Query, person: Person, *, order: str = "-stake", after: str = "", limit: int = LINES
) -> Listed:
    """Events of which a row fits. Who may see no more than the data does not see what is confidential.

    Raises :class:`ReviewError` for an order or a place in the list that is none.
    """
    if person.may("reader"):
        return Listed(workspace.index.events(query, order=order, after=after or None, limit=limit), 0)
    seen = workspace if isinstance(workspace, OpenWorkspace) else OpenWorkspace.of(workspace)
    page = seen.index.events(query, order=order, after=after or None, limit=limit)
    every = seen.whole.index.events(query, limit=1)
    return Listed(page, every.total - page.total)
