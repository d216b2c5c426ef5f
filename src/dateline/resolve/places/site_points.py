"""Where a site lies: at its own point where the gazetteer has one near its town, else at the point of that town.

That may be the town whose police or fire service a report names: what happens without another place happens there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf

from dateline.lang.lexicon import words
from dateline.model import Place
from dateline.resolve.gazetteer.lookup import Entry, Gazetteer
from dateline.resolve.gazetteer.points import distance_km
from dateline.resolve.places.choose import place_of_entry
from dateline.resolve.places.document import FoundName
from dateline.rules import rule

KNOWN_SITE = rule("place.known-site", "gazetteer: the site of that name near its town")
AT_TOWN = rule("place.site-at-town", "a site, at the point of its town")
AT_WIDER = rule("place.site-at-wider", "a site, at the point of the division or country that the text puts it in")
NO_TOWN = rule("place.site-without-town", "a site whose town the text does not give")

SITE_REACH = 200
"""A site lies in a town that its sentence names within so many characters."""
SAID_AFTER = 6
"""A town's name so few characters after a site's is said to be where it lies ("Lincoln prison in Leeds")."""
MAJORITY = 0.6
"""The share of a report's mentions of towns that must be of one town for its sites to lie there."""
SITE_KM = 50.0
"""A site of the gazetteer further than this from the town that the text puts it in is another one."""
MOST_READ = 400
"""How many places from the top are read for a force; a bound, so that a long report costs no more."""
FORCE_REACH = 30
"""Characters after a town's name in which the force stands."""
_FORCES = words("places.forces")
_FIRE = words("places.fire")
_FIRE_SERVICES = words("places.fire_services")
_ENDS_LINE = re.compile(r"\n")
_ENDS_SENTENCE = re.compile(r"\n|[.!?][\"'”’)]*\s+[\"'“‘(]*[A-Z]")
_WIDER = ("district", "province", "country")


@dataclass(frozen=True, slots=True)
class Towns:
    """The towns of a report as a whole.

    ``first`` is the one named first, which is the only one ``until`` an offset, and ``main`` the one named most, or
    else the one whose police the report names.
    """

    first: Place | None
    until: float
    main: Place | None

    @classmethod
    def of(cls, places: Sequence[Place], home: Place | None) -> Towns:
        """The towns among places in order.

        ``main`` is ``home``, the town of the police that the report names, where several compete; None where there is
        none.
        """
        towns = [p for p in places if p.precision == "town"]
        if not towns:
            return cls(None, 0, home)
        (point, number), *_ = Counter((p.lat, p.lon) for p in towns).most_common(1)
        most = next(p for p in towns if (p.lat, p.lon) == point)
        until = next((p.start for p in towns if p.geonameid != towns[0].geonameid), inf)
        return cls(towns[0], until, most if number >= MAJORITY * len(towns) else home)

    def so_far(self, at: int) -> Place | None:
        """The only town named before an offset; None where there is none, or several."""
        return self.first if self.first is not None and self.first.end <= at < self.until else None


def site_place(
    text: str, site: FoundName, places: Sequence[Place], towns: Towns, gazetteer: Gazetteer, named: Place | None = None
) -> Place:
    """A site at its own point where the gazetteer has it near its town, else at the point of its town.

    That is the one said right after it, else the one that it is ``named`` after, else the nearest of its sentence or
    before it in its line, else the one named so far, else the one that the report names most. ``places`` are those of
    the report, in order.
    """
    quote = text[site.start : site.end]
    around = _within_reach(site, places)
    nearest = _nearest_town(text, site, around)
    if named is not None and not (nearest is not None and 0 <= nearest.start - site.end <= SAID_AFTER):
        nearest = named
    town = nearest or towns.so_far(site.start) or towns.main
    wider = _wider_behind(text, site, around)
    if wider is not None and nearest is None and (town is None or town.country != wider.country):
        town = wider
    if (known := _known_site(quote, town, gazetteer)) is not None:
        return place_of_entry(site.start, site.end, quote, known, (KNOWN_SITE.because(quote),))
    if town is None:
        return Place(site.start, site.end, quote, quote, because=(NO_TOWN.because(quote),))
    in_town = town.precision == "town"
    return Place(
        site.start,
        site.end,
        quote,
        f"{quote}, {town.name}",
        town.geonameid,
        town.country,
        town.admin1,
        town.lat,
        town.lon,
        "site" if in_town else town.precision,
        ((AT_TOWN if in_town else AT_WIDER).because(town.quote), *town.because),
    )


