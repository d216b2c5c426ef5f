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
def area_of(number: int | None) -> Area | None:
    """The area of a country by its number in ISO 3166-1; None where the outlines have none of that number."""
    country = _countries().get(number)
    if country is None:
        return None
    rings = tuple(ring_of(point for arc in ring for point in _line(arc)) for ring in _rings(country))
    centre = outline_centre([[(lat, lon) for lon, lat in ring.points] for ring in rings])
    if centre is None:
        return None
    lat, lon = centre
    return Area(rings, lon, lat, max((ring.box for ring in rings), key=_size))


@cache
def _topology() -> Any:
    return json.loads((files("dateline") / "review" / "static" / "vendor" / FILE).read_text("utf-8"))


@cache
def _countries() -> dict[int | None, dict[str, Any]]:
    found = _topology()["objects"]["countries"]["geometries"]
    return {int(one["id"]): one for one in found if str(one.get("id", "")).isdecimal()}


@cache
def _line(arc: int) -> Line:
    """The points of an arc in degrees; those of ``~arc`` are the same the other way round."""
    if arc < 0:
        return _line(~arc)[::-1]
    (across, down), (west, south) = _topology()["transform"]["scale"], _topology()["transform"]["translate"]
    steps = _topology()["arcs"][arc]
    longitudes = (x * across + west for x in accumulate(step[0] for step in steps))
    latitudes = (y * down + south for y in accumulate(step[1] for step in steps))
    return tuple(zip(longitudes, latitudes, strict=True))


def _rings(country: dict[str, Any]) -> list[list[int]]:
    parts: list[Any] = country.get("arcs", [])
    return parts if country["type"] == "Polygon" else [ring for part in parts for ring in part]


def _size(box: tuple[float, float, float, float]) -> float:
    west, south, east, north = box
    return (east - west) * (north - south)
