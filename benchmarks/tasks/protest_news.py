"""Does the text report a protest event.

The gold of whole articles asks for protests; that of single sentences, taken from such articles, marks every sentence
that tells of contention, attacks among them. A sentence has its number in its article (``n``), an article has none: to
tell the two by length takes many short articles for sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dateline.codebook.crosswalk.sides import kind_of
from dateline.coder.events.find import find_mentions
from dateline.coder.events.model import Mention
from dateline.coder.syntax.parse import parse_many

if TYPE_CHECKING:
    from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "text": None, "n": None}
OPENING = 600
"""Characters in which an article tells its main event."""
ARMED_GROUPS = frozenset(
    "rebel militant insurgent guerrilla guerilla jihadist islamist separatist extremist militia militiamen "
    "terrorist".split()
)
"""Heads of phrases for those who fight a state; gangs, robbers and gunmen are no contention."""
TERROR = frozenset("terror terrorist suicide".split())


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """1 where the text tells of a protest, else 0."""
    kept = list(records)
    parses = parse_many((tools.report(record) for record in kept), tools.coder.nlp)
    for record, parse in zip(kept, parses, strict=True):
        mentions = find_mentions(parse, tools.coder.codebook).mentions
        tells = _sentence(mentions) if "n" in record else _article(mentions)
        yield {"id": record["id"], "label": int(tells)}


def _sentence(mentions: Iterable[Mention]) -> bool:
    return any(
        m.modality in {"asserted", "planned"}
        and (m.type == "PROTEST" or (m.type == "ASSAULT" and m.mode != "sexual" and not _by_state(m)))
        for m in mentions
    )


def _article(mentions: Iterable[Mention]) -> bool:
    """Contention is the subject: protest told twice, or it or an armed group's attack as fact in the opening."""
    told = [m for m in mentions if m.modality == "asserted" and m.trigger.start < OPENING]
    protests = sum(m.type == "PROTEST" for m in mentions)
    return protests >= 2 or any(m.type == "PROTEST" or (m.type == "ASSAULT" and _by_armed_group(m)) for m in told)


def _by_state(mention: Mention) -> bool:
    return bool(mention.actors) and all(kind_of(span.quote) == "state" for span in mention.actors)


def _by_armed_group(mention: Mention) -> bool:
    words = {w.strip(".,()'\"").removesuffix("s") for span in mention.actors for w in span.quote.lower().split()}
    return bool(words & ARMED_GROUPS) or bool(set(mention.trigger.quote.lower().split()) & TERROR)
