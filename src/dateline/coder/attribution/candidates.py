"""What the finders of cues find: a cue with what stands around it, before quotations are given to their speakers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.model import Because

if TYPE_CHECKING:
    from spacy.tokens import Doc

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue with the words around it, as indices of tokens in the order of the text.

    ``head`` is the cue's main word, ``source`` empty where nobody is named, ``content`` what the syntax alone gives
    it. ``quotes``: words in quotation marks beside the cue belong to it. ``spans`` are the content as offsets: that of
    the syntax, and what the layout and the quotations add. Without spans, a candidate attributes nothing. ``sure``: the
    words say by themselves that somebody says so, whatever the encoder sees. ``stop`` is the first word behind the
    content that is surely none of it.
    """

    head: int
    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: frozenset[int]
    because: Because
    quotes: bool = False
    spans: tuple[Offsets, ...] = ()
    sure: bool = False
    stop: int | None = None


Rows = tuple[tuple[Candidate, ...], ...]
"""The candidates of each sentence of a report, in the order in which they were found."""


def runs(indices: Iterable[int], doc: Doc) -> Iterator[tuple[int, int]]:
    """Runs of tokens that stand together, as ``(first, last)``; white space between two does not part them."""
    first = last = -1
    for i in sorted(indices):
        if first >= 0 and all(doc[j].is_space for j in range(last + 1, i)):
            last = i
            continue
        if first >= 0:
            yield first, last
        first = last = i
    if first >= 0:
        yield first, last
