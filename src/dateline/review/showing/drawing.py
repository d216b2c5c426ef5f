"""The map as one drawing that needs no script: for who publishes it, and where a browser runs none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, radians, sqrt

from dateline.errors import ReviewError
from dateline.export.page.map.outlines import world
from dateline.export.page.map.projection import TALLEST, UNITS, WIDTH, View, path, view_of
from dateline.export.safe import one_line
from dateline.review.showing.countries import area_of
from dateline.review.showing.marks import Mark

LARGEST = 13.0
"""The radius of the place of most rows, in pixels of the drawing; areas of circles go with numbers of rows."""
_SMALLEST = 4.0
_A_ROW = 5.0
_LETTER = 6.4
_LINE = 13.0
_MOST_NAMES = 30
_KILOMETRES_A_DEGREE = 111.32
_UNKNOWN_REACH = 16.0
"""Pixels: the ring of a division of which nobody knows how far it reaches."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A mark at the pixel of its place. ``rx`` and ``ry`` are a circle's radius or those of a ring; ``path`` is a
    country's area, in :data:`UNITS` of a pixel; ``strength`` goes from 0 to 1 with its rows; ``numbered``: there is
    room for a circle's number; ``tag`` is where the number of an area stands, None where it would cover another.
    """

    mark: Mark
    x: float
    y: float
    rx: float
    ry: float
    path: str
    strength: float
    numbered: bool = True
    tag: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A place's name beside its mark."""

    words: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template draws, in pixels of a ``width`` by ``height`` drawing: areas below, rings over them, points on
    top. ``box`` is what it shows, in degrees: west, south, east, north. ``scale`` is a circle's radius for one row.
    """

    width: float
    height: float
    units: int
    land: str
    borders: str
    countries: tuple[Shape, ...]
    rings: tuple[Shape, ...]
    points: tuple[Shape, ...]
    names: tuple[Name, ...]
    bar_words: str
    bar_length: float
    box: Box
    scale: float


def box_of(told: str) -> Box | None:
    """The part of the world that an address names: ``west,south,east,north`` in degrees. Raises :class:`ReviewError`
    where these are no such four numbers.
    """
    if not told:
        return None
    try:
        west, south, east, north = (float(one) for one in told.split(","))
    except ValueError:
        raise ReviewError("'view' is west,south,east,north in degrees: view=-10,35,30,60") from None
    if not (-540 <= west < east <= 540 and east - west <= 360 and -90 <= south < north <= 90):
        raise ReviewError("'view' is no part of the world; write west,south,east,north in degrees: view=-10,35,30,60")
    return west, south, east, north


def whole_view(marks: Sequence[Mark]) -> View:
    """The window that holds every mark with what it reaches over; the world where there is none."""
    corners = [corner for mark in marks for corner in _corners(mark)]
    return view_of(corners) if corners else window((-180.0, -60.0, 180.0, 80.0))


def window(box: Box) -> View:
    """The window of a box: true at its middle, and no taller than drawings are (it shows more to the sides then)."""
    west, south, east, north = box
    shrink = max(0.35, cos(radians((south + north) / 2)))
    wide, tall = east - west, north - south
    if WIDTH * tall / (wide * shrink) > TALLEST:
        wider = min(WIDTH * tall / (TALLEST * shrink), 360.0)
        middle = (west + east) / 2
        west, east, wide = middle - wider / 2, middle + wider / 2, wider
    return View(west, south, east, north, min(TALLEST, WIDTH * tall / (wide * shrink)))


def scale_of(marks: Sequence[Mark]) -> float:
    """The radius of the circle of one row, in pixels."""
    most = max((mark.rows for mark in marks if mark.kind == "point"), default=1)
    return min(_A_ROW, LARGEST / sqrt(most))


def draw(marks: Sequence[Mark], view: View) -> Drawing:
    """The marks on a map of what the window shows."""
    outlines, scale = world(), scale_of(marks)
    most = max((mark.rows for mark in marks if mark.kind != "point"), default=1)
    shapes = [_shape(mark, view, scale, mark.rows / most) for mark in marks if mark.kind != "beside"]
    inside = [shape for shape in shapes if _is_seen(shape, view)]
    points = tuple(_numbered([shape for shape in inside if shape.mark.kind == "point"]))
    taken: list[Box] = [(p.x - p.rx, p.y - p.ry, p.x + p.rx, p.y + p.ry) for p in points]
    areas_seen = tuple(_tagged([shape for shape in inside if shape.mark.kind != "point"], taken, view.height))
    rings = tuple(shape for shape in areas_seen if shape.mark.kind == "ring")
    countries = tuple(shape for shape in areas_seen if shape.mark.kind == "country")
    kilometres, length = view.bar()
    return Drawing(
        width=WIDTH,
        height=round(view.height, 1),
        units=UNITS,
        land=path(outlines.land, view, closed=True),
        borders=path(outlines.borders, view, closed=False),
        countries=countries,
        rings=rings,
        points=points,
        names=tuple(_names(points, taken, view.height)),
        bar_words=f"{kilometres:,} km",
        bar_length=round(length, 1),
        box=(view.west, view.south, view.east, view.north),
        scale=round(scale, 3),
    )


def _corners(mark: Mark) -> Iterator[tuple[float, float]]:
    if area := area_of(mark.area):
        west, south, east, north = area.box
        yield from ((west, south), (east, north))
    elif mark.kind != "beside" and mark.lat is not None and mark.lon is not None:
        down = (mark.reach or 0.0) / _KILOMETRES_A_DEGREE
        across = down / max(0.2, cos(radians(mark.lat)))
        yield from ((mark.lon - across, max(mark.lat - down, -90.0)), (mark.lon + across, min(mark.lat + down, 90.0)))


def _shape(mark: Mark, view: View, scale: float, strength: float) -> Shape:
    x, y = view.at(mark.lon or 0.0, mark.lat or 0.0)
    rx = ry = max(_SMALLEST, scale * sqrt(mark.rows))
    drawn = ""
    if mark.kind == "ring":
        across, down = view.scale
        ry = (mark.reach or 0.0) / _KILOMETRES_A_DEGREE * down
        rx = (mark.reach or 0.0) / _KILOMETRES_A_DEGREE / max(0.2, cos(radians(mark.lat or 0.0))) * across
        if rx < _UNKNOWN_REACH:
            rx = ry = _UNKNOWN_REACH
    elif area := area_of(mark.area):
        drawn = path(area.rings, view, closed=True)
    # Thousandths of a pixel: a map that is enlarged a thousand times still has each point in its pixel.
    return Shape(mark, round(x, 3), round(y, 3), round(rx, 2), round(ry, 2), drawn, round(strength, 3))


def _numbered(points: Sequence[Shape]) -> Iterator[Shape]:
    """Circles with their numbers where these fit, and no smaller circle that is drawn over them hides them."""
    for at, point in enumerate(points):
        fits = point.rx >= 5 + 2.6 * len(f"{point.mark.rows:,}")
        hidden = fits and any(hypot(p.x - point.x, p.y - point.y) < p.rx + 8 for p in points[at + 1 :])
        yield replace(point, numbered=fits and not hidden)


def _is_seen(shape: Shape, view: View) -> bool:
    inside = -shape.rx <= shape.x <= WIDTH + shape.rx and -shape.ry <= shape.y <= view.height + shape.ry
    return bool(shape.path) if shape.mark.kind == "country" else inside


def _tagged(shapes: Sequence[Shape], taken: list[Box], height: float) -> Iterator[Shape]:
    """Areas with where their numbers stand: on a ring, within a country, and where no circle or other number is."""
    for shape in shapes:
        half = (6.6 * len(f"{shape.mark.rows:,}") + 8) / 2 + 1
        dx, dy = (shape.rx, shape.ry) if shape.mark.kind == "ring" else (18.0, 18.0)
        spots = [(0.0, -dy), (0.0, dy), (dx, 0.0), (-dx, 0.0)]
        if shape.mark.kind == "country":
            spots.insert(0, (0.0, 0.0))
        for x, y in ((shape.x + right, shape.y + down) for right, down in spots):
            box = (x - half, y - 10, x + half, y + 10)
            inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= height
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                yield replace(shape, tag=(round(x, 1), round(y, 1)))
                break
        else:
            yield shape


def _names(points: Sequence[Shape], taken: list[Box], height: float) -> Iterator[Name]:
    """Names of points, those of most rows first, as far as none covers a mark or another name."""
    for point in points[:_MOST_NAMES]:
        words = one_line(point.mark.name.split(",")[0], 28)
        wide, gap = _LETTER * len(words) + 2, point.rx + 3
        for anchor, x, y, left in (
            ("start", point.x + gap, point.y, point.x + gap),
            ("end", point.x - gap, point.y, point.x - gap - wide),
            ("middle", point.x, point.y - gap - _LINE / 2, point.x - wide / 2),
            ("middle", point.x, point.y + gap + _LINE / 2, point.x - wide / 2),
        ):
            box = (left, y - _LINE / 2, left + wide, y + _LINE / 2)
            inside = box[0] >= 2 and box[2] <= WIDTH - 2 and box[1] >= 2 and box[3] <= height - 2
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                yield Name(words, round(x, 1), round(y, 1), anchor)
                break


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
