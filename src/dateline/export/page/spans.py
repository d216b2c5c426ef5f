"""The marks of a coding over its report's text, and the names by which the page's parts find each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.export.page.segments import Mark
from dateline.model import Coding


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids of one report's parts. They are numbered: ids of reports and events may hold anything."""

    report: str

    def event(self, n: int) -> str:
        """The card of the n-th event."""
        return f"{self.report}-e{n}"

    def trigger(self, n: int) -> str:
        """The words of the n-th event's trigger."""
        return f"{self.report}-w{n}"

    def evidence(self, n: int, m: int) -> str:
        """The words of the n-th event's m-th evidence."""
        return f"{self.report}-v{n}-{m}"

    def attribution(self, n: int) -> str:
        """The n-th attribution among those who speak."""
        return f"{self.report}-s{n}"

    def attribution_words(self, n: int) -> str:
        """The words of the n-th attribution."""
        return f"{self.report}-t{n}"

    def place(self, n: int) -> str:
        """The n-th place in the list of places found."""
        return f"{self.report}-p{n}"

    def place_words(self, n: int) -> str:
        """The words of the n-th place."""
        return f"{self.report}-q{n}"

    def date(self, n: int) -> str:
        """The n-th date in the list of dates found."""
        return f"{self.report}-d{n}"

    def date_words(self, n: int) -> str:
        """The words of the n-th date."""
        return f"{self.report}-h{n}"

    def left_out(self, n: int) -> str:
        """The words of the n-th candidate that was left out."""
        return f"{self.report}-x{n}"

    def suggestion(self, n: int) -> str:
        """The words of the n-th suggestion."""
        return f"{self.report}-u{n}"

    @staticmethod
    def attribution_numbers(coding: Coding) -> dict[str, int]:
        """The attributions that have words in the text, numbered from 1 in order; the publisher has none."""
        spoken = (a for a in coding.attributions if a.source or a.cue or a.content)
        return {attribution.id: n for n, attribution in enumerate(spoken, 1)}


def marks_of(coding: Coding, ids: Ids) -> list[Mark]:
    """Everything that the page highlights in one report."""
    return [*_event_marks(coding, ids), *_attribution_marks(coding, ids), *_found_marks(coding, ids)]


def _event_marks(coding: Coding, ids: Ids) -> Iterator[Mark]:
    for n, event in enumerate(coding.events, 1):
        card, name = f"#{ids.event(n)}", ids.event(n)
        yield Mark(event.trigger.start, event.trigger.end, "trigger", card, ids.trigger(n), name, str(n))
        for actor in event.actors:
            yield Mark(actor.start, actor.end, "actor", card, event=name)
        for recipient in event.recipients:
            yield Mark(recipient.start, recipient.end, "recipient", card, event=name)
        if event.place:
            yield Mark(event.place.start, event.place.end, "place", card, event=name)
        if event.date:
            yield Mark(event.date.start, event.date.end, "date", card, event=name)
        for count in event.counts:
            yield Mark(count.start, count.end, "count", card, event=name)
        for m, evidence in enumerate(event.evidence, 1):
            yield Mark(evidence.start, evidence.end, "evidence", None, ids.evidence(n, m), name)


def _attribution_marks(coding: Coding, ids: Ids) -> Iterator[Mark]:
    numbers = ids.attribution_numbers(coding)
    parents = {attribution.id: attribution.parent for attribution in coding.attributions}
    for attribution in coding.attributions:
        if attribution.id not in numbers:
            continue
        n = numbers[attribution.id]
        target = f"#{ids.attribution(n)}"
        depth, above, seen = 1, attribution.parent, {attribution.id}
        while above in numbers and above not in seen:
            seen.add(above)
            depth, above = depth + 1, parents[above]
        words = ids.attribution_words(n)
        for part, content in enumerate(attribution.content):
            first = part == 0
            yield Mark(
                *(content.start, content.end, "content"),
                id=words if first else None,
                label=f"S{n}" if first else f"S{n}, continued",
                depth=depth,
            )
        for kind, span in (("source", attribution.source), ("cue", attribution.cue)):
            if span:
                own = words if not attribution.content and (kind == "source" or not attribution.source) else None
                yield Mark(span.start, span.end, "source" if kind == "source" else "cue", target, own)


def _found_marks(coding: Coding, ids: Ids) -> Iterator[Mark]:
    for n, place in enumerate(coding.places, 1):
        yield Mark(place.start, place.end, "place", f"#{ids.place(n)}", ids.place_words(n))
    for n, date in enumerate(coding.dates, 1):
        yield Mark(date.start, date.end, "date", f"#{ids.date(n)}", ids.date_words(n))
    for n, item in enumerate(coding.left_out, 1):
        yield Mark(item.start, item.end, "left-out", None, ids.left_out(n))
    for n, row in enumerate(coding.suggestions, 1):
        yield Mark(row.trigger.start, row.trigger.end, "left-out", None, ids.suggestion(n))
