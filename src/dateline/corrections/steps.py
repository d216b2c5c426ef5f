"""What a person says of one row, carried out in a coding: that it is right, other values for it, that it is no event.

Each step gives the coding after it and the changes that it made, and touches no other row. The coding is the machine's
or a person's still; :func:`signed` makes it that of the person who took the steps.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace

from dateline.corrections.same import text
from dateline.corrections.values import ACCEPTED, Known, corrected, instead, said_of
from dateline.export.formats.columns import Column, columns
from dateline.export.formats.rows import Cells, event_cells, key
from dateline.export.statement import coder_words
from dateline.export.words import sentence
from dateline.model import CoderInfo, Coding, EventMention, LeftOut, Note
from dateline.store.kept.corrections import REJECTED_BY, Change, Held

Step = tuple[Coding, list[Change]]
"""A coding, and what was changed to come to it."""


def event_of(coding: Coding, name: str) -> EventMention:
    """The event of that id. Raises :class:`StopIteration` where there is none."""
    return next(event for event in coding.events if event.id == name)


def corrected_row(coding: Coding, event: EventMention, edits: Mapping[str, str], known: Known, who: str) -> Step:
    """An event with other values in some columns; without any change where they hold already.

    Raises :class:`SheetError` for a value that cannot be read.
    """
    made = corrected(coding, event, edits, known, who)
    changed = differences(coding, event, made, event_of(made, event.id))
    if not changed:
        return coding, []
    said = said_of(event_of(made, event.id), {change.column: change.old for change in changed}, who)
    return instead(made, said), changed


def accepted_row(coding: Coding, event: EventMention, who: str) -> Step:
    """An event that is right as it stands; without any change where this person has said so already."""
    if ACCEPTED.because(who=who) in event.because:
        return coding, []
    return instead(coding, said_of(event, {}, who)), [Change("accepted", key(coding.report.id, event.id))]


def rejected_row(coding: Coding, event: EventMention, who: str) -> Step:
    """The coding without an event or a suggestion: its trigger is kept as left out, with who said so."""
    where = event.trigger
    gone = LeftOut(where.start, where.end, where.quote, "event", f"{REJECTED_BY}{who}")
    made = replace(
        coding,
        events=tuple(other for other in coding.events if other.id != event.id),
        suggestions=tuple(other for other in coding.suggestions if other.id != event.id),
        left_out=tuple(sorted((*coding.left_out, gone), key=lambda x: (x.start, x.end, x.what, x.why))),
    )
    return made, [Change("rejected", key(coding.report.id, event.id), "", sentence(coding, event))]


def put_in(events: tuple[EventMention, ...], event: EventMention) -> tuple[EventMention, ...]:
    """The events with one more, which stands where its trigger does in the text."""
    at = bisect_right([other.trigger.start for other in events], event.trigger.start)
    return (*events[:at], event, *events[at:])


def differences(before: Coding, old: EventMention, after: Coding, new: EventMention) -> list[Change]:
    """The values of the sheet in which a row of one coding differs from that of another, as corrections of the first.

    The new row's key is the one that they are about.
    """
    was, now = event_cells(before, old), event_cells(after, new)
    name = key(after.report.id, new.id)
    return [
        Change("corrected", name, column.name, text(was.get(column.name)), text(now.get(column.name)))
        for column in columns("csv")
        if is_value(column) and was.get(column.name) != now.get(column.name)
    ]


def is_value(column: Column) -> bool:
    """Whether a person corrects a value there."""
    return column.field not in {"", "review"}


def values(coding: Coding, event: EventMention) -> Cells:
    """The cells of a row that a person can correct."""
    cells = event_cells(coding, event)
    return {column.name: cells.get(column.name) for column in columns("csv") if is_value(column)}


def signed(who: str, coding: Coding, now: Held, known: Known) -> Coding:
    """The coding as that of a person, with words for the types that the person brought in.

    ``now`` is the coding that the steps began with.
    """
    worded = {(one.type, one.mode) for one in coding.wordings}
    wanted = known.codebook.wordings((event.type, event.mode) for event in coding.events)
    notes: Iterable[Note] = (note for note in coding.notes if note.code != "all-rejected")
    if not coding.events:
        notes = (*notes, Note("all-rejected", f"A person rejected every event that was coded: {who}."))
    return replace(
        coding,
        coder=coder_of(who, now),
        wordings=(*coding.wordings, *(one for one in wanted if (one.type, one.mode) not in worded)),
        notes=tuple(notes),
    )


def coder_of(who: str, now: Held) -> CoderInfo:
    """A person as the coder of what was made from a coding."""
    before = now.coding.coder
    return CoderInfo(who, "", before.codebook, before.model if now.by_hand else f"corrected {coder_words(now.coding)}")
