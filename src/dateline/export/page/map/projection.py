"""The part of the world a map shows, and where a point lies on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from dateline.export.page.map.outlines import Outline, Point

WIDTH = 720.0
TALLEST = 450.0
UNITS = 20
"""Steps of a path within a pixel: a map that is zoomed in still has its coast."""
_LEAST_LATITUDE = 13.0
_MARGIN = 0.22
_STEPS = (0.5, 1, 2, 5, 10, 15, 30, 45)
_KILOMETRES_A_DEGREE = 111.32


@dataclass(frozen=True, slots=True)
class View:
    """A window on an equirectangular projection true at its middle: degrees in, pixels of the drawing out."""

    west: float
    south: float
    east: float
    north: float
    height: float

    @property
    def scale(self) -> tuple[float, float]:
        """Pixels a degree of longitude, and of latitude."""
        return WIDTH / (self.east - self.west), self.height / (self.north - self.south)

    def at(self, longitude: float, latitude: float) -> Point:
        """The pixel of a point; longitudes outside the window are tried 360 degrees east and west."""
        while longitude < self.west and longitude + 360 <= self.east:
            longitude += 360
        while longitude > self.east and longitude - 360 >= self.west:
            longitude -= 360
        across, down = self.scale
        return (longitude - self.west) * across, (self.north - latitude) * down

    def graticule(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Meridians and parallels at a round step, some four to seven of them across."""
        step = next((s for s in _STEPS if (self.east - self.west) / s <= 7), _STEPS[-1])
        return tuple(_round_steps(self.west, self.east, step)), tuple(_round_steps(self.south, self.north, step))

    def bar(self) -> tuple[int, float]:
        """A scale bar: round kilometres, and its length in pixels."""
        kilometre = self.scale[1] / _KILOMETRES_A_DEGREE
        most = WIDTH * 0.24 / kilometre
        length = max((n * 10**power for power in range(5) for n in (1, 2, 5) if n * 10**power <= most), default=1)
        return length, length * kilometre


def view_of(points: Sequence[Point]) -> View:
    """The window that holds all points (longitude, latitude) with a margin, across the date line where shorter."""
    west, east = _shortest_arc([longitude for longitude, _ in points])
    south, north = min(latitude for _, latitude in points), max(latitude for _, latitude in points)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    shrink = max(0.35, cos(radians(middle_y)))
    tall = max((north - south) * (1 + 2 * _MARGIN), _LEAST_LATITUDE)
    wide = max((east - west) * (1 + 2 * _MARGIN), tall * WIDTH / TALLEST / shrink)
    wide = min(wide, 360.0)
    tall = min(max(tall, wide * shrink * TALLEST / WIDTH), 180.0)
    middle_y = min(max(middle_y, tall / 2 - 90), 90 - tall / 2)
    height = min(TALLEST, WIDTH * tall / (wide * shrink))
    return View(middle_x - wide / 2, middle_y - tall / 2, middle_x + wide / 2, middle_y + tall / 2, height)


def path(outlines: Iterable[Outline], view: View, *, closed: bool) -> str:
    """SVG path data of what the window shows, in :data:`UNITS` of a pixel."""
    return "".join(_drawn(outlines, view, closed))


def _drawn(outlines: Iterable[Outline], view: View, closed: bool) -> Iterator[str]:
    across, down = view.scale
    for outline in outlines:
        west, south, east, north = outline.box
        if south > view.north or north < view.south:
            continue
        for turn in (-360, 0, 360):
            if west + turn > view.east or east + turn < view.west:
                continue
            line = [((x + turn - view.west) * across, (view.north - y) * down) for x, y in outline.points]
            for piece in [_clip_ring(line, view.height)] if closed else _clip_line(line, view.height):
                yield _moves(piece, closed)


def _clip_ring(ring: list[Point], height: float) -> list[Point]:
    """Sutherland and Hodgman's clipping, against the window with a small margin."""
    for axis, limit, sign in ((0, -4.0, 1), (0, WIDTH + 4, -1), (1, -4.0, 1), (1, height + 4, -1)):
        clipped: list[Point] = []
        for a, b in pairwise([*ring[-1:], *ring]):
            a_in, b_in = (a[axis] - limit) * sign >= 0, (b[axis] - limit) * sign >= 0
            if a_in != b_in:
                part = (limit - a[axis]) / (b[axis] - a[axis])
                clipped.append((a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])))
            if b_in:
                clipped.append(b)
        ring = clipped
    return ring


def _clip_line(line: list[Point], height: float) -> Iterator[list[Point]]:
    """The runs of a line that pass near the window; the drawing itself hides the ends that stick out."""
    run: list[Point] = []
    for a, b in pairwise(line):
        near = min(a[0], b[0]) <= WIDTH and max(a[0], b[0]) >= 0 and min(a[1], b[1]) <= height and max(a[1], b[1]) >= 0
        if near:
            run = run or [a]
            run.append(b)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _moves(points: list[Point], closed: bool) -> str:
    kept: list[tuple[int, int]] = []
    for x, y in points:
        point = (round(x * UNITS), round(y * UNITS))
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) > 1:
            kept.append(point)
    if len(kept) < (3 if closed else 2):
        return ""
    x, y = kept[0]
    steps = "".join(_step(bx - ax) + _step(by - ay) for (ax, ay), (bx, by) in pairwise(kept))
    return f"M{x} {y}l{steps}{'z' if closed else ''}"


def _step(units: int) -> str:
    """A number that needs no comma before it: a sign parts it from the one before, else a blank does."""
    return f" {units}" if units >= 0 else str(units)


def _round_steps(start: float, end: float, step: float) -> Iterator[float]:
    at = -(-start // step)
    while at * step <= end:
        yield at * step
        at += 1


def _shortest_arc(longitudes: Sequence[float]) -> tuple[float, float]:
    """West and east of the shortest arc of a circle of latitude that holds all longitudes; east may pass 180."""
    around = sorted({longitude % 360 for longitude in longitudes})
    gaps = [(b - a, b) for a, b in pairwise([*around, around[0] + 360])]
    gap, west = max(gaps, key=lambda item: item[0])
    west = west % 360
    east = west + 360 - gap
    return (west - 360, east - 360) if west >= 180 else (west, east)
