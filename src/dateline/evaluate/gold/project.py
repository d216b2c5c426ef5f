"""A project's own gold: what people accepted, corrected and added in it, against the machine's coding of those reports.

Rows that nobody has looked at yet are in neither: they are no errors, and no hits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from dateline.evaluate.calibration.cases import looked_at
from dateline.evaluate.model import FIELDS, Field
from dateline.export.words import reviewed
from dateline.model import Coding
from dateline.store.calibration.derive import Reviewed

NotReviewed = Literal["trigger", "source", "cue", "content"]
"""What a person who accepts a row says nothing of."""
COMPARED: tuple[Field, ...] = tuple(field for field in FIELDS if field not in get_args(NotReviewed))


@dataclass(frozen=True, slots=True)
class OwnGold:
    """The two codings of each report with a reviewed row; ``waiting`` rows of them nobody has looked at."""

    gold: tuple[Coding, ...]
    machine: tuple[Coding, ...]
    waiting: int


def own_gold(codings: Iterable[Reviewed]) -> OwnGold:
    """The reviewed rows of reports, beside those of the machine's that a person accepted, corrected or rejected."""
    gold, machine, waiting = [], [], 0
    for one in codings:
        decided = {looked.row.id for looked in looked_at(one.by_hand, one.machine)}
        said = tuple(event for event in one.by_hand.events if reviewed(event))
        waiting += sum(event.id not in decided for event in one.machine.events)
        if said or decided:
            gold.append(replace(one.by_hand, events=said, suggestions=()))
            events = tuple(event for event in one.machine.events if event.id in decided)
            machine.append(replace(one.machine, events=events))
    return OwnGold(tuple(gold), tuple(machine), waiting)
