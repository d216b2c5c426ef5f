"""What the gazetteer holds of the toponyms, and how often the right place is chosen where it holds it.

A gold name is held where the gazetteer has a candidate for it within 161 km of the gold point: the ceiling of any
choice. Names are given; what is left out by finding them is measured by "toponyms found".
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.predict import read
from benchmarks.tasks.toponyms import INPUTS
from dateline.resolve.gazetteer.lookup import Gazetteer
from dateline.resolve.gazetteer.points import distance_km
from dateline.resolve.places.find import resolve_spans
from dateline.resolve.places.names import candidates

FILES = {"lgl": "toponyms/lgl.jsonl.gz", "geovirus": "toponyms/geovirus.jsonl"}
NEAR_KM = 161.0
KEYS = {**INPUTS, "toponyms": {"start": None, "end": None, "lat": None, "lon": None}}


def measure(data: Path) -> dict[str, Any]:
    """Shares by file: ``held`` of all gold names, ``right`` of all, ``right_of_held`` of those that are held."""
    with Gazetteer.open() as gazetteer:
        scores: dict[str, Any] = {}
        records = 0
        for name, file in FILES.items():
            kept = list(read(data / file, KEYS))
            records += len(kept)
            scores[name] = _shares(kept, gazetteer)
    return {**scores, "run": {"gold_records": records}}


def _shares(records: Iterable[dict[str, Any]], gazetteer: Gazetteer) -> dict[str, float]:
    names = held = right = both = 0
    for record in records:
        text, gold = record["text"], record["toponyms"]
        spans = [(t["start"], t["end"]) for t in gold]
        places = resolve_spans(text, spans, gazetteer, publisher=record.get("publisher"))
        for toponym, place in zip(gold, places, strict=True):
            at = toponym["lat"], toponym["lon"]
            has = any(
                distance_km(e.point, at) <= NEAR_KM
                for e in candidates(text[toponym["start"] : toponym["end"]], gazetteer)
            )
            found = place.lat is not None and place.lon is not None
            hit = found and distance_km((place.lat or 0.0, place.lon or 0.0), at) <= NEAR_KM
            names += 1
            held += has
            right += hit
            both += hit and has
    return {"held": held / names, "right": right / names, "right_of_held": both / held}
