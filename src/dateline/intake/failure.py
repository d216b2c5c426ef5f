"""What could not be read, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.errors import printable_line


@dataclass(frozen=True, slots=True)
class Failure:
    """One file, one line of a file or one address that gave no report. ``line`` counts from 1."""

    path: str
    line: int | None
    error: str
    mend: str
    retrieved: bool = True
    """False where no bytes of it came, so that no evidence is of it."""

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return printable_line(f"{where}: {self.error}; {self.mend}")
