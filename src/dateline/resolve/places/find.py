"""Places of a report: found, resolved to points together, and what was taken for a place but is none."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

from dateline.lang.name_keys import demonym, fold
from dateline.model import CODED_BLOCKS, Because, LeftOut, Place, PlacePrecision, PlaceUse, Report
from dateline.resolve.gazetteer.lookup import PRIMARY, Entry, Gazetteer
from dateline.resolve.gazetteer.points import distance_km
from dateline.resolve.places.choose import Choice, Name, choose
from dateline.resolve.places.forces import force_town
from dateline.resolve.places.names import candidates, containers, publisher_names
from dateline.resolve.places.names_in_text import datelines, find_names
from dateline.resolve.places.reading import Found, FoundKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

PRECISIONS: dict[str, PlacePrecision] = {
    "site": "site",
    "town": "town",
    "admin3": "district",
    "area": "district",
    "admin1": "province",
    "admin2": "district",
    "country": "country",
    "continent": "region",
    "region": "region",
}
SITE_REACH = 200
"""A site lies in a town that its sentence names within so many characters."""
SAID_AFTER = 6
"""A town's name so few characters after a site's is said to be where it lies ("Lincoln prison in Leeds")."""
MAJORITY = 0.6
"""The share of a report's mentions of towns that must be of one town for its sites to lie there."""
_ENDS_LINE = re.compile(r"\n")
_ENDS_SENTENCE = re.compile(r"\n|[.!?][\"'”’)]*\s+[\"'“‘(]*[A-Z]")
DATELINE_BLOCKS = 30
"""A dateline stands at the head of one of the first blocks, after headings and captions."""
DATELINE_RULE = "the report's dateline"
SITE_RULE = "a site, at the point of its town"
WIDER_SITE_RULE = "a site, at the point of the division or country that the text puts it in"
_APART: dict[FoundKind, PlaceUse] = {"adjective": "adjective", "in a name": "in a name"}
_WIDER = ("district", "province", "country")
KNOWN_SITE_RULE = "gazetteer: the site of that name near its town"
SITE_KM = 50.0
"""A site of the gazetteer further than this from the town that the text puts it in is another one."""
PART_RULE = "a name that the gazetteer lacks, at the point of the town whose police or fire service the report names"
SPELLING_RULE = "a spelling close to a town of the report's country; to be checked"


