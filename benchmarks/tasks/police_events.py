"""What police did, sentence by sentence: KILL, ARREST, FORCE, FAIL and ANY_ACTION.

The labels are read off codings with ``codebooks/police.yaml``; anybody who codes with it gets what is read here. The
reading is the form's alone:

- An event is the police's where an actor of it has the sector COP. Where it has no actor that the coder knows, an
  arrest and the control of a crowd are the police's too: the form has them so.
- An asserted, possible or past event of theirs is ANY_ACTION, and so is what they say. ASSAULT is FORCE; it is KILL as
  well where people died of it by its counts or its context. COERCE by arrest is ARREST whoever arrests, unless armed
  groups or crowds do. INACTION is FAIL where it is theirs or the sentence names them.
- The form asks for any action, be it told as planned or denied. It takes police who are only named as acting, unless
  something is said or done to them, and a failure to act as no action.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.codebook.crosswalk.sides import kind_of
from dateline.coder.machine import MachineCoder
from dateline.model import Coding, EventMention

if TYPE_CHECKING:
    from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "published": None, "text": None, "sentences": {"text": None, "start": None, "end": None}}
CODEBOOK = Path(__file__).resolve().parents[2] / "codebooks" / "police.yaml"
ANY, NAMED, ADDRESSED = "ANY_ACTION", "named", "addressed"
"""The label of any deed, and what is told of a sentence that only names police, or tells what was done to them."""
LABELS_OF_FORCE = {"KILL", "ARREST", "FORCE"}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The labels of every sentence."""
    kept = list(records)
    coder = MachineCoder.load(CODEBOOK)
    for record, coding in zip(kept, tools.codings(kept, coder), strict=True):
        yield {"id": record["id"], "sentences": labels(coding, record["sentences"]) if coding else []}


def labels(coding: Coding, sentences: Sequence[Record]) -> list[list[str]]:
    """The labels of each sentence of a coded report."""
    police = {actor.id for actor in coding.actors if actor.sector == "COP"}
    told = [
        (at, _labels(event, police))
        for event in coding.events
        for at in (event.trigger.start, *(again.start for again in event.evidence[1:]))
    ]
    told += [(said.cue.start, {ANY}) for said in coding.attributions if said.cue and said.speaker in police]
    return [
        sorted(_settled({label for at, found in told if sentence["start"] <= at < sentence["end"] for label in found}))
        for sentence in sentences
    ]


def _settled(told: set[str]) -> set[str]:
    """The labels of a sentence by all that it tells of police."""
    if "FAIL" in told and not told & LABELS_OF_FORCE:
        return {"FAIL"}
    return told - {NAMED, ADDRESSED} | ({ANY} if NAMED in told and ADDRESSED not in told else set())


def _labels(event: EventMention, police: set[str]) -> set[str]:
    """What an event tells of police."""
    theirs = any(participant.actor in police for participant in event.actors)
    if event.modality in {"planned", "negated", "hypothetical"}:
        return {ANY} if theirs else set()
    match event.type:
        case "POLICE_NAMED":
            return {NAMED}
        case "POLICE_ADDRESSED":
            return {ADDRESSED}
        case "PRISON":
            return set()
        case "INACTION":
            return {"FAIL"} if theirs or "police" in event.contexts else set()
        case "POLICING":
            return {ANY}
        case "COERCE" if event.mode == "arrest":
            return set() if not theirs and _by_others(event) else {"ARREST", ANY}
        case "ASSAULT" if theirs or (event.mode == "crowd-control" and not any(p.actor for p in event.actors)):
            killed = any(count.kind == "killed" and count.best != 0 for count in event.counts)
            return {"FORCE", ANY} | ({"KILL"} if killed or "deaths" in event.contexts else set())
    return {ANY} if theirs else set()


def _by_others(event: EventMention) -> bool:
    """Whether the words for an actor are those for an armed group, a crowd or a thing."""
    return any(kind_of(participant.quote) in {"nonstate", "crowd", "thing"} for participant in event.actors)
