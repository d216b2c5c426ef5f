"""Made-up mentions of made-up events, report by report, for what must hold of linking whatever comes in."""

from __future__ import annotations

import random
from datetime import date

from dateline.link.model import Figure, Mention, Where

FIRST_DAY = date(2024, 1, 1).toordinal()
EVENTS_A_DAY = 12
TYPES = (("ASSAULT", 4), ("PROTEST", 4), ("COERCE", 4), ("ACCUSE", 3), ("CONSULT", 1), ("AID", 2))
SIDES = ("police", "army", "protesters", "union", "government", "students", "residents")


def made_reports(days: int, seed: int = 7) -> list[list[Mention]]:
    """The reports of so many days; a mention's id ends in the number of its event.

    Some reports are copies, some do not tell the day or the town, and most tell of another event of the day as well.
    """
    dice = random.Random(seed)
    towns = [Where("town", f"t{n}", f"d{n % 9}", f"c{n % 3}", 30 + n % 8 * 2.0, -110 + n * 3.0) for n in range(40)]
    reports = []
    for on in range(FIRST_DAY, FIRST_DAY + days):
        today = [_event(dice, on, n, dice.choice(towns)) for n in range(EVENTS_A_DAY)]
        for event in today:
            for n in range(min(8, int(dice.paretovariate(1.2)))):
                aside = [other for other in dice.sample(today, dice.randrange(3)) if other is not event]
                reports.append(_report(dice, f"r{event.id}-{n}", (event, *aside), copied=n > 0 and dice.random() < 0.3))
    return reports


def _event(dice: random.Random, on: int, n: int, where: Where) -> Mention:
    """An event as a report would tell it that tells everything."""
    kind, quad = dice.choice(TYPES)
    killed = dice.choice((0, 0, 1, 2, 3, 7))
    words = (f"place{where.town}", *(f"name{dice.randrange(400_000)}" for _ in range(14)))
    return Mention(
        id=str(100 * (on - FIRST_DAY) + n),
        report="",
        original="",
        published=on + dice.randrange(3),
        type=kind,
        quad=quad,
        modality="asserted",
        trigger=f"{kind.lower()} {n % 5}",
        days=(on, on),
        where=where,
        actors=(dice.choice(SIDES),),
        recipients=(dice.choice(SIDES),),
        figures=(Figure("killed", killed, killed, killed),) if killed else (),
        words=words,
        subject=True,
    )


def _report(dice: random.Random, id: str, told: tuple[Mention, ...], *, copied: bool) -> list[Mention]:
    """What one report tells: mostly the same words for a copy, more of its own otherwise."""
    about = told[0]
    scene = {word for word in about.words if dice.random() < (0.95 if copied else 0.7)}
    scene |= {f"own{dice.randrange(400_000)}" for _ in range(1 if copied else 5)}
    found = []
    for event in told:
        dated, placed = dice.random() < 0.6, dice.random() < 0.75
        words = {word for word in event.words if dice.random() < 0.7}
        found.append(
            Mention(
                id=f"{id}#{event.id}",
                report=id,
                original=id,
                published=about.published,
                type=event.type,
                quad=event.quad,
                modality=event.modality,
                trigger=event.trigger,
                days=event.days if dated else None,
                where=event.where if placed else None,
                actors=event.actors,
                recipients=event.recipients,
                figures=event.figures,
                words=tuple(sorted(words)),
                scene=tuple(sorted(scene)),
                scene_days=tuple(sorted({e.days[0] for e in told if e.days})),
                scene_towns=tuple(sorted({str(e.where.town) for e in told if e.where})),
                subject=event is about,
            )
        )
    return found