@dataclass(frozen=True, slots=True)
class PlacesFound:
    """``places`` of the coded blocks, in order; ``context`` those of captions, headings and other blocks that are

    never coded; ``left_out`` words that were considered and are no places. ``apart`` are the names of coded blocks
    that are kept apart: those inside other names and the adjectives, which never place an event.
    """

    places: tuple[Place, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    context: tuple[Place, ...] = ()
    apart: tuple[Place, ...] = ()

    def all(self) -> tuple[Place, ...]:
        """The places of the coded blocks and what is kept apart, in order, a name before what stands in it."""
        return tuple(sorted((*self.places, *self.apart), key=lambda p: (p.start, -p.end)))


def find_places(doc: Doc, report: Report, gazetteer: Gazetteer) -> PlacesFound:
    """Finds and resolves the places of a report. ``doc`` is parsed from ``report.text``, offset for offset."""
    text = report.text
    opening = [b for b in report.blocks[:DATELINE_BLOCKS] if b.kind in CODED_BLOCKS]
    heads = [d for b in opening if (d := datelines(text, b.start, b.end, gazetteer)) is not None]
    found = [f for f in find_names(doc, gazetteer) if not any(f.start < d.end and d.start < f.end for d in heads)]
    found = sorted([*found, *heads], key=lambda f: f.start)
    towns = [f.town for f in found if f.town is not None]
    spans = [(f.start, f.end) for f in found if f.kind in {"place", *_APART}]
    choices = _choose(text, [*spans, *towns], gazetteer, report.publisher)
    country = _main_country(choices)
    resolved: list[Place] = []
    apart: list[Place] = []
    sites: list[Place] = []
    left_out: list[LeftOut] = []
    for f in found:
        span = report.span(f.start, f.end)
        if f.kind in _APART:
            kept = _place(text, f.start, f.end, choices, gazetteer, country)
            apart.append(replace(kept, use=_APART[f.kind]))
        elif f.kind == "left out":
            left_out.append(LeftOut(span.start, span.end, span.quote, "place", f.why))
        elif f.kind == "place":
            place = _place(text, f.start, f.end, choices, gazetteer, country)
            if f.why == "dateline":
                place = _because(place, Because("place", DATELINE_RULE, place.quote))
            resolved.append(place)
        if f.town is not None:
            town = _place(text, *f.town, choices, gazetteer, country)
            if f.town_inside:
                apart.append(replace(town, use="in a name"))
            else:
                resolved.append(town)
    resolved.sort(key=lambda p: p.start)
    home = force_town(text, (*resolved, *apart))
    resolved = [_part_of(p, home) if home is not None and _is_unknown(p) else p for p in resolved]
    all_towns = _Towns.of(resolved, home)
    countries = {p.country for p in resolved if p.country}
    for f in [f for f in found if f.kind == "site"]:
        named = _place(text, *f.town, choices, gazetteer, country) if f.town is not None and f.town_inside else None
        if named is not None and countries and named.country not in countries:
            # A town of a country that the report does not speak of only shares its name with the site.
            named = None
        sites.append(_site(text, f, _near(f, resolved), all_towns, gazetteer, named))
    resolved += sites
    resolved.sort(key=lambda p: p.start)
    coded = [(b.start, b.end) for b in report.blocks if b.kind in CODED_BLOCKS] or [(0, len(text))]
    inside = [_covered(p, coded) for p in resolved]
    return PlacesFound(
        tuple(p for p, yes in zip(resolved, inside, strict=True) if yes),
        tuple(left_out),
        tuple(p for p, yes in zip(resolved, inside, strict=True) if not yes),
        tuple(p for p in apart if p.lat is not None and _covered(p, coded)),
    )


def resolve_spans(
    text: str, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer, publisher: str | None = None
) -> tuple[Place, ...]:
    """The places that given names of a text refer to, in the order given; a name without a point stays a name.

    Adjectives of nationality are given their country's point.
    """
    choices = _choose(text, spans, gazetteer, publisher)
    country = _main_country(choices)
    return tuple(_place(text, start, end, choices, gazetteer, country) for start, end in spans)


def _choose(
    text: str, spans: Iterable[tuple[int, int]], gazetteer: Gazetteer, publisher: str | None
) -> dict[str, Choice]:
    """One reading for each distinct name, chosen together."""
    names: dict[str, Name] = {}
    for start, end in spans:
        key = fold(text[start:end])
        if not key:
            continue
        known = names.get(key)
        entries = known.candidates if known else candidates(text[start:end], gazetteer)
        if entries:
            parents = (known.parents if known else ()) + containers(text, start, end, gazetteer)
            names[key] = Name(key, entries, parents)
    homes = publisher_names(publisher, gazetteer) if publisher else ()
    return choose([*names.values(), *(Name(f"\n{i}", entries) for i, entries in enumerate(homes))])


def _main_country(choices: dict[str, Choice]) -> str | None:
    """The country of most of the report's names, where half of them agree."""
    counts = Counter(c.entry.country for c in choices.values() if c.entry.country)
    if not counts:
        return None
    country, number = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return country if 2 * number >= sum(counts.values()) else None


def _place(
    text: str, start: int, end: int, choices: dict[str, Choice], gazetteer: Gazetteer, country: str | None
) -> Place:
    quote = text[start:end]
    choice = choices.get(fold(quote))
    if choice is not None:
        if demonym(quote) is not None and choice.entry.kind != "town":
            reasons = "the country or region of the adjective"
        else:
            reasons = "; ".join(choice.reasons) or "the likeliest of its namesakes"
        gazetteer_name = f"gazetteer {choice.entry.source}" if choice.entry.own else "gazetteer"
        because = (Because("place", f"{gazetteer_name}: {reasons}", quote),)
        return _from_entry(start, end, quote, choice.entry, because)
    if country is not None and (near := _respelt(quote, country, gazetteer)) is not None:
        return _from_entry(start, end, quote, near, (Because("place", SPELLING_RULE, quote),))
    inside = {e.country for e in containers(text, start, end, gazetteer) if e.country}
    stated = inside.pop() if len(inside) == 1 else None
    return Place(
        start, end, quote, quote, country=stated, because=(Because("place", "a name that the gazetteer lacks", quote),)
    )


def _respelt(quote: str, country: str, gazetteer: Gazetteer) -> Entry | None:
    """The one town of the country that the name is another spelling of; None where several compare."""
    if len(fold(quote)) < 5:
        return None
    towns = list({e.id: e for e in gazetteer.similar(quote, country)}.values())
    if len(towns) > 1 and towns[0].population < 5 * towns[1].population:
        return None
    return towns[0] if towns else None


def _from_entry(start: int, end: int, quote: str, entry: Entry, because: tuple[Because, ...]) -> Place:
    # Divisions are listed under their official names, which readers of English may not know ("Xizang Zizhiqu").
    own_words = entry.kind in {"admin1", "admin2"} and entry.rank != PRIMARY and demonym(quote) is None
    return Place(
        start,
        end,
        quote,
        quote if own_words else entry.name,
        entry.geonameid,
        entry.country,
        entry.admin1,
        entry.lat,
        entry.lon,
        PRECISIONS[entry.kind],
        because,
    )


def _site(
    text: str, found: Found, places: Sequence[Place], towns: _Towns, gazetteer: Gazetteer, named: Place | None = None
) -> Place:
    """A site at its own point where the gazetteer has it near its town, else at the point of its town.

    That is the one said right after it, else the one that it is ``named`` after, else the nearest of its sentence or
    before it in its line, else the one named so far, else the one that the report names most.
    """
    quote = text[found.start : found.end]

    def gap(place: Place) -> int:
        # The town mostly follows ("at the main hospital in Accra"); one before must be twice as near.
        return place.start - found.end if place.start >= found.end else 2 * (found.start - place.end)

    near = []
    for place in places:
        follows = place.start >= found.end
        apart = _ENDS_SENTENCE if follows else _ENDS_LINE
        reached = place.precision == "town" and gap(place) <= SITE_REACH
        if reached and not apart.search(text, min(place.end, found.end), max(place.start, found.start)):
            near.append(place)
    nearest = min(near, key=gap, default=None)
    if named is not None and not (nearest is not None and 0 <= nearest.start - found.end <= SAID_AFTER):
        nearest = named
    town = nearest or towns.so_far(found.start) or towns.main
    wider = _wider(text, found, places)
    if wider is not None and nearest is None and (town is None or town.country != wider.country):
        town = wider
    if (known := _known_site(quote, town, gazetteer)) is not None:
        return _from_entry(found.start, found.end, quote, known, (Because("place", KNOWN_SITE_RULE, quote),))
    if town is None:
        rule = "a site whose town the text does not give"
        return Place(found.start, found.end, quote, quote, because=(Because("place", rule, quote),))
    return Place(
        found.start,
        found.end,
        quote,
        f"{quote}, {town.name}",
        town.geonameid,
        town.country,
        town.admin1,
        town.lat,
        town.lon,
        "site" if town.precision == "town" else town.precision,
        (Because("place", SITE_RULE if town.precision == "town" else WIDER_SITE_RULE, town.quote), *town.because),
    )


def _is_unknown(place: Place) -> bool:
    return place.lat is None and place.country is None


def _part_of(place: Place, town: Place) -> Place:
    """A name that the gazetteer lacks, as a part of the town whose police the report names."""
    return replace(
        place,
        name=f"{place.quote}, {town.name}",
        geonameid=town.geonameid,
        country=town.country,
        admin1=town.admin1,
        lat=town.lat,
        lon=town.lon,
        precision="site",
        because=(Because("place", PART_RULE, town.quote), *place.because),
    )


def _wider(text: str, found: Found, places: Sequence[Place]) -> Place | None:
    """The division or country that follows a site in its sentence; None where that names several countries."""
    after = [
        p
        for p in places
        if found.end <= p.start <= found.end + SITE_REACH
        and p.lat is not None
        and p.precision in _WIDER
        and not _ENDS_SENTENCE.search(text, found.end, p.start)
    ]
    if len({p.country for p in after}) != 1:
        return None
    return min(after, key=lambda p: (_WIDER.index(p.precision), p.start))


def is_in_town(site: Place, town: Place) -> bool:
    """Whether a site stands at the point of a town, or has a point of its own near to it."""
    if site.lat is None or site.lon is None or town.lat is None or town.lon is None:
        return False
    return distance_km((site.lat, site.lon), (town.lat, town.lon)) <= SITE_KM


def _known_site(name: str, town: Place | None, gazetteer: Gazetteer) -> Entry | None:
    """The site of that name that lies near its town; where the text gives no town, the only one of the name."""
    sites = [e for e in gazetteer.lookup(name) if e.kind == "site"]
    if town is None or town.lat is None or town.lon is None:
        return sites[0] if len(sites) == 1 else None
    at = town.lat, town.lon
    nearest = min(sites, key=lambda e: (distance_km(e.point, at), e.id), default=None)
    return nearest if nearest is not None and distance_km(nearest.point, at) <= SITE_KM else None


@dataclass(frozen=True, slots=True)
class _Towns:
    """The towns of a report as a whole: the first, up to where another is named, and the one named most, or else the
    one whose police the report names.
    """

    first: Place | None
    until: float
    main: Place | None

    @classmethod
    def of(cls, places: Sequence[Place], home: Place | None) -> _Towns:
        """Of places in order. ``main`` is ``home``, the town of the police that the report names, where several

        compete; None where there is none.
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


def _near(found: Found, places: Sequence[Place]) -> Sequence[Place]:
    """The places within reach of a site, of places in order."""
    low = bisect_left(places, found.start - SITE_REACH, key=lambda p: p.start)
    return places[low : bisect_left(places, found.end + SITE_REACH, key=lambda p: p.start)]


def _because(place: Place, reason: Because) -> Place:
    return replace(place, because=(reason, *place.because))


def _covered(place: Place, blocks: Sequence[tuple[int, int]]) -> bool:
    """Whether the place stands in one of the blocks, which are in order."""
    at = bisect_right(blocks, place.start, key=lambda b: b[0]) - 1
    return at >= 0 and place.end <= blocks[at][1]
