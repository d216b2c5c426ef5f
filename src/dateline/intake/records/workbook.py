"""Workbooks: XLSX with a report a row, read where openpyxl is installed."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.errors import IntakeError, SheetError
from dateline.files.workbook import STARTS, sheets, unpacked
from dateline.intake.reader import Found, Reader, Source
from dateline.intake.records.rows import LOOKED_AT, Heading, Row, read_rows

_IN_MEMORY = 4
"""How many bytes of memory a byte of an unpacked workbook may cost."""


class _Workbook:
    """The first sheet whose heading names a column for the text; without any, the first with one for addresses."""

    form = "XLSX"
    endings = (".xlsx", ".xlsm")

    def sniff(self, head: bytes) -> bool:
        """Whether it is a zip archive that holds a workbook."""
        office = b"[Content_Types].xml" in head and b"word/" not in head and b"ppt/" not in head
        return head.startswith(STARTS) and (office or b"xl/" in head)

    def read(self, source: Source) -> Iterator[Found]:
        """A report or a link a row."""
        data = source.data()
        if not data.startswith(STARTS):
            raise IntakeError("this is no XLSX workbook", "save it as XLSX or as CSV")
        yield from read_rows(source, _sheet(data, source))


def _sheet(data: bytes, source: Source) -> Iterator[Row]:
    """The rows of the sheet that holds the reports."""
    try:
        source.limits.check("memory", _IN_MEMORY * unpacked(data), "the workbook")
        there = sheets(data)
        named = [sheet for sheet in there if Heading.find(sheet.rows(LOOKED_AT), source.columns)]
        named += [s for s in there if not named and Heading.find(s.rows(LOOKED_AT), source.columns, "url")]
        chosen = (named or there)[0]
        rows = chosen.rows()
    except SheetError as error:
        raise IntakeError(error.error, error.mend) from error
    if others := [sheet.title for sheet in there if sheet is not chosen]:
        told = ", ".join(repr(name[:60]) for name in others[:12])
        source.remark(f"of its sheets {chosen.title!r} is read, and these are not: {told}")
    return iter(rows)


WORKBOOK: Reader = _Workbook()
