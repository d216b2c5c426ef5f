"""Does the text report a protest event.

The gold of whole articles asks for protests; that of single sentences, taken from such articles, marks every sentence
that tells of contention, attacks among them. A sentence has its number in its article (``n``), an article has none: to
tell the two by length takes many short articles for sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dateline.coder.events import Mention, find_mentions
from dateline.coder.parse import parse_many

if TYPE_CHECKING:
    from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "text": None, "n": None}
OPENING = 600
"""Characters in which an article tells its main event."""


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """1 where the text tells of a protest, else 0."""
    kept = list(records)
    parses = parse_many((tools.report(record) for record in kept), tools.coder.nlp)
    for record, parse in zip(kept, parses, strict=True):
        mentions = find_mentions(parse, tools.coder.codebook).mentions
        tells = _sentence(mentions) if "n" in record else _article(mentions)
        yield {"id": record["id"], "label": int(tells)}


def _sentence(mentions: Iterable[Mention]) -> bool:
    return any(m.type in {"PROTEST", "ASSAULT"} and m.modality in {"asserted", "planned"} for m in mentions)


def _article(mentions: Iterable[Mention]) -> bool:
    """Protest is the subject where it is told twice, or once as fact in the opening."""
    protests = [m for m in mentions if m.type == "PROTEST"]
    return len(protests) >= 2 or any(m.modality == "asserted" and m.trigger.start < OPENING for m in protests)
