"""The list of events as its page shows it, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from dateline.review.open import OpenWorkspace
from dateline.review.workspace import Workspace
from dateline.store.index.lines import EventLine, Page
from dateline.store.index.query import Query

PATH = "/events"
LINES = 50

Sorting = Literal["-stake", "-date", "date", "-killed", "-published", "place", "type"]
SORTINGS: tuple[Sorting, ...] = get_args(Sorting)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list; ``left_out`` events that fit are confidential and not shown to who asks."""

    page: Page[EventLine]
    left_out: int


def listed(workspace: Workspace, query: Query, *, order: str = "-stake", after: str = "") -> Listed:
    """Events of which a row fits. Raises :class:`ReviewError` for an order or a place in the list that is none."""
    page = workspace.index.events(query, order=order, after=after or None, limit=LINES)
    if not isinstance(workspace, OpenWorkspace):
        return Listed(page, 0)
    every = workspace.whole.index.events(query, limit=1)
    return Listed(page, every.total - page.total)
