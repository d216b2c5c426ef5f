"""What a newer coding of the machine suggests again, as the desk shows it."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.export.page.segments import Segment
from dateline.export.phrases import label
from dateline.export.statement import coder_words
from dateline.export.words import headline
from dateline.review.deciding.resuggesting import resuggested
from dateline.review.reading.rows import Row, quote_of
from dateline.review.workspace import Workspace
from dateline.store.kept.corrections import Change
from dateline.store.review.people import Person


@dataclass(frozen=True, slots=True)
class Again:
    """A row of a newer coding. ``row`` is what decisions call it; ``number`` that of the row whose values it would
    change (None: it is a row of its own), ``changes`` how.
    """

    row: str
    type: str
    heading: str
    quote: tuple[Segment, ...]
    number: int | None
    changes: tuple[Change, ...]
    coder: str


def again(workspace: Workspace, report: str, person: Person, rows: tuple[Row, ...]) -> tuple[Again, ...]:
    """What the machine's newest coding has that the coding in which the person works lacks."""
    numbers = {row.id: row.number for row in rows}
    return tuple(
        Again(
            row=one.row,
            type=label(one.event.type, one.event.mode),
            heading=headline(one.coding.coding, one.event),
            quote=quote_of(one.coding.coding, one.event),
            number=numbers.get(one.instead or ""),
            changes=one.changes,
            coder=coder_words(one.coding.coding),
        )
        for one in resuggested(workspace, report, person)
    )
