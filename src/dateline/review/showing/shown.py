"""The map as its page shows it, and what of it can be taken away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dateline.export.page.map.projection import WIDTH, View
from dateline.review.showing.drawing import Box, box_of, draw, scale_of, whole_view, window
from dateline.review.showing.marks import Mark, marks_of, picked
from dateline.review.workspace import Workspace
from dateline.store.index.lines import RowLine, Totals
from dateline.store.index.query import Query

LISTED = 40
"""Places that the table shows at once."""
PICKED = 12
"""Rows of a place that are shown beside the map."""
PATH = "/map"


@dataclass(frozen=True, slots=True)
class Picked:
    """The place that is picked, with its first rows and how many there are."""

    mark: Mark
    rows: tuple[RowLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class MapShown:
    """What the page shows. ``view`` is the whole map's window, ``box`` the part of it that an address asks for."""

    marks: tuple[Mark, ...]
    beside: tuple[Mark, ...]
    listed: tuple[Mark, ...]
    view: View
    box: Box | None
    scale: float
    covered: Totals
    placed: int
    picked: Picked | None
    data: str

    @property
    def share(self) -> float:
        """The height of the drawing for a width of one."""
        return self.view.height / WIDTH

    @property
    def unplaced(self) -> int:
        """Rows without any place."""
        return max(self.covered.rows - self.placed, 0)


def map_shown(workspace: Workspace, query: Query, *, at: str = "", view: str = "", every: bool = False) -> MapShown:
    """The map of what fits. Raises :class:`ReviewError` for a part of the world that is none."""
    marks = found_marks(workspace, query, at=at, view=view)
    seen = [mark for mark in marks if mark.kind != "beside"]
    covered = workspace.index.totals(query)
    return MapShown(
        marks=marks,
        beside=tuple(mark for mark in marks if mark.kind == "beside"),
        listed=marks if every else marks[:LISTED],
        view=whole_view(seen),
        box=box_of(view),
        scale=scale_of(seen),
        covered=covered,
        placed=sum(mark.rows for mark in marks),
        picked=_picked(workspace, query, marks, at),
        data=data_of(seen),
    )


def found_marks(workspace: Workspace, query: Query, *, at: str = "", view: str = "") -> tuple[Mark, ...]:
    """The places of what fits as marks, those of most rows first."""
    return marks_of(workspace.index.places(query), workspace.extents, query, PATH, at=at, view=view)


def to_publish(query: Query) -> Query:
    """The query without what must not leave."""
    return replace(query, confidential="no")


def drawing(workspace: Workspace, query: Query, view: str = "") -> Any:
    """The map as one drawing, of the whole or of the part of the world that is asked for."""
    marks = found_marks(workspace, query)
    seen = [mark for mark in marks if mark.kind != "beside"]
    box = box_of(view)
    return draw(seen, window(box) if box else whole_view(seen))


def data_of(marks: Iterable[Mark]) -> str:
    """The marks for the page's script, as JSON that may stand in a page."""
    told = [
        {
            "key": mark.key,
            "name": mark.name,
            "country": mark.country,
            "kind": mark.kind,
            "precision": mark.precision,
            "lat": mark.lat,
            "lon": mark.lon,
            "reach": mark.reach,
            "area": mark.area,
            "rows": mark.rows,
            "reports": mark.reports,
            "publishers": mark.publishers,
            "types": mark.types,
        }
        for mark in marks
    ]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _picked(workspace: Workspace, query: Query, marks: Sequence[Mark], at: str) -> Picked | None:
    mark = next((mark for mark in marks if mark.key == at), None)
    narrow = picked(query, at) if mark else None
    if mark is None or narrow is None:
        return None
    page = workspace.index.rows(narrow, order="-date", limit=PICKED)
    return Picked(mark, page.lines, mark.rows)
