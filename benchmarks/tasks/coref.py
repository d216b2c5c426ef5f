"""Which given event words are about one event, within and across reports: all reports of a file in one pool.

Of the annotation only the spans are read, neither the chains nor the topics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from benchmarks.coreference.find import coreference
from benchmarks.coreference.mentions import MarkedReport, MarkReader
from dateline.coder.syntax.parse import parse_many
from dateline.coder.triggers.match import trigger_index

if TYPE_CHECKING:
    from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "text": None, "mentions": {"start": None, "end": None}}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The chain of each span that was given."""
    given = list(records)
    chain = {word: f"e{n}" for n, event in enumerate(coreference(marked(given, tools))) for word in event}
    for record in given:
        spans = [(span["start"], span["end"]) for span in record["mentions"]]
        words = [(str(record["id"]), start, end) for start, end in spans]
        yield {
            "id": record["id"],
            "mentions": [{"start": word[1], "end": word[2], "chain": chain.get(word, repr(word))} for word in words],
        }


def marked(records: Iterable[Record], tools: Tools) -> Iterator[MarkedReport]:
    """The records as reports with marked words."""
    given = list(records)
    reader = MarkReader(tools.encoder, trigger_index(tools.coder.codebook))
    parses = parse_many(map(tools.report, given), tools.coder.nlp)
    for record, parse in zip(given, parses, strict=True):
        yield reader.read(parse, [(span["start"], span["end"]) for span in record["mentions"]])
