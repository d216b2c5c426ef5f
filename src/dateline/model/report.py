"""A report and its words: what coders are given.

Offsets are Unicode code points into :attr:`Report.text`, half-open ``[start, end)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.errors import SpanError

BlockKind = Literal["paragraph", "heading", "caption", "list", "table", "debris"]

ReportKind = Literal["report", "post", "story", "teasers"]
"""What a report was read from: a document of its own; a post of a live blog or a story of a page that holds several; a
list of teasers, whose reports stand elsewhere."""

CODED_BLOCKS: frozenset[BlockKind] = frozenset({"paragraph", "list"})
"""The kinds of block whose words may become events. The others are kept as text and never coded."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a report: ``text[start:end] == quote``."""

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end <= self.start or self.end - self.start != len(self.quote):
            raise SpanError(
                f"span [{self.start}, {self.end}) cannot hold the {len(self.quote)} characters {self.quote[:60]!r}; "
                "make spans with Report.span(start, end)"
            )


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a report's text by its layout: only some kinds are coded (:data:`CODED_BLOCKS`).

    ``language`` is set where the part is surely in another one than the report is.
    """

    start: int
    end: int
    kind: BlockKind
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """Where a page states what is kept of it: the field of the report, where, and the words as they stand there."""

    field: str
    where: str
    """In words: "JSON-LD datePublished", "meta article:published_time", "the address"."""
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """One document. ``published``, ``updated`` and ``retrieved`` are ISO 8601 dates or times; ``sha256`` names the
    evidence. ``stated`` tells where the page states its title, publisher, author and dates; what a person gave is
    stated nowhere.
    """

    id: str
    text: str
    blocks: tuple[Block, ...] = ()
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    retrieved: str | None = None
    language: str | None = None
    sha256: str | None = None
    stated: tuple[Stated, ...] = ()
    kind: ReportKind = "report"

    def span(self, start: int, end: int) -> Span:
        """The words at ``[start, end)``."""
        return Span(start, end, self.text[start:end])
