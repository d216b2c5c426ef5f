"""How far a division reaches, as far as the gazetteer tells: it has points and no borders, so its towns tell it."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from math import ceil

from dateline.resolve.gazetteer.lookup import Gazetteer
from dateline.resolve.gazetteer.points import Point, distance_km

HELD = 0.9
"""The share of a division's towns that its circle holds: one that was put down far away should not make it huge."""
LEAST_TOWNS = 3


class Extents:
    """Reaches of divisions, each worked out when it is first asked for."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._towns = lru_cache(maxsize=64)(self._by_division)

    def reach(self, name: str, country: str | None, precision: str, point: Point) -> float | None:
        """The kilometres around the division's point within which nine of ten of its towns lie.

        None where it is no division of the first or second order, or the gazetteer knows under three towns in it.
        """
        if country is None:
            return None
        own = name.partition(",")[0].strip().casefold()
        towns = self._towns(country).get((precision, own), ())
        if len(towns) < LEAST_TOWNS:
            return None
        far = sorted(distance_km(point, town) for town in towns)
        return far[ceil(HELD * len(far)) - 1]

    def _by_division(self, country: str) -> dict[tuple[str, str], list[Point]]:
        found: dict[tuple[str, str], list[Point]] = defaultdict(list)
        for admin1, admin2, lat, lon in self._gazetteer.towns(country):
            for precision, division in (("province", admin1), ("district", admin2)):
                if division:
                    found[precision, division.casefold()].append((lat, lon))
        return dict(found)
