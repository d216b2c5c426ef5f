"""The place of a given event word, as words of its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.tools import Record, Tools
from dateline.coder.placing.where import places_of_word
from dateline.coder.syntax.parse import parse_many

INPUTS = {"id": None, "text": None, "event": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The place words of the event."""
    kept = list(records)
    parses = parse_many((tools.report(record) for record in kept), tools.coder.nlp)
    for record, parse in zip(kept, parses, strict=True):
        start, end = record["event"]
        places = places_of_word(parse.doc, start, end, tools.coder.gazetteer)
        yield {"id": record["id"], "places": [list(place) for place in places]}
