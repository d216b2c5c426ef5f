"""The columns of the tables: what each is called, what kind of value it has, and what it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal, cast, get_args

from dateline.export.formats.columns import read_facts

TableName = Literal["mentions", "events", "reports", "links"]
TABLES: tuple[TableName, ...] = get_args(TableName)

OfParts = Literal["figures", "spans", "reasons", "claims"]
"""Lists of things that have columns of their own."""
Kind = Literal["text", "code", "integer", "number", "truth", "day", "moment", "texts"] | OfParts
"""What a column has: one value (a code is a text that many rows share), or a list of such."""
OF_PARTS: tuple[OfParts, ...] = get_args(OfParts)

Part = str | int | float | bool | None
Value = Part | date | datetime | Sequence[str | None] | Sequence[Mapping[str, object]]
"""What a row has in a column; None is "not stated"."""
Row = dict[str, Value]
"""A row by the names of its columns; one that is left out is not stated."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table."""

    name: str
    kind: Kind
    holds: str

    @property
    def is_list(self) -> bool:
        """Whether it has several values."""
        return self.kind == "texts" or self.kind in OF_PARTS


@cache
def columns_of(table: TableName | OfParts) -> tuple[TableColumn, ...]:
    """The columns of a table, or of the things of a list, in order, as ``data/table_columns.tsv`` has them."""
    rows = (row for row in read_facts("table_columns.tsv") if row["table"] == table)
    return tuple(TableColumn(row["column"], cast("Kind", row["kind"]), row["holds"]) for row in rows)
