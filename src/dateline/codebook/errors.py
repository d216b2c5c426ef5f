"""What is wrong with a codebook, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of a codebook file: where it is, what is wrong and what to write instead. Lines count from 1."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.mend}".rstrip()


class CodebookError(ValueError):
    """A codebook cannot be used. ``problems`` holds every fault that was found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(word: str, known: Iterable[str], *, what: str) -> str:
    """The mend for a word that is not among the known ones."""
    choices = sorted(set(known))
    close = get_close_matches(word.lower(), [c.lower() for c in choices], n=1, cutoff=0.6)
    if close:
        return f"Did you mean {next(c for c in choices if c.lower() == close[0])!r}?"
    if not choices:
        return f"There are no {what} here to choose from."
    shown = ", ".join(choices[:20]) + (", ..." if len(choices) > 20 else "")
    return f"Known {what}: {shown}."
