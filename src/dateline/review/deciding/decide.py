"""Deciding: what a person says of rows becomes that person's coding of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import get_args

from dateline.corrections.steps import coder_of, signed
from dateline.corrections.values import Known
from dateline.errors import ConflictError, ReviewError
from dateline.model import Coding
from dateline.review.deciding.carrying import row_of, without_unnamed
from dateline.review.deciding.holding import coding_at, history, number_of
from dateline.review.deciding.keeping import Made, make, shown, told_of
from dateline.review.deciding.model import Decision, Done, Restore
from dateline.review.deciding.steps import Work, told, touched
from dateline.review.workspace import Workspace
from dateline.store.kept.corrections import Held
from dateline.store.review.acts import Verb
from dateline.store.review.people import Person


@dataclass(frozen=True, slots=True)
class Refused:
    """A report of which nothing was decided, and why not."""

    report: str
    why: str


def decide(
    workspace: Workspace,
    report: str,
    decisions: Sequence[Decision],
    person: Person,
    *,
    why: str = "",
    seen: int | None = None,
) -> Done:
    """Carry out decisions on rows of a report, all or nothing; they are kept before this returns.

    ``seen`` is the coding that the person had before the eyes, by its number. Raises :class:`ConflictError` where one
    of the rows was changed since, and :class:`ReviewError` for what cannot be.
    """
    done = _decided(workspace, report, decisions, person, why=why, seen=seen)
    if done.act:
        told_of(workspace, [_number(workspace, report)])
    return done


def decide_many(
    workspace: Workspace,
    by_report: Mapping[str, Sequence[Decision]],
    person: Person,
    *,
    why: str = "",
    seen: Mapping[str, int] | None = None,
) -> tuple[Done | Refused, ...]:
    """Carry out decisions on several reports, each report whole or not at all; what came of each, in order."""
    shown(person)
    outcomes: list[Done | Refused] = []
    for report, decisions in by_report.items():
        try:
            before = seen.get(report) if seen else None
            outcomes.append(_decided(workspace, report, decisions, person, why=why, seen=before))
        except ReviewError as error:
            outcomes.append(Refused(report, str(error)))
    changed = [_number(workspace, one.report) for one in outcomes if isinstance(one, Done) and one.act]
    if changed:
        told_of(workspace, changed)
    return tuple(outcomes)


def settle(
    workspace: Workspace, report: str, coding: Coding, person: Person, *, why: str = "", seen: int | None = None
) -> Done:
    """Keep a whole coding as what holds of a report: an adjudicator's word on what coders differ on.

    What others code blind of it ends with that. Raises :class:`ConflictError` where another coding holds than the
    person saw.
    """

    def made(now: Held) -> Made:
        if seen is not None and seen != now.number:
            raise ConflictError(f"report {report[:80]!r} was changed meanwhile, and nothing was settled; look again")
        names = tuple(dict.fromkeys(row.id for row in (*now.coding.rows, *coding.rows)))
        rows = tuple(name for name in names if row_of(now.coding, name) != row_of(coding, name))
        own = signed(shown(person), replace(coding, report=now.coding.report), now, workspace.known)
        return Made(own, rows, tuple(told(now.coding, own, rows)), "adjudicate")

    done = make(workspace, report, person, made, why=why, settling=True)
    told_of(workspace, [_number(workspace, report)])
    return done


def _decided(
    workspace: Workspace, report: str, decisions: Sequence[Decision], person: Person, *, why: str, seen: int | None
) -> Done:
    if not decisions:
        raise ReviewError("nothing is decided; choose a row and what holds of it")
    who = shown(person)
    kinds = {type(decision).__name__.casefold() for decision in decisions}
    verb: Verb = next(verb for verb in get_args(Verb) if kinds == {verb} or verb == "several")

    def made(now: Held) -> Made:
        if seen is not None and seen != now.number:
            before = coding_at(workspace, report, seen, person).coding
            _unchanged(workspace, report, decisions, before, now.coding, person)
        work = Work(
            now.coding,
            known_for(workspace, now.coding),
            who,
            _taken(workspace, report),
            lambda number: coding_at(workspace, report, number, person).coding,
        )
        for decision in decisions:
            work.do(decision)
        if not work.rows:
            return Made(None, (), (), verb)
        if verb == "restore":
            coding = replace(work.coding, coder=coder_of(who, now))
        else:
            coding = signed(who, without_unnamed(work.coding), now, work.known)
        return Made(coding, tuple(work.rows), tuple(work.changes), verb)

    return make(workspace, report, person, made, why=why)


def known_for(workspace: Workspace, coding: Coding) -> Known:
    """What corrections of a coding are read by: its own types are known, whatever the codebook has now."""
    return replace(workspace.known, types=frozenset(row.type for row in coding.rows))


def _unchanged(
    workspace: Workspace, report: str, decisions: Sequence[Decision], before: Coding, now: Coding, person: Person
) -> None:
    """Raises :class:`ConflictError` where a row is not what the person saw."""
    names = dict.fromkeys(chain.from_iterable(map(touched, decisions)))
    if any(isinstance(one, Restore) and not one.rows for one in decisions):
        names = dict.fromkeys(row.id for row in (*before.rows, *now.rows))
    for name in names:
        was, there = row_of(before, name), row_of(now, name)
        if was == there:
            continue
        last = next((act for act in reversed(history(workspace, report, person)) if name in act.rows), None)
        by = f" by {last.who}" if last else ""
        what = "changed" if there is not None else "taken away"
        raise ConflictError(f"row {name!r} was {what}{by} meanwhile, and nothing was decided; look at it again")


def _taken(workspace: Workspace, report: str) -> frozenset[str]:
    return frozenset(name for act in history(workspace, report) for name in act.rows)


def _number(workspace: Workspace, report: str) -> int:
    with workspace.project.database.reading() as db:
        return number_of(db, report)
