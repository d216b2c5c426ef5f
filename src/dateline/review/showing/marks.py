"""What the map draws: each place as what is known of it. A district is not a point, and a country is not its middle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dateline.export.countries import iso_number
from dateline.export.phrases import label
from dateline.export.safe import one_line
from dateline.export.words import country_name
from dateline.review.showing.countries import area_of
from dateline.review.showing.extents import Extents
from dateline.store.index.lines import PlaceCount
from dateline.store.index.query import Query

Kind = Literal["point", "ring", "country", "beside"]
"""How a place is drawn: a site or town as a point, a division as a ring of its reach, a country as its area; what is
wider than a country, or has no point, is listed beside the map."""
_PICK = "~"


@dataclass(frozen=True, slots=True)
class Ways:
    """What leads from marks to pages: the query, the path of the page, and what else makes it the same again."""

    query: Query
    path: str
    more: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place as the map draws it.

    ``lat`` and ``lon`` are the gazetteer's point, for a country the middle of its largest landmass, where its number
    stands. ``reach`` is the radius of a ring in kilometres (None: not known, it is drawn at a size that says nothing);
    ``area`` the number of a country in ISO 3166-1; ``ways`` what the addresses that it leads to are made of.
    """

    key: str
    name: str
    country: str
    kind: Kind
    precision: str
    lat: float | None
    lon: float | None
    reach: float | None
    area: int | None
    rows: int
    events: int
    reports: int
    publishers: int
    killed: int | None
    by_type: tuple[tuple[str, int], ...]
    picked: bool
    ways: Ways

    @property
    def types(self) -> str:
        """What is told most of it, in words."""
        return type_words(self.by_type)

    @property
    def href(self) -> str:
        """The page with this place picked."""
        return self.ways.query.address(self.ways.path, **{**self.ways.more, "at": self.key})

    @property
    def table(self) -> str:
        """The rows of the place."""
        return (picked(self.ways.query, self.key) or self.ways.query).address("/table")


def marks_of(places: Iterable[PlaceCount], extents: Extents, query: Query, path: str, **more: str) -> tuple[Mark, ...]:
    """The places as marks; ``more`` is the state of the page, in which ``at`` names the place that is picked."""
    ways = Ways(query, path, more)
    return tuple(_mark(place, extents, ways) for place in places)


def key_of(place: PlaceCount) -> str:
    """What tells a place from the others in an address: its country, its precision and its name."""
    return place_key(place.country, place.precision, place.place)


def place_key(country: str | None, precision: str, name: str) -> str:
    """The key of the place of these values."""
    return _PICK.join((country or "", precision, name))


def picked(query: Query, at: str) -> Query | None:
    """The query narrowed to the place of a key; None where the key is none."""
    country, first, rest = at.partition(_PICK)
    precision, second, name = rest.partition(_PICK)
    if not first or not second or not name:
        return None
    return replace(
        query,
        place=(name,),
        country=(country,) if country else query.country,
        precision=(precision,) if precision else query.precision,
    )


def kind_of(place: PlaceCount) -> Kind:
    """How a place is drawn."""
    match place.precision:
        case "country" if area_of(iso_number(place.country)):
            return "country"
        case _ if place.lat is None or place.lon is None:
            return "beside"
        case "site" | "town":
            return "point"
        case "district" | "province" | "country":
            return "ring"
        case _:
            return "beside"


def type_words(types: Sequence[tuple[str, int]], most: int = 3) -> str:
    """What is told most: "Protest 12, Assault 3"."""
    told = ", ".join(f"{label(name, None)} {count:,}" for name, count in types[:most])
    return f"{told}, …" if len(types) > most else told


def _mark(place: PlaceCount, extents: Extents, ways: Ways) -> Mark:
    kind, key = kind_of(place), key_of(place)
    point = (place.lat, place.lon) if place.lat is not None and place.lon is not None else None
    area = area_of(iso_number(place.country)) if kind == "country" else None
    if area:
        point = (area.lat, area.lon)
    return Mark(
        key=key,
        name=one_line(place.place, 160),
        country="" if place.precision == "country" else country_name(place.country) or "",
        kind=kind,
        precision=place.precision,
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        reach=extents.reach(place.place, place.country, place.precision, point) if kind == "ring" and point else None,
        area=iso_number(place.country) if area else None,
        rows=place.rows,
        events=place.events,
        reports=place.reports,
        publishers=place.publishers,
        killed=place.killed,
        by_type=place.types,
        picked=key == ways.more.get("at"),
        ways=ways,
    )
