"""Who said what: the coding's attributions without the publisher's own voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.tools import Record, Tools, pair
from dateline.coder.attribution.chains import PUBLISHER_VOICE

INPUTS = {"id": None, "published": None, "text": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """Attributions as source, cue and content spans: the outermost ones, as the gold marks no nested ones."""
    kept = list(records)
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        attributions = coding.attributions if coding else ()
        yield {
            "id": record["id"],
            "attributions": [
                {"source": pair(a.source), "cue": pair(a.cue), "content": [[s.start, s.end] for s in a.content]}
                for a in attributions
                if a.content and a.parent in (None, PUBLISHER_VOICE)
            ],
        }
