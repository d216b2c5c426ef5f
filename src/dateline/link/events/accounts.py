"""Accounts: event mentions with what people want to read of them, and whether who speaks is a party to the event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.link.model import Account, Source, Voice
from dateline.model import Actor, Attribution, Coding, EventMention, Participant

OF_A_PARTY = frozenset({"party", "organiser", "opponent"})
"""Interests of a publisher that make its word that of a party."""
STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
"""Sectors of the organs of one state: where one of them acts, the word of another is no outsider's."""


def accounts(coding: Coding, source: Source, original: str | None = None) -> tuple[Account, ...]:
    """The accounts of a coding, one for each event mention, in order. ``original``: the report that this one copies."""
    actors = {actor.id: actor for actor in coding.actors}
    attributions = {attribution.id: attribution for attribution in coding.attributions}
    return tuple(_account(coding, event, source, original, actors, attributions) for event in coding.events)


def _account(
    coding: Coding,
    event: EventMention,
    source: Source,
    original: str | None,
    actors: Mapping[str, Actor],
    attributions: Mapping[str, Attribution],
) -> Account:
    parties = [actors[p.actor] for p in (*event.actors, *event.recipients) if p.actor is not None]

    def voice(chain: Sequence[str]) -> Voice:
        said = [attributions[a] for a in chain if attributions[a].source is not None]
        # Who is quoted last in the chain is who claims to know; the others pass the claim on.
        speaker = actors.get(said[-1].speaker or "") if said else None
        names = tuple(_name(attribution, actors) for attribution in said)
        return Voice(names, source.interest in OF_A_PARTY if speaker is None else _is_party(speaker, parties))

    return Account(
        id=f"{coding.report.id}#{event.id}",
        coding=coding,
        event=event,
        source=source,
        original=original or coding.report.id,
        voice=voice(event.attribution),
        actors=_names(event.actors, actors),
        recipients=_names(event.recipients, actors),
        figures=tuple((count, voice(count.attribution)) for count in event.counts),
    )


def _is_party(speaker: Actor, parties: Sequence[Actor]) -> bool:
    return any(
        speaker.id == party.id
        or speaker.name == party.name
        or (
            speaker.country is not None and speaker.country == party.country and {speaker.sector, party.sector} <= STATE
        )
        for party in parties
    )


def _name(attribution: Attribution, actors: Mapping[str, Actor]) -> str:
    speaker = actors.get(attribution.speaker or "")
    if speaker is not None:
        return speaker.name
    assert attribution.source is not None
    return attribution.source.quote


def _names(participants: Sequence[Participant], actors: Mapping[str, Actor]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for participant in participants:
        actor = actors.get(participant.actor or "")
        found.setdefault(participant.quote if actor is None else actor.name)
    return tuple(found)
