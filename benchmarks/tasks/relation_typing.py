"""The kind of act between a marked source and a marked target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.tools import Record, Tools
from dateline.coder.parse import parse_many
from dateline.coder.relation import relation

INPUTS = {"id": None, "text": None, "source": None, "target": None, "source_again": None, "target_again": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The type and its quad class."""
    kept = list(records)
    parses = parse_many((tools.report(record) for record in kept), tools.coder.nlp)
    for record, parse in zip(kept, parses, strict=True):
        source, target = (parse.report.span(*record[k]) if record.get(k) else None for k in ("source", "target"))
        found = relation(parse, source, target, tools.coder.codebook)
        yield {"id": record["id"], "root": found[0] if found else None, "quad": found[1] if found else None}
