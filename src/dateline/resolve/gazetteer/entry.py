"""One place of the gazetteer, and how a name can belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["site", "town", "admin3", "admin2", "admin1", "country", "continent", "region", "area"]
"""``admin3`` are divisions below the second order; an ``area`` is a lake, a mountain or a park, smaller than a region.
"""

PRIMARY, ALTERNATE, USAGE = 2, 1, 3
"""How a name belongs to a place: its main name, one of its others, or what reports call it (the project's table)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer. ``lat``, ``lon`` are WGS 84 degrees; ``country`` is ISO 3166-1 alpha-2.

    ``admin1`` and ``admin2`` are the names of the divisions it lies in (its own for a division). ``rank`` tells how
    the name that was looked up belongs to it: 3 a name in general use, 2 its main name, 1 one of its other names.
    ``source`` names the package or the list that the point came from, ``feature`` is the GeoNames feature code
    ("PPLC") where the source gives one. ``own`` places are of a list that goes over the built-in gazetteer.
    """

    id: int
    geonameid: int | None
    name: str
    kind: Kind
    country: str | None
    admin1: str | None
    admin2: str | None
    lat: float
    lon: float
    population: int
    capital: bool
    source: str
    rank: int = PRIMARY
    feature: str | None = None
    own: bool = False

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.lat, self.lon
