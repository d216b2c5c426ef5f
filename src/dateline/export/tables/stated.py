"""The data statement of events: what they were linked from, how far people have reviewed it, and what is left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from dateline.export.safe import one_line
from dateline.export.statement import (
    EVENT_LIMITS,
    KeptBack,
    are_named,
    chosen_rows,
    coder_words,
    number,
    tally,
)
from dateline.export.tables.events import TellingEvent
from dateline.export.withheld import are_withheld
from dateline.link.events.aggregate import FIELDS
from dateline.model import Coding
from dateline.store.index.query import status_of


@dataclass(slots=True)
class EventStatement:
    """Counted up one event at a time with :meth:`add`. A report that tells of several events is counted with each."""

    kept_back: KeptBack | None = None
    of_all: int | None = None
    policies: dict[str, str] = field(default_factory=dict)
    events: int = 0
    gone: int = 0
    mentions: int = 0
    reviewed: int = 0
    named: int = 0
    withheld: int = 0
    publishers: Counter[str] = field(default_factory=Counter)
    coders: Counter[str] = field(default_factory=Counter)
    codebooks: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    first: str | None = None
    last: str | None = None

    def add(self, told: TellingEvent) -> None:
        """Count one event."""
        if told.comparison is None:
            self.gone += 1
            return
        self.events += 1
        self.statuses[told.comparison.event.status] += 1
        for account in told.comparison.accounts:
            self.mentions += 1
            self.reviewed += status_of(account.event) != "suggested"
            self._add_coding(account.coding)

    def _add_coding(self, coding: Coding) -> None:
        self.publishers[one_line(coding.report.publisher or "", 120) or "publisher not stated"] += 1
        self.coders[coder_words(coding)] += 1
        self.codebooks[one_line(coding.coder.codebook, 120)] += 1
        self.named += are_named([coding])
        self.withheld += are_withheld([coding])
        on = one_line(coding.report.published or "", 40)[:10]
        if on:
            self.first, self.last = min(self.first or on, on), max(self.last or on, on)

    def rows(self) -> tuple[tuple[str, str], ...]:
        """What is stated, as pairs of a heading and its words."""
        gone = f"; {number(self.gone, 'event')} that gave way to others" if self.gone else ""
        covered = f"{number(self.events, 'event')} told by {number(self.mentions, 'event mention')}{gone}"
        period = "no report says when it was published"
        if self.first is not None:
            period = f"told by reports published {self.first} to {self.last}"
        own = "; ".join(f"{name}: {policy}" for name, policy in sorted(self.policies.items()))
        return (
            ("Covered", covered),
            *chosen_rows(self.kept_back, self.of_all),
            ("Status", tally(self.statuses)),
            ("Sources", tally(self.publishers)),
            ("Period", period),
            ("Coder", tally(self.coders)),
            ("Codebook", tally(self.codebooks)),
            ("Policies", own or "those of dateline: " + "; ".join(f"{name}: {told}" for name, told in FIELDS.items())),
            ("Reviewed by people", self._reviewed()),
            ("Names", "private people by name" if self.named else "private people by role"),
            ("Quotations", self._quotations()),
            *([("Confidential", str(self.kept_back))] if self.kept_back else []),
            ("Limits", EVENT_LIMITS),
        )

    def plain(self) -> dict[str, str]:
        """The same for a JSON member."""
        return {heading.lower().replace(" ", "_"): words for heading, words in self.rows()}

    def _reviewed(self) -> str:
        if not self.reviewed:
            return "0% of event mentions: machine coded and linked"
        share = max(100 * self.reviewed // self.mentions, 1)
        return f"{share}% of event mentions ({self.reviewed:,} of {self.mentions:,})"

    def _quotations(self) -> str:
        if not self.withheld:
            return "kept; they may name private people"
        return "withheld" if self.withheld == self.mentions else f"withheld in {number(self.withheld, 'event mention')}"
