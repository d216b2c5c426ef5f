"""The tables of a release as files: each as Parquet and as CSV, from one pass over the project."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from dateline.export.columnar.lines import line
from dateline.export.columnar.parquet import batches_of
from dateline.export.formats.sheet import shown
from dateline.export.linked.sheet import cell_of
from dateline.export.release.folder import csv_path, parquet_path
from dateline.export.release.model import Beside, release_columns
from dateline.export.tables.arrow import BATCH, as_batches, library, schema
from dateline.export.tables.columns import TABLES, Row, TableColumn, TableName, Value
from dateline.export.tables.events import event_row
from dateline.export.tables.mentions import mention_rows
from dateline.export.tables.reading import Reading
from dateline.export.tables.reports import link_rows, report_row
from dateline.export.tables.stated import EventStatement
from dateline.export.words import reviewed

Count = Callable[[Iterable[Any]], Iterator[Any]]


class Written:
    """The tables on their way into a folder; rows are put in as they come."""

    def __init__(self, folder: Path, opened: ExitStack) -> None:
        from pyarrow import parquet

        self.rows: Counter[str] = Counter()
        self._held: dict[TableName, list[Row]] = {table: [] for table in TABLES}
        self._batches: dict[TableName, list[Any]] = {table: [] for table in TABLES}
        self._parquet: dict[TableName, Any] = {}
        self._csv: dict[TableName, Any] = {}
        for table in TABLES:
            whole, sheet = folder / parquet_path(table), folder / csv_path(table)
            for path in (whole, sheet):
                path.parent.mkdir(exist_ok=True)
            self._parquet[table] = opened.enter_context(
                parquet.ParquetWriter(whole, schema(table), compression="zstd", write_page_index=True)
            )
            out = opened.enter_context(sheet.open("w", encoding="utf-8", newline=""))
            self._csv[table] = csv.writer(out, lineterminator="\n")
            self._csv[table].writerow([column.name for column in release_columns(table)])

    def add(self, table: TableName, rows: Iterable[Row]) -> None:
        """Put in some rows."""
        held = self._held[table]
        for row in rows:
            held.append(row)
            if len(held) == BATCH:
                self._gather(table)

    def finish(self) -> None:
        """Write what is still held."""
        for table in TABLES:
            self._gather(table)
            self._write(table)

    def _gather(self, table: TableName) -> None:
        # Rows take ten times the room before they are columns: few of them are held as rows.
        held, columns = self._held[table], release_columns(table)
        self._csv[table].writerows([csv_cell(column, row.get(column.name)) for column in columns] for row in held)
        self._batches[table] += as_batches(held, table)
        self.rows[table] += len(held)
        held.clear()
        if len(self._batches[table]) == batches_of(table):
            self._write(table)

    def _write(self, table: TableName) -> None:
        if self._batches[table]:
            whole = library().Table.from_batches(self._batches[table]).unify_dictionaries()
            self._parquet[table].write_table(whole, row_group_size=whole.num_rows)
            self._batches[table].clear()


@contextmanager
def writing(folder: Path) -> Iterator[Written]:
    """The tables of a folder, written whole when this is left. Raises :class:`MissingPartError` without pyarrow."""
    library()
    with ExitStack() as opened:
        made = Written(folder, opened)
        yield made
        made.finish()


def write_tables(reading: Reading, folder: Path, statement: EventStatement, count: Count = iter) -> Counter[str]:
    """All tables of a project as it may leave, and those of releases alone; how many rows each has.

    ``statement`` counts the events; the mentions are counted in ``reading.statement``. ``count`` sees reports and
    events pass.
    """
    months: dict[tuple[str, str], Counter[str]] = {}
    gone: list[Row] = []
    with writing(folder) as made:
        for one in count(reading.leaving()):
            report = report_row(one.coding, one.source, one.original)
            made.add("reports", [report])
            made.add("mentions", mention_rows(one.coding, one.events))
            key = (str(report["published_day"] or "")[:7], str(report["publisher"] or ""))
            events = one.coding.events
            looked_at = sum(reviewed(event) is not None for event in events)
            months.setdefault(key, Counter()).update(
                reports=1, without_mentions=int(not events), mentions=len(events), reviewed=looked_at
            )
        for told in count(reading.events(statement)):
            row = event_row(told)
            if told.comparison is None:
                # Who counts the events is to count those that stand.
                gone.append({column.name: row[column.name] for column in release_columns("withdrawn")})
                continue
            made.add("events", [row])
            made.add("links", link_rows(told))
    covered = ({"month": k[0] or None, "publisher": k[1] or None, **months[k]} for k in sorted(months))
    made.rows["coverage"] = write_beside(folder, "coverage", covered)
    made.rows["withdrawn"] = write_beside(folder, "withdrawn", gone)
    return made.rows


def write_beside(folder: Path, table: Beside, rows: Iterable[Mapping[str, Value]]) -> int:
    """A table that only releases have, as CSV; how many rows it has."""
    columns, number = release_columns(table), 0
    with (folder / csv_path(table)).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([column.name for column in columns])
        for number, row in enumerate(rows, 1):  # noqa: B007 - the last one is how many there are
            writer.writerow([csv_cell(column, row.get(column.name)) for column in columns])
    return number


def csv_cell(column: TableColumn, value: Value) -> Any:
    """A value as CSV has it: a list as JSON, so that it can be read back whole; an empty list too."""
    if column.is_list:
        return line(value or [])
    return shown(cell_of(value))
