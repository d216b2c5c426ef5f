"""The verbs of a project: begin one, put reports in, see how far it is, check its evidence."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import console, given
from dateline.cli.asking import columns_asked
from dateline.cli.options import (
    HERE,
    AllowHostOption,
    ColumnOption,
    ContactOption,
    DatabaseOption,
    LimitOption,
    OfflineOption,
    PathsArgument,
    ProjectOption,
    PublishedOption,
    PublisherOption,
    Web,
    columns_given,
)
from dateline.errors import printable_line

if TYPE_CHECKING:
    from dateline.intake import Limits
    from dateline.store.door.likeness import Added


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make the project in.")],
    database: DatabaseOption = None,
) -> None:
    """Begin a project: a folder that keeps reports, codings and events.

    A team that works on several machines keeps the database on a server of PostgreSQL, and the folder, with the
    evidence and the settings, where all of them reach it. The settings name the database without its password: that is
    in ~/.pgpass, or in the address that DATELINE_DATABASE holds.

    \b
        dateline init strikes
        dateline add pages/ -p strikes
        dateline code -p strikes
        dateline link -p strikes
        dateline show -p strikes
        dateline init strikes --database postgresql://editor@db.example/strikes
    """
    from dateline.store import Project

    Project.create(folder, database=database).close()
    print(f"Made the project {folder}. Its settings: {folder / 'dateline.toml'}", file=sys.stderr)


def add(
    paths: PathsArgument = None,
    project: ProjectOption = HERE,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    column: ColumnOption = None,
    limit: LimitOption = None,
    allow_host: AllowHostOption = None,
    contact: ContactOption = None,
    offline: OfflineOption = False,
) -> None:
    """Put reports into a project. Their bytes are kept as evidence first; the same bytes twice add nothing.

    What the project has already is named at once: the same bytes, or the same words at the same address, add nothing; a
    copy counts with its original; other words at the same address are a new version of the report. A file or an address
    that gives no report costs itself only: it is named on standard error and the exit code is 1. What is read is what
    `dateline code` reads. What `--column` says of a table is kept for the next one with the same columns.

    \b
        dateline add pages/ -p strikes
        dateline add https://news.example/story -p strikes
        dateline add addresses.txt -p strikes     (an address a line)
        dateline add sheet.csv --publisher "Sample Daily" -p strikes
    """
    from dateline.intake import Failure
    from dateline.store import Project

    found = given.paths_or_pipe(paths)
    columns = columns_given(column)
    tally = _Tally()
    refusals = console.Refusals()
    limits = reading_limits(limit or [])
    fetcher = Web(tuple(allow_host or ()), contact, offline).fetcher(limits)
    with Project.open(project) as store, fetcher or nullcontext() as fetch:
        columns = columns or columns_asked(found, store.known_columns)

        def so_far() -> str:
            return f"what was added is kept ({tally.new:,} new); the same command again goes on"

        with console.going_on(so_far), console.counted("Adding reports", console.expected(found)) as count:
            for path in console.own_paths(found):
                added = store.add(
                    path, limits=limits, columns=columns, publisher=publisher, published=published, fetch=fetch
                )
                for outcome in count(added):
                    if isinstance(outcome, Failure):
                        refusals.add(outcome)
                    else:
                        tally.add(outcome)
    refusals.finish()
    print(tally.told(), file=sys.stderr)
    if refusals.number:
        print(f"{refusals.number:,} could not be read.", file=sys.stderr)
        raise typer.Exit(1)


class _Tally:
    """What was put into a project, and what was there already, told as it comes: the first, and then how many more."""

    MOST = 20
    """Reports that are told of one by one: the same command again meets every one of them."""

    def __init__(self) -> None:
        self.new = self.known = 0
        self._likened: Counter[str] = Counter()
        self._told = 0

    def add(self, added: Added) -> None:
        """Count a report, and tell what it is like."""
        self.new, self.known = self.new + added.new, self.known + (not added.new)
        if added.like is None:
            return
        if added.new:
            self._likened[added.like.how] += 1
        self._told += 1
        if self._told <= self.MOST:
            there = f"{added.id}: " if added.id != added.like.report else ""
            if added.new:
                console.tell(
                    printable_line(f"{there}{added.like}{',' * bool(added.like.share)} of {added.like.report}")
                )
            else:
                console.tell(printable_line(f"{there}there already: {added.like.report} ({added.like})"))

    def told(self) -> str:
        """How many of each kind there were."""
        among = ", ".join(f"{number:,} {how}" for how, number in sorted(self._likened.items()))
        ones = f" ({among} of what is there)" if among else ""
        there = f"; {self.known:,} there already" if self.known else ""
        return f"Added {self.new:,} report{'' if self.new == 1 else 's'}{ones}{there}."


def reading_limits(limit: list[str]) -> Limits:
    """What the options of a verb that only reads say of how much one report may cost."""
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
    older = f"  {state.outdated:,} are older versions of others, and give way to them" if state.outdated else ""
    print(f"reports    {state.reports:>9,}{older}")
    if any(code != "en" for code, _ in state.languages):
        told = ", ".join(f"{code} {number:,}" for code, number in state.languages)
        print(f"{'':21} in languages: {told}; what is English is coded, all are kept")
    print(f"coded      {state.coded:>9,}  {state.reports - state.outdated - state.coded:,} wait for: dateline code")
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
