"""What coders of one report are compared on: its sentences, and the events that they have in common.

Which row of one coder is which of another is told by :mod:`dateline.evaluate.pair`, pair by pair of coders; rows so
paired are one event, as long as no coder has two rows in it. An event that one coder alone has gives the fields no
unit: whether there is an event is measured on the sentences of the report, each told of or not told of by each coder.
On the rows alone it could not be measured: no list holds the events that nobody found, and alpha is at or below zero
however few rows are one coder's own.

Values are the same where :mod:`dateline.evaluate.values` says so. A value that is not stated is one of its own, but for
counts and dates, which have no distance to it: the unit then lacks the coder's value.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from dateline.coder.text.sentences import find_sentences
from dateline.errors import EdtfError
from dateline.evaluate.agreement.model import AgreementField
from dateline.evaluate.model import COUNT_KINDS
from dateline.evaluate.pair import pair_events
from dateline.evaluate.values import Party, Side, leading, likeness, party, same_place, speaker
from dateline.evaluate.words import most_pairs, name_words
from dateline.lang.dates.edtf import bounds
from dateline.model import CODED_BLOCKS, Coding, CountKind, EventMention, Participant

NOT_STATED = "not stated"
Values = Mapping[str, Hashable]
"""The value of each coder who gave one, by the coder."""


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one report: for each field the values of each; ``rows`` has who found each event of the report."""

    coders: tuple[str, ...]
    rows: tuple[frozenset[str], ...]
    fields: Mapping[AgreementField, tuple[Values, ...]]


def units(codings: Mapping[str, Coding]) -> Units:
    """The units of a report, by its codings, each of another coder; their text is one."""
    sides = {coder: Side(codings[coder], "overlap") for coder in sorted(codings)}
    found = _matched(sides)
    several = [event for event in found if len(event) > 1]
    fields: dict[AgreementField, tuple[Values, ...]] = {"event": tuple(_told(sides))}
    for field, value in _ways().items():
        fields[field] = tuple(value(event, sides) for event in several)
    for kind in COUNT_KINDS:
        fields[kind] = tuple(_figures(event, kind) for event in several)
    return Units(tuple(sides), tuple(frozenset(event) for event in found), fields)


def _matched(sides: Mapping[str, Side]) -> list[dict[str, EventMention]]:
    """The events that the coders found, each with the row of every coder who has it, in the order of the text."""
    rows = {(coder, n): event for coder, side in sides.items() for n, event in enumerate(side.coding.events)}
    group = {row: [row] for row in rows}
    for first, second in combinations(sides, 2):
        for i, j in pair_events(sides[first], sides[second]):
            left, right = group[first, i], group[second, j]
            if left is not right and not {coder for coder, _ in left} & {coder for coder, _ in right}:
                left += right
                for row in right:
                    group[row] = left
    once = {id(one): one for one in group.values()}.values()
    found = [{coder: rows[coder, n] for coder, n in sorted(one)} for one in once]
    return sorted(found, key=lambda event: min((row.trigger.start, row.trigger.end) for row in event.values()))


def _told(sides: Mapping[str, Side]) -> Iterator[Values]:
    """For each sentence that can hold an event whether each coder tells one there."""
    report = next(iter(sides.values())).coding.report
    blocks = [block for block in report.blocks if block.kind in CODED_BLOCKS]
    sentences = find_sentences(report.text, blocks) if blocks or not report.blocks else ()
    starts = [start for start, _ in sentences]
    told = {
        coder: {bisect_right(starts, event.trigger.start) - 1 for event in side.coding.events}
        for coder, side in sides.items()
    }
    for n in range(len(sentences)):
        yield {coder: n in places for coder, places in told.items()}


def _plain(get: Callable[[EventMention], str | None]) -> Callable[[_Event, Mapping[str, Side]], Values]:
    def values(event: _Event, _: Mapping[str, Side]) -> Values:
        return {coder: (get(row) or NOT_STATED).casefold() for coder, row in event.items()}

    return values


