"""Incident templates: the coded report's violent events, one template for each kind of incident it tells of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dateline.coder.agents import agent_nouns
from dateline.model import Coding, EventMention

if TYPE_CHECKING:
    from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "published": None, "text": None}
INCIDENTS = {
    **{"explosives": "BOMBING", "suicide-attack": "BOMBING", "aerial": "ATTACK", "abduct": "KIDNAPPING"},
    **{"firearms": "ATTACK", "heavy-weapons": "ATTACK", "targeted": "ATTACK", "primitive": "ATTACK"},
}
"""The kind of incident that a mode of ASSAULT is; any other assault is an attack."""
THINGS = frozenset(
    "bridge building bus car church embassy facility facilities headquarters home homes house houses installations "
    "line office offices pipeline plant pole post residence station store tower train truck vehicle vehicles".split()
)


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The templates of each report."""
    kept = list(records)
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        yield {"id": record["id"], "templates": list(_templates(coding)) if coding else []}


def _templates(coding: Coding) -> Iterator[dict[str, Any]]:
    by_kind: dict[str, list[EventMention]] = {}
    for event in coding.events:
        if event.type == "ASSAULT" and event.modality in {"asserted", "possible"}:
            by_kind.setdefault(INCIDENTS.get(event.mode or "", "ATTACK"), []).append(event)
    for kind, events in by_kind.items():
        yield _template(kind, events)


def _template(kind: str, events: Sequence[EventMention]) -> dict[str, Any]:
    actors = [a.quote for e in events for a in e.actors]
    recipients = [r.quote for e in events for r in e.recipients]
    things = [r for r in recipients if r.split()[-1].lower() in THINGS]
    orgs = [a for a in actors if a.split()[-1].lower().rstrip("s") not in agent_nouns()]
    date = next((e.date.edtf for e in events if e.date and e.date.edtf), None)
    kinds = {c.kind for e in events for c in e.counts}
    return {
        "incident_type": kind,
        "date": date,
        "location": list(dict.fromkeys(e.place.quote for e in events if e.place))[:2],
        "perp_individual": list(dict.fromkeys(a for a in actors if a not in orgs))[:1],
        "perp_org": list(dict.fromkeys(orgs))[:1],
        "human_target": list(dict.fromkeys(r for r in recipients if r not in things))[:2],
        "phys_target": list(dict.fromkeys(things))[:2],
        "human_effect": ["DEATH"] * ("killed" in kinds) + ["INJURY"] * ("injured" in kinds),
    }
