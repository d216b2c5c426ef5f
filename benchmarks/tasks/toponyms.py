"""Place names: the given spans resolved, or, where the input gives none, dateline's own.

Of its own, those of use ``place`` and ``in a name`` that have a point: the two data sets hold names that stand in a
gazetteer, so neither sites at the point of their town nor names without a point, and but one of them has adjectives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.tools import Record, Tools
from dateline.model import Coding, Place

INPUTS = {
    "id": None,
    "published": None,
    "publisher": None,
    "text": None,
    "toponyms": {"start": None, "end": None},
}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """Places with their points."""
    kept = list(records)
    if kept and "toponyms" in kept[0]:
        yield from (_row(record, _resolved(record, tools)) for record in kept)
        return
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        yield _row(record, _named(coding) if coding else ())


def _named(coding: Coding) -> Iterator[Place]:
    return (p for p in coding.places if p.use in {"place", "in a name"} and p.precision not in {"site", "unknown"})


def _resolved(record: Record, tools: Tools) -> tuple[Place, ...]:
    from dateline.resolve.places.find import resolve_spans

    report = tools.report(record)
    spans = [(t["start"], t["end"]) for t in record["toponyms"]]
    return resolve_spans(report.text, spans, tools.coder.gazetteer, publisher=report.publisher)


def _row(record: Record, places: Iterable[Place]) -> dict[str, Any]:
    return {
        "id": record["id"],
        "places": [
            {"start": p.start, "end": p.end, "lat": p.lat, "lon": p.lon, "geonameid": p.geonameid} for p in places
        ],
    }
