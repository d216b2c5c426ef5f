"""Tables that other programs write: the sheet of Bellingcat's auto-archiver, and the export of Atlos.

Only the columns that are named here are read: no names, accounts or coordinates of people are carried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dateline.errors import IntakeError
from dateline.intake.encoding import decode
from dateline.intake.reader import Found, Reader, Source, beginning
from dateline.intake.records.rows import read_rows
from dateline.intake.records.table import rows_of


@dataclass(frozen=True)
class _Export:
    """A table that is known by the names of its columns."""

    form: str
    known_by: str
    """The columns that no other table has together, parted by commas."""
    reads: Mapping[str, str]
    """Which column gives which field."""
    linked: bool = False
    """A row without a text names a page by its address."""
    endings: tuple[str, ...] = (".csv",)

    def sniff(self, head: bytes) -> bool:
        """Whether the first line names its columns."""
        first = beginning(head).partition(b"\n")[0].replace(b'"', b"").strip()
        names = {name.strip() for name in first.split(b",")}
        return all(name.encode() in names for name in self.known_by.split(", "))

    def read(self, source: Source) -> Iterator[Found]:
        """A report a row, or a link to the page that it names."""
        text = decode(source.data(), "the table")

        def columns(cells: tuple[str, ...]) -> Mapping[str, str]:
            by_name = {cell.lower(): cell for cell in cells}
            found = {field: by_name[name] for field, name in self.reads.items() if name in by_name}
            return found if "text" in found else {}

        source.columns = columns
        if not self.sniff(text[:8192].encode("utf-8", "replace")):
            raise IntakeError(f"this is no table of {self.form}", "save it again from there, as CSV")
        yield from read_rows(source, rows_of(text, source.columns), parted=True, linked=self.linked)


ARCHIVER: Reader = _Export(
    form="auto-archiver's sheets",
    known_by="link, archive status",
    reads={
        "text": "text content",
        "title": "upload title",
        "url": "link",
        "published": "upload timestamp",
        "retrieved": "archive date",
    },
    linked=True,
)
ATLOS: Reader = _Export(
    form="Atlos exports",
    known_by="slug, description, inserted_at, status",
    reads={"text": "description", "id": "slug", "published": "inserted_at", "publisher": "project"},
)
