"""The places of a page: counted, ranked, and drawn as circles that stand where the gazetteer has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from dateline.export.page.map.outlines import Point, world
from dateline.export.page.map.projection import UNITS, WIDTH, View, path, view_of
from dateline.export.safe import one_line
from dateline.export.words import country_name, place_words
from dateline.model import Place

LARGEST = 24.0
"""The radius of the place of most mentions, in pixels of the drawing; areas go with numbers of mentions."""
_SMALLEST = 4.5
_A_MENTION = 5.0
_HOLDS_A_DIGIT = 8.0
_LETTER = 6.6
_LINE = 14.0
_CLOSEST = 0.25
"""Degrees of longitude that a map shows when it is zoomed in as far as it goes."""
_ROUGH = frozenset({"country", "region", "province", "unknown"})
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a place: where the page tells it, and in which words."""

    id: str
    href: str
    words: str


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place where events are reported, ``number``\\ ed from 1, those of most mentions first."""

    number: int
    name: str
    country: str
    precision: str
    point: Point | None
    told: tuple[Told, ...]

    @property
    def count(self) -> int:
        """How often something is told of it."""
        return len(self.told)


@dataclass(frozen=True, slots=True)
class Dot:
    r"""A circle at the pixel of its place. ``name`` stands at (name_x, name_y), ``anchor``\ ed; empty without room."""

    place: MapPlace
    x: float
    y: float
    radius: float
    rough: bool
    numbered: bool
    name: str = ""
    name_x: float = 0.0
    name_y: float = 0.0
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template draws, in pixels of a ``width`` by ``height`` drawing; paths are in ``units`` of a pixel.

    ``scale`` is the pixels that a mention has for its circle, ``kilometre`` those of a kilometre, ``closest`` how
    often the map can be enlarged.
    """

    width: float
    height: float
    units: int
    land: str
    borders: str
    meridians: tuple[float, ...]
    parallels: tuple[float, ...]
    dots: tuple[Dot, ...]
    bar_words: str
    bar_length: float
    scale: float
    kilometre: float
    closest: float

    @property
    def rough(self) -> bool:
        """Whether a circle stands for more than a town."""
        return any(dot.rough for dot in self.dots)


def map_places(found: Iterable[tuple[Place, Told]]) -> tuple[MapPlace, ...]:
    """The distinct places of what is told, those of most mentions first, else in the order in which they come."""
    grouped: dict[tuple[object, ...], tuple[Place, list[Told]]] = {}
    for place, told in found:
        grouped.setdefault(_key(place), (place, []))[1].append(told)
    ranked = sorted(grouped.values(), key=lambda group: -len(group[1]))
    return tuple(
        MapPlace(
            number=number,
            name=place_words(place),
            country=country_name(place.country) or "",
            precision=place.precision,
            point=(place.lon, place.lat) if place.lon is not None and place.lat is not None else None,
            told=tuple(told),
        )
        for number, (place, told) in enumerate(ranked, 1)
    )


def _key(place: Place) -> tuple[object, ...]:
    """What tells one place from another."""
    return place.geonameid, place.name, place.country, place.lat, place.lon


def draw(places: Sequence[MapPlace]) -> Drawing | None:
    """The map of the places that have a point; None where none has."""
    shown = [(place, place.point) for place in places if place.point is not None]
    if not shown:
        return None
    view = view_of([point for _, point in shown])
    scale = min(_A_MENTION, LARGEST / sqrt(max(place.count for place, _ in shown)))
    meridians, parallels = view.graticule()
    kilometres, length = view.bar()
    outlines = world()
    return Drawing(
        width=WIDTH,
        height=ceil(view.height * 10) / 10,  # up: a point at its very foot is still in it
        units=UNITS,
        land=path(outlines.land, view, closed=True),
        borders=path(outlines.borders, view, closed=False),
        meridians=tuple(_pixel(view.at(x, view.north)[0]) for x in meridians),
        parallels=tuple(_pixel(view.at(view.west, y)[1]) for y in parallels),
        dots=tuple(_named(view.height, tuple(_dots(shown, view, scale)))),
        bar_words=f"{kilometres:,} km",
        bar_length=_pixel(length),
        scale=round(scale, 3),
        kilometre=round(length / kilometres, 5),
        closest=round(max(1.0, (view.east - view.west) / _CLOSEST), 1),
    )


def _dots(shown: Sequence[tuple[MapPlace, Point]], view: View, scale: float) -> Iterator[Dot]:
    """Circles in the order of drawing: large ones first, so that none is hidden under a larger one."""
    for place, point in shown:
        x, y = view.at(*point)
        radius = max(_SMALLEST, scale * sqrt(place.count))
        numbered = radius >= _HOLDS_A_DIGIT + 2 * (len(str(place.count)) - 1)
        # Thousandths of a pixel: a map that is enlarged a thousand times still has each point in its pixel.
        yield Dot(place, round(x, 3), round(y, 3), round(radius, 2), place.precision in _ROUGH, numbered)


def _named(height: float, dots: Sequence[Dot]) -> Iterator[Dot]:
    """The dots with their names beside them, as far as no name covers a dot or another name."""
    taken: list[Box] = [(d.x - d.radius, d.y - d.radius, d.x + d.radius, d.y + d.radius) for d in dots]
    for dot in dots:
        name = short_name(dot.place)
        wide, gap = _LETTER * len(name) + 2, dot.radius + 3
        for anchor, x, y in (
            ("start", dot.x + gap, dot.y),
            ("end", dot.x - gap, dot.y),
            ("middle", dot.x, dot.y - gap - _LINE / 2),
            ("middle", dot.x, dot.y + gap + _LINE / 2),
        ):
            left = x if anchor == "start" else x - wide if anchor == "end" else x - wide / 2
            box = (left, y - _LINE / 2, left + wide, y + _LINE / 2)
            inside = box[0] >= 2 and box[2] <= WIDTH - 2 and box[1] >= 2 and box[3] <= height - 2
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                yield Dot(
                    *(dot.place, dot.x, dot.y, dot.radius, dot.rough, dot.numbered),
                    *(name, _pixel(x), _pixel(y), anchor),
                )
                break
        else:
            yield dot


def short_name(place: MapPlace) -> str:
    """A name for the map: without what it lies in."""
    return one_line(place.name.split(",")[0], 28)


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _pixel(value: float) -> float:
    return round(value, 1)
