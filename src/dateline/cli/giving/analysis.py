"""Open a release in DuckDB, and print what a query or a ready view gives."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from dateline.cli import console


class AnswerFormat(StrEnum):
    """How the rows of an answer are written."""

    table = "table"
    csv = "csv"
    json = "json"


def analysis(
    release: Annotated[Path, typer.Argument(metavar="RELEASE", help="The folder of a release.")],
    query: Annotated[
        str | None,
        typer.Option("-q", "--query", metavar="SQL|VIEW", help="A query in SQL, or the name of a table or view."),
    ] = None,
    format: Annotated[AnswerFormat, typer.Option("-f", "--format", help="How to write the rows.")] = AnswerFormat.table,
    database: Annotated[
        Path | None,
        typer.Option("--database", metavar="FILE", help="Keep all of it in a new DuckDB file that stands alone."),
    ] = None,
) -> None:
    """Open a release in DuckDB: tables mentions, events, reports, links, and ready views over them.

    Views: by_week, by_place, by_type, by_source, weekly_events and weekly_mentions by place and type, and coverage,
    which has the reports beside the events: more events may be more reports, and no more. Without a query the tables
    and views are listed, with their rows.

    \b
        dateline analysis strikes/releases/2024.1
        dateline analysis strikes/releases/2024.1 -q coverage
        dateline analysis strikes/releases/2024.1 -q "SELECT country, sum(events) FROM by_place GROUP BY 1" -f csv
        dateline analysis strikes/releases/2024.1 --database strikes.duckdb
    """
    from dateline.analysis import open_release, views

    with open_release(release, database) as opened:
        if query is None:
            parts = (f"SELECT '{name}' AS \"table\", count(*) AS rows FROM {name}" for name in opened.tables)
            query = " UNION ALL ".join(parts)
        if query in opened.tables:
            # What comes in an order of its own keeps it; the rest is the same each time it is asked for.
            order = " ORDER BY ALL" * ("ORDER BY" not in views().get(query, "ORDER BY"))
            query = f"SELECT * FROM {query}{order}"
        found = opened.sql(query)
        names, rows = tuple(found.columns), found.fetchall()
    with console.destination(None) as out:
        _write(names, rows, format, out)
    if database is not None:
        console.tell(f"tables and views are in {database}")


def _write(names: Sequence[str], rows: list[tuple[Any, ...]], format: AnswerFormat, out: TextIO) -> None:
    from dateline.export.formats.sheet import shown
    from dateline.export.safe import json_line

    match format:
        case AnswerFormat.csv:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow([shown(name) for name in names])
            writer.writerows([shown(_cell(value)) for value in row] for row in rows)
        case AnswerFormat.json:
            import json

            for row in rows:
                told = dict(zip(names, row, strict=True))
                out.write(json_line(json.dumps(told, ensure_ascii=False, default=str)) + "\n")
        case AnswerFormat.table:
            _write_table(names, rows, out)


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _write_table(names: Sequence[str], rows: list[tuple[Any, ...]], out: TextIO) -> None:
    """Columns side by side; numbers to the right, "not stated" as a dash."""
    from dateline.export.safe import one_line

    width = 60
    cells = [[one_line(name, width) for name in names]]
    cells += [["-" if value is None else one_line(str(value), width) for value in row] for row in rows]
    wide = [max(len(row[n]) for row in cells) for n in range(len(names))]
    right = [bool(rows) and all(isinstance(row[n], int | float | None) for row in rows) for n in range(len(names))]
    for row in cells:
        aligned = (c.rjust(w) if r else c.ljust(w) for c, w, r in zip(row, wide, right, strict=True))
        out.write("  ".join(aligned).rstrip() + "\n")
