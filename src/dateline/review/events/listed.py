"""The list of events as its page shows it, and to whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

from dateline.export.events.words import headline
from dateline.export.leaving.confidential import open_comparisons
from dateline.export.statement import KeptBack
from dateline.review.workspace import Workspace
from dateline.store.index.lines import EventLine, Page
from dateline.store.index.query import Query
from dateline.store.review.marks import confidential
from dateline.store.review.people import Person

PATH = "/events"
LINES = 50

Sorting = Literal["-stake", "-date", "date", "-killed", "-published", "place", "type"]
SORTINGS: tuple[Sorting, ...] = get_args(Sorting)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list; ``left_out`` of its events are confidential and not shown to who asks."""

    page: Page[EventLine]
    left_out: int


def listed(
    workspace: Workspace, query: Query, person: Person, *, order: str = "-stake", after: str = "", limit: int = LINES
) -> Listed:
    """Events of which a row fits. Who may see no more than the data does not see what is confidential.

    Raises :class:`ReviewError` for an order or a place in the list that is none.
    """
    page = workspace.index.events(query, order=order, after=after or None, limit=limit)
    with workspace.project.database.reading() as db:
        marked = confidential(db)
    if person.may("reader") or not marked:
        return Listed(page, 0)
    kept_back = KeptBack()
    told = (workspace.project.comparison(line.id) for line in page.lines)
    open_ones = {c.event.id: c for c in open_comparisons(workspace.project, told, kept_back)}
    lines = tuple(
        replace(line, sentence=headline(open_ones[line.id]), sources=open_ones[line.id].event.sources)
        for line in page.lines
        if line.id in open_ones
    )
    return Listed(replace(page, lines=lines), kept_back.events)
