"""GeoJSON (RFC 7946) of events: one feature an event, at its place's point; no geometry where none is supported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from dateline.export.columnar.lines import line
from dateline.export.tables.columns import columns_of
from dateline.export.tables.events import TellingEvent, event_row
from dateline.export.tables.stated import EventStatement

_PROPERTIES = tuple(c.name for c in columns_of("events") if c.name not in ("event", "latitude", "longitude"))


def write(events: Iterable[TellingEvent], out: TextIO, statement: EventStatement) -> None:
    """A FeatureCollection, one feature a line; the member ``statement`` comes after the features.

    Points are those of the gazetteer, for the town where a site or district has none of its own; none is moved.
    """
    separator = '{"type":"FeatureCollection","features":['
    for told in events:
        row = event_row(told)
        lat, lon = row.get("latitude"), row.get("longitude")
        feature = {
            "type": "Feature",
            "id": row["event"],
            "geometry": None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]},
            "properties": {name: row.get(name) for name in _PROPERTIES},
        }
        out.write(f"{separator}\n{line(feature)}")
        separator = ","
    if separator != ",":
        out.write(separator)
    out.write(f'\n],\n"statement":{line(statement.plain())}}}\n')
