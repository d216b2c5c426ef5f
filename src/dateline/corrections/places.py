"""Where an event was by a person's word: the gazetteer gives the point where the person does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, get_args

from dateline.errors import SheetError, did_you_mean
from dateline.evaluate.gold.columns import whole_number
from dateline.export.countries import alpha_2
from dateline.model import EventMention, Place, PlacePrecision, Span
from dateline.resolve.gazetteer.entry import Entry
from dateline.resolve.places.choose import PRECISIONS

_PRECISIONS: tuple[PlacePrecision, ...] = get_args(PlacePrecision)


class Places(Protocol):
    """What is asked of a gazetteer."""

    def lookup(self, name: str) -> Sequence[Entry]:
        """The places that a name can mean, the likeliest first."""


def placed(event: EventMention, edits: Mapping[str, str], span: Span, places: Places) -> Place | None:
    """The place of an event after a person's edits of its columns; ``span`` are the words that it rests on.

    Where another place is named, all that was known of the old one goes, and the gazetteer gives the new one's point,
    number, division and precision, as far as the person does not. Raises :class:`SheetError` for values that are none.
    """
    old = event.place
    name = edits.get("place", old.name if old else "")
    if not name:
        said = sorted(column for column, value in edits.items() if value)
        if said:
            raise SheetError(f"there is no place, but {' and '.join(said)}", "give the place's name in 'place'")
        return None
    country = _country(edits["country"]) if "country" in edits else old.country if old else None
    moved = old is None or "place" in edits or "country" in edits or "geonameid" in edits
    entry = None
    if moved:
        wanted = whole_number("geonameid", edits.get("geonameid", ""))
        entry = _found(name, country, wanted, places, told="country" in edits or old is None)
        if wanted is not None and (entry is None or entry.geonameid != wanted):
            raise SheetError(
                f"{wanted} is not the number of a place called {name!r} in the gazetteer",
                "check the name and the number, or leave 'geonameid' empty and give latitude and longitude",
            )
    kept = None if moved else old
    lat, lon = _point(edits, entry, kept)
    precision = _precision(edits, name, entry, kept)
    known = entry or kept
    admin1 = edits["admin1"] or None if "admin1" in edits else known.admin1 if known else None
    number = known.geonameid if known else None
    return Place(
        span.start,
        span.end,
        span.quote,
        name=name,
        geonameid=None if edits.get("geonameid") == "" else number,
        country=country if country or "country" in edits or entry is None else entry.country,
        admin1=admin1,
        lat=lat,
        lon=lon,
        precision=precision,
        because=kept.because if kept else (),
    )


def _found(name: str, country: str | None, number: int | None, places: Places, *, told: bool) -> Entry | None:
    """The place that is meant; ``told``: the person says which country, or that none is known."""
    known = places.lookup(name) or places.lookup(name.rpartition(", ")[2])
    if number is not None:
        return next((entry for entry in known if entry.geonameid == number), None)
    inside = [entry for entry in known if country is None or entry.country == country]
    if not inside and known and not told:
        there = sorted({entry.country for entry in known[:5] if entry.country})
        raise SheetError(
            f"no place {name!r} is known in the country {country!r}, which the row still has",
            f"correct the column 'country' too (there is one in {', '.join(there)})",
        )
    return inside[0] if inside else None


def _country(told: str) -> str | None:
    if not told:
        return None
    code = alpha_2(told)
    if code is None:
        raise SheetError(f"{told!r} is no country", "write its ISO 3166-1 code (FR or FRA) or its English name")
    return code


def _point(edits: Mapping[str, str], entry: Entry | None, kept: Place | None) -> tuple[float | None, float | None]:
    known = (entry.lat, entry.lon) if entry else (kept.lat, kept.lon) if kept else (None, None)
    lat, lon = (
        _degrees(column, edits[column], most) if column in edits else was
        for column, was, most in (("latitude", known[0], 90), ("longitude", known[1], 180))
    )
    if (lat is None) != (lon is None):
        raise SheetError("a point has both a latitude and a longitude", "give both, or neither")
    return lat, lon


def _degrees(column: str, told: str, most: int) -> float | None:
    if not told:
        return None
    try:
        value = float(told)
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        raise SheetError(
            f"{told!r} in the column {column!r} are no degrees", f"write a number from -{most} to {most}, as in 45.75"
        )
    return value


def _precision(edits: Mapping[str, str], name: str, entry: Entry | None, kept: Place | None) -> PlacePrecision:
    told = edits.get("place_precision")
    if told is not None:
        for precision in _PRECISIONS:
            if told.casefold() == precision:
                return precision
        raise SheetError(f"{told!r} is no precision of a place", did_you_mean(told, _PRECISIONS, what="precisions"))
    if entry is not None:
        inside = ", " in name and PRECISIONS[entry.kind] == "town"
        return "site" if inside else PRECISIONS[entry.kind]
    return kept.precision if kept else "unknown"
