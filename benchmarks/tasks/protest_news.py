"""Does the text report a protest event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "text": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """1 where the coding holds a protest that somebody says happened or is happening, else 0."""
    kept = list(records)
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        events = coding.events if coding else ()
        protest = any(e.type == "PROTEST" and e.modality in {"asserted", "planned"} for e in events)
        yield {"id": record["id"], "label": int(protest)}
