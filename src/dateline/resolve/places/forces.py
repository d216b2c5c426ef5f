"""The town whose police or fire service a report names: what happens without another place happens there."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from dateline.lang.lexicon import words
from dateline.model import Place

MOST_READ = 400
"""How many places from the top are read; a bound, so that a long report costs no more."""
REACH = 30
"""Characters after a town's name in which the force stands."""
_FORCES = words("places.forces")
_FIRE = words("places.fire")
_FIRE_SERVICES = words("places.fire_services")


def force_town(text: str, places: Iterable[Place]) -> Place | None:
    """The one town that a police force or fire service of the report is named after; None where there are several.

    ``places`` are those of the text, with the names that stand inside other names ("Springfield Police Department").
    """
    named: dict[tuple[float | None, float | None], Place] = {}
    for place in islice(places, MOST_READ):
        if place.precision != "town" or place.use == "adjective":
            continue
        after = [word.strip(".,").lower() for word in text[place.end : place.end + REACH].split()[:2]]
        if after and (after[0] in _FORCES or (after[0] in _FIRE and after[-1] in _FIRE_SERVICES)):
            named.setdefault((place.lat, place.lon), place)
    return next(iter(named.values())) if len(named) == 1 else None
