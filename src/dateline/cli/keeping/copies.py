"""The verbs that copy a project whole: into another folder or database, into one file, and back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import console
from dateline.cli.options import HERE, DatabaseOption, ProjectOption, in_project
from dateline.errors import OptionError

if TYPE_CHECKING:
    from dateline.store.copies.copy import Copied, Told


def copy(
    source: Annotated[Path, typer.Argument(metavar="FROM", help="The folder of the project.")],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="A folder that holds no project, or the address of an empty database.")
    ],
    database: DatabaseOption = None,
) -> None:
    """Copy a project whole, from SQLite to PostgreSQL or back: every row as it is, with its number, seal and link.

    Evidence is copied first, and what is there already is not copied again; the rows come last, all of them or none,
    and are checked before they are kept. The project that is copied stays as it is, and may be used meanwhile.

    TO may be the address of a database: then the rows alone are copied into it, and the settings of the project can
    name it. What the settings name outside the project's folder is not copied, and is told.

    \b
        dateline copy strikes strikes-2
        dateline copy strikes strikes-team --database postgresql://editor@db.example/strikes
        dateline copy strikes-team strikes-laptop
        dateline copy strikes postgresql://editor@db.example/strikes
    """
    from dateline.store import Project
    from dateline.store.copies.copy import copy_database, copy_project
    from dateline.store.databases.postgres import is_address, without_password

    with Project.open(source) as store, console.going_on(lambda: _NOT_YET), _counted() as told:
        if is_address(target):
            if database is not None and database != target:
                raise OptionError("two databases are named", "name the one to copy into as TO, without --database")
            copy_database(store, target, told)
            shown = without_password(target)
            told_next = f'to use it, write at the top of {source / "dateline.toml"}: database = "{shown}"'
            print(f"Copied the rows of {source} to {shown}; {told_next}", file=sys.stderr)
            return
        done = copy_project(store, Path(target), database, told)
    _tell_left(done)
    checks = f"to check the evidence too: dateline verify{in_project(Path(target))}"
    print(f"Copied {source} to {target}, with {done.evidence:,} pieces of evidence; {checks}", file=sys.stderr)


def backup(
    output: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it must not be there.")],
    project: ProjectOption = HERE,
) -> None:
    """Write a project into one file: the database as it is at one moment, the evidence, the settings, and checksums.

    Others may go on working meanwhile. The file is a ZIP that only you can read, with the database as a file of SQLite
    wherever the project keeps it; it has its name once it is whole. `dateline restore` makes a project of it again.

    \b
        dateline backup strikes-2024-06-01.zip -p strikes
    """
    from dateline.store import Project
    from dateline.store.copies.backup import back_up

    with Project.open(project) as store, console.going_on(lambda: "nothing was written"), _counted() as told:
        done = back_up(store, output, told)
    _tell_left(done)
    print(f"Wrote {output}, with {done.evidence:,} pieces of evidence.", file=sys.stderr)


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="What `dateline backup` wrote.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; it must not be there.")],
    database: DatabaseOption = None,
) -> None:
    """Make a project of a back-up. Nothing is written over, and every file is checked against its checksum first.

    \b
        dateline restore strikes-2024-06-01.zip strikes
        dateline restore strikes-2024-06-01.zip strikes --database postgresql://editor@db.example/strikes
    """
    from dateline.store.copies.backup import restore as made_of

    with console.going_on(lambda: "nothing was restored"), _counted() as told:
        number = made_of(source, folder, database, told)
    print(
        f"Restored {folder}, with {number:,} pieces of evidence; to check it: dateline verify{in_project(folder)}",
        file=sys.stderr,
    )


_NOT_YET = "nothing was copied but evidence, which is not copied again; the same command goes on"


def _tell_left(done: Copied) -> None:
    for path in done.left:
        console.tell(f"{path} lies outside the project's folder and is not in the copy; copy it yourself")


@contextmanager
def _counted() -> Iterator[Told]:
    """What hears how far a copy is, and shows it where somebody sees it."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Copying")

        def told(what: str, done: int, of: int) -> None:
            bar.update(task, description=f"Copying {what}", completed=done, total=of)

        yield told
