"""JSON Lines of the tables: one row a line, with the columns that Parquet has; days and times are ISO 8601."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, TextIO

from dateline.export.columnar.parquet import of_codings
from dateline.export.safe import json_line
from dateline.export.statement import Statement
from dateline.export.tables.columns import Row, TableName, columns_of
from dateline.export.tables.events import TellingEvent, event_row
from dateline.export.tables.reading import Reading
from dateline.export.tables.stated import EventStatement
from dateline.model import Coding


def write(codings: Iterable[Coding], out: TextIO, *, reading: Reading | None = None) -> None:
    """The mentions, a line each; of a project with their linked events."""
    rows = reading.rows("mentions") if reading is not None else of_codings(codings, Statement())
    write_rows(rows, "mentions", out)


def write_events(events: Iterable[TellingEvent], out: TextIO, statement: EventStatement) -> None:
    """The events, a line each."""
    del statement  # it goes beside the file
    write_rows(map(event_row, events), "events", out)


def write_rows(rows: Iterable[Row], table: TableName, out: TextIO) -> None:
    """Rows of a table, each with all columns; null is "not stated"."""
    names = [column.name for column in columns_of(table)]
    for row in rows:
        out.write(line({name: row.get(name) for name in names}) + "\n")


def line(value: Any) -> str:
    """A value as JSON on one line."""
    dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_iso)
    return json_line(dumped)


def _iso(value: object) -> str:
    if isinstance(value, date):  # a time is one too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no value of a row")
