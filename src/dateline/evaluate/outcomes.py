"""One report coded twice, value by value: what both have, what one has alone, and where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.evaluate.because import because_absent, because_attribution, because_missed, because_of
from dateline.evaluate.model import COUNT_KINDS, Field, Value
from dateline.evaluate.pair import pair_attributions, pair_events, same_type, spoken
from dateline.evaluate.values import (
    Side,
    likeness,
    party,
    party_value,
    same_count,
    same_date,
    same_place,
    speaker,
)
from dateline.evaluate.words import evidence, jaccard, most_pairs, points, same_words
from dateline.export.words import count_words, date_words, place_words
from dateline.model import Attribution, Count, CountKind, EventMention, Participant, Span

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """One value of the gold, of the coding, or of both.

    ``found`` is whether both coders have the event that it belongs to. ``why`` gives the coding's reasons; it is a
    function because most values are right and nobody asks.
    """

    field: Field
    gold: Value | None
    coded: Value | None
    right: bool
    found: bool
    event: EventMention | None
    gold_event: str | None
    coded_event: str | None
    why: Callable[[], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Compared:
    """One report: the events paired (None: the other coder has none), and every value compared."""

    pairs: tuple[tuple[EventMention | None, EventMention | None], ...]
    outcomes: tuple[Outcome, ...]


def compare_report(gold: Side, other: Side, fields: frozenset[Field], types: frozenset[str]) -> Compared:
    """Compare two codings of one text. ``types`` (casefolded) are the types that the gold covers; empty is all."""
    pairs = tuple(_pairs(gold, other, types))
    outcomes = [o for a, b in pairs for o in _event(a, b, gold, other) if o.field in fields]
    outcomes += [o for o in _attributions(gold, other) if o.field in fields]
    return Compared(pairs, tuple(outcomes))


def _pairs(gold: Side, other: Side, types: frozenset[str]) -> Iterator[tuple[EventMention | None, EventMention | None]]:
    paired = pair_events(gold, other)
    left, right = {i for i, _ in paired}, {j for _, j in paired}
    events = [(gold.coding.events[i], other.coding.events[j]) for i, j in paired]
    alone = [(event, None) for i, event in enumerate(gold.coding.events) if i not in left]
    added = [(None, event) for j, event in enumerate(other.coding.events) if j not in right]
    found: list[tuple[EventMention | None, EventMention | None]] = [*events, *alone, *added]
    found.sort(key=lambda pair: next((e.trigger.start, e.trigger.end) for e in pair if e))
    for pair in found:
        if not types or any(event and event.type.casefold() in types for event in pair):
            yield pair


def _event(a: EventMention | None, b: EventMention | None, gold: Side, other: Side) -> Iterator[Outcome]:
    """The outcomes of one event, or of an event that one coder alone has."""
    if a is None and b is not None:
        # An event that only the coding has is a missed one seen from its side.
        for outcome in _alone(b, other, gold):
            why = _whys(outcome.field, b, other)
            yield replace(
                outcome, gold=None, coded=outcome.gold, gold_event=None, coded_event=outcome.gold_event, why=why
            )
    elif a is not None and b is None:
        yield from _alone(a, gold, other)
    elif a is not None and b is not None:
        yield from _both(a, b, gold, other)


def _alone(event: EventMention, side: Side, absent: Side) -> Iterator[Outcome]:
    """The values of an event that the other coder does not have."""

    def outcome(field: Field, value: Value) -> Outcome:
        return Outcome(
            field, value, None, False, False, event, event.id, None, lambda: because_missed(event.trigger, absent)
        )

    yield outcome("event", _type_value(event, side))
    yield outcome("type", _type_value(event, side))
    for field, value in _single_values(event, side).items():
        if value is not None:
            yield outcome(field, value)
    for participant in event.actors:
        yield outcome("actors", party_value(participant, event, side))
    for participant in event.recipients:
        yield outcome("recipients", party_value(participant, event, side))
    for count in event.counts:
        yield outcome(count.kind, _count_value(count, side))


def _both(a: EventMention, b: EventMention, gold: Side, other: Side) -> Iterator[Outcome]:
    """The values of an event that both coders have."""

    def outcome(field: Field, left: Value | None, right: Value | None, same: bool) -> Outcome:
        why = _whys(field, b, other)
        if left and not right:
            why = lambda: because_absent(field, left.evidence, b, other)  # noqa: E731
        return Outcome(field, left, right, same, True, a, a.id, b.id, why)

    yield outcome("event", _type_value(a, gold), _type_value(b, other), True)
    yield outcome("type", _type_value(a, gold), _type_value(b, other), same_type(a, b))
    same: dict[Field, bool] = {
        "mode": a.mode is not None and b.mode is not None and a.mode.casefold() == b.mode.casefold(),
        "trigger": same_words(a.trigger, b.trigger, gold.spans),
        "place": a.place is not None and b.place is not None and same_place(a.place, b.place, a, b, gold, other),
        "date": a.date is not None and b.date is not None and same_date(a.date, b.date, gold.spans),
        "modality": a.modality == b.modality,
        "historical": a.historical == b.historical,
        "according_to": _same_speaker(a, b, gold, other),
    }
    left, right = _single_values(a, gold), _single_values(b, other)
    for field in left:
        if field == "trigger" and left[field] is None:
            continue  # the gold says only in which sentence the event is told: any trigger there will do
        if left[field] or right[field]:
            yield outcome(field, left[field], right[field], same[field])
    yield from (outcome("actors", *v) for v in _parties(a.actors, b.actors, a, b, gold, other))
    yield from (outcome("recipients", *v) for v in _parties(a.recipients, b.recipients, a, b, gold, other))
    for kind in COUNT_KINDS:
        yield from (outcome(kind, *value) for value in _counts(kind, a, b, gold, other))


def _single_values(event: EventMention, side: Side) -> dict[Field, Value | None]:
    """The fields of which an event has one value at most."""
    told = speaker(event, side)
    coding = side.coding
    return {
        "mode": Value(event.mode, evidence(coding, event.trigger)) if event.mode else None,
        "trigger": _words_value(event.trigger, side) if points(event.trigger, event, coding.report.text) else None,
        "place": Value(place_words(event.place), evidence(coding, event.place)) if event.place else None,
        "date": Value(_date_words(event), evidence(coding, event.date)) if event.date else None,
        "modality": Value(event.modality, evidence(coding, event.trigger)),
        "historical": Value("historical", evidence(coding, event.trigger)) if event.historical else None,
        "according_to": told[1] if told else None,
    }


def _same_speaker(a: EventMention, b: EventMention, gold: Side, other: Side) -> bool:
    left, right = speaker(a, gold), speaker(b, other)
    return left is not None and right is not None and bool(likeness(left[0], right[0], gold.spans))


def _parties(
    one: Sequence[Participant],
    two: Sequence[Participant],
    a: EventMention,
    b: EventMention,
    gold: Side,
    other: Side,
) -> Iterator[tuple[Value | None, Value | None, bool]]:
    left = [party(p, a, gold) for p in one]
    right = [party(p, b, other) for p in two]
    alike = {(i, j): likeness(x, y, gold.spans) for i, x in enumerate(left) for j, y in enumerate(right)}
    pairs = most_pairs(((score,), i, j) for (i, j), score in alike.items() if score)
    yield from _matched(pairs, [party_value(p, a, gold) for p in one], [party_value(p, b, other) for p in two])


def _counts(
    kind: CountKind, a: EventMention, b: EventMention, gold: Side, other: Side
) -> Iterator[tuple[Value | None, Value | None, bool]]:
    left = [c for c in a.counts if c.kind == kind]
    right = [c for c in b.counts if c.kind == kind]
    pairs = most_pairs(
        ((1.0,), i, j) for i, x in enumerate(left) for j, y in enumerate(right) if same_count(x, y, gold.spans)
    )
    yield from _matched(pairs, [_count_value(c, gold) for c in left], [_count_value(c, other) for c in right])


def _matched(
    pairs: list[tuple[int, int]], left: Sequence[Value], right: Sequence[Value]
) -> Iterator[tuple[Value | None, Value | None, bool]]:
    """What is the same, then what is left over: side by side as far as it goes, since one stands for the other."""
    yield from ((left[i], right[j], True) for i, j in pairs)
    rest = [v for i, v in enumerate(left) if i not in {i for i, _ in pairs}]
    others = [v for j, v in enumerate(right) if j not in {j for _, j in pairs}]
    for n in range(max(len(rest), len(others))):
        yield rest[n] if n < len(rest) else None, others[n] if n < len(others) else None, False


def _attributions(gold: Side, other: Side) -> Iterator[Outcome]:
    left, right = spoken(gold.coding.attributions), spoken(other.coding.attributions)
    paired = dict(pair_attributions(left, right))
    for i, a in enumerate(left):
        yield from _attribution(a, right[paired[i]] if i in paired else None, gold, other)
    for j, b in enumerate(right):
        if j not in paired.values():
            yield from _attribution(None, b, gold, other)


def _attribution(a: Attribution | None, b: Attribution | None, gold: Side, other: Side) -> Iterator[Outcome]:
    source = bool(a and b and a.source and b.source and same_words(a.source, b.source, gold.spans))
    cue = bool(a and b and a.cue and b.cue and same_words(a.cue, b.cue, gold.spans))
    rows: tuple[tuple[Field, Span | None, Span | None, bool], ...] = (
        ("source", a.source if a else None, b.source if b else None, source),
        ("cue", a.cue if a else None, b.cue if b else None, cue),
        ("content", _whole(a), _whole(b), bool(a and b and _same_content(a, b, gold))),
    )
    for field, one, two, same in rows:
        if one or two:
            yield Outcome(
                field,
                _words_value(one, gold) if one else None,
                _words_value(two, other) if two else None,
                same,
                a is not None and b is not None,
                None,
                a.id if a else None,
                b.id if b else None,
                (lambda: because_attribution(b)) if b else (lambda: _missed_attribution(a, other)),
            )


def _missed_attribution(attribution: Attribution | None, other: Side) -> tuple[str, ...]:
    words = attribution and (attribution.cue or attribution.source or _whole(attribution))
    return because_missed(words, other) if words else ()


def _same_content(a: Attribution, b: Attribution, gold: Side) -> bool:
    if gold.spans == "exact":
        return [(s.start, s.end) for s in a.content] == [(s.start, s.end) for s in b.content]
    return jaccard(a.content, b.content) >= _HALF


def _whole(attribution: Attribution | None) -> Span | None:
    """The first part of the content stands for all of it where it is shown."""
    return attribution.content[0] if attribution and attribution.content else None


def _whys(field: Field, event: EventMention, side: Side) -> Callable[[], tuple[str, ...]]:
    return lambda: because_of(field, event, side)


def _type_value(event: EventMention, side: Side) -> Value:
    return Value(event.type, evidence(side.coding, event.trigger))


def _words_value(span: Span, side: Side) -> Value:
    return Value(span.quote, evidence(side.coding, span))


def _count_value(count: Count, side: Side) -> Value:
    return Value(count_words(count), evidence(side.coding, count))


def _date_words(event: EventMention) -> str:
    date = event.date
    return "" if date is None else f"{date.edtf} ({date_words(date)})" if date.edtf else date_words(date)
