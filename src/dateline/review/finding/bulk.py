"""Decisions made in the table: one value of a row, or the same of many rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from dateline.errors import ReviewError, did_you_mean
from dateline.export.countries import alpha_2
from dateline.export.statement import number
from dateline.review.blind import not_blind
from dateline.review.deciding import Accept, Correct, Decision, Done, Reject, decide, decide_many
from dateline.review.finding.columns import Column, column_of
from dateline.review.workspace import Workspace
from dateline.store.index.lines import RowLine
from dateline.store.review.people import Person

MOST = 200
"""Rows that are decided at once: more than anybody has looked at."""

Deed = Literal["accept", "reject", "set"]


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a decision on many rows, in words; ``report``: the one that it did not work for."""

    words: str
    report: str | None = None


def edit(
    workspace: Workspace, row: RowLine, column: Column, value: str, person: Person, *, why: str = "", seen: int | None
) -> Done:
    """Put a value into a row. Raises :class:`ReviewError` where the column is not edited or the value is none."""
    if not column.edits:
        raise ReviewError(f"the column {column.heading!r} is not edited here; open the report")
    return decide(workspace, row.report, [_correct(row, column, value)], person, why=why, seen=seen)


def decide_rows(
    workspace: Workspace,
    keys: Sequence[str],
    do: str,
    person: Person,
    *,
    column: str = "",
    value: str = "",
    why: str = "",
) -> tuple[Told, ...]:
    """Accept or reject rows, or put one value into all of them; each report whole or not at all.

    Raises :class:`ReviewError` where nothing is chosen, or too much, or the deed is none.
    """
    if do not in get_args(Deed):
        raise ReviewError(f"{do[:40]!r} is no decision. {did_you_mean(do, get_args(Deed), what='decisions')}")
    wanted = dict.fromkeys(keys)
    if not wanted:
        raise ReviewError("no row is chosen; tick those that you mean")
    if len(wanted) > MOST:
        raise ReviewError(f"{len(wanted):,} rows are chosen; at most {MOST} are decided at once")
    told_column = column_of(column) if do == "set" else None
    if told_column is not None and not told_column.edits:
        raise ReviewError(f"the column {told_column.heading!r} is not edited here; open the report")
    by_report: dict[str, list[Decision]] = {}
    seen: dict[str, int] = {}
    rows = 0
    gone = []
    for key in wanted:
        row = workspace.index.row(key)
        if row is None:
            gone.append(key)
            continue
        not_blind(row)
        by_report.setdefault(row.report, []).append(_decision(do, row, told_column, value))
        rows += 1
        if row.coding is not None:
            seen[row.report] = row.coding
    outcomes = decide_many(workspace, by_report, person, why=why, seen=seen) if by_report else ()
    done = {one.report for one in outcomes if isinstance(one, Done)}
    kept = sum(len(decisions) for report, decisions in by_report.items() if report in done)
    what = {"accept": "accepted", "reject": "rejected"}.get(do) or f"given the value “{value}”"
    told = [Told(f"{number(kept, 'row')} {what}.")]
    told += [Told(one.why, one.report) for one in outcomes if not isinstance(one, Done)]
    told += [Told("The row is not there any more.", key.rpartition("#")[0]) for key in gone]
    return tuple(told)


def _decision(do: str, row: RowLine, column: Column | None, value: str) -> Decision:
    if column is not None:
        return _correct(row, column, value)
    return Accept(row.row) if do == "accept" else Reject(row.row)


def _correct(row: RowLine, column: Column, value: str) -> Correct:
    value = value.strip()
    name, _, country = value.rpartition(", ")
    if column.name == "place" and name and alpha_2(country) is not None:
        return Correct(row.row, {"place": name, "country": country})
    return Correct(row.row, dict.fromkeys(column.edits, value))
