"""Whether pairs that differ in sides, nations, names or loaded words alone are coded alike.

``python benchmarks/swap.py [PAIRS]`` prints the share of pairs that are coded differently, and each of them.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.swap_grammar import Filled, Pair, pairs
from dateline.intake import read_text
from dateline.model import Chances

if TYPE_CHECKING:
    from dateline.coder.machine import MachineCoder
    from dateline.model import Actor, Attribution, Coding, EventMention, Participant, Span

NUMBER = 2_000
FRAME = (
    " The square lies in the middle of the town. Its shops open at nine. The road to the coast is forty kilometres "
    "long. Buses run every hour. The weather was dry."
)
"""What stands behind a sentence so that it is judged as a report: nothing of it is an event."""
ALIKE = 0.1
"""Chances that differ by more are different."""
_AFTER = re.compile(r" in | for | \(")
_NO_SIDES = frozenset({"place", "day", "n"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A pair that is coded in two ways: what only the one text has, and what only the other has."""

    pair: Pair
    plain: tuple[str, ...]
    variant: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"{self.pair.kind}", f"    {self.pair.plain.text}", *(f"        {code}" for code in self.plain)]
        return "\n".join([*lines, f"    {self.pair.variant.text}", *(f"        {code}" for code in self.variant)])


def differences(found: Sequence[Pair], coder: MachineCoder, frame: str = "") -> Iterator[Difference]:
    """The pairs that are coded differently, each with a frame behind it; each text is coded once."""
    texts = list(dict.fromkeys(filled.text for pair in found for filled in (pair.plain, pair.variant)))
    codings = dict(zip(texts, coder.code_many(read_text(text + frame, language="en") for text in texts), strict=True))
    for pair in found:
        told = [_codes(filled, codings[filled.text], pair.kind) for filled in (pair.plain, pair.variant)]
        if told[0] != told[1]:
            yield Difference(pair, _without(told[0], told[1]), _without(told[1], told[0]))
            continue
        sure = [_chances(codings[filled.text]) for filled in (pair.plain, pair.variant)]
        if any(abs(a - b) > ALIKE for one, other in zip(*sure, strict=True) for a, b in zip(one, other, strict=True)):
            yield Difference(pair, *(tuple(map(str, row)) for row in sure))


def _chances(coding: Coding) -> list[list[float]]:
    """The chances of each event and of its fields; 0 where nothing was judged."""
    named = [field.name for field in fields(Chances)]
    return [[e.chance or 0.0, *(getattr(e.chances, name) or 0.0 for name in named)] for e in coding.events]


def _without(codes: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple((Counter(codes) - Counter(others)).elements())


def _codes(filled: Filled, coding: Coding, kind: str) -> list[str]:
    """Everything of a coding that must not depend on who the sides are; who they are is told by their slots."""
    actors = {actor.id: actor for actor in coding.actors}
    places = {attribution.id: n for n, attribution in enumerate(coding.attributions)}
    # a body's sector goes with its name, and a trade's with the noun
    named = kind not in {"sides exchanged", "other civilians"}
    return [
        *(_event(event, filled, actors, places, named) for event in coding.events),
        *(_attribution(attribution, filled, places) for attribution in coding.attributions[1:]),
    ]


def _event(event: EventMention, filled: Filled, actors: dict[str, Actor], places: dict[str, int], named: bool) -> str:
    codes = event.codes
    counts = [f"{c.kind} {c.low}-{c.best}-{c.high}" for c in event.counts]
    earlier = ", historical" if event.historical else ""
    parts = (
        f"{event.type}/{event.mode or '-'} {event.modality}{earlier} {codes.cameo}/{codes.acled}/{codes.quad}",
        f"by {_roles(event.actors, filled, actors, named)} to {_roles(event.recipients, filled, actors, named)}",
        f"counts {', '.join(counts) or '-'}",
        f"told by {[places[name] for name in event.attribution]}",
    )
    return "; ".join(parts)


def _roles(people: Iterable[Participant], filled: Filled, actors: dict[str, Actor], named: bool) -> str:
    told = []
    for person in people:
        slot = _slot(person, filled)
        sector = actors[person.actor].sector if person.actor else None
        told.append(f"{slot} ({sector if named or slot not in 'ABCD' else 'its own'})")
    return " and ".join(told) or "-"


def _attribution(attribution: Attribution, filled: Filled, places: dict[str, int]) -> str:
    source = _slot(attribution.source, filled) if attribution.source else "-"
    return f"{attribution.kind} by {source} inside {places.get(attribution.parent or '')}"


def _slot(span: Span, filled: Filled) -> str:
    """The slot that the words came from, or the words themselves where they are the frame's own."""
    held = [n for n, start, end in filled.slots if start < span.end and span.start < end and n not in _NO_SIDES]
    return held[0] if held else _AFTER.split(span.quote.lower())[0]


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("pairs", nargs="?", type=int, default=NUMBER, metavar="PAIRS", help="how many")
    parser.add_argument("--judged", action="store_true", help="each as a report of some sentences, which is judged")
    given = parser.parse_args()
    number = given.pairs
    from dateline.api import machine_coder

    made = list(pairs(number))
    found = list(differences(made, machine_coder(), FRAME if given.judged else ""))
    for difference in found:
        print(difference)
    kinds = Counter(pair.kind for pair in made)
    differing = Counter(difference.pair.kind for difference in found)
    for kind, count in kinds.items():
        print(f"{kind}: {differing[kind]} of {count} differ")
    print(f"all: {len(found)} of {number} differ ({len(found) / number:.2%})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
