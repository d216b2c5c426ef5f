"""What a newer coding of the machine has that a person's lacks: suggested again, and never put in unasked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dateline.corrections.steps import differences
from dateline.evaluate.pair import pair_events
from dateline.evaluate.values import Side
from dateline.export.words import reviewed
from dateline.model import Coding, EventMention
from dateline.review.deciding.carrying import carried, free, row_of
from dateline.review.deciding.holding import held_at, made_of, number_of, own_numbers
from dateline.review.workspace import Workspace
from dateline.store.kept.corrections import Change, Held
from dateline.store.review.acts import Act, acts_of
from dateline.store.review.people import Person

AGAIN = "@"
"""Stands between the id of a row and the number of the newer coding that suggests it."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A row of a newer coding. ``row`` is what decisions call it; ``coding`` is the newer one, in which it stands.

    ``instead`` is the row that it is a newer version of, of which nobody has decided yet: accepting it puts its values
    there. None: the coding has no such row.
    """

    row: str
    event: EventMention
    coding: Held
    instead: str | None
    changes: tuple[Change, ...] = ()


def resuggested(workspace: Workspace, report: str, person: Person) -> tuple[Suggested, ...]:
    """What the machine's newest coding of a report has that the coding in which the person works lacks.

    Rows that a person has rejected, or merged into others, are not suggested again, nor are other values for rows of
    which somebody has decided. Nothing where no person has decided anything of the report.
    """
    with workspace.project.database.reading() as db:
        number = number_of(db, report)
        made = made_of(db, number)
        own = own_numbers(db, number, person, made)
        machine = [one.number for one in made if not one.by_hand]
        seen = [coding for coding in machine if own and coding < own[0]]
        if not seen or machine[-1] == seen[-1]:
            return ()
        now, newest = held_at(db, own[-1]), held_at(db, machine[-1])
        acts = tuple(_in_force(act for act in acts_of(db, number) if act.after in own))
        there = {n: held_at(db, n).coding for n in (seen[-1], *_to_read(acts))}
    decided = {name for act in acts for name in act.rows}
    known = _all(now.coding, there[seen[-1]], acts, there)
    pairs = paired(known, newest.coding)
    found = []
    for event in newest.coding.rows:
        row = f"{event.id}{AGAIN}{newest.number}"
        of = pairs.get(event.id)
        mine = None if of is None else row_of(now.coding, of)
        if row in decided or (of is not None and (mine is None or reviewed(mine) is not None)):
            continue
        changes = () if mine is None else tuple(differences(now.coding, mine, newest.coding, event))
        if mine is None or changes:
            found.append(Suggested(row, event, newest, of, changes))
    return tuple(found)


def parted(row: str) -> tuple[str, int | None]:
    """The id of a row that is suggested again and the coding which suggests it; None for a row of the coding itself."""
    name, sign, number = row.rpartition(AGAIN)
    return (name, int(number)) if sign and number.isascii() and number.isdigit() else (row, None)


def paired(coding: Coding, newer: Coding) -> dict[str, str]:
    """For each row of a newer coding that is one of this one, by their ids, which."""
    one, other = (replace(c, events=c.rows, suggestions=()) for c in (coding, newer))
    pairs = pair_events(Side(one, "overlap"), Side(other, "overlap"))
    return {other.events[j].id: one.events[i].id for i, j in pairs}


def _in_force(acts: Iterable[Act]) -> Iterator[Act]:
    """The acts that were not undone, or were done again: what was taken and put back is suggested as before."""
    every = tuple(acts)
    last = {act.of: act.verb for act in every if act.of is not None}
    return (act for act in every if act.of is None and last.get(act.number) != "undo")


def _to_read(acts: tuple[Act, ...]) -> set[int]:
    """The codings that have the rows which acts took away, or which were suggested again."""
    again = {number for act in acts for _, number in map(parted, act.rows) if number is not None}
    return again | {act.before for act in acts if act.before is not None}


def _all(now: Coding, seen: Coding, acts: tuple[Act, ...], there: dict[int, Coding]) -> Coding:
    """The coding with all rows that were ever in it or were rejected of newer ones, whatever became of them."""
    whole = now
    gone: list[tuple[str, Coding]] = [(row.id, seen) for row in seen.rows]
    for act in acts:
        for name in act.rows:
            if act.before is not None:
                gone.append((name, there[act.before]))
            row, number = parted(name)
            if number is not None:
                gone.append((row, there[number]))
    for name, source in gone:
        event = row_of(source, name)
        if event is None or any(event.trigger == row.trigger and event.type == row.type for row in whole.rows):
            continue
        taken = {row.id for row in whole.rows}
        whole, made = carried(event, source, whole, name if name not in taken else free("x", taken))
        whole = replace(whole, events=(*whole.events, made))
    return whole
