"""What who codes a report blind is not shown of it: the rows that hold may be what others decided."""

from __future__ import annotations

from dataclasses import replace

from dateline.errors import NotAllowedError
from dateline.review.workspace import Workspace
from dateline.store.index.lines import Page, RowLine
from dateline.store.review.people import Person
from dateline.store.review.team.comments import hidden_from


def without_blind(workspace: Workspace, person: Person, found: Page[RowLine]) -> Page[RowLine]:
    """Rows less those of reports that the person codes blind; they are counted all the same."""
    hidden = hidden_from(workspace.project, person)
    return replace(found, lines=tuple(line for line in found.lines if line.report not in hidden)) if hidden else found


def not_blind(workspace: Workspace, person: Person, row: RowLine) -> RowLine:
    """The row. Raises :class:`NotAllowedError` where the person codes its report blind."""
    if row.report in hidden_from(workspace.project, person):
        raise NotAllowedError("you code its report blind; what holds of it is shown when all are done")
    return row
