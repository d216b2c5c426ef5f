"""The map of a page: numbered places, drawn as vector outlines, and the same as a list in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import cos, dist, hypot, pi, sin

from dateline.export.page.outlines import Point, world
from dateline.export.page.projection import WIDTH, View, path, view_of
from dateline.export.safe import one_line
from dateline.export.words import place_words
from dateline.model import Place

RADIUS = 10.5
SMALL_RADIUS = 4.5
_LETTER = 7.0
_LINE = 14.0
_APART = 2 * RADIUS + 1.5
_MOST_NUMBERED = 60
_STEP = 1.5
_FARTHEST = 3 * RADIUS
Box = tuple[float, float, float, float]
_ROUGH = frozenset({"country", "region", "province", "unknown"})


@dataclass(frozen=True, slots=True)
class EventLink:
    """An event as the list of places names it: the page's id of its card and a short heading."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place where events are reported, ``number``\\ ed from 1; a place with no point has no dot."""

    number: int
    name: str
    precision: str
    point: Point | None
    events: tuple[EventLink, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    r"""A dot at (x, y); (from_x, from_y) is its true pixel, from which it was moved to stay readable.

    ``name`` stands at (name_x, name_y), ``anchor``\ ed there; it is empty where no room is left for it.
    """

    place: MapPlace
    x: float
    y: float
    from_x: float
    from_y: float
    moved: bool
    rough: bool
    name: str = ""
    name_x: float = 0.0
    name_y: float = 0.0
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Line:
    """A meridian or parallel: its pixel and its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template draws, in pixels of a ``width`` by ``height`` drawing."""

    width: float
    height: float
    land: str
    borders: str
    meridians: tuple[Line, ...]
    parallels: tuple[Line, ...]
    dots: tuple[Dot, ...]
    bar_words: str
    bar_length: float
    numbered: bool
    radius: float


def map_places(found: Iterable[tuple[Place, EventLink]]) -> tuple[MapPlace, ...]:
    """The distinct places of events in the order in which they first come."""
    grouped: dict[tuple[object, ...], tuple[Place, list[EventLink]]] = {}
    for place, event in found:
        key = (place.geonameid, place.name, place.lat, place.lon)
        grouped.setdefault(key, (place, []))[1].append(event)
    return tuple(
        MapPlace(
            number=number,
            name=place_words(place),
            precision=place.precision,
            point=(place.lon, place.lat) if place.lon is not None and place.lat is not None else None,
            events=tuple(events),
        )
        for number, (place, events) in enumerate(grouped.values(), 1)
    )


def draw(places: Sequence[MapPlace]) -> Drawing | None:
    """The map of the places that have a point; None where none has."""
    shown = [(place, place.point) for place in places if place.point is not None]
    if not shown:
        return None
    view = view_of([point for _, point in shown])
    at = [view.at(*point) for _, point in shown]
    spread = _spread(at, view) if len(shown) <= _MOST_NUMBERED else []
    # Numbers that had to be pushed far from their places would mislead: then small dots stay where the places are.
    numbered = bool(spread) and max(map(dist, at, spread)) <= _FARTHEST
    spread = spread if numbered else at
    meridians, parallels = view.graticule()
    kilometres, length = view.bar()
    outlines = world()
    return Drawing(
        width=WIDTH,
        height=round(view.height, 1),
        land=path(outlines.land, view, closed=True),
        borders=path(outlines.borders, view, closed=False),
        meridians=tuple(Line(_pixel(view.at(x, view.north)[0]), _degrees(x, "E", "W")) for x in meridians),
        parallels=tuple(Line(_pixel(view.at(view.west, y)[1]), _degrees(y, "N", "S")) for y in parallels),
        dots=_named(
            view.height,
            RADIUS if numbered else SMALL_RADIUS,
            (
                Dot(
                    place,
                    _pixel(x),
                    _pixel(y),
                    _pixel(true_x),
                    _pixel(true_y),
                    moved=hypot(x - true_x, y - true_y) > 2,
                    rough=place.precision in _ROUGH,
                )
                for (place, _), (x, y), (true_x, true_y) in zip(shown, spread, at, strict=True)
            ),
        ),
        bar_words=f"{kilometres:,} km",
        bar_length=_pixel(length),
        numbered=numbered,
        radius=RADIUS if numbered else SMALL_RADIUS,
    )


def _spread(points: list[Point], view: View) -> list[Point]:
    """The dots pushed apart until none covers another, inside the drawing; the same points give the same dots."""
    # Dots on one spot would have no direction to part in: each starts a hair off, around a circle.
    spread = [
        [x + 0.01 * cos(2 * pi * i / len(points)), y + 0.01 * sin(2 * pi * i / len(points))]
        for i, (x, y) in enumerate(points)
    ]
    for _ in range(120):
        still = True
        for i, a in enumerate(spread):
            for b in spread[:i]:
                dx, dy = a[0] - b[0], a[1] - b[1]
                apart = hypot(dx, dy)
                if apart < _APART:
                    still = False
                    # Small steps: a great one would fling a dot past where it has room.
                    push = min((_APART - apart) / 2, _STEP) / (apart or 1)
                    a[0], a[1], b[0], b[1] = a[0] + dx * push, a[1] + dy * push, b[0] - dx * push, b[1] - dy * push
        for dot in spread:
            dot[0] = min(max(dot[0], RADIUS + 1), WIDTH - RADIUS - 1)
            dot[1] = min(max(dot[1], RADIUS + 1), view.height - RADIUS - 1)
        if still:
            break
    return [(x, y) for x, y in spread]


def _named(height: float, radius: float, dots: Iterable[Dot]) -> tuple[Dot, ...]:
    """The dots with their names beside them, as far as no name covers a dot or another name."""
    dots = tuple(dots)
    taken: list[Box] = [(d.x - radius, d.y - radius, d.x + radius, d.y + radius) for d in dots]
    named = []
    for dot in dots:
        name = one_line(dot.place.name.split(",")[0], 28)
        wide, gap = _LETTER * len(name) + 2, radius + 3
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
                dot = replace(dot, name=name, name_x=_pixel(x), name_y=_pixel(y), anchor=anchor)  # noqa: PLW2901
                break
        named.append(dot)
    return tuple(named)


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _pixel(value: float) -> float:
    return round(value, 1)


def _degrees(value: float, positive: str, negative: str) -> str:
    value = (value + 180) % 360 - 180 if positive == "E" else value
    side = "" if value in {0, -180} else positive if value > 0 else negative
    return f"{abs(value):g}°{side}"
