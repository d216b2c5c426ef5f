"""A DuckDB file: the tables mentions, events, reports and links of a project, with the data statement.

It is made in a folder of its own and then copied whole, so that no half of it is ever seen.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, TextIO, TypeVar

from dateline.errors import MissingPartError
from dateline.export.columnar.parquet import binary
from dateline.export.statement import Statement
from dateline.export.tables.arrow import BATCH, as_batches, library, schema
from dateline.export.tables.columns import TABLES, Row, TableName, columns_of
from dateline.export.tables.events import TellingEvent, event_row
from dateline.export.tables.mentions import mention_rows
from dateline.export.tables.reading import Leaving, Reading
from dateline.export.tables.reports import link_rows, report_row
from dateline.export.tables.stated import EventStatement
from dateline.link.model import Source
from dateline.model import Coding

T = TypeVar("T")

_MEMORY = "1GB"
"""What DuckDB may take; more goes to files beside the new one."""
_TOGETHER = 2_000
"""Reports or events whose rows are put in together."""


def write(codings: Iterable[Coding], out: TextIO, *, reading: Reading | None = None) -> None:
    """All tables of a project; of codings alone the mentions and the reports. Raises :class:`MissingPartError`."""
    with _making(binary(out, "A DuckDB file")) as made:
        if reading is not None:
            made.fill_from(reading)
            return
        statement = Statement()
        told = (Leaving(coding, {}, Source(coding.report.publisher), None) for coding in codings)
        made.add_codings(told, statement)
        made.add_statement("mentions, reports", statement.rows())


def write_events(
    events: Iterable[TellingEvent], out: TextIO, statement: EventStatement, *, reading: Reading | None = None
) -> None:
    """All tables of a project; of events alone the events and their links. Raises :class:`MissingPartError`."""
    with _making(binary(out, "A DuckDB file")) as made:
        if reading is not None:
            made.fill_from(reading)
            return
        made.add_events(events)
        made.add_statement("events, links", statement.rows())


class _Making:
    """A DuckDB file on its way: its tables are there, and rows are put in."""

    def __init__(self, db: Any) -> None:
        self._db = db
        for table in TABLES:
            self._put(f"CREATE TABLE {table} AS SELECT * FROM rows", schema(table).empty_table())
            for column in columns_of(table):
                holds = column.holds.replace("'", "''")
                db.execute(f"COMMENT ON COLUMN {table}.\"{column.name}\" IS '{holds}'")
        db.execute("CREATE TABLE statement (tables VARCHAR, heading VARCHAR, words VARCHAR)")

    def fill_from(self, reading: Reading) -> None:
        """Put in all tables of a project."""
        self.add_codings(reading.leaving())
        statement = reading.event_statement()
        self.add_events(reading.events(statement))
        self.add_statement("mentions, reports", reading.statement.rows())
        self.add_statement("events, links", statement.rows())

    def add_codings(self, told: Iterable[Leaving], statement: Statement | None = None) -> None:
        """Put in reports with their mentions."""
        for some in _some(told):
            for one in some:
                if statement is not None:
                    statement.add(one.coding)
            self._add("mentions", (row for one in some for row in mention_rows(one.coding, one.events)))
            self._add("reports", (report_row(one.coding, one.source, one.original) for one in some))

    def add_events(self, events: Iterable[TellingEvent]) -> None:
        """Put in events with their links."""
        for some in _some(events):
            self._add("events", map(event_row, some))
            self._add("links", (row for told in some for row in link_rows(told)))

    def add_statement(self, of: str, rows: Iterable[tuple[str, str]]) -> None:
        """Put in what is stated of some tables."""
        self._db.executemany("INSERT INTO statement VALUES (?, ?, ?)", [(of, *row) for row in rows])

    def _add(self, table: TableName, rows: Iterable[Row]) -> None:
        for batch in as_batches(rows, table, BATCH):
            self._put(f"INSERT INTO {table} SELECT * FROM rows", library().Table.from_batches([batch]))

    def _put(self, statement: str, rows: Any) -> None:
        self._db.register("rows", rows)
        self._db.execute(statement)
        self._db.unregister("rows")


@contextmanager
def _making(out: IO[bytes]) -> Iterator[_Making]:
    try:
        import duckdb
    except ImportError as error:
        raise MissingPartError(
            "a DuckDB file is made by duckdb, which is not installed; write: pip install 'dateline[analysis]', "
            "or take Parquet, which DuckDB reads: -f parquet"
        ) from error
    library()
    written = Path(str(getattr(out, "name", "")))
    # Beside the new file there is room for it, which need not be so of the folder for temporary files.
    beside = written.resolve().parent if written.is_file() else None
    with TemporaryDirectory(dir=beside, prefix=".dateline-") as folder:
        path = Path(folder) / "new.duckdb"
        with duckdb.connect(path, config={"memory_limit": _MEMORY, "threads": 2}) as db:
            yield _Making(db)
        with path.open("rb") as file:
            shutil.copyfileobj(file, out)


def _some(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, _TOGETHER)):
        yield some
