"""The page of a project's events: the first screen, and behind it each event with its sources side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from dateline.export.events.words import (
    claim_words,
    figure_voices,
    headline,
    sources_words,
    value_of,
    voice_words,
)
from dateline.export.page.build import scripts
from dateline.export.page.event import STYLE, event_view
from dateline.export.page.fill import filled
from dateline.export.page.overview.entries import AS, KINDS, As, Entry, Figure, days_of
from dateline.export.page.overview.view import Group, Noun, overview
from dateline.export.page.views import types_of
from dateline.export.safe import one_line
from dateline.export.statement import OUTLINES, KeptBack, event_limits, how_reviewed, number
from dateline.export.words import COUNT_WORDS, listed
from dateline.link.events.compare import Comparison
from dateline.model import Place

EVENTS = Noun("event")


def write(comparisons: Iterable[Comparison], out: TextIO, *, kept_back: KeptBack | None = None) -> None:
    """One HTML file of all events, those of most independent sources first. It holds them at once.

    ``kept_back`` counts what is confidential and not among them.
    """
    ranked = sorted(comparisons, key=lambda c: (-c.event.sources, _edtf(c) or "~", c.event.id))
    entries = tuple(entry_of(comparison, f"v{n}") for n, comparison in enumerate(ranked, 1))
    seen = overview([Group("", "", "", (), entries)], EVENTS)
    codings = {id(a.coding): a.coding for c in ranked for a in c.accounts}
    reports = {coding.report.id for coding in codings.values()}
    for part in filled(
        "events.html",
        STYLE,
        scripts(seen, len(ranked)),
        heading=f"{number(len(ranked), 'event')} from {number(len(reports), 'report')}",
        reviewed=how_reviewed((a.event for c in ranked for a in c.accounts), linked=True),
        limits=event_limits(codings.values()) + (f" Of what was reported {kept_back}." if kept_back else ""),
        seen=seen,
        events=(event_view(comparison, f"v{n}", f"v{n}-") for n, comparison in enumerate(ranked, 1)),
        many=len(ranked) > 1,
        outlines=OUTLINES,
        types=types_of(tuple(codings.values())),
    ):
        out.write(part)


def entry_of(comparison: Comparison, id: str) -> Entry:
    """An event as a row: its chosen values, and what its sources differ on."""
    event = comparison.event
    chosen = {value.field: value.value for value in event.values}
    told: As = next((name for name in AS if name == chosen["modality"]), "asserted")
    edtf = _edtf(comparison)
    chances = [a.event.chance for a in comparison.accounts if a.event.chance is not None]
    return Entry(
        id=id,
        href=f"#{id}",
        type=str(chosen["type"]),
        words=headline(comparison),
        told="background" if chosen["historical"] is True else told,
        marks=() if told == "asserted" else (told,),
        place=_place(comparison),
        edtf=edtf,
        days=days_of(edtf),
        sources=tuple(dict.fromkeys(one_line(a.coding.report.publisher or "", 160) for a in comparison.accounts)),
        voices=tuple(
            dict.fromkeys(
                one_line(a.voice.names[-1] if a.voice.names else "", 160) or voice_words(a) for a in comparison.accounts
            )
        ),
        chance=max(chances, default=None),
        figures=tuple(_figures(comparison)),
        notes=tuple(_notes(comparison)),
    )


def _edtf(comparison: Comparison) -> str | None:
    date = value_of(comparison.event, "date").value
    if isinstance(date, tuple):
        return "/".join(str(part) for part in date)
    return date if isinstance(date, str) else None


def _place(comparison: Comparison) -> Place | None:
    """The place that was chosen, as the first account has it that states it."""
    place = value_of(comparison.event, "place").value
    names = place if isinstance(place, tuple) else (place,)
    found = (a.event.place for a in comparison.accounts if a.event.place)
    return next((place for place in found if place.name in names), None)


def _figures(comparison: Comparison) -> Iterator[Figure]:
    accounts = {account.id: account for account in comparison.accounts}
    for kind in KINDS:
        for claim in value_of(comparison.event, kind).claims:
            bounds = claim.value if isinstance(claim.value, tuple) else ()
            size = max((n for n in bounds if n is not None), default=-1)
            words = f"{COUNT_WORDS.get(kind, kind)}: {claim_words(kind, claim)}"
            yield Figure(kind, words, size, (figure_voices(accounts, claim),))


def _notes(comparison: Comparison) -> Iterator[str]:
    yield sources_words(comparison)
    differing = [COUNT_WORDS.get(value.field, value.field) for value in comparison.differing]
    if differing:
        yield f"sources differ on {listed(differing)}"
    if comparison.denied:
        yield f"denied by {'; '.join(dict.fromkeys(voice_words(account) for account in comparison.denied))}"
