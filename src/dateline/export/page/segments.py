"""Highlights over text: overlapping marks cut into segments that lie side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from dateline.export.statement import ranges
from dateline.model import CODED_BLOCKS, Block, Report

CodedKind = Literal[
    "trigger", "count", "date", "place", "source", "cue", "actor", "recipient", "content", "evidence", "left-out"
]
ComparedKind = Literal["gold", "coding"]
"""What one of two coders says of the words, where two are compared."""
ShownKind = Literal["graphic"]
"""What a reader is asked before it is shown."""

Kind = CodedKind | ComparedKind | ShownKind
RANK: tuple[Kind, ...] = (
    *("gold", "coding"),
    *("trigger", "count", "date", "place", "source", "actor", "recipient"),
    *("cue", "content", "evidence", "left-out", "graphic"),
)
"""Where marks share words, the link of the first of these is the one that can be followed."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to highlight. ``href`` is where they lead, ``id`` where they can be reached, ``event`` whose they are."""

    start: int
    end: int
    kind: Kind
    href: str | None = None
    id: str | None = None
    event: str | None = None
    label: str | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text over which the same marks lie; ``start`` is where it begins in the report.

    ``ids`` are those of marks that begin here, ``labels`` the labels of marks that end (triggers) or begin
    (attributions) here; ``first`` is False where the link was already offered by the segment before.
    """

    text: str
    kinds: tuple[Kind, ...] = ()
    events: tuple[str, ...] = ()
    evidence_of: tuple[str, ...] = ()
    href: str | None = None
    first: bool = True
    ids: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    depth: int = 0
    start: int = 0


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block of the report as the page shows it; ``note`` tells why it was not coded."""

    kind: str
    segments: tuple[Segment, ...]
    note: str | None = None


def shown_blocks(report: Report, marks: Sequence[Mark]) -> tuple[ShownBlock, ...]:
    """The whole text in blocks of segments; nothing of it is left away but the space between blocks."""
    ordered = sorted(marks, key=lambda m: (m.start, -m.end, RANK.index(m.kind)))
    shown = []
    at = 0
    live: list[Mark] = []
    for block in _all_blocks(report):
        live = [mark for mark in live if mark.end > block.start]
        while at < len(ordered) and ordered[at].start < block.end:
            if ordered[at].end > block.start:
                live.append(ordered[at])
            at += 1
        segments = tuple(_segments(report.text, block, live))
        shown.append(ShownBlock(block.kind, segments, _label(block)))
    return tuple(shown)


def _label(block: Block) -> str | None:
    """What is said beside a block that is not like the rest: its kind, where it is not coded, or its language."""
    if block.kind not in CODED_BLOCKS:
        return f"{block.kind}: not coded"
    return None if block.language is None else f"in “{block.language}”"


def _segments(text: str, block: Block, marks: list[Mark]) -> Iterator[Segment]:
    inside = [mark for mark in marks if mark.start < block.end and mark.end > block.start]
    cuts = sorted(
        {block.start, block.end, *(p for m in inside for p in (m.start, m.end) if block.start < p < block.end)}
    )
    opened: set[str] = set()
    offered: Mark | None = None
    at = 0
    live: list[Mark] = []
    for start, end in pairwise(cuts):
        live = [mark for mark in live if mark.end > start]
        while at < len(inside) and inside[at].start < end:
            live.append(inside[at])
            at += 1
        if not live:
            yield Segment(text[start:end], start=start)
            continue
        leading = min((m for m in live if m.href), key=lambda m: RANK.index(m.kind), default=None)
        begun = [m for m in live if m.start >= block.start and m.start == start]
        ids = [m.id for m in begun if m.id and m.id not in opened]
        opened.update(ids)
        yield Segment(
            text=text[start:end],
            kinds=tuple(k for k in RANK if any(m.kind == k for m in live)),
            events=tuple(dict.fromkeys(m.event for m in live if m.event and m.kind != "evidence")),
            evidence_of=tuple(dict.fromkeys(m.event for m in live if m.event and m.kind == "evidence")),
            href=leading.href if leading else None,
            first=leading is not offered,
            ids=tuple(dict.fromkeys(ids)),
            opening=tuple(m.label for m in begun if m.label and m.kind == "content"),
            closing=ranges(int(m.label) for m in live if m.label and m.kind == "trigger" and m.end == end),
            depth=max((m.depth for m in live if m.kind == "content"), default=0),
            start=start,
        )
        offered = leading


def _all_blocks(report: Report) -> Iterator[Block]:
    """The report's blocks, with words between them as debris; paragraphs at blank lines where it has no blocks."""
    if not report.blocks:
        yield from _paragraphs(report.text)
        return
    at = 0
    for block in sorted(report.blocks, key=lambda b: (b.start, b.end)):
        start = max(block.start, at)
        if start >= block.end:
            continue
        if report.text[at:start].strip():
            yield Block(at, start, "debris")
        yield Block(start, block.end, block.kind)
        at = block.end
    if report.text[at:].strip():
        yield Block(at, len(report.text), "debris")


def _paragraphs(text: str) -> Iterator[Block]:
    at = 0
    for paragraph in text.split("\n\n"):
        if paragraph.strip():
            yield Block(at, at + len(paragraph), "paragraph")
        at += len(paragraph) + 2
