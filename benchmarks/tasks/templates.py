"""Incident templates: the coded report's violent events, read as templates by the scorer's own rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "published": None, "text": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The coded reports."""
    from dateline.form import to_dict

    kept = list(records)
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        yield {"id": record["id"], "events": to_dict(coding)["events"] if coding else []}
