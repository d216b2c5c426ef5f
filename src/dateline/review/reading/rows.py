"""A row as a reviewer sees it: its card, the sentence with its neighbours, and what can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.codebook.model import Codebook
from dateline.export.formats.rows import event_cells, key
from dateline.export.page.segments import Mark, Segment, shown_blocks
from dateline.export.page.spans import Ids
from dateline.export.page.views import Card, Link, card_of
from dateline.export.words import reviewed, source
from dateline.model import Block, Coding, EventMention
from dateline.review.reading.graphic import graphic_marks
from dateline.review.reading.inputs import Group, Input, inputs_of
from dateline.review.reading.sentences import around

_PARTING = ("type", "actors", "recipients", "place", "date", "killed_best", "injured_best", "arrested_best")
"""The columns by which the parts of a row that is split differ as a rule."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the desk. ``said`` is what a person said of it; None: it is a suggestion of the machine.

    ``doubtful``: the machine itself holds it for less likely than not, and counts it as no event.
    """

    id: str
    key: str
    number: int
    card: Card
    type: str
    said: str | None
    doubtful: bool
    trigger: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the row in focus: what it says, what that rests on, and the inputs by which it is changed."""

    heading: str
    values: tuple[str, ...]
    basis: str
    chance: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Focus:
    """The row that a person decides on, whole: its sentence with the neighbours, other sentences that it rests on
    (``also``), and its fields. The parts of a row that is split begin with ``parting``.
    """

    row: Row
    before: tuple[Segment, ...]
    within: tuple[Segment, ...]
    after: tuple[Segment, ...]
    also: tuple[tuple[Segment, ...], ...]
    fields: tuple[Field, ...]
    parting: tuple[Input, ...]
    others: tuple[Row, ...]


def rows_of(coding: Coding, shown: bool, events: Sequence[EventMention] | None = None) -> tuple[Row, ...]:
    """The rows of a coding, events first, or some of them. Without ``shown`` people have no names."""
    voices = {one.id: Link(source(coding, one)) for one in coding.attributions}
    types = {event.type: event.type for event in coding.rows}
    ids = Ids("r1")
    doubtful = {event.id for event in coding.suggestions}

    def row(at: int, event: EventMention) -> Row:
        said = reviewed(event)
        return Row(
            id=event.id,
            key=key(coding.report.id, event.id),
            number=at,
            card=card_of(coding, event, (at, at), ids, voices, types),
            type=event.type,
            said=said if shown or said is None else said.partition(" ")[0] + " by a reviewer",
            doubtful=event.id in doubtful,
            trigger=event.trigger.quote,
        )

    return tuple(row(at, event) for at, event in enumerate(coding.rows if events is None else events, 1))


def focus_of(coding: Coding, row: Row, rows: Sequence[Row], marks: Sequence[Mark], book: Codebook) -> Focus:
    """A row whole. ``marks`` are those of the text."""
    event = next(one for one in coding.rows if one.id == row.id)
    near = around(coding.report, event.trigger.start, event.trigger.end)
    # Only the row's own words are lit here: what else the sentence tells are other rows.
    own = [
        replace(mark, id=None, label=None, href=None)
        for mark in marks
        if mark.event in {None, row.card.id} and mark.kind != "evidence"
    ]
    shown = near.before[0], near.after[1]
    groups = inputs_of(event_cells(coding, event), book, [one.type for one in coding.rows])
    return Focus(
        row=row,
        before=_segments(coding, own, near.before),
        within=_segments(coding, own, near.within),
        after=_segments(coding, own, near.after),
        also=tuple(
            _segments(coding, own, (proof.start, proof.end))
            for proof in event.evidence
            if proof.end <= shown[0] or shown[1] <= proof.start
        ),
        fields=tuple(field_of(row.card, group) for group in groups),
        parting=tuple(one for group in groups for one in group.inputs if one.column in _PARTING),
        others=tuple(other for other in rows if other.id != row.id),
    )


def quote_of(coding: Coding, event: EventMention) -> tuple[Segment, ...]:
    """The sentence of an event with the words that tell it."""
    within = around(coding.report, event.trigger.start, event.trigger.end).within
    told = [Mark(event.trigger.start, event.trigger.end, "trigger"), *graphic_marks(coding.report)]
    return _segments(coding, told, within)


def _segments(coding: Coding, marks: Sequence[Mark], stretch: tuple[int, int]) -> tuple[Segment, ...]:
    """A stretch of the report's text with its marks."""
    if stretch[0] >= stretch[1]:
        return ()
    alone = replace(coding.report, blocks=(Block(*stretch, "paragraph"),))
    return tuple(part for block in shown_blocks(alone, marks) if block.kind == "paragraph" for part in block.segments)


def field_of(card: Card, group: Group) -> Field:
    """What a card says of a field, with the inputs by which it is changed."""
    told = next((field for field in card.fields if field.heading == group.heading), None)
    if told is not None:
        return Field(group.heading, told.values, told.basis, told.chance, group.inputs)
    said = {"What": (card.type,), "Told as": (card.status,), "Who says so": tuple(link.words for link in card.chain)}
    return Field(group.heading, said.get(group.heading, ()), "", "", group.inputs)
