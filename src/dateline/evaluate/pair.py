"""Which event of one coder is which of the other: one to one, the best overlap first.

After Liu, Mitamura and Hovy (Evaluation Algorithms for Event Nugget Detection: A Pilot Study, 2015), who pair mentions
by Dice's coefficient of their words, highest first. Two things are added for codings that are sparser than theirs:
events of one type also pair where only their sentences meet, and an event that is located nowhere in the report pairs
by type or by who took part.

Two events can be one where

- the words of their triggers overlap, whatever their types: then a difference of type is a confusion;
- or they have one type, and their triggers or evidence sentences overlap.

An event whose trigger is the whole report and that has no evidence is located nowhere. It can be any event of its
type, or any that has an actor or recipient in common with it.

Of the pairs that can be, those come first that share most of the trigger's words (at least half by Dice), then those
of one type, then by Dice of the triggers, by Dice of the sentences, and by how many of actors, recipients, place,
date and mode agree. Of what is left, events that are told near each other come first, and then the earlier ones: the
order in which a coder lists them plays no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dateline.evaluate.values import Side, count_of_agreements, same_participants
from dateline.evaluate.words import best_pairs, dice, jaccard, shared
from dateline.model import Attribution, EventMention, Span

_CELL = 128
"""Characters a cell: events are looked for in the cells that they touch, so that a long report is not compared
event by event with itself.
"""
_HALF = 0.5


def same_type(a: EventMention, b: EventMention) -> bool:
    """Whether two events have one type; capital letters do not count."""
    return a.type.casefold() == b.type.casefold()


def pair_events(gold: Side, other: Side) -> list[tuple[int, int]]:
    """The places of events in the two codings that are one event, each event once."""
    return best_pairs(_event_keys(gold, other))


def _event_keys(gold: Side, other: Side) -> Iterator[tuple[tuple[float, ...], int, int]]:
    cells: defaultdict[int, set[int]] = defaultdict(set)
    everywhere = set()
    for j, event in enumerate(other.coding.events):
        if not _is_located(event, other):
            everywhere.add(j)
        for span in (event.trigger, *event.evidence):
            for cell in range(span.start // _CELL, (span.end - 1) // _CELL + 1):
                cells[cell].add(j)
    for i, a in enumerate(gold.coding.events):
        if _is_located(a, gold):
            near = set(everywhere)
            for span in (a.trigger, *a.evidence):
                for cell in range(span.start // _CELL, (span.end - 1) // _CELL + 1):
                    near |= cells.get(cell, set())
        else:
            near = set(range(len(other.coding.events)))
        for j in sorted(near):
            b = other.coding.events[j]
            if _can_be_one(a, b, gold, other, somewhere=_is_located(a, gold) and j not in everywhere):
                yield _key(a, b, gold, other), i, j


def _is_located(event: EventMention, side: Side) -> bool:
    whole = (event.trigger.start, event.trigger.end) == (0, len(side.coding.report.text))
    return bool(event.evidence) or not whole


def _can_be_one(a: EventMention, b: EventMention, gold: Side, other: Side, *, somewhere: bool) -> bool:
    if not somewhere:
        return same_type(a, b) or same_participants(a, b, gold, other)
    if shared(a.trigger, b.trigger):
        return True
    return same_type(a, b) and any(shared(x, y) for x in (a.trigger, *a.evidence) for y in (b.trigger, *b.evidence))


def _key(a: EventMention, b: EventMention, gold: Side, other: Side) -> tuple[float, ...]:
    words = dice(a.trigger, b.trigger)
    return (
        words >= _HALF,
        same_type(a, b),
        words,
        max((dice(x, y) for x in a.evidence or (a.trigger,) for y in b.evidence or (b.trigger,)), default=0.0),
        count_of_agreements(a, b, gold, other),
        -abs(a.trigger.start - b.trigger.start),
        -a.trigger.start,
        -b.trigger.start,
    )


def spoken(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions that have words; the publisher's own voice has none."""
    return tuple(a for a in attributions if a.source or a.cue or a.content)


def pair_attributions(gold: Sequence[Attribution], other: Sequence[Attribution]) -> list[tuple[int, int]]:
    """The places of attributions that are one: those that share most of their content first, then by their cues.

    Contents pair where they share at least half of the characters that either covers; without that, attributions
    pair where their cues overlap.
    """
    keys = []
    starts = sorted((_extent(b)[0], j) for j, b in enumerate(other))
    longest = max((_extent(b)[1] - _extent(b)[0] for b in other), default=0)
    for i, a in enumerate(gold):
        first, last = _extent(a)
        for start, j in starts:
            if start >= last:
                break
            if start + longest <= first:
                continue
            content = jaccard(a.content, other[j].content)
            cues = a.cue, other[j].cue
            cue = dice(cues[0], cues[1]) if cues[0] and cues[1] else 0.0
            if content >= _HALF or cue:
                keys.append(((float(content >= _HALF), content, cue), i, j))
    return best_pairs(keys)


def _extent(attribution: Attribution) -> tuple[int, int]:
    parts: list[Span] = [p for p in (attribution.source, attribution.cue, *attribution.content) if p]
    return min(p.start for p in parts), max(p.end for p in parts)
