"""The columns of the tables: what each is called, what kind of value it has, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal, cast, get_args

from dateline.export.formats.columns import read_facts

TableName = Literal["mentions", "events", "reports", "links"]
TABLES: tuple[TableName, ...] = get_args(TableName)

Kind = Literal[
    *("text", "code", "integer", "number", "truth", "day", "moment"),
    *("texts", "figures", "spans", "reasons", "claims"),
]
"""What a column has: one value (a code is a text that many rows share), or a list of such."""

Part = str | int | float | bool | None
Value = Part | date | datetime | list[str | None] | list[dict[str, Part | list[str]]]
"""What a row has in a column; None is "not stated"."""
Row = dict[str, Value]
"""A row by the names of its columns; one that is left out is not stated."""

PARTS: dict[Kind, dict[str, Kind]] = {
    "figures": {
        **{"kind": "text", "low": "integer", "best": "integer", "high": "integer"},
        **{"words": "text", "according_to": "text"},
    },
    "spans": {"start": "integer", "end": "integer", "quote": "text"},
    "reasons": {"field": "text", "rule": "text", "matched": "text", "id": "text"},
    "claims": {"field": "text", "value": "text", "sources": "integer", "voices": "texts", "mentions": "texts"},
}
"""What each thing of a list has."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table."""

    name: str
    kind: Kind
    holds: str

    @property
    def is_list(self) -> bool:
        """Whether it has several values."""
        return self.kind == "texts" or self.kind in PARTS


@cache
def columns_of(table: TableName) -> tuple[TableColumn, ...]:
    """The columns of a table in order, as ``data/table_columns.tsv`` has them."""
    rows = (row for row in read_facts("table_columns.tsv") if row["table"] == table)
    return tuple(TableColumn(row["column"], cast("Kind", row["kind"]), row["holds"]) for row in rows)
