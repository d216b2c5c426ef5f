"""The columns of the tables, as data: what each is called, what it holds, and whether a person may correct it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SEPARATOR = " | "
"""Between several values of one cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    ``field`` is the field of an event that a person corrects there (a name of :class:`dateline.model.Chances`, or
    ``review`` for what is said of the whole row); empty: what a person writes there is not taken back.
    """

    name: str
    holds: str
    field: str = ""


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table ("csv", "acled", "polecat") in order, as ``data/columns.tsv`` has them."""
    rows = read_facts("columns.tsv")
    return tuple(Column(row["column"], row["holds"], row["field"]) for row in rows if row["table"] == table)


@cache
def fields_of() -> dict[str, str]:
    """The field that a person corrects in a column of the sheet, by the column's name."""
    return {column.name: column.field for column in columns("csv") if column.field}


def names(table: str) -> tuple[str, ...]:
    """The header of a table."""
    return tuple(column.name for column in columns(table))


def read_facts(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a tab-separated table of the package's data."""
    text = (files("dateline.data") / name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
