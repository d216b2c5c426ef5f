"""What police did, sentence by sentence: KILL, ARREST, FORCE, FAIL and ANY_ACTION.

All labels are read off codings with a codebook of ours that adds to PLOVER what it has no type for: police work of any
kind, police named without a deed, what is said or done to police, and the failure to act. An act is the police's where
its actor is, or where nobody is named and the act is one that police do (an arrest, tear gas).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.tools import PRONOUNS
from dateline.codebook.crosswalk.sides import kind_of
from dateline.coder.machine import MachineCoder
from dateline.model import Coding, EventMention, Participant

if TYPE_CHECKING:
    from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "published": None, "text": None, "sentences": {"text": None, "start": None, "end": None}}
CODEBOOK = Path(__file__).resolve().parent.parent / "codebooks" / "police.yaml"
POLICE = frozenset(
    "police policeman policemen policewoman cop cops constable constables inspector sub-inspector sp ssp dsp dgp dig "
    "igp acp dcp psi sho crpf bsf raf rpf grp srp srpf pac itbp cisf jawan jawans paramilitary para-military "
    "superintendent sog stf patrol trooper troops army sleuth sleuths ips".split()
)
"""Words of a participant that make it the police, the paramilitary police of India among them."""
FORCES = frozenset("security armed special force forces personnel action".split())
NAMED = "named"
"""Told of a sentence that names police without a word for what they do."""
ADDRESSED = "addressed"
"""Told of a sentence in which something is said or done to police."""
NOT_DONE = frozenset({"hypothetical", "planned", "negated"})
UNNAMED = frozenset({"they", "he", "she", "we", "it", "who"})
BODIES = frozenset("sources source officers official officials spokesman force room headquarters".split())
RANKS = frozenset("commissioner superintendent inspector chief officer constable".split())
PARTY = frozenset("leader supremo mp mla legislator party candidate spokesperson".split())
"""Words of a participant that stand for a party, whose initials may be those of a rank."""
FATAL = frozenset("kill kills killed killing killings dead died die dies death deaths gunned".split())


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The labels of every sentence."""
    kept = list(records)
    coder = MachineCoder.load(CODEBOOK)
    for record, coding in zip(kept, coder.code_many(tools.report(record) for record in kept), strict=True):
        yield {"id": record["id"], "sentences": labels(coding, record["sentences"])}


def labels(coding: Coding, sentences: Sequence[Record]) -> list[list[str]]:
    """The labels of each sentence of a coded report."""
    police = _police(coding)
    found: list[set[str]] = [set() for _ in sentences]
    for event in coding.events:
        told = _labels(event, police)
        for n, sentence in enumerate(sentences):
            again = (span.start for span in event.evidence[1:])
            if any(sentence["start"] <= at < sentence["end"] for at in (event.trigger.start, *again)):
                found[n] |= told
    for attribution in coding.attributions:
        if attribution.source is None or attribution.source.quote.lower() in PRONOUNS:
            continue  # too often another's, where what is said tells nothing of police
        if attribution.speaker in police and attribution.cue is not None:
            for n, sentence in enumerate(sentences):
                if sentence["start"] <= attribution.cue.start < sentence["end"]:
                    found[n].add("ANY_ACTION")
    return [sorted(_settled(one)) for one in found]


def _police(coding: Coding) -> set[str]:
    """The actors that are police, and the speakers called as an officer was: "Mr Sample said", "the inspector said"."""
    police = {actor.id for actor in coding.actors if actor.sector == "COP"}
    names: set[str] = set()
    for said in coding.attributions:
        if said.source is None or said.speaker is None:
            continue
        words = _words(said.source.quote)
        if said.speaker in police or set(words) & POLICE:
            names |= set(words[-1:]) - POLICE - UNNAMED - BODIES
            names |= {f"the {word}" for word in words if word in RANKS}
        elif (len(words) <= 3 and set(words[-1:]) & names) or " ".join(words) in names:
            police.add(said.speaker)
    return police


def _words(quote: str) -> list[str]:
    return [word for word in (w.strip(".,()'\"") for w in quote.lower().split()) if word]


def _settled(told: set[str]) -> set[str]:
    """The labels of a sentence by what it tells of police.

    Police who are only named did something, unless it was said or done to them. Where the sentence tells that they
    failed to act, only a deed counts.
    """
    labels = told - {NAMED, ADDRESSED}
    if "FAIL" in told and not told & {"KILL", "ARREST", "FORCE"}:
        return {"FAIL"}
    return labels | {"ANY_ACTION"} if NAMED in told and ADDRESSED not in told else labels


def _labels(event: EventMention, police: set[str]) -> set[str]:
    by_police = any(_is_police(p, police) for p in event.actors)
    implied = by_police or all(p.actor is None or p.quote.lower() in UNNAMED for p in event.actors)
    if event.type == "INACTION" and event.modality not in NOT_DONE:
        about = {w.strip(".,()'\"") for w in event.evidence[0].quote.lower().split()}
        return {"FAIL"} if by_police or about & (POLICE | {"administration", "authorities"}) else set()
    if event.type == "POLICE_NAMED":
        return set() if event.modality in NOT_DONE else {NAMED}
    if event.type == "POLICE_ADDRESSED":
        return {ADDRESSED}
    if event.type == "PRISON":
        return set()
    if event.type == "DEED":
        return {"ANY_ACTION"} if by_police and event.modality in {"asserted", "historical"} else set()
    if event.modality in NOT_DONE:
        return {"ANY_ACTION"} if by_police else set()
    told: set[str] = set()
    if event.type == "COERCE" and event.mode == "arrest" and event.modality != "possible":
        # whoever arrests does the police's work, unless it is told that he is something else
        others = any(kind_of(p.quote) in {"nonstate", "crowd", "thing"} for p in event.actors)
        told |= set() if others and not by_police else {"ARREST"}
    if event.type == "ASSAULT" and (by_police or (implied and _police_means(event))):
        told.add("FORCE")
        if (
            any(c.kind == "killed" and c.best != 0 for c in event.counts)
            or set(event.trigger.quote.lower().split()) & FATAL
        ):
            told.add("KILL")
    if told or by_police or event.type == "POLICING":
        told.add("ANY_ACTION")
    return told


def _police_means(event: EventMention) -> bool:
    words = event.trigger.quote.lower()
    return event.mode == "crowd-control" or any(w in words for w in ("lathi", "baton", "cane", "police"))


def _is_police(participant: Participant, police: set[str]) -> bool:
    words = set(_words(participant.quote))
    if words & PARTY:
        return False
    return participant.actor in police or bool(words & POLICE) or len(words & FORCES) > 1
