"""Names of things as IRIs: URNs of dateline's own, for nothing of a project has an address on the web."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import quote

from dateline.export.tables.columns import Row, TableName, columns_of

TERMS = "urn:dateline:term:"
"""The vocabulary: each column of a table is a term of it."""

Thing = Literal["report", "mention", "event", "coding", "linking", "coder", "publisher"]


def iri(thing: Thing, id: str) -> str:
    """The IRI of a thing by its id."""
    return f"urn:dateline:{thing}:{quote(id, safe='', errors='surrogatepass')}"


def values(row: Row, table: TableName) -> dict[str, Any]:
    """What a row states, by the names of its columns: JSON-LD has no null, and in a list "" stands for one."""
    stated = ((column.name, row.get(column.name)) for column in columns_of(table))
    return {
        name: ["" if part is None else part for part in value] if isinstance(value, list) else value
        for name, value in stated
        if value is not None and value != []
    }
