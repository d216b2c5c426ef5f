"""Parquet: the tables with their real types, in row groups, compressed; the data statement is in its metadata."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, Any, TextIO

from dateline.errors import MissingPartError
from dateline.export.statement import KeptBack, Statement
from dateline.export.tables.arrow import as_batches, library, schema
from dateline.export.tables.columns import Row, TableName
from dateline.export.tables.events import TellingEvent, event_row
from dateline.export.tables.mentions import mention_rows
from dateline.export.tables.reading import Reading
from dateline.export.tables.stated import EventStatement
from dateline.model import Coding

_BATCHES, _BATCHES_OF_EVENTS = 32, 8
"""Batches of a row group. An event takes more room than other rows, as it has what all of its mentions claim."""
STATEMENT = "dateline.statement"
"""The key of the metadata under which the data statement stands, as a JSON object."""


def write(
    codings: Iterable[Coding], out: TextIO, *, reading: Reading | None = None, kept_back: KeptBack | None = None
) -> None:
    """The mentions. Raises :class:`MissingPartError` without pyarrow.

    Of a project, ``reading`` gives them with their linked events, and the codings are not gone through.
    """
    statement = Statement(kept_back=kept_back)
    rows = reading.rows("mentions") if reading is not None else of_codings(codings, statement)
    stated = reading.stated if reading is not None else statement.plain
    write_table(rows, "mentions", binary(out, "Parquet"), stated)


def write_events(events: Iterable[TellingEvent], out: TextIO, statement: EventStatement) -> None:
    """The events. Raises :class:`MissingPartError` without pyarrow."""
    write_table(map(event_row, events), "events", binary(out, "Parquet"), statement.plain)


def write_table(rows: Iterable[Row], table: TableName, out: IO[bytes], stated: Callable[[], dict[str, str]]) -> None:
    """The rows of a table, so many at a time; ``stated`` is asked for the data statement once all have come."""
    pa = library()
    from pyarrow import parquet

    with parquet.ParquetWriter(out, schema(table), compression="zstd", write_page_index=True) as writer:
        rest = as_batches(rows, table)
        while group := list(islice(rest, batches_of(table))):
            # Rows take ten times the room before they are columns: few of them are held as rows.
            whole = pa.Table.from_batches(group).unify_dictionaries()
            writer.write_table(whole, row_group_size=whole.num_rows)
        writer.add_key_value_metadata({STATEMENT: json.dumps(stated(), ensure_ascii=False)})


def batches_of(table: TableName) -> int:
    """Batches of a row group: what a reader can pass over by the lowest and highest values of its columns."""
    return _BATCHES_OF_EVENTS if table == "events" else _BATCHES


def of_codings(codings: Iterable[Coding], statement: Statement) -> Iterator[Row]:
    """The mentions of codings that no project links, counted as they come."""
    for coding in codings:
        statement.add(coding)
        yield from mention_rows(coding, {})


def binary(out: TextIO, form: str) -> IO[Any]:
    """The stream of bytes under a text stream. Raises :class:`MissingPartError` where it is a terminal, or has none."""
    under: IO[Any] | None = getattr(out, "buffer", None)
    if under is None or out.isatty():
        raise MissingPartError(f"{form} is no text that a terminal can show; write it to a file with -o")
    return under
