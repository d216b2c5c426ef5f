"""What could not be read, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.errors import printable_line


@dataclass(frozen=True, slots=True)
class Failure:
    """One file, or one line of a file, that gave no report. ``line`` counts from 1."""

    path: str
    line: int | None
    error: str
    mend: str

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return printable_line(f"{where}: {self.error}; {self.mend}")
