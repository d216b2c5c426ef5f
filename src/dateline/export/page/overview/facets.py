"""What a reader can filter by: the choices of each list, with how many entries each has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dateline.export.page.map.places import MapPlace
from dateline.export.page.overview.entries import AS, As, Entry
from dateline.export.page.overview.tolls import TypeShare
from dateline.export.safe import one_line
from dateline.export.words import EARLIER, MODALITY_WORDS

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list; ``value`` is what rows of the list have, ``group`` the heading that it stands under."""

    value: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its places, for a list of choices."""

    value: str
    name: str
    count: int
    places: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """The lists of choices; one with a single choice is not offered, for it would change nothing."""

    types: tuple[Choice, ...]
    countries: tuple[Country, ...]
    sources: tuple[Choice, ...]
    voices: tuple[Choice, ...]
    told: tuple[Choice, ...]
    chances: bool
    days: bool


def facets(entries: Sequence[Entry], types: Sequence[TypeShare], places: Sequence[MapPlace]) -> Facets:
    """What the entries can be filtered by."""
    told = Counter(entry.told for entry in entries)
    return Facets(
        types=_offered([Choice(str(share.number), share.name, share.count) for share in types]),
        countries=_countries(places),
        sources=_offered(_choices(entry.sources for entry in entries)),
        voices=_offered(_choices(entry.voices for entry in entries)),
        told=_offered([Choice(name, _told_words(name), told[name]) for name in AS if told[name]]),
        chances=any(entry.chance is not None for entry in entries),
        days=any(entry.days for entry in entries),
    )


def _told_words(told: As) -> str:
    return EARLIER if told == "background" else MODALITY_WORDS[told]


def numbered(named: Iterable[tuple[str, ...]]) -> Mapping[str, int]:
    """Names numbered from 1, those of most entries first."""
    counts = Counter(name for names in named for name in dict.fromkeys(names))
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return {name: number for number, name in enumerate(ranked, 1)}


def _choices(named: Iterable[tuple[str, ...]]) -> list[Choice]:
    every = list(named)
    counts = Counter(name for names in every for name in dict.fromkeys(names))
    return [
        Choice(str(number), one_line(name, _LONGEST) or "not stated", counts[name])
        for name, number in numbered(every).items()
    ]


def _countries(places: Sequence[MapPlace]) -> tuple[Country, ...]:
    ranked = sorted(places, key=lambda place: (not place.country, place.country))
    found = tuple(
        Country(f"c{at}", country or "Country not stated", sum(place.count for place in same), _places(same))
        for at, (country, group) in enumerate(groupby(ranked, key=lambda place: place.country), 1)
        if (same := list(group))
    )
    return found if len(places) > 1 else ()


def _places(places: Sequence[MapPlace]) -> tuple[Choice, ...]:
    return tuple(
        Choice(str(place.number), one_line(place.name.removesuffix(f", {place.country}"), _LONGEST), place.count)
        for place in places
    )


def _offered(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    return tuple(choices) if len(choices) > 1 else ()
