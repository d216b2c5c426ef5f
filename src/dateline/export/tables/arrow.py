"""The tables in Apache Arrow: their schemas, and their rows in record batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from dateline.errors import MissingPartError
from dateline.export.safe import visible
from dateline.export.tables.columns import Kind, Row, TableName, Value, columns_of

if TYPE_CHECKING:
    import pyarrow

    from dateline.export.tables.reading import Reading

BATCH = 1_024
"""Rows of a record batch."""


def library() -> Any:
    """PyArrow. Raises :class:`MissingPartError` that names what to install."""
    try:
        import pyarrow
    except ImportError as error:
        raise MissingPartError(
            "tables of Apache Arrow and Parquet are made by pyarrow, which is not installed; "
            "write: pip install 'dateline[parquet]', or take JSON Lines: -f jsonl-rows"
        ) from error
    return pyarrow


def schema(table: TableName, metadata: Mapping[str, str] | None = None) -> pyarrow.Schema:
    """The Arrow schema of a table; each field says what it holds. ``metadata`` goes with the whole table."""
    pa = library()
    fields = [
        pa.field(column.name, arrow_type(column.kind), metadata={"holds": column.holds}) for column in columns_of(table)
    ]
    return pa.schema(fields, metadata=dict(metadata) if metadata else None)


def arrow_type(kind: Kind) -> Any:
    """The Arrow type of what a column has."""
    pa = library()
    match kind:
        case "text":
            return pa.string()
        case "code":
            return pa.dictionary(pa.int32(), pa.string())
        case "integer":
            return pa.int64()
        case "number":
            return pa.float64()
        case "truth":
            return pa.bool_()
        case "day":
            return pa.date32()
        case "moment":
            return pa.timestamp("us", tz="UTC")
        case "texts":
            return pa.list_(pa.string())
        case _:
            return pa.list_(pa.struct([(part.name, arrow_type(part.kind)) for part in columns_of(kind)]))


def batches(reading: Reading, table: TableName, size: int = BATCH) -> Iterator[pyarrow.RecordBatch]:
    """The rows of a table that a reading gives, in record batches of so many; memory stays that of one."""
    yield from as_batches(reading.rows(table), table, size)


def as_batches(rows: Iterable[Row], table: TableName, size: int = BATCH) -> Iterator[pyarrow.RecordBatch]:
    """Rows of a table in record batches."""
    pa = library()
    whole = schema(table)
    nothing: Row = dict.fromkeys(whole.names)
    in_order = itemgetter(*whole.names)
    rest = iter(rows)
    while some := [in_order(nothing | row) for row in islice(rest, size)]:
        arrays = [_array(values, field.type) for values, field in zip(zip(*some, strict=True), whole, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=whole)


def _array(values: Sequence[Value], type: Any) -> Any:
    pa = library()
    try:
        return pa.array(values, type)
    except UnicodeEncodeError:  # halves of characters, which no encoding has
        return pa.array([_encodable(value) for value in values], type)


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_encodable(part) for part in value]
    return {name: _encodable(part) for name, part in value.items()} if isinstance(value, dict) else value
