"""What the tasks share: reports from records, codings of them, and the stages a task calls alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dateline.api import machine_coder
from dateline.coder.encoder.network import Encoder
from dateline.coder.machine import MachineCoder
from dateline.engine import run
from dateline.intake import Failure, read_text
from dateline.model import Coding, Participant, Report, Span

Record = Mapping[str, Any]

VIOLENCE = "ASSAULT"
"""PLOVER's type that tells of an incident of violence."""


@dataclass(frozen=True)
class Tools:
    """The coder and its stages, loaded once; ``folder`` is where the input file lies (pages are beside it)."""

    folder: Path

    @cached_property
    def coder(self) -> MachineCoder:
        """The machine coder with the built-in codebook."""
        return machine_coder()

    @cached_property
    def rules(self) -> MachineCoder:
        """The same without the encoder."""
        return machine_coder(encoder=False)

    @property
    def encoder(self) -> Encoder:
        """The coder's encoder; raises :class:`RuntimeError` where there is none: half of a measurement is none."""
        if self.coder.encoder is None:
            raise RuntimeError(self.coder.without or "the coder has no encoder")
        return self.coder.encoder

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

    def codings(self, records: Iterable[Record], coder: MachineCoder | None = None) -> Iterator[Coding | None]:
        """One coding a record, in order; None where a report could not be coded. Another coder is used where given."""
        for outcome in run((self.report(record) for record in records), coder or self.coder):
            yield None if isinstance(outcome, Failure) else outcome


def pair(span: Span | None) -> list[list[int]]:
    """A span in the scorers' shape: a list of [start, end]."""
    return [] if span is None else [[span.start, span.end]]


PRONOUNS = frozenset(
    "he she it they him her them i we us you who whom which that himself herself itself themselves".split()
)


def named(coding: Coding, participant: Participant) -> Span:
    """The words for a participant, where a pronoun gives way to the nearest words before it for the same actor."""
    if participant.quote.lower() not in PRONOUNS or participant.actor is None:
        return participant
    actor = next(actor for actor in coding.actors if actor.id == participant.actor)
    words = [span for span in actor.mentions if span.quote.lower() not in PRONOUNS]
    before = [span for span in words if span.end <= participant.start]
    return before[-1] if before else words[0] if words else participant
