"""What a release says of itself, and what changed between two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, cast, get_args

from dateline.errors import ReleaseError
from dateline.export.formats.columns import read_facts
from dateline.export.tables.columns import TABLES, Kind, TableColumn, TableName, columns_of

Beside = Literal["changes", "withdrawn", "coverage"]
BESIDE: tuple[Beside, ...] = get_args(Beside)
"""Tables that only releases have, as CSV alone."""
What = Literal["added", "changed", "withdrawn"]
WHATS: tuple[What, ...] = get_args(What)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Citation:
    """How a release is cited. An author is ``Family, Given``, or the name of an organisation as it is.

    ``licence`` is an identifier of SPDX (CC-BY-4.0). Raises :class:`ReleaseError` for a name that can be no folder's,
    or a day that is none.
    """

    name: str
    date: str
    title: str
    authors: tuple[str, ...] = ()
    licence: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ReleaseError(
                f"{self.name[:80]!r} is no name of a release", "write letters, digits, dots and dashes, as in 2024.1"
            )
        try:
            if not _DAY.fullmatch(self.date):
                raise ValueError
            date.fromisoformat(self.date)
        except ValueError:
            raise ReleaseError(f"{self.date[:40]!r} is no day", "write it as 2024-05-31") from None

    @property
    def slug(self) -> str:
        """Title and name in the letters that names of data packages have."""
        return re.sub(r"[^a-z0-9._]+", "-", f"{self.title} {self.name}".lower()).strip("-")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one event."""

    event: str
    what: What
    fields: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one release to another, by the ids of events; ``before`` is None for a first release.

    ``columns`` are those of the events that only one of the two has, and which are not compared.
    """

    before: str | None
    after: str
    changes: tuple[Change, ...]
    same: int
    columns: tuple[str, ...] = ()

    def counts(self) -> dict[What, int]:
        """How many events were added, changed and withdrawn."""
        counted = Counter(change.what for change in self.changes)
        return {what: counted[what] for what in WHATS}

    def of(self, what: What) -> Iterable[Change]:
        """The changes of a kind."""
        return (change for change in self.changes if change.what == what)


def release_columns(table: TableName | Beside) -> tuple[TableColumn, ...]:
    """The columns of a table of a release, in order."""
    return columns_of(table) if table in TABLES else _columns_beside(cast("Beside", table))


@cache
def _columns_beside(table: Beside) -> tuple[TableColumn, ...]:
    rows = (row for row in read_facts("release_columns.tsv") if row["table"] == table)
    return tuple(TableColumn(row["column"], cast("Kind", row["kind"]), row["holds"]) for row in rows)
