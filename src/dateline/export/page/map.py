"""The map of a page: numbered places, drawn as vector outlines, and the same as a list in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from dateline.export.outlines import Point, world
from dateline.export.page.projection import WIDTH, View, path, view_of
from dateline.export.words import place_words
from dateline.model import Place

RADIUS = 9.0
_APART = 2 * RADIUS + 1.5
_MOST_NUMBERED = 80
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
    """A dot at (x, y); (from_x, from_y) is its true pixel, from which it was moved to stay readable."""

    place: MapPlace
    x: float
    y: float
    from_x: float
    from_y: float
    moved: bool
    rough: bool


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
    numbered = len(shown) <= _MOST_NUMBERED
    spread = _spread(at, view) if numbered else at
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
        dots=tuple(
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
        bar_words=f"{kilometres:,} km",
        bar_length=_pixel(length),
        numbered=numbered,
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
                    push = (_APART - apart) / 2 / (apart or 1)
                    a[0], a[1], b[0], b[1] = a[0] + dx * push, a[1] + dy * push, b[0] - dx * push, b[1] - dy * push
        for dot in spread:
            dot[0] = min(max(dot[0], RADIUS + 1), WIDTH - RADIUS - 1)
            dot[1] = min(max(dot[1], RADIUS + 1), view.height - RADIUS - 1)
        if still:
            break
    return [(x, y) for x, y in spread]


def _pixel(value: float) -> float:
    return round(value, 1)


def _degrees(value: float, positive: str, negative: str) -> str:
    value = (value + 180) % 360 - 180 if positive == "E" else value
    return f"{abs(value):g}°{positive if value > 0 else negative if value < 0 else ''}"
