"""Settling what coders differ on: field by field one of them is right, or neither; what comes of it holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from sqlalchemy import case, func, select

from dateline.corrections.codes import recoded
from dateline.corrections.steps import accepted_row, corrected_row, event_of, put_in, rejected_row
from dateline.corrections.values import Known, instead
from dateline.errors import InputError, NotAllowedError, ReviewError
from dateline.model import Coding, EventMention
from dateline.review.deciding.carrying import carried, free
from dateline.review.deciding.decide import known_for, settle
from dateline.review.deciding.holding import coding_at, held
from dateline.review.deciding.model import Done
from dateline.review.deciding.standing import set_state
from dateline.review.team.beside import RowBeside, beside
from dateline.review.workspace import Workspace
from dateline.store.review.acts import Act, acts_of
from dateline.store.review.people import Person
from dateline.store.review.tables import acts, assignments
from dateline.store.review.team.assignments import DONE, SETTLED, kept_from
from dateline.store.review.team.coded import Version, versions_of
from dateline.store.tables import reports

Taken = Literal["left", "right", "own"]
TAKEN: tuple[Taken, ...] = get_args(Taken)


@dataclass(frozen=True, slots=True)
class Wish:
    """What an adjudicator wants of one row: nothing of it, or from whom each field is taken.

    A field that is not named is taken from the left. ``own`` are values for columns of the sheet, in place of both.
    """

    keep: bool = True
    fields: Mapping[str, Taken] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A report of which two codings stand beside each other. ``seen`` is the number of the coding that holds now.

    ``others`` are all codings that could stand there. ``settled`` is the act that settled it (None: nobody has yet).
    """

    report: str
    left: Version
    right: Version
    left_coding: Coding
    right_coding: Coding
    others: tuple[Version, ...]
    rows: tuple[RowBeside, ...]
    seen: int
    settled: Act | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What somebody coded blind (left) beside what was settled (right), row by row, and the act that settled it."""

    report: str
    settled: Act
    rows: tuple[RowBeside, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that several coded blind: how many do, how many of them are done."""

    report: str
    title: str
    coders: int
    done: int


def waiting(workspace: Workspace, most: int = 100) -> tuple[Waiting, ...]:
    """Reports coded blind that are not settled yet, those first of which all coders are done."""
    settled = select(acts.c.number).where(acts.c.report == assignments.c.report, acts.c.verb == SETTLED)
    done = func.sum(case((assignments.c.state == DONE, 1), else_=0))
    # Counted before the reports are looked at: there are few assignments, and a report is long.
    assigned = (
        select(assignments.c.report, func.count().label("coders"), done.label("done"))
        .where(assignments.c.blind == 1, ~settled.exists())
        .group_by(assignments.c.report)
        .subquery()
    )
    query = (
        select(reports.c.id, reports.c.title, assigned.c.coders, assigned.c.done)
        .join(assigned, reports.c.number == assigned.c.report)
        .order_by(assigned.c.done < assigned.c.coders, reports.c.id)
        .limit(most)
    )
    with workspace.project.database.reading() as db:
        return tuple(Waiting(row.id, row.title or row.id, row.coders, row.done) for row in db.execute(query))


def case_of(
    workspace: Workspace, report: str, person: Person, left: int | None = None, right: int | None = None
) -> Case:
    """Two codings of a report beside each other: those of these numbers, else those of its first two coders.

    Raises :class:`NotAllowedError` for who codes the report blind, until all who do are done, and
    :class:`ReviewError` where fewer than two have coded it.
    """
    now = held(workspace, report, person)
    with workspace.project.database.reading() as db:
        if db.execute(kept_from(person.name).where(assignments.c.report == now.report)).first() is not None:
            raise NotAllowedError("you code this report blind; what others made of it is shown when all are done")
        found = versions_of(db, report, "machine")
        settled = next((act for act in reversed(acts_of(db, now.report)) if act.verb == SETTLED), None)
    ranked = sorted(found, key=lambda one: (one.machine, not one.blind, one.coder))
    if len(ranked) < 2:
        raise ReviewError("only one coder has coded this report; there is nothing to settle")
    one = _named(ranked, left) or ranked[0]
    other = _named(ranked, right) or next(version for version in ranked if version.number != one.number)
    first, second = (coding_at(workspace, report, version.number, person).coding for version in (one, other))
    rows = beside(first, second)
    return Case(report, one, other, first, second, tuple(ranked), rows, now.number, settled)


def outcome_of(workspace: Workspace, report: str, person: Person) -> Outcome | None:
    """What was made of a person's coding of a report when it was settled; None where it was not, or they coded none."""
    now = held(workspace, report, person)
    with workspace.project.database.reading() as db:
        settled = next((act for act in reversed(acts_of(db, now.report)) if act.verb == SETTLED), None)
        mine = next((one for one in versions_of(db, report, "blind") if one.coder == person.shown), None)
    if settled is None or settled.after is None or mine is None:
        return None
    own, held_now = (coding_at(workspace, report, number, person).coding for number in (mine.number, settled.after))
    return Outcome(report, settled, beside(own, held_now))


