"""How fast mentions are linked, and whether that depends on how many there are: ``python benchmarks/linking_speed.py``.

The mentions are made up, by a seeded generator: towns of very unequal size, events of very unequal fame, copies,
reports without a day or a place, several events a report, the same common words everywhere. They come in day by day.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dateline.link.memory import MemoryShelf
from dateline.link.model import Figure, Mention, Where
from dateline.link.pairs.score import Scorer
from dateline.link.pairs.words import RAREST, rarities
from dateline.link.run import link
from dateline.link.shelf import Shelf

SEED = 7
FIRST_DAY = date(2024, 1, 1).toordinal()
EVENTS_A_DAY = 150
TOWNS = 3_000
TYPES = (
    *[("ASSAULT", 4)] * 6,
    *[("PROTEST", 4)] * 4,
    *[("COERCE", 4)] * 3,
    *[("ACCUSE", 3)] * 4,
    *[("CONSULT", 1)] * 3,
    *[("AID", 2)] * 2,
    ("SANCTION", 4),
    ("MOBILIZE", 4),
    ("RETREAT", 2),
    ("THREATEN", 3),
)
SIDES = (
    "police",
    "army",
    "protesters",
    "union",
    "government",
    "students",
    "rebels",
    "council",
    "ministry",
    "residents",
)


@dataclass(frozen=True, slots=True)
class Happening:
    """A made-up event, from which its reports are made."""

    number: int
    day: int
    where: Where
    type: str
    quad: int
    sides: tuple[str, str]
    killed: int
    words: tuple[str, ...]
    fame: int


def reports(number: int, seed: int = SEED) -> Iterator[list[Mention]]:
    """So many mentions or a few more, report by report, in order of publication; and to which event each belongs.

    A mention's id ends in the number of its event.
    """
    dice = random.Random(seed)
    towns = [_town(n, dice) for n in range(TOWNS)]
    size = [1 / (n + 1) ** 0.8 for n in range(TOWNS)]
    common = sorted(word for word, rarity in rarities().items() if rarity < 3)
    uncommon = sorted(word for word, rarity in rarities().items() if 3 <= rarity < RAREST)
    waiting: dict[int, list[list[Mention]]] = {}
    made = told = 0
    for day in range(FIRST_DAY, FIRST_DAY + 100_000):
        today = []
        for where in dice.choices(towns, size, k=EVENTS_A_DAY):
            today.append(_happening(told, day, where, uncommon, dice))
            told += 1
        for happening in today:
            for n in range(happening.fame):
                lag = min(int(dice.expovariate(0.8)), 120) if dice.random() < 0.9 else dice.randrange(120)
                aside = dice.sample(today, min(len(today), dice.choice((0, 0, 1, 1, 2, 3))))
                waiting.setdefault(day + lag, []).append(
                    _report(happening, n, day + lag, aside, common, uncommon, dice)
                )
        for report in sorted(waiting.pop(day, []), key=lambda found: found[0].id):
            yield report
            made += len(report)
            if made >= number:
                return


def _town(n: int, dice: random.Random) -> Where:
    division = n % 60
    lat, lon = 30 + division % 8 * 2 + dice.random(), -110 + division // 8 * 5 + dice.random()
    return Where("town", f"t{n}", f"division {division}", f"c{division // 20}", lat, lon)


def _happening(n: int, day: int, where: Where, uncommon: Sequence[str], dice: random.Random) -> Happening:
    kind, quad = dice.choice(TYPES)
    own = [f"name{dice.randrange(400_000)}" for _ in range(dice.randrange(2, 8))]
    return Happening(
        n,
        day,
        where,
        kind,
        quad,
        (dice.choice(SIDES), dice.choice(SIDES)),
        dice.choice((0, 0, 0, 1, 1, 2, 3, 7)),
        (f"place{where.town}", *own, *dice.sample(uncommon, 14)),
        min(60, int(dice.paretovariate(1.1))),
    )


def _report(
    about: Happening,
    n: int,
    published: int,
    aside: Sequence[Happening],
    common: Sequence[str],
    uncommon: Sequence[str],
    dice: random.Random,
) -> list[Mention]:
    """What one report tells: mostly the same words for a copy, more of its own otherwise."""
    copied = n > 0 and dice.random() < 0.3
    kept = 0.95 if copied else 0.55
    scene = {word for word in about.words if dice.random() < kept} | set(dice.sample(common, 30))
    scene |= set(dice.sample(uncommon, 2 if copied else 8))
    told = [about, *(other for other in aside if other is not about)]
    dated = {h.day for h in told if dice.random() < 0.6}
    id = f"r{published}-{about.number}-{n}"
    return [
        Mention(
            id=f"{id}#{happening.number}",
            report=id,
            original=id,
            published=published,
            type=happening.type,
            quad=happening.quad,
            modality="asserted",
            trigger=f"{happening.type.lower()} {happening.number % 5}",
            days=(happening.day, happening.day) if happening.day in dated else None,
            where=happening.where if dice.random() < 0.75 else None,
            actors=happening.sides[:1],
            recipients=happening.sides[1:],
            figures=(Figure("killed", happening.killed, happening.killed, happening.killed),)
            if happening.killed and dice.random() < 0.7
            else (),
            words=tuple(
                sorted({w for w in happening.words if dice.random() < 0.8 * kept} | set(dice.sample(common, 10)))
            ),
            scene=tuple(sorted(scene)),
            scene_days=tuple(sorted(dated)),
            scene_towns=tuple(sorted({str(h.where.town) for h in told})),
            subject=happening is about,
        )
        for happening in told
    ]


def by_day(found: Iterable[list[Mention]]) -> Iterator[list[Mention]]:
    """The mentions of each day's reports."""
    batch: list[Mention] = []
    for report in found:
        if batch and batch[-1].published != report[0].published:
            yield batch
            batch = []
        batch += report
    if batch:
        yield batch


