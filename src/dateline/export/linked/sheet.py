"""Events as CSV and as a workbook: one row an event; an empty cell is "not stated", never 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TextIO

from dateline.export.formats.columns import SEPARATOR
from dateline.export.formats.rows import Cell, Cells
from dateline.export.formats.sheet import MARK, write_rows
from dateline.export.formats.xlsx import write_book
from dateline.export.tables.columns import Value, columns_of
from dateline.export.tables.events import TellingEvent, event_row
from dateline.export.tables.stated import EventStatement

HEADER = tuple(column.name for column in columns_of("events") if not column.is_list or column.kind == "texts")
"""The columns of the events that fit into one cell: all but the claims."""


def write(events: Iterable[TellingEvent], out: TextIO, statement: EventStatement) -> None:
    """A header and the rows as CSV. What a spreadsheet would take for a formula starts with an apostrophe."""
    del statement  # it goes beside the file
    write_rows(cells(events), HEADER, out)


def write_for_spreadsheets(events: Iterable[TellingEvent], out: TextIO, statement: EventStatement) -> None:
    """The same, behind a byte order mark."""
    out.write(MARK)
    write(events, out, statement)


def write_workbook(events: Iterable[TellingEvent], out: TextIO, statement: EventStatement) -> None:
    """A workbook: the events, what the columns hold, and the data statement. Raises :class:`MissingPartError`."""
    meant = [(column.name, column.holds) for column in columns_of("events") if column.name in HEADER]
    write_book(out, HEADER, cells(events), meant, statement.rows)


def cells(events: Iterable[TellingEvent]) -> Iterator[Cells]:
    """The cells of events by the names of their columns."""
    for told in events:
        row = event_row(told)
        yield {name: cell_of(row.get(name)) for name in HEADER}


def cell_of(value: Value) -> Cell:
    """A value in one cell: days and times in ISO 8601, several texts parted."""
    match value:
        case None | str() | bool() | int() | float():
            return value
        case date():  # a time is one too
            return value.isoformat()
    return SEPARATOR.join(str(part) if part is not None else "" for part in value) or None
