"""What a form of the desk asks for, as decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.corrections.same import same
from dateline.errors import ReviewError
from dateline.evaluate.gold.locate import places
from dateline.export.formats.rows import event_cells
from dateline.model import Coding, Report, Span
from dateline.review.deciding.model import Accept, Add, Correct, Decision, Merge, Reject, Restore, Split


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields of a form. ``edits`` are pairs of a column and a value; a column of a part is ``N:column``."""

    decision: str
    row: str = ""
    edits: Sequence[tuple[str, str]] = ()
    type: str = ""
    receiver: str = ""
    donors: Sequence[str] = ()
    words: str = ""
    start: int | None = None
    end: int | None = None
    coding: int | None = None


def decision_of(asked: Asked, coding: Coding) -> Decision:
    """The decision on a row of a coding. Raises :class:`ReviewError` where the form does not say what to do.

    Who changes a value and accepts the row has corrected it.
    """
    match asked.decision:
        case "accept" | "correct":
            edits = {"type": asked.type} if asked.type else _changed(asked, coding)
            if edits:
                return Correct(asked.row, edits)
            if asked.decision == "accept":
                return Accept(asked.row)
            raise ReviewError("no value was changed; change one first, or accept the row as it stands")
        case "reject":
            return Reject(asked.row)
        case "split":
            return Split(asked.row, _parts(asked, coding))
        case "merge":
            return _merge(asked)
        case "add":
            where = _words(asked, coding.report)
            edits = {column: value.strip() for column, value in asked.edits if value.strip()}
            return Add(where.start, where.end, asked.type, edits)
        case "restore" if asked.coding is not None:
            return Restore(asked.coding)
    raise ReviewError(f"{asked.decision[:40]!r} is nothing that is decided; load the page again")


def _changed(asked: Asked, coding: Coding) -> dict[str, str]:
    """The edits that differ from what the row says now."""
    return _differing(asked.row, coding, dict(asked.edits))


def _differing(row: str, coding: Coding, edits: Mapping[str, str]) -> dict[str, str]:
    event = next((one for one in coding.rows if one.id == row), None)
    cells = event_cells(coding, event) if event else {}
    return {column: value.strip() for column, value in edits.items() if not same(cells.get(column), value.strip())}


def _parts(asked: Asked, coding: Coding) -> tuple[Mapping[str, str], ...]:
    parts: dict[int, dict[str, str]] = {}
    for name, value in asked.edits:
        number, _, column = name.partition(":")
        if number.isascii() and number.isdigit() and column:
            parts.setdefault(int(number), {})[column] = value
    return tuple(_differing(asked.row, coding, parts[number]) for number in sorted(parts))


def _merge(asked: Asked) -> Merge:
    receiver = asked.receiver or asked.row
    every = dict.fromkeys((asked.row, *asked.donors))
    if not asked.donors:
        raise ReviewError("no row to merge with was chosen; tick one first")
    if receiver not in every:
        raise ReviewError("the row that stays is not among those that are merged; tick it too, or let another one stay")
    return Merge(receiver, tuple(row for row in every if row != receiver))


def _words(asked: Asked, report: Report) -> Span:
    """The words that tell an added event: those that were selected, else the first that read so."""
    given = " ".join(asked.words.split())
    if asked.start is not None and asked.end is not None and 0 <= asked.start < asked.end <= len(report.text):
        chosen = report.span(asked.start, asked.end)
        # Whoever writes other words after selecting some means what was written.
        if not given or " ".join(chosen.quote.split()) == given:
            return chosen
    found = next(iter(places(given, report)), None)
    if found is None:
        raise ReviewError(
            "these words are not in the report; select them in the text, or write them as they stand there"
        )
    return found
