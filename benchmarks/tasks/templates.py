"""Incident templates: the violent events of a coded report, those of one kind joined into one incident.

The reports are coded with ``codebooks/attacks.yaml``; anybody who codes with it gets what is read here. The reading is
the form's alone:

- An incident is an assault that is told as fact or as possible. A clash of armed sides, as the crosswalk to ACLED has
  it, is war and no incident there.
- Its kind is that of the event's mode: a bombing, a kidnapping, arson where property is destroyed by fire, else an
  attack.
- Whoever did it is a person where the crosswalk knows the words for people, else an organisation; whoever
  suffered it is a thing where it knows them for one, else a person. A slot has each name once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.tools import named
from dateline.codebook.crosswalk.sides import kind_of, side_of
from dateline.coder.machine import MachineCoder
from dateline.model import Coding, EventMention

if TYPE_CHECKING:
    from benchmarks.tools import Record, Tools

CODEBOOK = Path(__file__).resolve().parents[2] / "codebooks" / "attacks.yaml"
INPUTS = {"id": None, "published": None, "text": None}
KINDS = {"explosives": "BOMBING", "suicide-attack": "BOMBING", "abduct": "KIDNAPPING"}
"""The kind of incident that a mode of ASSAULT is; any other assault is an attack."""
PEOPLE = frozenset({"civilian", "crowd", "nonstate"})
"""Kinds of words that name people rather than a body."""


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The templates of each report."""
    kept = list(records)
    coder = MachineCoder.load(CODEBOOK)
    for record, coding in zip(kept, tools.codings(kept, coder), strict=True):
        yield {"id": record["id"], "templates": templates(coding) if coding else []}


def templates(coding: Coding) -> list[dict[str, Any]]:
    """One template for each kind of incident that the coding tells of, in the order of the report."""
    incidents: dict[str, list[EventMention]] = {}
    for event in coding.events:
        told = event.modality in {"asserted", "possible"} and not event.historical
        if event.type == "ASSAULT" and told and event.codes.acled != "Armed clash":
            incidents.setdefault(_kind(event), []).append(event)
    return [_template(coding, kind, events) for kind, events in incidents.items()]


def _kind(event: EventMention) -> str:
    if event.mode == "destroy" and "fire" in event.contexts:
        return "ARSON"
    return KINDS.get(event.mode or "", "ATTACK")


def _template(coding: Coding, kind: str, events: Sequence[EventMention]) -> dict[str, Any]:
    actors = _once(named(coding, actor).quote for event in events for actor in event.actors)
    recipients = _once(named(coding, recipient).quote for event in events for recipient in event.recipients)
    counted = {count.kind for event in events for count in event.counts}
    return {
        "incident_type": kind,
        "date": next((e.date.edtf for e in events if e.date and e.date.edtf), None),
        "location": _once(event.place.quote for event in events if event.place),
        "perp_individual": [words for words in actors if kind_of(words) in PEOPLE],
        "perp_org": [words for words in actors if kind_of(words) not in PEOPLE],
        "human_target": [words for words in recipients if not _is_thing(words)],
        "phys_target": [words for words in recipients if _is_thing(words)],
        "human_effect": ["DEATH"] * ("killed" in counted) + ["INJURY"] * ("injured" in counted),
    }


def _is_thing(words: str) -> bool:
    return side_of(words, acted_upon=True).kind == "thing"


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
