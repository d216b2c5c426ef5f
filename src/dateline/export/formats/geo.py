"""GeoJSON (RFC 7946): one feature an event mention, at its place's point, with no geometry where none is supported."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from dateline.export.safe import address, json_line
from dateline.export.statement import KeptBack, Statement
from dateline.export.words import actors, chain, country_name, number_words, recipients, sentence
from dateline.form import plain
from dateline.model import Coding, EventMention


def write(codings: Iterable[Coding], out: TextIO, *, kept_back: KeptBack | None = None) -> None:
    """A FeatureCollection, one feature a line; the members ``reports`` and ``statement`` come after the features.

    Points are those of the gazetteer, for the town where a site or district has none of its own; none is moved.
    """
    statement = Statement(kept_back=kept_back)
    reports: list[dict[str, Any]] = []
    separator = '{"type":"FeatureCollection","features":[\n'
    for coding in codings:
        statement.add(coding)
        reports.append(_report(coding))
        for event in coding.events:
            out.write(separator + _json(_feature(coding, event)))
            separator = ",\n"
    if not statement.events:
        out.write(separator)
    out.write(f'\n],\n"reports":{_json(reports)},\n"statement":{_json(statement.plain())}}}\n')


def _feature(coding: Coding, event: EventMention) -> dict[str, Any]:
    place, date = event.place, event.date
    evidence = event.evidence[0] if event.evidence else event.trigger
    return {
        "type": "Feature",
        "id": f"{coding.report.id}#{event.id}",
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]}
        if place and place.lat is not None and place.lon is not None
        else None,
        "properties": {
            "report": coding.report.id,
            "publisher": coding.report.publisher,
            "published": coding.report.published,
            "url": address(coding.report.url),
            "sentence": sentence(coding, event),
            "type": event.type,
            "mode": event.mode,
            "modality": event.modality,
            "historical": event.historical,
            "actors": actors(coding, event),
            "recipients": recipients(coding, event),
            "place": place.name if place else None,
            "place_precision": place.precision if place else None,
            "geonameid": place.geonameid if place else None,
            "country": place.country if place else None,
            "country_name": country_name(place.country) if place else None,
            "date": date.edtf if date else None,
            "date_precision": date.precision if date else None,
            "date_basis": date.basis if date else None,
            "counts": [
                {
                    "kind": count.kind,
                    "low": count.low,
                    "best": count.best,
                    "high": count.high,
                    "quote": number_words(event, count),
                    "according_to": chain(coding, count.attribution or event.attribution),
                }
                for count in event.counts
            ],
            "according_to": chain(coding, event.attribution),
            "evidence": {"start": evidence.start, "end": evidence.end, "quote": evidence.quote},
            "chance": event.chance,
            "chances": plain(event.chances),
        },
    }


def _report(coding: Coding) -> dict[str, Any]:
    return {
        "id": coding.report.id,
        "publisher": coding.report.publisher,
        "published": coding.report.published,
        "events": len(coding.events),
        "suggestions": len(coding.suggestions),
        "notes": [note.message for note in coding.notes],
    }


def _json(value: Any) -> str:
    return json_line(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
