"""The verbs of a project: begin one, put reports in, see how far it is, check its evidence."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import console, given
from dateline.cli.options import (
    HERE,
    ColumnOption,
    LimitOption,
    PathsArgument,
    ProjectOption,
    PublishedOption,
    PublisherOption,
    columns_given,
)
from dateline.errors import printable_line

if TYPE_CHECKING:
    from dateline.intake import Limits


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make the project in.")],
) -> None:
    """Begin a project: a folder that keeps reports, codings and events.

    \b
        dateline init strikes
        dateline add pages/ -p strikes
        dateline code -p strikes
        dateline link -p strikes
        dateline show -p strikes
    """
    from dateline.store import Project

    Project.create(folder).close()
    print(f"Made the project {folder}. Its settings: {folder / 'dateline.toml'}", file=sys.stderr)


def add(
    paths: PathsArgument = None,
    project: ProjectOption = HERE,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    column: ColumnOption = None,
    limit: LimitOption = None,
) -> None:
    """Put reports into a project. Their bytes are kept as evidence first; the same bytes twice add nothing.

    A file that gives no report costs itself only: it is named on standard error and the exit code is 1. The files are
    those that `dateline code` reads. What `--column` says of a table is kept for the next one with the same columns.

    \b
        dateline add pages/ -p strikes
        dateline add sheet.csv --publisher "Sample Daily" -p strikes
    """
    from dateline.intake import Failure
    from dateline.store import Project

    found = given.paths_or_pipe(paths)
    columns = columns_given(column)
    new = known = 0
    refusals = console.Refusals()
    with Project.open(project) as store:
        limits = _reading_limits(limit or [])

        def so_far() -> str:
            return f"what was added is kept ({new:,} new); the same command again goes on"

        with console.going_on(so_far), console.counted("Adding reports", console.expected(found)) as count:
            for path in console.own_paths(found):
                for outcome in count(
                    store.add(path, limits=limits, columns=columns, publisher=publisher, published=published)
                ):
                    if isinstance(outcome, Failure):
                        refusals.add(outcome)
                    else:
                        new, known = new + outcome.new, known + (not outcome.new)
    refusals.finish()
    there = f"; {known} there already" if known else ""
    print(f"Added {new} report{'' if new == 1 else 's'}{there}.", file=sys.stderr)
    if refusals.number:
        print(f"{refusals.number:,} could not be read.", file=sys.stderr)
        raise typer.Exit(1)


def _reading_limits(limit: list[str]) -> Limits:
    from dateline.errors import OptionError
    from dateline.intake import Limits

    if any(option.partition("=")[0] == "words" for option in limit):
        raise OptionError("words are a limit of coding, and here reports are read", "set most_words in dateline.toml")
    return Limits().lifted(limit)


def status(
    project: ProjectOption = HERE, json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False
) -> None:
    """Show how far a project is: what was added, coded and linked, and what waits.

    Decisions that have no effect are listed with the reason.
    """
    from json import dumps

    from dateline.store import Project

    with Project.open(project) as store:
        state = store.state()
    if json:
        print(dumps(asdict(state), indent=2))
        return
    print(f"evidence   {state.evidence:>9,}  kept; from {state.refused:,} no report could be read")
    print(f"reports    {state.reports:>9,}")
    print(f"coded      {state.coded:>9,}  {state.reports - state.coded:,} wait for: dateline code")
    print(f"linked     {state.coded - state.to_link:>9,}  {state.to_link:,} wait for: dateline link")
    print(f"mentions   {state.mentions:>9,}  in events; a report is not an event, and a mention is not one either")
    print(f"events     {state.events:>9,}")
    print(f"decisions  {state.decisions:>9,}  by people; {len(state.unheeded):,} without effect")
    for unheeded in state.unheeded:
        print(f"  {printable_line(str(unheeded))}")


def verify(project: ProjectOption = HERE) -> None:
    """Check that evidence and database are what they were. The exit code is 1 where something is not.

    Every file of evidence is compared with its SHA-256, every row of the database with the seal that it was written
    with, and the files with the rows. What this finds, no other verb may notice.
    """
    from dateline.store import Project

    with Project.open(project) as store:
        flaws = list(store.verify())
        for flaw in flaws:
            print(printable_line(str(flaw)))
        if flaws:
            raise typer.Exit(1)
        state = store.state()
    print(f"{state.evidence:,} pieces of evidence and all rows of the database are as they were kept.")
