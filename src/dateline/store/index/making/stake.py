"""How much depends on a row that nobody has looked at, and why: what people should look at first.

The weights are set by what a wrong value would do: a death that is told wrongly goes before all else, then what only
a party says, what coders differ on, and what the machine was unsure of.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2

from dateline.model import EventMention

_DEATHS, _INJURED, _PARTY, _DIFFER, _UNSURE, _PRIVATE, _FLAGGED, _HELP = 4.0, 1.0, 3.0, 3.0, 4.0, 2.5, 2.0, 3.0
_LOW = 0.7
"""The chance below which a row is unsure."""


@dataclass(frozen=True, slots=True)
class Around:
    """What else bears on a row: whether only parties to the event say so, whether coders differ on it, whether the
    project keeps private people by name and one takes part, and how its report stands.
    """

    party: bool = False
    differs: bool = False
    named: bool = False
    flagged: bool = False
    help_needed: bool = False


def stake(event: EventMention, around: Around) -> tuple[float, tuple[str, ...]]:
    """A number, 0 and more, and the reasons in words, the weightiest first."""
    found: list[tuple[float, str]] = []
    told = {"killed": 0, "injured": 0}
    for count in event.counts:
        best = next((n for n in (count.high, count.best, count.low) if n is not None), None)
        if best is not None and count.kind in told:
            told[count.kind] = max(told[count.kind], best)
        elif count.kind == "killed" and count.low is None:
            found.append((_DEATHS, "deaths without a number"))
    if told["killed"]:
        found.append((_DEATHS + log2(1 + told["killed"]), f"{told['killed']:,} killed"))
    if told["injured"]:
        found.append((_INJURED + log2(1 + told["injured"]) / 2, f"{told['injured']:,} injured"))
    if around.party:
        found.append((_PARTY, "only a party to the event says so"))
    if around.differs:
        found.append((_DIFFER, "coders differ"))
    chance = event.chance
    if chance is not None and chance < _LOW:
        # The most is to be learnt where the machine is as unsure as it can be.
        found.append((_UNSURE * (1 - abs(2 * chance - 1)), f"a chance of {chance:.2f}"))
    if around.named:
        found.append((_PRIVATE, "a private person may be named"))
    if around.flagged:
        found.append((_FLAGGED, "flagged"))
    if around.help_needed:
        found.append((_HELP, "help is needed"))
    found.sort(key=lambda one: -one[0])
    return round(sum(weight for weight, _ in found), 3), tuple(words for _, words in found)
