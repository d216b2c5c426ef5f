"""Outlines of land and the lines between countries, for the page's map.

``data/world.json`` is made by ``tools/outlines.py`` from Natural Earth 4.1 (1:50 million, public domain) as packaged
in ``world-atlas``. It holds arcs on a grid of hundredths of a degree, delta-coded, rings of arcs, and which arcs lie
between two countries.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate

Point = tuple[float, float]
Line = tuple[Point, ...]


@dataclass(frozen=True)
class Outline:
    """Points as (longitude, latitude) in degrees; a ring ends where it began."""

    points: Line

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        longitudes, latitudes = zip(*self.points, strict=True)
        return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


@dataclass(frozen=True)
class World:
    """Rings of land (holes among them: fill by the even-odd rule) and the lines between countries."""

    land: tuple[Outline, ...]
    borders: tuple[Outline, ...]


@cache
def world() -> World:
    """The vendored outlines, read once."""
    data = json.loads(files("dateline").joinpath("data", "world.json").read_text("utf-8"))
    grid = data["grid"]
    arcs = [
        tuple(
            zip(
                (x / grid for x in accumulate(arc[0::2])),
                (y / grid for y in accumulate(arc[1::2])),
                strict=True,
            )
        )
        for arc in data["arcs"]
    ]

    def line(arc: int) -> Line:
        return arcs[arc] if arc >= 0 else arcs[~arc][::-1]

    rings = (ring for polygon in data["land"] for ring in polygon)
    return World(
        land=tuple(ring_of(point for arc in ring for point in line(arc)) for ring in rings),
        borders=tuple(Outline(_unbroken(line(arc))) for arc in data["borders"]),
    )


def ring_of(points: Iterable[Point]) -> Outline:
    """A closed outline that can be drawn, across the date line and around a pole too."""
    return Outline(_around_pole(_unbroken(points)))


def _unbroken(points: Iterable[Point]) -> Line:
    """The line with longitudes that run on past 180 degrees where it crosses the date line."""
    line: list[Point] = []
    for longitude, latitude in points:
        turns = round((line[-1][0] - longitude) / 360) if line else 0
        line.append((longitude + 360 * turns, latitude))
    return tuple(line)


def _around_pole(ring: Line) -> Line:
    """A ring that runs once around the world encloses the South Pole: it is closed along it."""
    (first, _), (last, _) = ring[0], ring[-1]
    return ring if abs(last - first) < 180 else (*ring, (last, -90.0), (first, -90.0))
