"""Tellings to rows: which are events, which tell the same one, and what each field of a row should be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.coder.judge import questions
from dateline.coder.judge.options import FIELDS, SILENT_AT_TIMES
from dateline.coder.judge.questions import DEEDS
from dateline.coder.triggers.denied import DENIED_BY_ANOTHER
from dateline.coder.triggers.governors import ASKED, NOT_DONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dateline.coder.encoder.trees import Trees
    from dateline.coder.events.model import Mention
    from dateline.coder.judge.case import Case
    from dateline.coder.judge.option import Option

    Floats = NDArray[np.float64]

LOOKED_AT = 0.12
"""The chance of being an event below which a telling is no row, and no part of one."""

SAME = 0.45
"""The mean chance of telling the same event from which on two groups of tellings are one row."""

_DENIED = frozenset({NOT_DONE.id, DENIED_BY_ANOTHER.id})

LEAST = 0.1
"""The chance below which a row is not even a suggestion."""

AS_GOOD = 0.5
"""The share of the likeliest's chance from which on what the rules read as an event is what a row is told by."""

SPREAD = 0.5
"""The chance of being told of one of several places that the rules read from which on each is one of the row's."""

A_LIST = 3
"""So many places that the rules read for one telling are a list, whatever the chance of each."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A field of a row: the values that are given, each with its chance, and the chance that this is right."""

    values: tuple[tuple[Any, float], ...]
    chance: float


@dataclass(frozen=True, slots=True)
class Row:
    """One event of the report: its tellings by number, the likeliest first, with its chance and its fields."""

    members: tuple[int, ...]
    chance: float | None
    """None where its type was never learned: then it is an event because the rules say so."""
    fields: Mapping[str, Chosen]


def judge(case: Case, trees: Mapping[str, Trees]) -> list[Row]:
    """The rows of a case, in the order of their first telling."""
    if not case.tellings:
        return []
    told = tellings(case, trees["telling"])
    same = sameness(case, told, trees["pair"])
    groups = grouped(case, told, same)
    learned = [case.learned(members[0]) for members in groups]
    asked = iter(trees["row"].chances(row_questions(case, groups, told, same, learned)).tolist())
    chances = [next(asked) if known else None for known in learned]
    kept = [(members, c) for members, c in zip(groups, chances, strict=True) if c is None or c >= LEAST]
    heads = [members for members, _ in kept]
    # Actors and recipients are chosen from the same parties, which are looked at once.
    options = {one: [one(case, members) for members in heads] for one in {field.options for field in FIELDS.values()}}
    chosen = {name: choose(name, case, heads, options[field.options], trees) for name, field in FIELDS.items()}
    return [
        Row(tuple(members), chance, {name: column[n] for name, column in chosen.items()})
        for n, (members, chance) in enumerate(kept)
    ]


def tellings(case: Case, trees: Trees) -> Floats:
    """The chance of each telling that it is an event of its type; 1 or 0, as the rules say, of one never learned."""
    told = np.array([float(not one.mention.against) for one in case.tellings])
    asked = [n for n in range(len(told)) if case.learned(n)]
    if asked:
        told[asked] = trees.chances([questions.telling(case, n) for n in asked])
    return told


def sameness(case: Case, told: Floats, trees: Trees) -> Floats:
    """The chance that two tellings tell the same event [tellings, tellings]; 0 where one is not looked at.

    It is 0 too for a learned type and one that was not: by what one of them is, the other cannot be judged.
    """
    kept = [n for n, chance in enumerate(told) if chance >= LOOKED_AT]
    pairs = [(a, b) for k, a in enumerate(kept) for b in kept[k + 1 :] if case.learned(a) == case.learned(b)]
    same = np.zeros((len(told), len(told)))
    if pairs:
        one, other = np.array(pairs).T
        same[one, other] = same[other, one] = trees.asked(questions.pairs(case, pairs, told.tolist()), len(pairs))
    return same


def grouped(case: Case, told: Floats, same: Floats) -> list[list[int]]:
    """The tellings that are looked at in groups of the same event, each with the one that it is told by first.

    The two groups that are most alike on the mean of their pairs are joined until none is alike enough (average
    linkage).
    """
    groups = [[n] for n, chance in enumerate(told) if chance >= LOOKED_AT]
    first = [group[0] for group in groups]
    means = same[np.ix_(first, first)]
    np.fill_diagonal(means, -1.0)
    while len(groups) > 1:
        a, b = divmod(int(means.argmax()), len(groups))
        if means[a, b] < SAME:
            break
        one, other = len(groups[a]), len(groups[b])
        means[a] = means[:, a] = (one * means[a] + other * means[b]) / (one + other)
        means[a, a] = -1.0
        groups[a] += groups.pop(b)
        means = np.delete(np.delete(means, b, 0), b, 1)
    ordered = [_ordered(case, group, told) for group in groups]
    return sorted(ordered, key=lambda group: min(case.tellings[n].at for n in group))


