"""The areas of countries, from the outlines that the workspace's own map draws (world-atlas, Natural Earth 1:50m)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

from dateline.export.page.map.outlines import Line, Outline, ring_of
from dateline.resolve.gazetteer.points import outline_centre

FILE = "countries-50m.json"


@dataclass(frozen=True)
class Area:
    """A country's rings (holes among them: fill by the even-odd rule), and where its number stands: longitude and
    latitude of the middle of its largest landmass, and the box of that landmass (west, south, east, north).
    """

    rings: tuple[Outline, ...]
    lon: float
    lat: float
    box: tuple[float, float, float, float]


@cache
def areas() -> dict[int, Area]:
    """Each country's area by its number in ISO 3166-1, read once."""
    text = (files("dateline") / "review" / "static" / "vendor" / FILE).read_text("utf-8")
    topology = json.loads(text)
    (across, down), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Line] = [
        tuple(
            zip(
                (x * across + west for x in accumulate(step[0] for step in arc)),
                (y * down + south for y in accumulate(step[1] for step in arc)),
                strict=True,
            )
        )
        for arc in topology["arcs"]
    ]
    found: dict[int, Area] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        number = str(country.get("id", ""))
        rings = tuple(ring_of(_points(ring, arcs)) for ring in _rings(country))
        centre = outline_centre([[(lat, lon) for lon, lat in ring.points] for ring in rings])
        if number.isdecimal() and centre:
            lat, lon = centre
            found[int(number)] = Area(rings, lon, lat, max((ring.box for ring in rings), key=_size))
    return found


def _rings(country: dict[str, Any]) -> list[list[int]]:
    parts = country.get("arcs", [])
    return parts if country["type"] == "Polygon" else [ring for part in parts for ring in part]


def _points(ring: list[int], arcs: list[Line]) -> Line:
    lines = (arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring)
    return tuple(point for line in lines for point in line)


def _size(box: tuple[float, float, float, float]) -> float:
    west, south, east, north = box
    return (east - west) * (north - south)
