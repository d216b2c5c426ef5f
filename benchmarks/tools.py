"""What the tasks share: reports from records, codings of them, and the stages a task calls alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dateline.api import machine_coder
from dateline.coder.machine import MachineCoder
from dateline.engine import run
from dateline.intake import Failure, read_text
from dateline.model import Coding, Report, Span

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Tools:
    """The coder and its stages, loaded once; ``folder`` is where the input file lies (pages are beside it)."""

    folder: Path

    @cached_property
    def coder(self) -> MachineCoder:
        """The machine coder with the built-in codebook."""
        return machine_coder()

    def report(self, record: Record) -> Report:
        """The record as a report; its text is untouched."""
        return read_text(
            record["text"],
            id=str(record["id"]),
            published=record.get("published"),
            publisher=record.get("publisher"),
            title=record.get("title"),
            language="en",
        )

    def codings(self, records: Iterable[Record]) -> Iterator[Coding | None]:
        """One coding a record, in order; None where a report could not be coded."""
        for outcome in run((self.report(record) for record in records), self.coder):
            yield None if isinstance(outcome, Failure) else outcome


def pair(span: Span | None) -> list[list[int]]:
    """A span in the scorers' shape: a list of [start, end]."""
    return [] if span is None else [[span.start, span.end]]
