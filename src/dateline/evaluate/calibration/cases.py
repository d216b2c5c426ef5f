"""Reviewed rows as cases: what chance the coder gave, and whether a person found it right.

A row is right where a person accepted it, or corrected it and left its type; it is wrong where a person rejected it,
merged it into another, or gave it another type. A field of a row that is an event is right where the person's row says
the same. What nobody has looked at is no case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from dateline.evaluate.pair import pair_events, same_type
from dateline.evaluate.values import Side
from dateline.export.formats.columns import fields_of
from dateline.export.formats.rows import Cells, event_cells
from dateline.export.words import reviewed
from dateline.model import Chances, Coding, EventMention
from dateline.store.calibration.model import ROW


@dataclass(frozen=True, slots=True)
class Case:
    """One chance of one row: ``field`` is ``row`` or a field of :class:`dateline.model.Chances`."""

    report: str
    row: str
    field: str
    chance: float
    right: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """A machine's row that a person looked at; ``found`` is what the person made of it, None where it was rejected."""

    row: EventMention
    found: EventMention | None


def looked_at(by_hand: Coding, machine: Coding) -> Iterator[Looked]:
    """The machine's rows, suggestions among them, that a person decided on, in their order."""
    found = _paired([event for event in by_hand.events if reviewed(event)], by_hand, machine)
    machines = {(x.start, x.end, x.why) for x in machine.left_out}
    # What a person leaves out is noted with its words; what the machine had left out itself is no word of a person.
    gone = {(x.start, x.end) for x in by_hand.left_out if x.what == "event" and (x.start, x.end, x.why) not in machines}
    waiting = {(e.id, e.trigger) for e in by_hand.rows if not reviewed(e)}
    for row in machine.rows:
        if row.id in found:
            yield Looked(row, found[row.id])
        elif (row.trigger.start, row.trigger.end) in gone and (row.id, row.trigger) not in waiting:
            yield Looked(row, None)


def _paired(said: Sequence[EventMention], by_hand: Coding, machine: Coding) -> dict[str, EventMention]:
    """What a person made of the machine's rows, by their ids: those that were kept, then those that tell the same."""
    same = {(event.id, event.trigger): event for event in said}
    kept = {row.id: same[row.id, row.trigger] for row in machine.rows if (row.id, row.trigger) in same}
    rest = replace(by_hand, events=tuple(e for e in said if e.id not in kept), suggestions=())
    new = replace(machine, events=tuple(row for row in machine.rows if row.id not in kept), suggestions=())
    pairs = pair_events(Side(rest, "overlap"), Side(new, "overlap"))
    return kept | {new.events[j].id: rest.events[i] for i, j in pairs}


def cases(by_hand: Coding, machine: Coding) -> Iterator[Case]:
    """The cases of one report, as a person coded it and as the machine did."""
    for looked in looked_at(by_hand, machine):
        row, found = looked.row, looked.found
        if row.chance is not None:
            right = found is not None and same_type(row, found)
            yield Case(machine.report.id, row.id, ROW, row.chance, right)
        if found is not None:
            differing = _differing(event_cells(machine, row), event_cells(by_hand, found))
            for field in fields(Chances):
                chance = getattr(row.chances, field.name)
                if chance is not None:
                    yield Case(machine.report.id, row.id, field.name, chance, field.name not in differing)


def _differing(machine: Cells, by_hand: Cells) -> frozenset[str]:
    """The fields of which a column says something else."""
    return frozenset(field for column, field in fields_of().items() if machine.get(column) != by_hand.get(column))
