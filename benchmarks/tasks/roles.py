"""Who acts on whom in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "text": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The actors and recipients of every event of the sentence."""
    kept = list(records)
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        events = coding.events if coding else ()
        found = {(p.start, p.end, "source") for e in events for p in e.actors}
        found |= {(p.start, p.end, "target") for e in events for p in e.recipients}
        yield {"id": record["id"], "roles": [{"start": s, "end": e, "role": r} for s, e, r in sorted(found)]}
