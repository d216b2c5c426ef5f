"""The verbs of a project: begin one, put reports in, see how far it is, check its evidence."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import console
from dateline.cli.console import LimitOption, PathsArgument, PublishedOption, PublisherOption

if TYPE_CHECKING:
    from dateline.store import Project

ProjectOption = Annotated[
    Path,
    typer.Option("-p", "--project", metavar="DIR", envvar="DATELINE_PROJECT", help="The project; else this folder."),
]
HERE = Path()


@contextmanager
def opened(folder: Path) -> Iterator[Project]:
    """The project of a folder, with its errors told in one line."""
    from dateline.store import Project, StoreError

    try:
        with console.told(), Project.open(folder) as project:
            yield project
    except StoreError as error:
        print(f"dateline: {error}", file=sys.stderr)
        raise typer.Exit(2) from error


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
    from dateline.store import Project, StoreError

    try:
        with console.told():
            Project.create(folder).close()
    except StoreError as error:
        print(f"dateline: {error}", file=sys.stderr)
        raise typer.Exit(2) from error
    print(f"Made the project {folder}. Its settings: {folder / 'dateline.toml'}", file=sys.stderr)


def add(
    paths: PathsArgument,
    project: ProjectOption = HERE,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    limit: LimitOption = None,
) -> None:
    """Put reports into a project. Their bytes are kept as evidence first; the same bytes twice add nothing.

    A file that gives no report costs itself only: it is named on standard error and the exit code is 1.
    """
    from dateline.intake import Failure, Limits

    new = known = failed = 0
    with opened(project) as store:
        limits = Limits().lifted(limit or [])
        for path in paths:
            outcomes = store.add(path, limits=limits, publisher=publisher, published=published)
            for outcome in console.progress(outcomes, "Adding reports") if sys.stderr.isatty() else outcomes:
                if isinstance(outcome, Failure):
                    failed += 1
                    print(f"dateline: {outcome}", file=sys.stderr)
                else:
                    new, known = new + outcome.new, known + (not outcome.new)
    there = f"; {known} there already" if known else ""
    print(f"Added {new} report{'' if new == 1 else 's'}{there}.", file=sys.stderr)
    if failed:
        print(f"{failed} could not be read.", file=sys.stderr)
        raise typer.Exit(1)


def code_project(folder: Path) -> None:
    """Code the reports of a project that its coder has not coded yet."""
    from dateline.api import machine_coder
    from dateline.engine import run
    from dateline.intake import Failure

    failed = done = 0
    with opened(folder) as store:
        coder = machine_coder(settings=store.coder_settings)
        console.warn_without_encoder(coder)
        fingerprint = store.keep_settings(coder.files)
        total = store.to_code(coder.info, fingerprint)
        outcomes = store.code(lambda reports: run(reports, coder), coder.info, fingerprint)
        shown = console.progress(outcomes, "Coding reports", total) if sys.stderr.isatty() else outcomes
        for outcome in shown:
            if isinstance(outcome, Failure):
                failed += 1
                print(f"dateline: {outcome}", file=sys.stderr)
            else:
                done += 1
    print(f"Coded {done} report{'' if done == 1 else 's'}; next: dateline link", file=sys.stderr)
    if failed:
        raise typer.Exit(1)


def status(
    project: ProjectOption = HERE, json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False
) -> None:
    """Show how far a project is: what was added, coded and linked, and what waits."""
    from json import dumps

    with opened(project) as store:
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
    print(f"decisions  {state.decisions:>9,}  by people")


def verify(project: ProjectOption = HERE) -> None:
    """Check that the evidence is what it was: every file against its SHA-256. The exit code is 1 where one is not."""
    with opened(project) as store:
        number = store.state().evidence
        flaws = list(store.verify())
    for flaw in flaws:
        print(flaw)
    if flaws:
        raise typer.Exit(1)
    print(f"{number:,} pieces of evidence, all as they were kept.")
