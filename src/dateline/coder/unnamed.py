"""A coding's parts without the names of private people: what is told of them stays, who they are does not.

Only what is read as the coder's own words is changed. Evidence, and all that is quoted from the report, keep its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dateline.coder.actors.neutral_names import Hidden
from dateline.lang.lexicon import words
from dateline.model import Because, Count, EventMention, LeftOut, Participant, Place, Report, Span

_AROUND_NAMES = words("names.around_names")
_MARKS = " \t\n,;:.()[]\"“”'‘’«»–—-"


class Unnamed:
    """Makes the parts of one report's coding without hidden names."""

    def __init__(self, report: Report, hidden: Hidden) -> None:
        self._report = report
        self._hidden = hidden
        self._spans = hidden.spans(report.text)

    def event(self, event: EventMention, private: frozenset[str]) -> EventMention:
        """The event without the names; ``private`` are the ids of the single people told by role."""
        if self._hidden.pattern is None:
            return event
        people = (*event.actors, *event.recipients)
        alone = any(p.actor in private or self._rest(p) != (p.start, p.end) for p in people)
        return replace(
            event,
            actors=tuple(map(self._participant, event.actors)),
            recipients=tuple(map(self._participant, event.recipients)),
            place=self.place(event.place, coarse=alone) if event.place is not None else None,
            counts=tuple(self._count(count, event.trigger) for count in event.counts),
            because=self.reasons(event.because),
        )

    def reasons(self, because: Iterable[Because]) -> tuple[Because, ...]:
        """The reasons without the names in the words that they matched."""
        return tuple(map(self._hidden.reason, because))

    def places(self, places: Iterable[Place]) -> tuple[Place, ...]:
        """The places but those that are a word of a name."""
        kept = (p for p in places if not any(a <= p.start and p.end <= b for a, b in self._spans))
        return tuple(map(self.place, kept))

    def place(self, place: Place, *, coarse: bool = False) -> Place:
        """The place without the names; ``coarse``: the town of a site, which could be where somebody lives."""
        if place.geonameid is not None and place.precision != "site":
            return replace(place, because=self.reasons(place.because))
        told = self._hidden.without(place.name)
        _, inside, town = place.name.rpartition(", ")
        if place.precision == "site" and inside and (coarse or told != place.name):
            return replace(place, name=town, precision="town", because=self.reasons(place.because))
        return replace(place, name=told, because=self.reasons(place.because))

    def left_out(self, items: Iterable[LeftOut]) -> Iterator[LeftOut]:
        """What was left out, without what is a name and no more."""
        for item in items:
            span = self._rest(item)
            if span is not None:
                yield (
                    item
                    if span == (item.start, item.end)
                    else replace(item, start=span[0], end=span[1], quote=self._report.text[slice(*span)])
                )

    def _participant(self, told: Participant) -> Participant:
        """Words that refer to nobody's actor are shown as they are: without the name that they hold."""
        span = self._rest(told) if told.actor is None else (told.start, told.end)
        if span is None or span == (told.start, told.end):
            return told
        return replace(told, start=span[0], end=span[1], quote=self._report.text[slice(*span)])

    def _count(self, count: Count, trigger: Span) -> Count:
        """The number in words without the name; one that is told by a name alone is told by the act."""
        span = self._rest(count) or (trigger.start, trigger.end)
        return replace(count, start=span[0], end=span[1], quote=self._report.text[slice(*span)])

    def _rest(self, span: Span) -> tuple[int, int] | None:
        """The longest part of the words without a hidden name; None where nothing is told by what is left."""
        inside = [s for s in self._spans if s[0] < span.end and span.start < s[1]]
        if not inside:
            return span.start, span.end
        cuts = [span.start, *(at for cut in inside for at in cut), span.end]
        parts = [
            self._trimmed(max(a, span.start), min(b, span.end)) for a, b in zip(cuts[::2], cuts[1::2], strict=True)
        ]
        told = [part for part in parts if part is not None]
        return max(told, key=lambda part: (part[1] - part[0], -part[0]), default=None)

    def _trimmed(self, start: int, end: int) -> tuple[int, int] | None:
        """A part without marks, "'s" and small words at its ends; None where nothing else is left."""
        text = self._report.text
        while start < end:
            told = text[start:end].split()
            if text[start] in _MARKS:
                start += 1
            elif text[end - 1] in _MARKS:
                end -= 1
            elif told[0].lower() in _AROUND_NAMES and len(told[0]) < end - start:
                start += len(told[0])
            elif told[-1].lower() in _AROUND_NAMES:
                end -= len(told[-1])
            else:
                return start, end
        return None
