"""The verbs of a project's sheets: take a corrected one back, show what was corrected."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.options import HERE, ProjectOption

if TYPE_CHECKING:
    from dateline.store.kept.corrections import Change

WhoOption = Annotated[
    str,
    typer.Option("--who", metavar="NAME", help="Who corrected the sheet; it is kept.", envvar="DATELINE_WHO"),
]


def apply(
    sheet: Annotated[
        Path, typer.Argument(metavar="SHEET", help="A sheet that dateline wrote (CSV or XLSX) and a person corrected.")
    ],
    who: WhoOption,
    project: ProjectOption = HERE,
    part: Annotated[
        bool,
        typer.Option("--part", help="The sheet holds a part of the rows: those that are not in it stay as they are."),
    ] = False,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="COLUMN", help="A column of your own to pass over. Can be given again."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be changed, and change nothing.")] = False,
) -> None:
    """Take a corrected sheet back into a project, as the coding of the person who corrected it.

    Corrected cells become values; a row that was deleted, or has "no event" for its type or under "reviewed", is
    rejected; "yes" under "reviewed" accepts a row as it is. What nobody touched stays. The coding holds from then on,
    also when the reports are coded anew, and each change is logged (dateline changes). A column or a row that the
    project does not have, and a value that cannot be read, is named, and nothing of the sheet is taken.

    \b
        dateline export -p strikes -o sheet.csv
        dateline apply sheet.csv -p strikes --who "A. Editor" --dry-run
        dateline apply sheet.csv -p strikes --who "A. Editor"
        dateline link -p strikes
    """
    from dateline.corrections import apply as take_back
    from dateline.corrections.known import known_of
    from dateline.export.statement import number
    from dateline.store import Project

    with Project.open(project) as store:
        outcome = take_back(
            store, sheet, known_of(store), who=who, part=part, ignored=ignore or (), keeping=not dry_run
        )
    for change in outcome.changes:
        print(_told(change))
    rows = len({change.about for change in outcome.changes})
    if not rows:
        print("Nothing was changed: the sheet says what the project says.", file=sys.stderr)
        return
    told = f"{number(rows, 'row')} in {number(len(outcome.reports), 'report')}"
    rest = "would change; without --dry-run they do." if dry_run else "changed; next: dateline link"
    print(f"{told} {rest}", file=sys.stderr)


def changes(
    about: Annotated[
        str | None, typer.Argument(metavar="[KEY]", help="A row's key, or a report's id; left out: all.")
    ] = None,
    project: ProjectOption = HERE,
    who: Annotated[str | None, typer.Option("--who", metavar="NAME", help="What this person changed.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON Lines.")] = False,
) -> None:
    """Show what people corrected in a project: when, who, the row, the column, what it said and what it says.

    \b
        dateline changes -p strikes
        dateline changes "wire-1#e2" -p strikes --json
    """
    from dataclasses import asdict

    from dateline.store import Project
    from dateline.store.kept.corrections import changes as logged

    with Project.open(project) as store:
        for one in logged(store, who=who, about=about):
            if as_json:
                told = {"made": one.made, "who": one.who, **asdict(one.change)}
                print(json.dumps(told, ensure_ascii=False))
            else:
                print(f"{one.made}  {one.who}  {_told(one.change)}")


def _told(change: Change) -> str:
    from dateline.export.safe import one_line

    about = one_line(change.about)
    if change.what == "corrected":
        old, new = (one_line(words) or "not stated" for words in (change.old, change.new))
        return f"{about}  {change.column}: {old} -> {new}"
    return f"{about}  {change.what}" + (f": {one_line(change.old)}" if change.old else "")
