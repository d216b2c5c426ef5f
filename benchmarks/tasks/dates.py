"""Dates and times with their TIMEX3 type and value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "published": None, "title": None, "text": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The coding's dates."""
    kept = list(records)
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        dates = coding.dates if coding else ()
        yield {
            "id": record["id"],
            "dates": [
                {"start": d.start, "end": d.end, "timex_type": d.timex_type, "timex_value": d.timex_value}
                for d in dates
            ],
        }