def _ordered(case: Case, group: Sequence[int], told: Floats) -> list[int]:
    """The likeliest first; but where the rules read an event in one that is hardly less likely, that one."""
    likely = sorted(group, key=lambda n: (-told[n], n))
    ruled = next((n for n in likely if not case.tellings[n].mention.against), None)
    if ruled is None or told[ruled] < told[likely[0]] * AS_GOOD:
        return likely
    return [ruled, *(n for n in likely if n != ruled)]


def row_questions(
    case: Case, groups: Sequence[Sequence[int]], told: Floats, same: Floats, asked: Sequence[bool] | None = None
) -> list[questions.Features]:
    """What is asked of each group as a row, or of those that are ``asked`` of."""
    chances = told.tolist()
    out = []
    for a, one in enumerate(groups):
        if asked is not None and not asked[a]:
            continue
        near = [
            questions.Near(*_mean_and_most(same, one, other), chances[other[0]] > chances[one[0]])
            for b, other in enumerate(groups)
            if b != a
        ]
        out.append(questions.row(case, one, chances, near))
    return out


def _mean_and_most(same: Floats, one: Sequence[int], other: Sequence[int]) -> tuple[float, float]:
    """The mean and the greatest chance that a telling of one group tells what one of another does."""
    if len(one) == len(other) == 1:  # as most are
        chance = float(same[one[0], other[0]])
        return chance, chance
    part = same[np.ix_(one, other)]
    return float(part.mean()), float(part.max())


def choose(
    name: str,
    case: Case,
    rows: Sequence[Sequence[int]],
    asked: Sequence[Sequence[Option]],
    trees: Mapping[str, Trees],
) -> list[Chosen]:
    """The values of a field of each row: the likeliest option, and those beside it, where they are likely enough.

    How likely it is that a field without a value has none to be told is a question of its own.
    """
    every = iter(trees[name].chances([option.features for options in asked for option in options]).tolist())
    chances = [[next(every) for _ in options] for options in asked]
    if name in SILENT_AT_TIMES:
        silent = trees[f"no {name}"].chances(
            [questions.nothing(case, m, c) for m, c in zip(rows, chances, strict=True)]
        )
    else:
        silent = np.ones(len(rows))
    return [
        _chosen(name, case, members, list(zip([o.value for o in options], sure, strict=True)), float(none))
        for members, options, sure, none in zip(rows, asked, chances, silent, strict=True)
    ]


def _listed(case: Case, members: Sequence[int]) -> set[tuple[str, str | None]]:
    """The places that the rules read for the head of a row, or for a telling of its type that has a list of them."""
    kind = case.tellings[members[0]].mention.type
    told = [
        {(p.place.name, p.place.country) for p in case.tellings[m].placed if p.place}
        for m in members
        if case.tellings[m].mention.type == kind
    ]
    return next((places for places in told if len(places) >= A_LIST), told[0])


def stands(mention: Mention) -> bool:
    """Whether the grammar has said how a telling is meant, and no chance says otherwise.

    What is demanded is told as a demand, and what is denied is not told as done: where the judge took it for asserted,
    hand codings have a demand there or no event. What is said ("denied the accusations") is left to the judge.
    """
    told = {because.id for because in mention.because if because.field == "modality"}
    return (ASKED.id in told and mention.type != "REQUEST") or (bool(told & _DENIED) and mention.type in DEEDS)


def _chosen(name: str, case: Case, members: Sequence[int], options: Sequence[tuple[Any, float]], none: float) -> Chosen:
    field = FIELDS[name]
    ranked = sorted(options, key=lambda option: -option[1])
    head = case.tellings[members[0]].mention
    if name == "modality" and stands(head):
        ranked = [option for option in ranked if option[0] == head.modality]
    if name == "place":
        spread = _listed(case, members)
        here = [(p, chance) for p, chance in ranked if (p.name, p.country) in spread]
        listed = len(here) >= A_LIST or (len(here) > 1 and sum(chance for _, chance in here) >= SPREAD)
        if listed:  # one event told of several towns
            return Chosen(tuple(sorted(here, key=lambda v: v[0].start)), min(1.0, float(np.sum([c for _, c in here]))))
    if name == "counts":  # right where every number is given that belongs to it, and none else
        given = tuple((v, chance) for v, chance in ranked if chance >= field.sure)
        return Chosen(given, float(np.prod([max(chance, 1 - chance) for _, chance in ranked])))
    if not ranked or ranked[0][1] < field.sure:
        return Chosen((), none)
    first = ranked[0]
    if (finer := field.finer) is not None:
        first = max((option for option in ranked if option[1] >= field.sure), key=lambda o: finer(o[0]))
    others = field.together(case, members, first[0]) if field.together else ()
    beside = [(v, chance) for v, chance in ranked if chance >= field.beside and v in others and v != first[0]]
    return Chosen((first, *beside), first[1])