def _within_reach(site: FoundName, places: Sequence[Place]) -> Sequence[Place]:
    """The places around a site, of places in order."""
    low = bisect_left(places, site.start - SITE_REACH, key=lambda p: p.start)
    return places[low : bisect_left(places, site.end + SITE_REACH, key=lambda p: p.start)]


def _nearest_town(text: str, site: FoundName, places: Sequence[Place]) -> Place | None:
    """The nearest town behind a site in its sentence, or before it in its line."""

    def gap(place: Place) -> int:
        # The town mostly follows ("at the main hospital in Accra"); one before must be twice as near.
        return place.start - site.end if place.start >= site.end else 2 * (site.start - place.end)

    towns = []
    for place in places:
        parting = _ENDS_SENTENCE if place.start >= site.end else _ENDS_LINE
        reached = place.precision == "town" and gap(place) <= SITE_REACH
        if reached and not parting.search(text, min(place.end, site.end), max(place.start, site.start)):
            towns.append(place)
    return min(towns, key=gap, default=None)


def _wider_behind(text: str, site: FoundName, places: Sequence[Place]) -> Place | None:
    """The division or country that follows a site in its sentence; None where that names several countries."""
    after = [
        p
        for p in places
        if site.end <= p.start <= site.end + SITE_REACH
        and p.lat is not None
        and p.precision in _WIDER
        and not _ENDS_SENTENCE.search(text, site.end, p.start)
    ]
    if len({p.country for p in after}) != 1:
        return None
    return min(after, key=lambda p: (_WIDER.index(p.precision), p.start))


def _known_site(name: str, town: Place | None, gazetteer: Gazetteer) -> Entry | None:
    """The site of that name that lies near its town; where the text gives no town, the only one of the name."""
    sites = [e for e in gazetteer.lookup(name) if e.kind == "site"]
    if town is None or town.lat is None or town.lon is None:
        return sites[0] if len(sites) == 1 else None
    at = town.lat, town.lon
    nearest = min(sites, key=lambda e: (distance_km(e.point, at), e.id), default=None)
    return nearest if nearest is not None and distance_km(nearest.point, at) <= SITE_KM else None


def is_in_town(site: Place, town: Place) -> bool:
    """Whether a site stands at the point of a town, or has a point of its own near to it."""
    if site.lat is None or site.lon is None or town.lat is None or town.lon is None:
        return False
    return distance_km((site.lat, site.lon), (town.lat, town.lon)) <= SITE_KM


def force_town(text: str, places: Iterable[Place]) -> Place | None:
    """The one town that a police force or fire service of the report is named after; None where there are several.

    ``places`` are those of the text, with the names that stand inside other names ("Springfield Police Department").
    """
    named: dict[tuple[float | None, float | None], Place] = {}
    for place in islice(places, MOST_READ):
        if place.precision != "town" or place.use == "adjective":
            continue
        after = [word.strip(".,").lower() for word in text[place.end : place.end + FORCE_REACH].split()[:2]]
        if after and (after[0] in _FORCES or (after[0] in _FIRE and after[-1] in _FIRE_SERVICES)):
            named.setdefault((place.lat, place.lon), place)
    return next(iter(named.values())) if len(named) == 1 else None