_Event = Mapping[str, EventMention]


def _places(event: _Event, sides: Mapping[str, Side]) -> Values:
    """The place of each: the same value where evaluating takes two for one."""
    values: dict[str, Hashable] = {}
    for coder, row in event.items():
        place = row.place
        if place is None:
            values[coder] = NOT_STATED
            continue
        earlier = ((other, event[other]) for other in values)
        same = (
            values[other]
            for other, its in earlier
            if its.place is not None and same_place(its.place, place, its, row, sides[other], sides[coder])
        )
        own = place.geonameid or f"{place.country or ''} {' '.join(sorted(name_words(place.name)))}"
        values[coder] = next(same, own)
    return values


def _speakers(event: _Event, sides: Mapping[str, Side]) -> Values:
    """Whom each credits it to; what nobody is credited with is the publisher's own word."""
    told = {coder: speaker(row, sides[coder]) for coder, row in event.items()}
    values: dict[str, Hashable] = {}
    for coder, found in told.items():
        one = found and found[0]
        earlier = ((values[other], told[other]) for other in values)
        same = (value for value, its in earlier if one and its and likeness(its[0], one, "overlap"))
        values[coder] = next(same, _name(one) if one else NOT_STATED)
    return values


def _parties(role: Callable[[EventMention], Sequence[Participant]]) -> Callable[[_Event, Mapping[str, Side]], Values]:
    def values(event: _Event, sides: Mapping[str, Side]) -> Values:
        found: dict[str, list[tuple[Party, Hashable]]] = {}
        for coder, row in event.items():
            own = [party(one, row, sides[coder]) for one in role(row)]
            names: list[Hashable] = [_name(one) for one in own]
            for earlier in found.values():
                alike = (
                    ((likeness(its, one, "overlap"),), i, j)
                    for i, (its, _) in enumerate(earlier)
                    for j, one in enumerate(own)
                )
                for i, j in most_pairs(pair for pair in alike if pair[0][0]):
                    names[j] = earlier[i][1]
            found[coder] = list(zip(own, names, strict=True))
        return {coder: frozenset(name for _, name in told) for coder, told in found.items()}

    return values


def _name(one: Party) -> str:
    return " ".join(sorted(name_words(" ".join(one.names[:1])))) or (one.words.quote if one.words else "")


def _days(event: _Event, _: Mapping[str, Side]) -> Values:
    """The middle of the days that each means, twice over, so that it is a whole number."""
    found = {coder: _middle(row) for coder, row in event.items()}
    return {coder: middle for coder, middle in found.items() if middle is not None}


def _middle(row: EventMention) -> int | None:
    try:
        first, last = bounds(row.date.edtf) if row.date is not None and row.date.edtf is not None else (None, None)
    except EdtfError:
        return None
    ends = [day.toordinal() for day in (first, last) if day is not None]
    return ends[0] + ends[-1] if ends else None


def _figures(event: _Event, kind: CountKind) -> Values:
    """The figure of each: that of the first count of the kind that has one."""
    found = {
        coder: next((n for count in row.counts if count.kind == kind and (n := leading(count)) is not None), None)
        for coder, row in event.items()
    }
    return {coder: figure for coder, figure in found.items() if figure is not None}


def _ways() -> Mapping[AgreementField, Callable[[_Event, Mapping[str, Side]], Values]]:
    """How the values of each field are read from the rows of one event."""
    return {
        "type": _plain(lambda row: row.type),
        "mode": _plain(lambda row: row.mode),
        "modality": _plain(lambda row: row.modality),
        "historical": _plain(lambda row: "historical" if row.historical else None),
        "place": _places,
        "date": _days,
        "actors": _parties(lambda row: row.actors),
        "recipients": _parties(lambda row: row.recipients),
        "according_to": _speakers,
    }
