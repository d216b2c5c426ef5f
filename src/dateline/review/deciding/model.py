"""The decisions there are, and what comes of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dateline.store.kept.corrections import Change


@dataclass(frozen=True, slots=True)
class Accept:
    """A row, or a suggestion, is right as it stands."""

    row: str


@dataclass(frozen=True, slots=True)
class Correct:
    """Other values for some columns of a row (those of the sheet: :mod:`dateline.export.formats.columns`)."""

    row: str
    edits: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reject:
    """A row, or a suggestion, is no event of the report."""

    row: str


@dataclass(frozen=True, slots=True)
class Split:
    """A row is several events: each has the row's values, but for its own edits. The first keeps the row's id."""

    row: str
    parts: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """Rows that are one event: the receiver stays, takes the others' tellings and what it lacks; they are kept as
    left out, each with where it went.
    """

    receiver: str
    donors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Add:
    """An event that the coder missed, told by the words ``[start, end)`` of the report."""

    start: int
    end: int
    type: str
    edits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Restore:
    """The report as an earlier coding of it (by its number) has it; ``rows``: these alone."""

    coding: int
    rows: tuple[str, ...] = ()


Decision = Accept | Correct | Reject | Split | Merge | Add | Restore


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a decision: the act's number, the report's coding that holds now, what changed, the rows touched.

    Where nothing was to be changed (a row that the person has accepted already) ``act`` is 0.
    """

    act: int
    report: str
    coding: int | None
    changes: tuple[Change, ...]
    rows: tuple[str, ...]
    verb: str
