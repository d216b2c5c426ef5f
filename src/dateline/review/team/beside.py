"""Two codings of a report row by row: which are one event, and in which fields they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from dateline.corrections.same import text
from dateline.corrections.steps import values
from dateline.evaluate.model import COUNT_KINDS, FIELDS
from dateline.evaluate.model import Field as Compared
from dateline.evaluate.outcomes import compare_report
from dateline.evaluate.values import Side
from dateline.export.formats.columns import fields_of
from dateline.export.words import (
    according_to,
    count_words,
    date_words,
    listed,
    marks,
    participants,
    place_words,
    sentence,
)
from dateline.model import Chances, Coding, EventMention


@dataclass(frozen=True, slots=True)
class FieldBeside:
    """One field of an event that both codings have, in words, and in the cells of the sheet by their columns.

    ``is_alike``: evaluating takes the two for one value, however they are worded. ``is_same``: they are worded alike.
    """

    field: str
    left: str
    right: str
    is_same: bool
    is_alike: bool
    cells: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RowBeside:
    """An event of both codings, or of one of them: ``name`` is that of the row in the form."""

    name: str
    left: EventMention | None
    right: EventMention | None
    left_sentence: str
    right_sentence: str
    evidence: str
    fields: tuple[FieldBeside, ...]

    @property
    def differs(self) -> bool:
        """Whether there is something to settle."""
        return self.left is None or self.right is None or any(not one.is_alike for one in self.fields)


def beside(left: Coding, right: Coding) -> tuple[RowBeside, ...]:
    """The events of two codings of one text, in its order."""
    compared = compare_report(Side(left, "overlap"), Side(right, "overlap"), frozenset(FIELDS), frozenset())
    wrong: dict[tuple[str | None, str | None], set[Compared]] = {}
    for outcome in compared.outcomes:
        if outcome.event is not None and not outcome.right:
            wrong.setdefault((outcome.gold_event, outcome.coded_event), set()).add(outcome.field)
    rows = []
    for n, (a, b) in enumerate(compared.pairs):
        differing = wrong.get((a.id, b.id), set()) if a and b else set[Compared]()
        shown = a or b
        evidence = (shown.evidence[0] if shown.evidence else shown.trigger).quote if shown else ""
        told = (sentence(left, a) if a else "", sentence(right, b) if b else "")
        several = tuple(_fields(left, a, right, b, differing)) if a and b else ()
        rows.append(RowBeside(f"row{n}", a, b, *told, evidence, several))
    return tuple(rows)


def words_of(coding: Coding, event: EventMention, field: str) -> str:
    """A field of an event as people read it; a field is one of :class:`dateline.model.Chances`."""
    match field:
        case "type":
            mode = f", {event.mode}" if event.mode else ""
            return f"{event.type}{mode}" + (f" ({listed(event.contexts)})" if event.contexts else "")
        case "actors" | "recipients":
            people: Sequence[tuple[str, object]] = participants(coding, getattr(event, field), once=False)
            return listed(name for name, _ in people) or "not stated"
        case "place":
            exact = f" ({event.place.precision})" if event.place else ""
            return place_words(event.place) + exact
        case "date":
            edtf = f" ({event.date.edtf})" if event.date and event.date.edtf else ""
            return date_words(event.date) + edtf
        case "modality":
            return listed(marks(event)) or event.modality
        case "counts":
            return "; ".join(map(count_words, event.counts)) or "not stated"
        case _:
            return according_to(coding, event.attribution)


def _fields(
    left: Coding, a: EventMention, right: Coding, b: EventMention, differing: set[Compared]
) -> Iterator[FieldBeside]:
    mine, its, wrong = values(left, a), values(right, b), {_field_of(one) for one in differing}
    for field in fields(Chances):
        cells = {
            name: (text(mine.get(name)), text(its.get(name))) for name, of in fields_of().items() if of == field.name
        }
        one, other = words_of(left, a, field.name), words_of(right, b, field.name)
        same = one == other and all(x == y for x, y in cells.values())
        yield FieldBeside(field.name, one, other, same, same or field.name not in wrong, cells)


def _field_of(compared: Compared) -> str:
    """The field that something which evaluating compares is a part of."""
    match compared:
        case "type" | "mode":
            return "type"
        case "modality" | "historical":
            return "modality"
        case "according_to":
            return "source"
        case _:
            return "counts" if compared in COUNT_KINDS else compared
