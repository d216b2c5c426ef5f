"""Dealing reports out: who codes which, at random and to each as many, the same again for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from dateline.errors import ReviewError
from dateline.store.review.people import Person


def deal(reports: Sequence[int], people: Sequence[Person], *, each: int, seed: int) -> dict[int, tuple[Person, ...]]:
    """Who codes each report, given by its number: ``each`` of the people, drawn at random.

    Nobody gets more than one report more than anybody else. Reports and people may come in any order: what is dealt
    depends on which they are, and on the seed. Raises :class:`ReviewError` for fewer people than a report is to have.
    """
    if each < 1:
        raise ReviewError(f"a report goes to one person or more, not to {each}")
    if len({person.name for person in people}) < each:
        raise ReviewError(f"a report is to go to {each} people, and {len(people)} are chosen; choose more of them")
    random = Random(seed)  # no secret: who asks for the same again gets the same
    order = sorted(set(reports))
    random.shuffle(order)
    had = dict.fromkeys(sorted(people, key=lambda person: person.name), 0)
    dealt: dict[int, tuple[Person, ...]] = {}
    for report in order:
        # Those with least come first; among equals chance decides, so that the same two do not always code together.
        ranked = sorted(had, key=lambda person: (had[person], random.random()))
        dealt[report] = tuple(sorted(ranked[:each], key=lambda person: person.name))
        for person in dealt[report]:
            had[person] += 1
    return dict(sorted(dealt.items()))
