"""Rows to reports: the heading says which column gives which field, and each row below it is a record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from dateline.errors import IntakeError
from dateline.intake.failure import Failure
from dateline.intake.reader import Columns, Found, Link, Source, is_address
from dateline.intake.records.contacts import without_contacts
from dateline.intake.records.fields import FIELDS, fields_of, tell
from dateline.intake.records.jsonl import parse_json, read_record
from dateline.model import Report

Row = Sequence[str]

LOOKED_AT = 20
"""Rows among which the heading is looked for: there may be a title above it."""


@dataclass(frozen=True)
class Heading:
    """The row with the names of the columns: its number from 1, its cells, and which of them gives which field."""

    number: int
    cells: tuple[str, ...]
    fields: dict[str, int]

    @classmethod
    def find(cls, rows: Iterable[Row], columns: Columns | None = None, needed: str = "text") -> Heading | None:
        """The first row of the first ones that names a column for the text, or for another field that is needed.

        None where none does. It takes no more rows than it needs. What ``columns`` tells of a row goes before what the
        names of its columns say.
        """
        for number, row in enumerate(islice(rows, LOOKED_AT), 1):
            cells = tuple(cell.strip() for cell in row)
            told = columns(cells) if columns is not None else {}
            names = {**{field: name for field, name in fields_of(cells).items() if name not in told.values()}, **told}
            if needed in names:
                return cls(number, cells, {field: cells.index(name) for field, name in names.items()})
        return None


def read_rows(source: Source, rows: Iterator[Row], *, parted: bool = False, linked: bool = False) -> Iterator[Found]:
    """A report for each row below the heading, in order; failures have the number of the row, as spreadsheets count.

    ``parted`` says that the cells were parted by a character: a row with more cells than the heading is then one in
    which a text was cut in two; ``linked``, that a row with an address and without a text is a link to it.

    The evidence of a report is its row as one line of JSON, under the names of the columns: a row that stays the
    same gives the same report, whatever is added around it. Without a column of ids, that evidence names the report.
    A table without a column for the text and with one for addresses gives a link a row.
    Raises :class:`IntakeError` where no row of the first ones names a column for either.
    """
    above: list[Row] = []

    def looked_at() -> Iterator[Row]:
        for row in rows:
            above.append(row)
            yield row

    heading = Heading.find(looked_at(), source.columns)
    if heading is None and (heading := Heading.find(above, source.columns, "url")):
        _check(heading)
        _tell(source, heading)
        yield from _links(source, heading, chain(above[heading.number :], rows))
        return
    if heading is None:
        names = next(([cell for cell in row if cell.strip()] for row in above if any(map(str.strip, row))), [])
        told = f"its columns: {', '.join(repr(name[:40]) for name in names[:12])}" if names else "it holds nothing"
        raise IntakeError(f"the table has no column for the text ({told})", _MEND)
    _check(heading)
    _tell(source, heading)

    def lines() -> Iterator[bytes]:
        # What stands above the rows keeps its place as empty lines: numbers are those of the spreadsheet.
        yield from [b""] * heading.number
        for row in rows:
            yield _line(heading, row)

    yield from source.lines(lines(), lambda line: _report(heading, line, source, parted, linked))


def _links(source: Source, heading: Heading, rows: Iterable[Row]) -> Iterator[Link | Failure]:
    """A link a row, with what the row says of the report."""
    for number, row in enumerate(rows, heading.number + 1):
        said = {field: row[at].strip() for field, at in heading.fields.items() if at < len(row) and row[at].strip()}
        if is_address(url := said.pop("url", "")):
            yield Link(url, said)
        elif any(cell.strip() for cell in row):
            name = heading.cells[heading.fields["url"]]
            told = "has no address in" if not url else f"holds {url[:60]!r}, which is no address, in"
            yield Failure(
                source.path, number, f"the row {told} its column {name!r}", "write it with http:// or https://"
            )


def _check(heading: Heading) -> None:
    for field, at in heading.fields.items():
        if heading.cells.count(heading.cells[at]) > 1:
            raise IntakeError(
                f"two columns are called {heading.cells[at]!r}", f"keep one of them as the report's {field}"
            )


def _tell(source: Source, heading: Heading) -> None:
    read = {field: heading.cells[at] for field, at in heading.fields.items()}
    unread = [name for at, name in enumerate(heading.cells) if name and at not in heading.fields.values()]
    tell(source, {field: name for field, name in read.items() if name != field}, unread, "columns")


def _line(heading: Heading, row: Row) -> bytes:
    """A row as one line of JSON; nothing where it is empty. Cells without a heading are called by their number."""
    cells: dict[str, str] = {}
    for at, cell in enumerate(row):
        if cell.strip():
            name = heading.cells[at] if at < len(heading.cells) else ""
            cells[name if name and name not in cells else _unnamed(at)] = cell
    return json.dumps(cells, ensure_ascii=False).encode("utf-8", "surrogatepass") if cells else b""


def _unnamed(at: int) -> str:
    return f"column {at + 1}"


def _report(heading: Heading, line: bytes, source: Source, parted: bool, linked: bool) -> Report | Link:
    cells = parse_json(line)
    width = len(heading.cells)
    if parted and any(at >= width for at in _numbers(cells)):
        raise IntakeError(
            f"the row has more cells than the heading, which has {width}",
            "put texts that hold the separator between quotation marks",
        )
    record = {field: cells[heading.cells[at]] for field, at in heading.fields.items() if heading.cells[at] in cells}
    if linked and (title := record.get("title")):
        # What was archived is often the post of an account, which is named in the title.
        record["title"] = without_contacts(title) or ""
    if linked and "text" not in record and "url" in record:
        return Link(record["url"].strip(), {key: value for key, value in record.items() if key != "url"})
    if "text" not in record:
        name = heading.cells[heading.fields["text"]]
        raise IntakeError(f"the row has no text in its column {name!r}", "fill it in, or take the row out")
    if "id" not in heading.fields:
        record["id"] = source.sha256[:16]
    elif "id" not in record:
        name = heading.cells[heading.fields["id"]]
        raise IntakeError(f"the row has no id in its column {name!r}", "give each row its own, or take the column out")
    # Spaces around a name are the spreadsheet's; the text stays exactly as it is.
    record = {field: value if field == "text" else value.strip() for field, value in record.items()}
    return read_record(record, source.sha256, source.limits, source.meta)


def _numbers(cells: Iterable[str]) -> Iterator[int]:
    """The places of the cells that are called by their number."""
    return (int(name[7:]) - 1 for name in cells if name.startswith("column ") and name[7:].isdecimal())


_MEND = (
    'say which column holds the texts: --column text="NAME OF THE COLUMN", or call it "text"; others that are read: '
    + ", ".join(f for f in FIELDS if f != "text")
)
