"""Entries: what the first screen counts, filters and lists, be it mentions of reports or events of a project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from dateline.errors import EdtfError
from dateline.export.words import according_to, chain, count_words, headline, marks, publisher
from dateline.lang.dates.edtf import bounds
from dateline.model import Coding, Count, CountKind, EventMention, Modality, Place

As = Modality | Literal["background"]
"""How an entry is told. Background is of long before the report's own story, whatever its modality."""
AS: tuple[As, ...] = (*get_args(Modality), "background")
KINDS: tuple[CountKind, ...] = get_args(CountKind)
"""Kinds of numbers of people, the gravest first."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people that an entry gives, in words, with who gives it; ``size`` puts the largest first."""

    kind: CountKind
    words: str
    size: int
    voices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list.

    ``id`` is the page's id of what tells it whole and ``href`` the way there; ``days`` are its first and last possible
    day as ordinals; ``voices`` who says so, the innermost speaker; ``notes`` what a reader should know at a glance.
    """

    id: str
    href: str
    type: str
    words: str
    told: As
    marks: tuple[str, ...] = ()
    place: Place | None = None
    edtf: str | None = None
    days: tuple[int, int] | None = None
    sources: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    chance: float | None = None
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()


def entry_of(coding: Coding, event: EventMention, id: str, href: str) -> Entry:
    """An event mention as an entry."""
    edtf = event.date.edtf if event.date else None
    return Entry(
        id=id,
        href=href,
        type=event.type,
        words=headline(coding, event),
        told="background" if event.historical else event.modality,
        marks=marks(event),
        place=event.place,
        edtf=edtf,
        days=days_of(edtf),
        sources=(publisher(coding).removeprefix("the publisher ").removeprefix("the publisher"),),
        voices=(chain(coding, event.attribution)[0],),
        chance=event.chance,
        figures=tuple(_figures(coding, event)),
        notes=(f"according to {according_to(coding, event.attribution)}",),
    )


def _figures(coding: Coding, event: EventMention) -> Iterator[Figure]:
    for count in event.counts:
        voice = chain(coding, count.attribution or event.attribution)[0]
        yield Figure(count.kind, count_words(count), size_of(count), (voice,))


def size_of(count: Count) -> int:
    """By what a number is put in order: its highest bound that is stated, and below zero where none is."""
    return max((n for n in (count.low, count.best, count.high) if n is not None), default=-1)


def days_of(edtf: str | None) -> tuple[int, int] | None:
    """The first and last possible day of a date, as ordinals; None where one is not known."""
    try:
        first, last = bounds(edtf) if edtf else (None, None)
    except EdtfError:
        return None
    return (first.toordinal(), last.toordinal()) if first and last else None
