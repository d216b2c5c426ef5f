"""A sheet compared with the project that it is of: what a person changed becomes a coding of that person.

What a sheet says is compared with what it held when it was written (the column ``as_of``), and what the person changed
is put into what holds now: two people can correct two copies of a sheet, as long as they do not contradict each other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from dateline.corrections.same import same, text
from dateline.corrections.sheet import Sheet, SheetRow, read_sheet
from dateline.corrections.steps import Step, accepted_row, corrected_row, event_of, rejected_row, signed, values
from dateline.corrections.values import Known
from dateline.errors import CorrectionError, InputError, Problem, SheetError
from dateline.evaluate.gold.columns import is_no_event
from dateline.export.formats.columns import Column, columns
from dateline.export.formats.rows import Cells, key, rows
from dateline.export.leaving.roles import by_role
from dateline.export.safe import one_line
from dateline.export.statement import are_named
from dateline.export.withheld import MARK
from dateline.export.words import reviewed
from dateline.model import Coding, EventMention
from dateline.store.kept.corrections import Change, Corrected, Held, holding, keep, last_coding
from dateline.store.project import Project
from dateline.store.review.marks import Confidential, ever_confidential

_YES, _NO = frozenset({"yes", "accepted", "true", "x", "1"}), frozenset({"", "no", "false", "0"})
_BESIDE = frozenset({"key", "as_of"})
"""The columns that say which row of which coding it is, and hold no value of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a sheet changed, row by row, in the order of the project; ``reports`` are those that have a new coding."""

    changes: tuple[Change, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a person wants of one row: values for its columns, none of it, or that it stays as it is."""

    line: int
    event: str
    edits: Mapping[str, str] = field(default_factory=dict)
    rejected: bool = False
    accepted: bool = False


def apply(
    project: Project,
    path: Path,
    known: Known,
    *,
    who: str,
    part: bool = False,
    ignored: Collection[str] = (),
    keeping: bool = True,
) -> Outcome:
    """Take a corrected sheet back into its project, whole or not at all.

    A row that is not there any more is rejected, unless the sheet is only a ``part``. Without ``keeping`` nothing is
    kept: the outcome says what would be. Raises :class:`CorrectionError` with every row and column that cannot be
    taken back, and :class:`SheetError` for a file that is no table.
    """
    who = one_line(who, 120)
    if not who:
        raise CorrectionError([Problem(path.name, 1, "Nobody is named who corrected the sheet.", "Give --who NAME.")])
    sheet = read_sheet(path, ignored)
    seen = last_coding(project)
    now = {held.coding.report.id: held for held in holding(project)}
    if (sheet.as_of or 0) > seen:
        what = f"The sheet is of a project with {sheet.as_of} codings, and this one has {seen}."
        raise CorrectionError([Problem(path.name, 1, what, "Apply it to the project that it is of: -p DIR.")])
    known = replace(known, types=frozenset(e.type for held in now.values() for e in held.coding.events))
    then = now if sheet.as_of is None else {h.coding.report.id: h for h in holding(project, sheet.as_of)}
    with project.database.reading() as db:
        hidden = ever_confidential(db)
    wishes, problems = _wishes(sheet, then, part, hidden)
    changes: list[Change] = []
    made: list[Corrected] = []
    for report, wanted in wishes.items():
        coding, done, faults = _carried_out(sheet.file, then[report], now[report], wanted, known, who)
        problems += faults
        changes += done
        if coding is not None:
            rows = tuple(dict.fromkeys(wish.event for wish in wanted if wish.event))
            made.append(Corrected(now[report].report, coding, now[report].number, rows))
    if problems:
        raise CorrectionError(sorted(problems, key=lambda p: p.line))
    if keeping and changes:
        keep(project, made, changes, who=who, sheet=sheet.file, seen=seen)
    return Outcome(tuple(changes), tuple(one.coding.report.id for one in made))


def _wishes(
    sheet: Sheet, then: Mapping[str, Held], part: bool, hidden: Confidential
) -> tuple[dict[str, tuple[_Wish, ...]], list[Problem]]:
    """What a person wants of each report, in the order of the project."""
    problems: list[Problem] = []
    known = {row["key"]: (report, row) for report, held in then.items() for row in rows(held.coding)}
    # A sheet that left the project has private people by role, whom the project may keep by name.
    named = (held.coding for held in then.values() if are_named([held.coding]))
    by_roles = {row["key"]: row for coding in named for row in rows(by_role(coding))}
    given: dict[str, SheetRow] = {}
    for row in sheet.rows:
        if row.key in known:
            given[row.key] = row
        else:
            near = get_close_matches(row.key, [str(name) for name in known], 1)
            mend = f"Did you mean {near[0]!r}?" if near else "Apply the sheet to the project that it is of."
            problems.append(Problem(sheet.file, row.line, f"There is no row {row.key!r} in the project.", mend))
    found: dict[str, tuple[_Wish, ...]] = {}
    # A sheet that says of what it was written speaks of every report of that; another one of those that it has.
    spoken_of = set(then) if sheet.as_of is not None else {known[name][0] for name in given}
    left_out = {f"{report}#{row}" for report, held in then.items() for row in hidden.left_out(held.coding)}
    for name, (report, cells) in known.items():
        wish = None
        if name in given:
            wish = _wish(sheet.file, given[str(name)], cells, by_roles.get(name, {}), problems)
        elif report in spoken_of and not part and cells.get("event") and name not in left_out:
            wish = _Wish(1, str(cells["event"]), rejected=True)
        if wish is not None:
            found[report] = (*found.get(report, ()), wish)
    return found, problems


