"""Makes the world outlines that the page's map draws, from the npm package ``world-atlas`` (Natural Earth, 1:50m).

    npm pack world-atlas@2 && tar xzf world-atlas-2.*.tgz
    python tools/outlines.py package/countries-50m.json src/dateline/data/world.json

Land and the lines between countries share their arcs, as in TopoJSON; arcs are simplified (Douglas-Peucker) and
snapped to hundredths of a degree. Natural Earth's data is in the public domain; the package is ISC-licensed.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

TOLERANCE = 0.02
"""Degrees: the most that a simplified line strays."""
GRID = 100
"""Steps a degree."""

Point = tuple[float, float]


def main(source: Path, target: Path) -> None:
    """Read TopoJSON ``source``, write ``target``."""
    topology = json.loads(source.read_text("utf-8"))
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [simplify(list(absolute(arc, scale, translate))) for arc in topology["arcs"]]
    used = Counter(a for country in topology["objects"]["countries"]["geometries"] for a in set(arcs_of(country)))
    land = topology["objects"]["land"]["geometries"][0]["arcs"]
    coast = {arc if arc >= 0 else ~arc for polygon in land for ring in polygon for arc in ring}
    borders = sorted(arc for arc, countries in used.items() if countries > 1 and arc not in coast)
    keep = sorted(coast | set(borders))
    place = {arc: at for at, arc in enumerate(keep)}
    world = {
        "source": "Natural Earth 4.1, 1:50m, public domain, by way of world-atlas 2",
        "grid": GRID,
        "arcs": [deltas(arcs[arc]) for arc in keep],
        "land": [[[place[arc] if arc >= 0 else ~place[~arc] for arc in ring] for ring in polygon] for polygon in land],
        "borders": [place[arc] for arc in borders],
    }
    target.write_text(json.dumps(world, separators=(",", ":")) + "\n", "utf-8")


def absolute(arc: list[list[int]], scale: Point, translate: Point) -> Iterator[Point]:
    """Degrees of a delta-coded arc."""
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * scale[0] + translate[0], y * scale[1] + translate[1]


def simplify(points: list[Point]) -> list[Point]:
    """The points that keep the line within the tolerance; both ends stay."""
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        start, end = spans.pop()
        far, at = max(
            ((distance(points[i], points[start], points[end]), i) for i in range(start + 1, end)), default=(0, 0)
        )
        if far > TOLERANCE:
            keep.add(at)
            spans += [(start, at), (at, end)]
    return [points[i] for i in sorted(keep)]


def distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a line between two others, in degrees."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return float(((point[0] - start[0] - along * dx) ** 2 + (point[1] - start[1] - along * dy) ** 2) ** 0.5)


def deltas(points: list[Point]) -> list[int]:
    """One flat list: the first point, then steps, on the grid."""
    snapped = [(round(x * GRID), round(y * GRID)) for x, y in points]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(snapped)]
    return [*snapped[0], *(value for step in steps if step != (0, 0) for value in step)]


def arcs_of(geometry: dict[str, Any]) -> Iterator[int]:
    """The arcs of a geometry, without their direction."""

    def walk(value: Any) -> Iterator[int]:
        if isinstance(value, int):
            yield value if value >= 0 else ~value
        else:
            for item in value:
                yield from walk(item)

    return walk(geometry.get("arcs", []))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
