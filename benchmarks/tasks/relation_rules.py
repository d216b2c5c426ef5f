"""The kind of act between a marked source and a marked target, by the rules alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from benchmarks.tasks.relation_typing import INPUTS, typed

if TYPE_CHECKING:
    from benchmarks.tools import Record, Tools

__all__ = ["INPUTS", "predict"]


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The type and its quad class."""
    return typed(records, tools.rules)