def measure(number: int, steps: int = 10, shelf: Shelf | None = None) -> str:
    """A table: for each size of the store, seconds for a thousand mentions more, and what memory the process held.

    Seconds are of the processor, and linking uses one: what else the machine does then matters little.
    """
    shelf = shelf or MemoryShelf()
    scorer = Scorer()
    rows = ["| mentions | seconds a thousand | seconds in all | memory, MB |", "| ---: | ---: | ---: | ---: |"]
    done = since = 0
    spent = last = 0.0
    for batch in by_day(reports(number)):
        began = time.process_time()
        link(batch, shelf, scorer)
        spent += time.process_time() - began
        done += len(batch)
        if done - since >= number / steps or done >= number:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            rows.append(f"| {done:,} | {1000 * (spent - last) / (done - since):.2f} | {spent:.0f} | {memory:,} |")
            print(rows[-1], file=sys.stderr, flush=True)
            since, last = done, spent
    return "\n".join(rows)


def order(number: int) -> str:
    """What share of links another order of arrival changes, and how well the made-up events are found."""
    batches = list(by_day(reports(number)))
    everything = [mention for batch in batches for mention in batch]
    found = []
    for seed in (None, 1, 2):
        arriving = _by_report(everything)
        if seed is not None:
            random.Random(seed).shuffle(arriving)
        shelf, scorer = MemoryShelf(), Scorer()
        for n in range(0, len(arriving), 100):
            link([mention for report in arriving[n : n + 100] for mention in report], shelf, scorer)
        found.append(pairs(shelf.partition()))
    truth: dict[str, set[str]] = {}
    for mention in everything:
        truth.setdefault(mention.id.rpartition("#")[2], set()).add(mention.id)
    true = pairs(frozenset(map(frozenset, truth.values())))
    return "\n".join(
        [
            *(f"links changed by another order: {len(found[0] ^ other) / len(found[0]):.4f}" for other in found[1:]),
            f"links right: {len(found[0] & true) / len(found[0]):.4f}; found: {len(found[0] & true) / len(true):.4f}",
        ]
    )


def pairs(partition: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """All pairs of mentions that are in one event."""
    return {(a, b) for group in partition for a in group for b in group if a < b}


def _by_report(mentions: Iterable[Mention]) -> list[list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.report, []).append(replace(mention))
    return [found[report] for report in sorted(found)]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure how fast made-up mentions are linked.")
    parser.add_argument("--mentions", type=int, default=100_000)
    parser.add_argument("--order", type=int, default=10_000, help="mentions whose order of arrival is shuffled")
    given = parser.parse_args()
    print(measure(given.mentions))
    print(order(given.order))


if __name__ == "__main__":
    main()