def _wish(file: str, row: SheetRow, was: Cells, by_roles: Cells, problems: list[Problem]) -> _Wish | None:
    event = str(was.get("event") or "")
    if event and is_no_event(row.cells):
        return _Wish(row.line, event, rejected=True)
    edits = {}
    accepted = False
    withheld = any(MARK in cell for cell in row.cells.values())
    for column in columns("csv"):
        given = row.cells.get(column.name)
        if withheld and (not column.field or MARK in (given or "")):
            continue  # what a sheet withholds, and its note on that, nobody has changed
        if given is None or column.name in _BESIDE or same(was.get(column.name), given):
            continue
        if column.name in by_roles and same(by_roles[column.name], given):
            continue
        if column.name == "reviewed":
            accepted = given.casefold() in _YES
            if not accepted and given.casefold() not in _NO:
                problems.append(Problem(file, row.line, *_no_review(given)))
        elif not column.field or not event:
            problems.append(Problem(file, row.line, *_not_corrected(column, given, event)))
        else:
            edits[column.name] = given
    return _Wish(row.line, event, edits, accepted=accepted) if edits or accepted else None


def _no_review(given: str) -> tuple[str, str]:
    return f"{given[:40]!r} in the column 'reviewed' says nothing known.", "Write yes, or no event."


def _not_corrected(column: Column, given: str, event: str) -> tuple[str, str]:
    if not event:
        return (
            f"The report has no event, but the column {column.name!r} says {given[:40]!r}.",
            "Rows cannot be added: leave it as it was.",
        )
    return (
        f"The column {column.name!r} says {given[:40]!r}, and what it holds is not corrected there.",
        "Put back what it said (a new sheet of the project has it), and correct the values that it is made of.",
    )


def _carried_out(
    file: str, then: Held, now: Held, wishes: Sequence[_Wish], known: Known, who: str
) -> tuple[Coding | None, list[Change], list[Problem]]:
    """A report's coding with the wishes of a person carried out; None where they change nothing."""
    coding, changes, problems = now.coding, list[Change](), list[Problem]()
    for wish in wishes:
        try:
            coding, done = _done(then, now, coding, wish, known, who)
            changes += done
        except InputError as error:
            name = key(now.coding.report.id, wish.event)
            mend = f"{error.mend[:1].upper()}{error.mend[1:]}".rstrip(".")
            problems.append(
                Problem(file, wish.line, f"Row {name!r}: {error.error}.", mend if mend.endswith("?") else f"{mend}.")
            )
    if problems or coding is now.coding:
        return None, changes, problems
    return signed(who, coding, now, known), changes, problems


def _done(then: Held, now: Held, coding: Coding, wish: _Wish, known: Known, who: str) -> Step:
    if not wish.event:  # the report has no event, and the person agrees
        return coding, []
    event = _still_there(then, now, coding, wish)
    if event is None:
        return coding, []
    if wish.rejected:
        return rejected_row(coding, event, who)
    edits = _not_yet(then, now, wish, values(coding, event))
    if edits:
        made, changed = corrected_row(coding, event, edits, known, who)
        if changed:
            return made, changed
    if wish.accepted and reviewed(event) is None:
        return accepted_row(coding, event, who)
    return coding, []


def _still_there(then: Held, now: Held, coding: Coding, wish: _Wish) -> EventMention | None:
    """The event that a row was written of, in what holds now; None for one that is rejected twice."""
    there = next((event for event in coding.events if event.id == wish.event), None)
    if there is not None and there.trigger == event_of(then.coding, wish.event).trigger:
        return there
    if not now.by_hand:
        raise SheetError(
            "the report was coded anew after the sheet was written", "write a new sheet: dateline export -f csv"
        )
    if wish.rejected and there is None:
        return None
    raise SheetError("it was rejected after the sheet was written", "take the row out of the sheet")


def _not_yet(then: Held, now: Held, wish: _Wish, cells: Cells) -> dict[str, str]:
    """The values that do not hold yet. Raises :class:`SheetError` where somebody else has corrected one meanwhile."""
    was = cells if then.number == now.number else values(then.coding, event_of(then.coding, wish.event))
    edits = {column: given for column, given in wish.edits.items() if not same(cells.get(column), given)}
    for column, given in edits.items():
        if cells.get(column) != was.get(column):
            raise SheetError(
                f"the column {column!r} was corrected to {text(cells.get(column))[:60]!r} after the sheet was written, "
                f"and the sheet says {given[:60]!r}",
                "agree on one, and correct it in a new sheet",
            )
    return edits
