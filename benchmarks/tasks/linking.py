"""Which reports tell of one incident: all reports in one pool, linked by their mentions.

Every mention of every report is linked, by its own comparison with others. A report's cluster is the event that its
main mention is in (:func:`main_mention`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.tools import VIOLENCE, Record, Tools
from dateline.link.memory import MemoryShelf
from dateline.link.mentions import mentions, report_mention
from dateline.link.model import Mention
from dateline.link.run import link
from dateline.model import Coding

INPUTS = {"id": None, "published": None, "title": None, "text": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The cluster of each report that could be coded."""
    return clusters(coding for coding in tools.codings(records) if coding is not None)


def clusters(codings: Iterable[Coding]) -> Iterator[dict[str, Any]]:
    """The cluster of each coded report."""
    shelf = MemoryShelf()
    chosen: dict[str, str] = {}
    new: list[Mention] = []
    for coding in codings:
        main = main_mention(coding)
        chosen[coding.report.id] = main.id
        found = {mention.id: mention for mention in mentions(coding)}
        new += (found | {main.id: main}).values()
    link(new, shelf)
    events = shelf.events(chosen.values())
    for report, mention in chosen.items():
        yield {"id": report, "cluster": events[mention]}


def main_mention(coding: Coding) -> Mention:
    """The mention of what the report is about, where that is violence: the incident.

    A report in which nothing was coded, or which is about what was said or done afterwards, is linked as a whole.
    """
    about = next((mention for mention in mentions(coding) if mention.subject and mention.type == VIOLENCE), None)
    return about or report_mention(coding)
