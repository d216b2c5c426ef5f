"""Which event of a newer coding takes the place of one of an older coding of the same report.

What a person decided about an event mention was said of what the report tells, not of the coding that was looked at:
it holds of the mention that tells the same in the coding that counts now, and of none where none does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dateline.model import EventMention, Span

_HALF = 0.5


def heirs(old: Sequence[EventMention], new: Sequence[EventMention]) -> Mapping[str, str]:
    """The new event, by id, that takes the place of each old one; an old one without an heir is left out.

    An heir is told where the old event is told: their triggers are mostly the same words, or they have one type and
    places in the report that tell of both. Two old events have one heir where the newer coding tells them as one. Of
    what is told elsewhere, an event of the same type in the same sentences is the heir where it is the only one there
    and takes no other's place: then another word of the sentence was taken for the trigger.
    """
    found = {}
    for event in old:
        keys = [(key, -n) for n, other in enumerate(new) if (key := _told_alike(event, other)) is not None]
        if keys:
            found[event.id] = new[-max(keys)[1]].id
    free = [other for other in new if other.id not in set(found.values())]
    for event in old:
        if event.id not in found:
            near = [o.id for o in free if o.type == event.type and _shared(_sentences(event), _sentences(o))]
            rivals = [e for e in old if e.type == event.type and _shared(_sentences(event), _sentences(e))]
            if len(near) == 1 and all(e is event or e.id in found for e in rivals):
                found[event.id] = near[0]
    return found


def moved(old: Iterable[EventMention], text: str) -> tuple[EventMention, ...]:
    """The events of an older version of a report where a newer one, of this text, has their sentences.

    An event whose sentence the newer version lacks is left out.
    """
    found = []
    for event in old:
        sentence = _sentences(event)[0]
        at = text.find(sentence.quote)
        if at >= 0:
            way = at - sentence.start
            trigger = replace(event.trigger, start=event.trigger.start + way, end=event.trigger.end + way)
            evidence = tuple(replace(e, start=e.start + way, end=e.end + way) for e in event.evidence[:1])
            found.append(replace(event, trigger=trigger, evidence=evidence, tellings=()))
    return tuple(found)


def _told_alike(old: EventMention, new: EventMention) -> tuple[bool, bool, float, int] | None:
    """How surely two events are told in one place, to be compared; None where they are not."""
    words = 2 * _shared([old.trigger], [new.trigger]) / (len(old.trigger.quote) + len(new.trigger.quote))
    one_type = old.type == new.type
    places = _shared(_tellings(old), _tellings(new))
    if words >= _HALF or (one_type and places):
        return words >= _HALF, one_type, words, places
    return None


def _tellings(event: EventMention) -> Sequence[Span]:
    return event.tellings or (event.trigger,)


def _sentences(event: EventMention) -> Sequence[Span]:
    return event.evidence or (event.trigger,)


def _shared(some: Iterable[Span], others: Sequence[Span]) -> int:
    """Characters that lie in spans of both."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in some for b in others)
