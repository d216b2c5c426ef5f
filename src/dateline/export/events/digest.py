"""A day's digest: neutral sentences from the records of events alone, each with its sources.

Events stand by country, those with most independent sources first. No word of a report is repeated outside quotation
marks, and nothing is said that no record says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TextIO

from dateline.export.events.words import claim_words, figures, headline, value_of, voice_words
from dateline.export.safe import on_one_line
from dateline.export.statement import EVENT_LIMITS, KeptBack, event_limits, number
from dateline.link.events.compare import Comparison

NOWHERE = "Country not stated"


def write(comparisons: Iterable[Comparison], since: str, out: TextIO, kept_back: KeptBack | None = None) -> None:
    """The digest as plain text; ``kept_back`` counts what is confidential and not among the events."""
    for line in lines(comparisons, since, kept_back):
        print(on_one_line(line), file=out)


def lines(comparisons: Iterable[Comparison], since: str, kept_back: KeptBack | None = None) -> Iterator[str]:
    """The lines of :func:`write`."""
    # What is held until all are there are lines, and not comparisons: these hold their reports.
    by_country: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    limits: dict[str, None] = {}
    total = 0
    for comparison in comparisons:
        country = value_of(comparison.event, "country").value
        told = (-comparison.event.sources, comparison.event.id, _event(comparison))
        by_country[claim_words("country", country) if country else NOWHERE].append(told)
        limits[event_limits(account.coding for account in comparison.accounts)] = None
        total += 1
    yield f"Reported since {since}: {number(total, 'event')}"
    for country in sorted(by_country, key=lambda name: (name == NOWHERE, name)):
        yield ""
        yield country
        yield from (line for _, _, line in sorted(by_country[country]))
    yield ""
    yield max(limits, key=len, default=EVENT_LIMITS)
    if kept_back:
        yield f"Of what was reported {kept_back}."


def _event(comparison: Comparison) -> str:
    event = comparison.event
    sentences = [f"{headline(comparison)}, according to {_voices(comparison)}.", *figures(comparison)]
    if event.status == "reported, unverified":
        sentences.append("Only parties to the event say so: reported, unverified.")
    if event.status == "possible":
        sentences.append("No source says that it happened for certain.")
    if comparison.denied:
        deniers = "; ".join(dict.fromkeys(voice_words(account) for account in comparison.denied))
        sentences.append(f"Denied by {deniers}.")
    return f"- {' '.join(sentences)} [{event.id}: {number(event.sources, 'independent source')}]"


def _voices(comparison: Comparison) -> str:
    telling = [a for a in comparison.accounts if a not in comparison.denied] or comparison.accounts
    return "; ".join(dict.fromkeys(voice_words(account) for account in telling))
