"""Parquet: a table with a report a row, read where pyarrow is installed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import IO, Any

from dateline.errors import IntakeError
from dateline.intake.reader import Found, Reader, Source
from dateline.intake.records.rows import Row, read_rows

STARTS = b"PAR1"
_ROWS = 16
"""Rows that are held at a time: a few bytes of a file may stand for many long texts."""


class _Parquet:
    """Each row is a record; the columns are named as those of any table."""

    form = "Parquet"
    endings = (".parquet",)

    def sniff(self, head: bytes) -> bool:
        """Whether it begins as such files do."""
        return head.startswith(STARTS)

    def read(self, source: Source) -> Iterator[Found]:
        """A report or a link a row."""
        # The end of the file tells where its columns lie: what cannot be read from there is held in memory, in bounds.
        stream = source.stream if source.stream.seekable() else BytesIO(source.data())
        file = opened(stream)
        for group in range(file.metadata.num_row_groups):
            source.limits.check("memory", file.metadata.row_group(group).total_byte_size, "a group of rows")
        yield from read_rows(source, _rows(file))


def opened(stream: IO[bytes]) -> Any:
    """A Parquet file for reading. Raises :class:`IntakeError` where it is none, or pyarrow is not installed."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise IntakeError(
            "reading Parquet needs pyarrow, which is not installed",
            'install it with: pip install "dateline[parquet]", or save the table as CSV',
        ) from None
    try:
        return parquet.ParquetFile(stream)
    except (ArrowException, OSError, ValueError) as error:
        raise IntakeError(f"the Parquet file cannot be read ({error})", "write it again, or save it as CSV") from error


def _rows(file: Any) -> Iterator[Row]:
    yield [str(name) for name in file.schema_arrow.names]
    try:
        for batch in file.iter_batches(batch_size=_ROWS):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                yield [_words(value) for value in row]
    except (OSError, ValueError) as error:  # those of Arrow are ValueErrors or OSErrors too
        raise IntakeError(f"the Parquet file breaks off ({error})", "write it again") from error


def _words(value: object) -> str:
    """The value of a cell as text; a day or a time as ISO 8601 writes it."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


PARQUET: Reader = _Parquet()
