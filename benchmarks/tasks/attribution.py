"""Who said what: the coding's attributions without the publisher's own voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from benchmarks.tools import Record, Tools, pair
from dateline.coder.attribution.chains import PUBLISHER_VOICE
from dateline.model import Attribution, Coding, Span

INPUTS = {"id": None, "published": None, "text": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """Attributions as source, cue and content spans, as the gold marks them (:func:`outermost`)."""
    kept = list(records)
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        yield {
            "id": record["id"],
            "attributions": [
                {"source": pair(a.source), "cue": pair(a.cue), "content": [[s.start, s.end] for s in content]}
                for a, content in outermost(coding)
            ],
        }


def outermost(coding: Coding | None) -> Iterator[tuple[Attribution, tuple[Span, ...]]]:
    """The outermost attributions, each with all that its cue brings in: the gold marks no nested ones.

    A speaker who goes on in another sentence has one attribution there, and one a statement in a coding.
    """
    found = [a for a in (coding.attributions if coding else ()) if a.content and a.parent in (None, PUBLISHER_VOICE)]
    for _, same in groupby(found, key=lambda a: (a.source, a.cue)):
        statements = list(same)
        yield statements[0], tuple(span for one in statements for span in one.content)
