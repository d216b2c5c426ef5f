"""From an entry of the gazetteer to the place of a report."""

from __future__ import annotations

from dateline.lang.name_keys import demonym
from dateline.model import Because, Place, PlacePrecision
from dateline.resolve.gazetteer.lookup import PRIMARY, Entry

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


def place_of_entry(start: int, end: int, quote: str, entry: Entry, because: tuple[Because, ...]) -> Place:
    """The place that the words ``[start, end)`` refer to, under its name in English."""
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
