"""What could not be read, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


class IntakeError(ValueError):
    """Something that cannot become a report: ``error`` says what is wrong, ``mend`` what to do about it."""

    def __init__(self, error: str, mend: str) -> None:
        super().__init__(f"{error}; {mend}")
        self.error = error
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Failure:
    """One file, or one line of a file, that gave no report. ``line`` counts from 1."""

    path: str
    line: int | None
    error: str
    mend: str

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        # A name or a message may quote hostile input: it must stay one line on a terminal.
        return "".join(c if c.isprintable() else "\ufffd" for c in f"{where}: {self.error}; {self.mend}")