def settle_case(workspace: Workspace, case: Case, wishes: Mapping[str, Wish], person: Person, *, why: str = "") -> Done:
    """Keep what an adjudicator made of two codings; it holds, and the report is done.

    ``wishes`` are by the rows' names; rows that are not named are kept as the left has them, or the right where it
    alone has them. Raises :class:`ReviewError` for a value that cannot be read, and :class:`ConflictError` where the
    report was decided on meanwhile.
    """
    if not person.may("adjudicator"):
        raise NotAllowedError(f"a {person.role} does not settle what coders differ on; ask an adjudicator")
    coding = settled_coding(workspace, case, wishes, person)
    done = settle(workspace, case.report, coding, person, why=why, seen=case.seen)
    set_state(workspace, case.report, "done", person, why=why)
    return done


def settled_coding(workspace: Workspace, case: Case, wishes: Mapping[str, Wish], person: Person) -> Coding:
    """The coding that comes of two by an adjudicator's wishes."""
    for name in wishes:
        if all(row.name != name for row in case.rows):
            raise ReviewError(f"there is no row {name[:20]!r}; load the page again")
    known = known_for(workspace, case.left_coding)
    known = replace(known, types=known.types | {event.type for event in case.right_coding.rows})
    made = case.left_coding
    for row in case.rows:
        wish = wishes.get(row.name, Wish())
        try:
            made = _settled(made, case, row, wish, known, person.shown)
        except InputError as error:
            raise ReviewError(f"{error.error}; {error.mend}") from error
    return made


def _settled(made: Coding, case: Case, row: RowBeside, wish: Wish, known: Known, who: str) -> Coding:
    """The coding with one row as it was settled."""
    if row.left is None:
        assert row.right is not None
        if not wish.keep:
            return replace(made, left_out=rejected_row(made, row.right, who)[0].left_out)
        made, event = _brought(made, case, row.right)
    elif not wish.keep:
        return rejected_row(made, row.left, who)[0]
    else:
        event = row.left
        wanted = frozenset(name for name, whose in wish.fields.items() if whose == "right")
        if row.right is not None and wanted:
            made, other = carried(_only(row.right, wanted), case.right_coding, made, event.id)
            changed = _with(event, other, wanted)
            made = instead(made, changed)
            made = instead(made, recoded(made, event, changed, known.codebook))
    corrected = False
    if wish.own:
        made, changes = corrected_row(made, event_of(made, event.id), wish.own, known, who)
        corrected = bool(changes)
    return made if corrected else accepted_row(made, event_of(made, event.id), who)[0]


def _brought(made: Coding, case: Case, event: EventMention) -> tuple[Coding, EventMention]:
    """An event that the right alone has, put among those of the left; where the left has it as a suggestion, that."""
    there = next((row for row in made.suggestions if row.id == event.id and row.trigger == event.trigger), None)
    made = replace(made, suggestions=tuple(row for row in made.suggestions if row is not there))
    taken = {row.id for row in (*made.rows, *case.left_coding.rows, *case.right_coding.rows)}
    name = free("h", taken) if any(row.id == event.id for row in made.rows) else event.id
    made, brought = carried(event, case.right_coding, made, name)
    return replace(made, events=put_in(made.events, brought)), brought


def _only(event: EventMention, wanted: Collection[str]) -> EventMention:
    """An event without the people and speakers of fields that are not wanted, so that nobody is brought in vain."""
    return replace(
        event,
        actors=event.actors if "actors" in wanted else (),
        recipients=event.recipients if "recipients" in wanted else (),
        counts=event.counts if "counts" in wanted else (),
        attribution=event.attribution if "source" in wanted else (),
    )


def _with(event: EventMention, other: EventMention, wanted: Iterable[str]) -> EventMention:
    """An event with some fields of another one."""
    for name in wanted:
        match name:
            case "type":
                event = replace(event, type=other.type, mode=other.mode, contexts=other.contexts, codes=other.codes)
            case "modality":
                event = replace(event, modality=other.modality, historical=other.historical)
            case "source":
                event = replace(event, attribution=other.attribution)
            case "actors":
                event = replace(event, actors=other.actors)
            case "recipients":
                event = replace(event, recipients=other.recipients)
            case "place":
                event = replace(event, place=other.place)
            case "date":
                event = replace(event, date=other.date)
            case "counts":
                event = replace(event, counts=other.counts)
            case _:
                raise ReviewError(f"an event has no field {name[:20]!r}; load the page again")
    return event


def _named(found: Sequence[Version], number: int | None) -> Version | None:
    if number is None:
        return None
    one = next((version for version in found if version.number == number), None)
    if one is None:
        raise ReviewError(f"{number} is no coder's last coding of this report; choose one of those that are named")
    return one
