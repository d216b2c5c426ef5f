"""The ACLED-like sub-event type of a snippet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "text": None}

# Such a snippet is about one event, and names its company beside it: the march that was dispersed, the arrests after
# it, the clash that a bomb began. What says most of how it happened is what it is about.
TELLING = (
    *("Chemical weapon", "Suicide bomb", "Air/drone strike", "Grenade", "Remote explosive/landmine/IED"),
    *("Sexual violence", "Abduction/forced disappearance", "Excessive force against protesters"),
    *("Government regains territory", "Non-state actor overtakes territory", "Armed clash"),
    *("Shelling/artillery/missile attack", "Violent demonstration", "Mob violence", "Protest with intervention"),
    *("Attack", "Peaceful protest", "Disrupted weapons use", "Headquarters or base established"),
    *("Non-violent transfer of territory", "Agreement", "Arrests", "Looting/property destruction"),
    *("Change to group/activity", "Other"),
)


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The most telling sub-event of the snippet; null where none meets its conditions."""
    kept = list(records)
    for record, coding in zip(kept, tools.codings(kept), strict=True):
        news = [e for e in (coding.events if coding else ()) if not e.historical]
        told = [e.codes.acled for e in news if e.modality in {"asserted", "possible"}]
        yield {"id": record["id"], "label": next((name for name in TELLING if name in told), None)}
