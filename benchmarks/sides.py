"""The same event told by outlets of all sides of a war: are its rows one linked event, and are look-alikes kept apart?

Every mention of the reports that are asked about is linked in one pool, as a project links them. The gold says where
each report tells each event; the scorer is beside the data.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.annotated import read
from benchmarks.tasks.reports import INPUTS
from benchmarks.tools import Tools
from dateline.link.memory import MemoryShelf
from dateline.link.mentions import mentions
from dateline.link.run import link

FILE = "reports/links.jsonl"
REPORTS = ("reports/train.jsonl.gz", "reports/dev.jsonl")


def measure(data: Path) -> dict[str, Any]:
    """What the scorer says of the linked rows, over all members, missed ones too, and of those that were found."""
    clusters = {row["id"]: row for row in read(data / FILE)}
    asked = {where[0] for row in clusters.values() for member in row["members"] for where in member["triggers"]}
    records = [{k: r[k] for k in INPUTS if k in r} for file in REPORTS for r in read(data / file) if r["id"] in asked]
    codings = [coding for coding in Tools(data).codings(records) if coding is not None]
    shelf = MemoryShelf()
    found = [mention for coding in codings for mention in mentions(coding)]
    link(found, shelf)
    events = shelf.events([mention.id for mention in found])
    predictions = {
        coding.report.id: {
            "events": [
                {
                    "trigger": _span(event.trigger),
                    "tellings": [_span(span) for span in event.tellings],
                    "event": events.get(f"{coding.report.id}#{event.id}"),
                }
                for event in coding.events
            ]
        }
        for coding in codings
    }
    sys.path.insert(0, str(data.resolve().parent))
    scores: dict[str, Any] = import_module("score.links").score(clusters, predictions)
    return {**scores, "run": {"gold_records": len(clusters)}}


def _span(span: Any) -> dict[str, int]:
    return {"start": span.start, "end": span.end}
