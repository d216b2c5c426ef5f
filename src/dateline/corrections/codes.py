"""The codes of other schemes for an event that a person corrected, by the project's codebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.codebook.crosswalk.apply import MentionFacts, codes
from dateline.codebook.crosswalk.precision import with_precision
from dateline.codebook.model import Codebook
from dateline.model import Coding, EventMention, Participant


def recoded(coding: Coding, was: EventMention, event: EventMention, codebook: Codebook) -> EventMention:
    """The event with the codes that its values have now; the other events of the coding say what happened beside it.

    Its CAMEO code, which the word that names it can tell more exactly, stays where type and mode stay.
    """
    near = [other for other in coding.events if other.id != event.id and _beside(other, event)]
    facts = replace(_facts(coding, event), same_place=tuple(_facts(coding, other) for other in near))
    found, why = codes(facts, codebook)
    if (was.type, was.mode) == (event.type, event.mode):
        found = replace(found, cameo=was.codes.cameo, quad=was.codes.quad)
    kept = tuple(because for because in event.because if because.field != why.field)
    return replace(event, codes=with_precision(found, event.place, event.date), because=(*kept, why))


def _facts(coding: Coding, event: EventMention) -> MentionFacts:
    evidence = event.evidence[0] if event.evidence else event.trigger
    return MentionFacts(
        type=event.type,
        mode=event.mode,
        contexts=event.contexts,
        actor_sectors=_sectors(coding, event.actors),
        recipient_sectors=_sectors(coding, event.recipients),
        counts=event.counts,
        actors=_words(coding, event.actors),
        recipients=_words(coding, event.recipients),
        sentence=evidence.quote,
        trigger=event.trigger.quote,
        modality=event.modality,
    )


def _sectors(coding: Coding, people: Sequence[Participant]) -> tuple[str, ...]:
    by_id = {actor.id: actor.sector or "" for actor in coding.actors}
    return tuple(by_id.get(person.actor or "", "") for person in people)


def _words(coding: Coding, people: Sequence[Participant]) -> tuple[str, ...]:
    """What each is called: conditions look at nouns, and a name that the report does not have has no words there."""
    by_id = {actor.id: actor.name for actor in coding.actors}
    return tuple(by_id.get(person.actor or "", person.quote) for person in people)


def _beside(one: EventMention, other: EventMention) -> bool:
    """Whether two are told as having happened at one place on one day, as far as the report says."""
    if one.modality != "asserted" or one.historical:
        return False
    where = [event.place.name if event.place else None for event in (one, other)]
    when = [event.date.edtf if event.date else None for event in (one, other)]
    sentences = [event.evidence[0].start if event.evidence else event.trigger.start for event in (one, other)]
    if sentences[0] == sentences[1]:
        return all(a == b or a is None or b is None for a, b in (where, when))
    return where[0] == where[1] and when[0] == when[1]
