"""The same as ``incidents``, with the dead and hurt brought to one number by the rules of :mod:`benchmarks.tally`.

That is a reading of the benchmark's own, made for reports of shootings: a coding does not hold these numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.tally import figures, of_incident, struck, tally, with_recalled
from benchmarks.tasks.incidents import INPUTS, day_and_town, told_and_background, with_nobody
from benchmarks.tools import Record, Tools
from dateline.model import Coding

__all__ = ["INPUTS", "predict"]


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The coded reports."""
    kept = list(records)
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        yield {"id": record["id"], **(incident(coding) if coding else {})}


def incident(coding: Coding) -> dict[str, Any]:
    """What a coding says of the incident that the report is about.

    Its dead and hurt are those of the asserted and possible events and those of the background that are of the same
    day; where there are none, all of the background.
    """
    told, background = told_and_background(coding)
    recalled = figures(coding, background)
    found = of_incident(with_recalled(figures(coding, told), recalled) or recalled)
    counted = tally(found, struck(coding, told, found))
    return {**with_nobody({"killed": counted.get("killed"), "injured": counted.get("injured")}), **day_and_town(told)}
