"""From people's rows for reports to the row of their event, by the product's own policies.

The file of events names the reports; their rows are in ``reports.jsonl.gz`` beside it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dateline.link.events.policies import POLICIES, Statement
from dateline.link.model import Chosen

if TYPE_CHECKING:
    from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "reports": None}
POLICY = {"dates": "extent", "city": "majority", "deaths": "envelope", "injuries": "envelope"}
BOUNDS = ("low", "best", "high")


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """One row an event."""
    with gzip.open(tools.folder / "reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines)}
    for record in records:
        yield {"id": record["id"], **_event([rows[name] for name in record["reports"] if name in rows])}


def _event(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    start = _chosen("dates", [(row, row["date_start"]) for row in rows])
    end = _chosen("dates", [(row, row["date_end"]) for row in rows])
    out: dict[str, Any] = {
        "date_start": start[0] if isinstance(start, tuple) else None,
        "date_end": end[1] if isinstance(end, tuple) else None,
        "city": _chosen("city", [(row, row["city"]) for row in rows]),
    }
    for kind in ("deaths", "injuries"):
        bounds = _chosen(kind, [(row, tuple(row[kind][name] for name in BOUNDS)) for row in rows])
        out[kind] = dict(zip(BOUNDS, bounds if isinstance(bounds, tuple) else (None,) * 3, strict=True))
    return out


def _chosen(field: str, stated: Sequence[tuple[Mapping[str, Any], Any]]) -> Chosen:
    """What the field's policy chooses; a report is the source of its row, as the people coded it."""
    statements = [
        Statement(
            value, account=row["id"], source=row["id"], voice=row["source"], precision=-(row["geo_precision"] or 9)
        )
        for row, value in stated
        if value is not None
    ]
    return POLICIES[POLICY[field]](statements) if statements else None
