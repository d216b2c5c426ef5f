"""The kind of act between a marked source and a marked target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.tools import Record, Tools
    from dateline.coder.machine import MachineCoder

INPUTS = {"id": None, "text": None, "source": None, "target": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The type and its quad class."""
    return typed(records, tools.coder)


def typed(records: Iterable[Record], coder: MachineCoder) -> Iterator[dict[str, Any]]:
    """The type and its quad class as a coder has them."""
    for record in records:
        source, target = ((side[0], side[1]) if (side := record.get(k)) else None for k in ("source", "target"))
        found = coder.relation(record["text"], source, target)
        yield {"id": record["id"], "root": found.type if found else None, "quad": found.quad if found else None}
