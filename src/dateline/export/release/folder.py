"""The folder of a release: what stands where in it, and its hashes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from dateline.errors import ReleaseError
from dateline.export.release.model import Beside
from dateline.export.tables.columns import TableName

FACTS = "release.json"
"""What a program wants to know of a release: its name, day, rows, coders, settings, data statement."""
SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a release, with what ``release.json`` says."""

    path: Path
    facts: dict[str, Any]

    @classmethod
    def open(cls, path: Path | str) -> Folder:
        """A folder that holds a release. Raises :class:`ReleaseError` for another."""
        path = Path(path)
        try:
            facts = json.loads((path / FACTS).read_text(encoding="utf-8"))
            if not isinstance(facts, dict) or not isinstance(facts.get("name"), str):
                raise ValueError
        except (OSError, ValueError):
            mend = "name the folder that dateline release wrote, as in releases/2024.1"
            raise ReleaseError(f"{path} is no release", mend) from None
        return cls(path, facts)

    @property
    def name(self) -> str:
        """The release's name."""
        return str(self.facts["name"])

    def parquet(self, table: TableName) -> Path:
        """Where a table stands as Parquet."""
        return self.path / parquet_path(table)


def parquet_path(table: TableName) -> str:
    """Where a table stands as Parquet, from the folder."""
    return f"parquet/{table}.parquet"


def csv_path(table: TableName | Beside) -> str:
    """Where a table stands as CSV, from the folder."""
    return f"csv/{table}.csv"


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def files_of(folder: Path) -> Iterator[str]:
    """The files of a folder, from it, in the order of their names; all but the file of hashes."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    yield from sorted(name for name in names if name != SUMS)


def sums(folder: Path) -> str:
    """The hashes of all files, as ``sha256sum -c`` reads them."""
    return "".join(f"{sha256_of(folder / name)}  {name}\n" for name in files_of(folder))
