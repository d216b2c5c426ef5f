"""A row as a reviewer sees it: its card, the sentence with its neighbours, and what can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.codebook.model import Codebook
from dateline.export.formats.rows import event_cells, key
from dateline.export.page.segments import Mark, Segment, shown_blocks
from dateline.export.page.spans import Ids
from dateline.export.page.views import Card, Link, card_of
from dateline.export.phrases import label
from dateline.export.words import headline, reviewed, source
from dateline.model import Block, Coding, EventMention
from dateline.review.reading.inputs import Group, Input, inputs_of, starting
from dateline.review.reading.text import around, graphic_marks


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the desk. ``said`` is what a person said of it; None: it is a suggestion of the machine.

    ``anchor`` is its id in the page, to which its words in the report lead; ``kind`` is its type, ``label`` that and
    the mode as a heading shows them. ``doubtful``: the machine itself counts it as no event.
    """

    id: str
    key: str
    number: int
    anchor: str
    kind: str
    label: str
    heading: str
    said: str | None
    doubtful: bool


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
    card: Card
    before: tuple[Segment, ...]
    within: tuple[Segment, ...]
    after: tuple[Segment, ...]
    also: tuple[tuple[Segment, ...], ...]
    fields: tuple[Field, ...]
    parting: tuple[Input, ...]
    others: tuple[Row, ...]


def rows_of(coding: Coding) -> tuple[Row, ...]:
    """The rows of a coding, events first."""
    ids = Ids("r1")
    return tuple(
        Row(
            id=event.id,
            key=key(coding.report.id, event.id),
            number=at,
            anchor=ids.event(at),
            kind=event.type,
            label=label(event.type, event.mode),
            heading=headline(coding, event),
            said=reviewed(event),
            doubtful=at > len(coding.events),
        )
        for at, event in enumerate(coding.rows, 1)
    )


def row_card(coding: Coding, event: EventMention, number: int = 1) -> Card:
    """The card of a row, as the page of a coding shows it."""
    voices = {one.id: Link(source(coding, one)) for one in coding.attributions}
    return card_of(coding, event, (number, number), Ids("r1"), voices, {event.type: event.type})


def focus_of(coding: Coding, row: Row, rows: Sequence[Row], marks: Sequence[Mark], book: Codebook) -> Focus:
    """A row whole. ``marks`` are those of the text."""
    event = next(one for one in coding.rows if one.id == row.id)
    card = row_card(coding, event, row.number)
    near = around(coding.report, event.trigger.start, event.trigger.end)
    # Only the row's own words are lit here: what else the sentence tells are other rows.
    own = [
        replace(mark, id=None, label=None, href=None)
        for mark in marks
        if mark.event in {None, row.anchor} and mark.kind != "evidence"
    ]
    shown = near.before[0], near.after[1]
    groups = inputs_of(event_cells(coding, event), book, [one.type for one in coding.rows])
    return Focus(
        row=row,
        card=card,
        before=_segments(coding, own, near.before),
        within=_segments(coding, own, near.within),
        after=_segments(coding, own, near.after),
        also=tuple(
            _segments(coding, own, (proof.start, proof.end))
            for proof in event.evidence
            if proof.end <= shown[0] or shown[1] <= proof.start
        ),
        fields=tuple(field_of(card, group) for group in groups),
        parting=starting(groups, "part"),
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
