"""The ACLED sub-event type of a snippet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "text": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The code of the event that the coder is surest of; null where none meets ACLED's conditions."""
    kept = list(records)
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        coded = [e for e in (coding.events if coding else ()) if e.codes.acled and e.modality == "asserted"]
        best = max(coded, key=lambda e: e.confidence, default=None)
        yield {"id": record["id"], "label": best.codes.acled if best else None}
