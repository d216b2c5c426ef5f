"""The data statement that travels with every export: what was covered, by which coder, and what it does not show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.export.safe import one_line
from dateline.export.withheld import QUOTES_WITHHELD, are_withheld
from dateline.export.words import reviewed
from dateline.model import Coding, EventMention

LIMITS = (
    "Reports are not events: what nobody reported is not here, and one event told by several reports is here several "
    "times. Every value says what a report says; none of it has been verified."
)
EVENT_LIMITS = (
    "What nobody reported is not here. Reports were linked by machine: what is shown as one event may be two, and two "
    "may be one. Every value says what a report says; none of it has been verified."
)
OUTLINES = (
    "Outlines: Natural Earth, 1:50 million, public domain. Lines between countries are drawn as its makers drew them "
    "and take no position on any claim."
)


@dataclass(slots=True)
class KeptBack:
    """How much is confidential and was left out, counted while what may leave is gone through.

    ``chosen`` are the filters by which the rest was chosen, in words.
    """

    reports: int = 0
    rows: int = 0
    events: int = 0
    chosen: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reports or self.rows or self.events)

    def __str__(self) -> str:
        """In words: "1 report and 2 rows of others are confidential and left out"."""
        told = [number(count, noun) for count, noun in ((self.events, "event"), (self.reports, "report")) if count]
        if self.rows:
            told.append(number(self.rows, "row") + (" of others" if self.reports else ""))
        one = self.events + self.reports + self.rows == 1
        listed = " and ".join(", ".join(told).rsplit(", ", 1)) or "nothing"
        return f"{listed} {'is' if one or not told else 'are'} confidential and left out"


@dataclass(slots=True)
class Statement:
    """Counted up one coding at a time with :meth:`add`, so that a writer can stream."""

    reports: int = 0
    events: int = 0
    without_events: int = 0
    publishers: Counter[str] = field(default_factory=Counter)
    coders: Counter[str] = field(default_factory=Counter)
    codebooks: Counter[str] = field(default_factory=Counter)
    first: str | None = None
    last: str | None = None
    undated: int = 0
    by_name: int = 0
    withheld: int = 0
    reviewed: int = 0
    kept_back: KeptBack | None = None
    of_all: int | None = None
    """Reports that the project has, where a part of them was chosen."""

    def add(self, coding: Coding) -> None:
        """Count one coding."""
        self.reports += 1
        self.events += len(coding.events)
        self.without_events += not coding.events
        self.publishers[one_line(coding.report.publisher or "", 120) or "publisher not stated"] += 1
        self.coders[coder_words(coding)] += 1
        self.codebooks[one_line(coding.coder.codebook, 120)] += 1
        self.by_name += are_named([coding])
        self.withheld += are_withheld([coding])
        self.reviewed += sum(reviewed(event) is not None for event in coding.events)
        day = one_line(coding.report.published or "", 40)[:10]
        if day:
            self.first = min(self.first or day, day)
            self.last = max(self.last or day, day)
        else:
            self.undated += 1

    def rows(self) -> tuple[tuple[str, str], ...]:
        """What is stated, as pairs of a heading and its words."""
        return (
            ("Covered", f"{number(self.events, 'event mention')} in {number(self.reports, 'report')}{self._empty()}"),
            *chosen_rows(self.kept_back, self.of_all),
            ("Sources", tally(self.publishers)),
            ("Period", self._period()),
            ("Coder", tally(self.coders)),
            ("Codebook", tally(self.codebooks)),
            ("Reviewed by people", self._reviewed()),
            ("Names", self._part(self.by_name, "private people by name", "private people by role")),
            ("Quotations", self._part(self.withheld, "withheld", "kept; they may name private people")),
            *([("Confidential", str(self.kept_back))] if self.kept_back else []),
            ("Limits", LIMITS),
        )

    def plain(self) -> dict[str, str]:
        """The same for a JSON member."""
        return {heading.lower().replace(" ", "_"): words for heading, words in self.rows()}

    def _part(self, count: int, so: str, otherwise: str) -> str:
        if not count:
            return otherwise
        return so if count == self.reports else f"{so} in {number(count, 'report')}; else {otherwise}"

    def _reviewed(self) -> str:
        if not self.reviewed:
            return "0% of event mentions: machine coded"
        share = max(100 * self.reviewed // self.events, 1)
        return f"{share}% of event mentions ({self.reviewed:,} of {self.events:,})"

    def _empty(self) -> str:
        return f", {number(self.without_events, 'report')} without any" if self.without_events else ""

    def _period(self) -> str:
        if self.first is None:
            return "no report says when it was published"
        period = self.first if self.first == self.last else f"{self.first} to {self.last}"
        without = f"; {number(self.undated, 'report')} without a date" if self.undated else ""
        return f"published {period}{without}"


def chosen_rows(kept_back: KeptBack | None, of_all: int | None) -> list[tuple[str, str]]:
    """By which filters the rest was chosen, and of how many reports; nothing where all was taken."""
    if kept_back is None or not kept_back.chosen:
        return []
    of = f", of {number(of_all, 'report')} in the project" if of_all is not None else ""
    return [("Chosen by", one_line("; ".join(kept_back.chosen)) + of)]


def how_reviewed(events: Iterable[EventMention], *, linked: bool = False) -> str:
    """How far people have gone through event mentions, in a sentence: "Machine coded, not reviewed."."""
    every = list(events)
    done = sum(reviewed(event) is not None for event in every)
    made = "Machine coded and linked" if linked else "Machine coded"
    if not done:
        return f"{made}, not reviewed."
    if done == len(every):
        return f"{made}; people reviewed every event mention."
    share = max(100 * done // len(every), 1)
    return f"{made}; people reviewed {share}% of event mentions ({done:,} of {len(every):,})."


def are_named(codings: Iterable[Coding]) -> bool:
    """Whether one of the codings keeps private people by name."""
    return any(note.code == "names-kept" for coding in codings for note in coding.notes)


def event_limits(codings: Iterable[Coding]) -> str:
    """What holds for events told by these codings, and whether they name private people or withhold quotations."""
    every = list(codings)
    named = " Private people are kept by name, as the project chose." if are_named(every) else ""
    return EVENT_LIMITS + named + (f" {QUOTES_WITHHELD.message}" if are_withheld(every) else "")


def coder_words(coding: Coding) -> str:
    """Who coded: name, version, and model or "rules alone"."""
    coder = coding.coder
    named = f"{coder.name} {coder.version}".strip()
    return one_line(f"{named}, {coder.model or 'rules alone'}", 120)


def number(count: int, noun: str) -> str:
    """The count with its noun: "1 report", "2 reports"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def ranges(numbers: Iterable[int]) -> tuple[str, ...]:
    """Numbers with three or more in a row as one: "1", "2", "5–9"."""
    runs: list[list[int]] = []
    for n in sorted(set(numbers)):
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return tuple(
        words for run in runs for words in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(n) for n in run])
    )


def tally(counted: Counter[str], most: int = 12) -> str:
    """What was counted, the most frequent first: "The Wire (12); Courier (3); and 4 more"."""
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    if len(ranked) == 1:
        return ranked[0][0]
    shown = "; ".join(f"{name} ({count:,})" for name, count in ranked[:most])
    return f"{shown}; and {len(ranked) - most:,} more" if len(ranked) > most else shown or "none"
