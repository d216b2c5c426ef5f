"""Tables as text: CSV and TSV with a report a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from dateline.errors import IntakeError
from dateline.intake.encoding import decode
from dateline.intake.reader import MARKS, Columns, Found, Reader, Source
from dateline.intake.records.fields import fields_of
from dateline.intake.records.rows import LOOKED_AT, Row, read_rows

SEPARATORS = ",;\t|"


def rows_of(text: str, columns: Columns | None) -> Iterator[Row]:
    """The rows of a table as text, parted by what its heading shows."""
    # A cell may hold a whole report, for which Python's own bound is too small.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    return rows_parted(text, _separator(text, columns))


class _Table:
    """A heading and a report a row, by commas, semicolons, tabs or bars."""

    form = "CSV"
    endings = (".csv", ".tsv", ".tab")

    def sniff(self, head: bytes) -> bool:
        """Whether the first line names a column for the text, or for addresses, and one for another field."""
        encoding = "utf-16" if head.startswith(MARKS[:2]) else "utf-8-sig"
        first = head.decode(encoding, "replace").lstrip().partition("\n")[0].rstrip("\r")
        return any(_names(first, separator) > 1 for separator in SEPARATORS)

    def read(self, source: Source) -> Iterator[Found]:
        """A report or a link a row."""
        text = decode(source.data(), "the table")
        yield from read_rows(source, rows_of(text, source.columns), parted=True)


def _names(line: str, separator: str, columns: Columns | None = None) -> int:
    """How many fields the cells of a line name, where one of them is the text or the address."""
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return 0
    row = tuple(cell.strip() for cell in cells)
    names = {**fields_of(row), **(columns(row) if columns is not None else {})}
    return len(names) if "text" in names or "url" in names else 0


def _separator(text: str, columns: Columns | None) -> str:
    """What parts the cells: what lets a line near the top name most fields; a comma where no line names any."""
    lines = text[:100_000].splitlines()[:LOOKED_AT]
    return max(SEPARATORS, key=lambda separator: max((_names(line, separator, columns) for line in lines), default=0))


def rows_parted(text: str, separator: str) -> Iterator[Row]:
    """The rows of a table whose cells a character parts. Raises :class:`IntakeError` where it breaks off."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise IntakeError(
            f"the table breaks off in the row that ends at line {reader.line_num} ({error})",
            'write a quotation mark inside a cell twice: "he said ""no"" again"',
        ) from error


TABLE: Reader = _Table()
