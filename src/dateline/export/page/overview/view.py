"""The overview as the templates show it: types with their tolls, map, time line, choices, and the rows of the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.export.chances import figure
from dateline.export.page.map.places import Drawing, MapPlace, Told, draw, map_places
from dateline.export.page.overview.entries import Entry
from dateline.export.page.overview.facets import Facets, facets, numbered
from dateline.export.page.overview.timeline import HEIGHT, Timeline, timeline
from dateline.export.page.overview.tolls import TypeShare, type_shares
from dateline.export.statement import number
from dateline.export.words import edtf_words, place_words

_OPEN = 40
"""Rows that are shown at once; of more, each report's are folded."""


@dataclass(frozen=True, slots=True)
class Noun:
    """What the entries of a page are, and what they stand in: "event mention" and "report"."""

    one: str
    group: str = ""

    def count(self, many: int) -> str:
        """So many of them."""
        return number(many, self.one)


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in the list, with what it is filtered by: numbers of its type, place, bar, sources and voices."""

    entry: Entry
    when: str
    where: str
    type: int
    place: int | None
    country: str
    bar: int | None
    since: str
    until: str
    sources: str
    voices: str
    chance: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together: those of a report. ``words`` of what it is are empty where the list has no groups."""

    id: str
    href: str
    title: str
    about: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A group with its rows."""

    group: Group
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first screen shows."""

    noun: Noun
    types: tuple[TypeShare, ...]
    most: int
    happened: int
    places: tuple[MapPlace, ...]
    drawing: Drawing | None
    unplaced: str
    timeline: Timeline | None
    tall: float
    facets: Facets
    groups: tuple[Listed, ...]
    total: int
    folded: bool


def overview(groups: Sequence[Group], noun: Noun) -> Overview:
    """The overview of what stands in groups."""
    entries = [entry for group in groups for entry in group.entries]
    types, line = type_shares(entries), timeline(entries)
    placed = [(entry.place, Told(entry.id, entry.href, entry.words)) for entry in entries if entry.place]
    places = map_places(placed)
    chosen = facets(entries, types, places)
    number_of = _Numbers(
        {share.type: share.number for share in types},
        {told.id: place.number for place in places for told in place.told},
        {place.value: country.value for country in chosen.countries for place in country.places},
        line.of if line else {},
        numbered(entry.sources for entry in entries),
        numbered(entry.voices for entry in entries),
    )
    return Overview(
        noun=noun,
        types=types,
        most=max((share.count for share in types), default=0),
        happened=sum(share.happened for share in types),
        places=places,
        drawing=draw(places),
        unplaced=f"{noun.count(len(entries) - len(placed))} without a place" if len(placed) < len(entries) else "",
        timeline=line,
        tall=HEIGHT,
        facets=chosen,
        groups=tuple(Listed(group, tuple(map(number_of.row, group.entries))) for group in groups),
        total=len(entries),
        folded=len(entries) > _OPEN,
    )


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers of what rows are filtered by."""

    types: Mapping[str, int]
    places: Mapping[str, int]
    countries: Mapping[str, str]
    bars: Mapping[str, int]
    sources: Mapping[str, int]
    voices: Mapping[str, int]

    def row(self, entry: Entry) -> Row:
        first, last = entry.days or (None, None)
        place = self.places.get(entry.id)
        return Row(
            entry=entry,
            when=edtf_words(entry.edtf)[1],
            where=place_words(entry.place) if entry.place else "",
            type=self.types[entry.type],
            place=place,
            country=self.countries.get(str(place), ""),
            bar=self.bars.get(entry.id),
            since=date.fromordinal(first).isoformat() if first else "",
            until=date.fromordinal(last).isoformat() if last else "",
            sources=" ".join(str(self.sources[name]) for name in dict.fromkeys(entry.sources)),
            voices=" ".join(str(self.voices[name]) for name in dict.fromkeys(entry.voices)),
            chance=figure(entry.chance) if entry.chance is not None else "",
        )
