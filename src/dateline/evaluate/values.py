"""When the values that two coders give to one event are the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dateline.errors import EdtfError
from dateline.evaluate.model import Spans, Value
from dateline.evaluate.words import evidence, points, same_name, same_words
from dateline.export.words import country_name
from dateline.lang.dates.edtf import bounds
from dateline.model import Actor, Attribution, Coding, Count, Date, EventMention, Participant, Place, Span

UNNAMED_SOURCE = "a source that is not named"
"""What the CSV of codings says where a report credits somebody and does not say whom."""


@dataclass(frozen=True)
class Side:
    """One coder's coding of a report, with its actors and attributions by id."""

    coding: Coding
    spans: Spans

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """The actors by id."""
        return {actor.id: actor for actor in self.coding.actors}

    @cached_property
    def attributions(self) -> dict[str, Attribution]:
        """The attributions by id."""
        return {attribution.id: attribution for attribution in self.coding.attributions}


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in an event: the words that name them there (None: the coder points at none), and what they are called.

    ``mentions`` are other words of the report for the same actor.
    """

    words: Span | None
    names: tuple[str, ...]
    mentions: tuple[Span, ...]


def party(participant: Participant, event: EventMention, side: Side) -> Party:
    """An actor or recipient of an event."""
    actor = side.actors.get(participant.actor or "")
    own = participant if points(participant, event, side.coding.report.text) else None
    names = tuple(name for name in (actor.name if actor else "", own.quote if own else "") if name)
    return Party(own, names, actor.mentions if actor else ())


def party_value(participant: Participant, event: EventMention, side: Side) -> Value:
    """What an error shows of an actor or recipient: the report's words, else the name."""
    told = party(participant, event, side)
    words = told.words.quote if told.words else next(iter(told.names), participant.quote)
    return Value(words, evidence(side.coding, participant))


def speaker(event: EventMention, side: Side) -> tuple[Party, Value] | None:
    """The innermost speaker an event is credited to; None where it is the publisher's own word."""
    for name in reversed(event.attribution):
        attribution = side.attributions[name]
        source = attribution.source
        actor = side.actors.get(attribution.speaker or "")
        if not (source or attribution.cue or attribution.content):
            return None
        names = tuple(n for n in (actor.name if actor else "", source.quote if source else "") if n)
        words = source.quote if source else next(iter(names), UNNAMED_SOURCE)
        shown = source or attribution.cue or event.trigger
        return Party(source, names, actor.mentions if actor else ()), Value(words, evidence(side.coding, shown))
    return None


def likeness(a: Party, b: Party, spans: Spans) -> float:
    """How surely two coders mean the same party: 4 by the very words, 0 not at all.

    Words that overlap, one of the other coder's mentions of the same actor, or a name in common will do.
    """
    if a.words and b.words:
        if same_words(a.words, b.words, "exact"):
            return 4
        if same_words(a.words, b.words, spans):
            return 3
    if spans == "overlap" and (_among(a.words, b.mentions) or _among(b.words, a.mentions)):
        return 2
    # Who is named by a pronoun of the report has no name there to compare.
    if any(same_name(x, y, spans) for x in a.names for y in b.names):
        return 1
    return float(not a.names and not b.names and not a.words and not b.words)


def _among(words: Span | None, mentions: tuple[Span, ...]) -> bool:
    return words is not None and any(same_words(words, mention, "overlap") for mention in mentions)


def same_place(a: Place, b: Place, first: EventMention, second: EventMention, gold: Side, other: Side) -> bool:
    """Whether two places are one: by GeoNames id where both have one, else by country and by name or words."""
    if a.geonameid is not None and b.geonameid is not None:
        return a.geonameid == b.geonameid
    if a.country and b.country and _country(a.country) != _country(b.country):
        return False
    texts = gold.coding.report.text, other.coding.report.text
    pointed = points(a, first, texts[0]) and points(b, second, texts[1])
    if pointed and same_words(a, b, gold.spans):
        return True
    left = {a.name, a.name.split(",")[0]} | ({a.quote} if points(a, first, texts[0]) else set())
    right = {b.name, b.name.split(",")[0]} | ({b.quote} if points(b, second, texts[1]) else set())
    return any(same_name(x, y, "exact") for x in left for y in right)


def _country(code: str) -> str:
    return (country_name(code) or code).casefold()


def same_date(a: Date, b: Date, spans: Spans) -> bool:
    """Whether two dates are the same days; dates that neither coder could place are compared by their words."""
    if a.edtf is None or b.edtf is None:
        return a.edtf == b.edtf and same_words(a, b, spans)
    try:
        left, right = bounds(a.edtf), bounds(b.edtf)
    except EdtfError:
        return a.edtf == b.edtf
    return a.edtf == b.edtf if None in left or None in right else left == right


def same_count(a: Count, b: Count, spans: Spans) -> bool:
    """Whether two figures are the same, ``a`` being the gold's.

    ``overlap``: the best figures, or where one is not stated the lower, else the upper bound. ``exact``: also the
    bounds, where the gold states any. Two counts in words that state no number are compared by their words.
    """
    if leading(a) is None and leading(b) is None:
        return same_words(a, b, spans)
    if spans == "exact" and not (a.low is None and a.high is None):
        return (a.low, a.best, a.high) == (b.low, b.best, b.high)
    return leading(a) == leading(b)


def leading(count: Count) -> int | None:
    """The figure that stands for a count: its best, else its lower, else its upper bound; None is not 0."""
    return next((n for n in (count.best, count.low, count.high) if n is not None), None)


def same_participants(a: EventMention, b: EventMention, gold: Side, other: Side) -> bool:
    """Whether two events have an actor or a recipient in common."""
    return any(
        likeness(party(x, a, gold), party(y, b, other), gold.spans)
        for left, right in ((a.actors, b.actors), (a.recipients, b.recipients))
        for x in left
        for y in right
    )


def count_of_agreements(a: EventMention, b: EventMention, gold: Side, other: Side) -> int:
    """How many of participants, place, date and mode of two events agree: what decides between equal overlaps."""
    return sum(
        (
            same_participants(a, b, gold, other),
            a.place is not None and b.place is not None and same_place(a.place, b.place, a, b, gold, other),
            a.date is not None and b.date is not None and same_date(a.date, b.date, gold.spans),
            a.mode is not None and a.mode == b.mode,
        )
    )
