"""Two codings of one report side by side: which rows are one, in which fields they differ, what each has alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.errors import ReviewError
from dateline.evaluate.model import FIELDS
from dateline.evaluate.outcomes import compare_report
from dateline.evaluate.values import Side
from dateline.export.formats.rows import event_cells
from dateline.export.page.segments import Segment
from dateline.export.page.views import about
from dateline.export.phrases import label
from dateline.export.statement import coder_words
from dateline.export.words import title_words
from dateline.model import Coding, EventMention
from dateline.review.deciding.holding import Made, coding_at, codings_of, held, machine_coding
from dateline.review.deciding.resuggesting import AGAIN
from dateline.review.reading.inputs import inputs_of, shapes
from dateline.review.reading.rows import field_of, quote_of, row_card
from dateline.review.workspace import Workspace
from dateline.store.kept.corrections import Held
from dateline.store.review.people import Person

MACHINE = "machine"
"""Stands in an address for the newest coding of the machine."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One field of a row as both have it. ``edits`` are the right one's columns, by which the left one becomes it."""

    heading: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    differs: bool
    edits: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Together:
    """A row of one coding or of both. ``left`` and ``right`` are its ids there, ``take`` what decisions call the right
    one where the left coding lacks it.
    """

    quote: tuple[Segment, ...]
    type: str
    left: str | None
    right: str | None
    fields: tuple[Pair, ...]
    take: str

    @property
    def differs(self) -> bool:
        """Whether the two are not the same in everything."""
        return self.left is None or self.right is None or any(pair.differs for pair in self.fields)


@dataclass(frozen=True, slots=True)
class Beside:
    """Two codings of a report. ``own``: the left one is what the person works on, so that values can be taken."""

    id: str
    title: str
    about: tuple[str, ...]
    language: str
    left: int
    right: int
    names: tuple[str, str]
    own: bool
    rows: tuple[Together, ...]
    codings: tuple[Made, ...]


def beside(workspace: Workspace, report: str, person: Person, right: str, left: str = "") -> Beside:
    """A report's codings side by side, by their numbers; ``left`` is what the person works on unless one is named.

    Raises :class:`ReviewError` where there is no such coding, or the person may not see it.
    """
    now = held(workspace, report, person)
    one = _named(workspace, report, person, left) if left else now
    other = _named(workspace, report, person, right)
    return Beside(
        id=report,
        title=title_words(one.coding.report),
        about=about(one.coding.report),
        language=one.coding.report.language or "",
        left=one.number,
        right=other.number,
        names=(coder_words(one.coding), coder_words(other.coding)),
        own=one.number == now.number,
        rows=tuple(_rows(workspace, one.coding, other)),
        codings=codings_of(workspace, report, person),
    )


def _named(workspace: Workspace, report: str, person: Person, name: str) -> Held:
    found = machine_coding(workspace, report) if name == MACHINE else None
    if found is not None:
        return found
    if not (name.isascii() and name.isdigit()):
        raise ReviewError(f"{name[:40]!r} is no coding of this report; its page lists them")
    return coding_at(workspace, report, int(name), person)


def _rows(workspace: Workspace, left: Coding, other: Held) -> Iterator[Together]:
    right = other.coding
    compared = compare_report(Side(left, "overlap"), Side(right, "overlap"), frozenset(FIELDS), frozenset())
    headings = {one.compared: one.heading for one in shapes() if one.compared}
    differing: dict[tuple[str | None, str | None], set[str]] = {}
    for outcome in compared.outcomes:
        if not outcome.right and outcome.field in headings:
            differing.setdefault((outcome.gold_event, outcome.coded_event), set()).add(headings[outcome.field])
    for a, b in compared.pairs:
        event, coding = (a, left) if a is not None else (b, right)
        assert event is not None
        ids = (a.id if a is not None else None, b.id if b is not None else None)
        apart = differing.get(ids, set())
        yield Together(
            quote=quote_of(coding, event),
            type=label(event.type, event.mode),
            left=ids[0],
            right=ids[1],
            fields=tuple(_pairs(workspace, (left, a), (right, b), apart)),
            take=f"{b.id}{AGAIN}{other.number}" if b is not None and a is None else "",
        )


def _pairs(
    workspace: Workspace,
    left: tuple[Coding, EventMention | None],
    right: tuple[Coding, EventMention | None],
    apart: set[str],
) -> Iterator[Pair]:
    sides = [_fields(workspace, *left), _fields(workspace, *right)]
    for heading in dict.fromkeys([*sides[0], *sides[1]]):
        (mine, _), (theirs, edits) = (side.get(heading, ((), ())) for side in sides)
        if mine or theirs:
            yield Pair(heading, mine, theirs, heading in apart, tuple(edits))


def _fields(
    workspace: Workspace, coding: Coding, event: EventMention | None
) -> dict[str, tuple[tuple[str, ...], Sequence[tuple[str, str]]]]:
    """Of each heading the words for its values, and the columns with theirs."""
    if event is None:
        return {}
    card = row_card(coding, event)
    groups = inputs_of(event_cells(coding, event), workspace.known.codebook)
    return {
        group.heading: (field_of(card, group).values, [(one.of.column, one.value) for one in group.inputs])
        for group in groups
    }
