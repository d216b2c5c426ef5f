"""The verb that makes a project's chances come true as often as they say."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from dateline.cli import console, given
from dateline.cli.options import HERE, OutputOption, ProjectOption, in_project

if TYPE_CHECKING:
    from dateline.store import Project
    from dateline.store.calibration.model import Calibration

_Undoing = Literal["project", "undo", "who"]
"""The options that go with taking a calibration back."""


def calibrate(
    context: typer.Context,
    project: ProjectOption = HERE,
    least: Annotated[
        int,
        typer.Option(
            "--rows",
            metavar="N",
            min=20,
            help="Reviewed rows from which on a curve is fitted, of each field by itself.",
        ),
    ] = 100,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be learned, and change nothing.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Give the coder's own chances back.")] = False,
    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="text|json|html",
            help="How to tell what was learned. Left out: by the ending of the output file, else text.",
        ),
    ] = None,
    output: OutputOption = None,
    who: Annotated[
        str | None,
        typer.Option(
            "--who", metavar="NAME", help="Who calibrates; it is kept. Left out: your login.", envvar="DATELINE_WHO"
        ),
    ] = None,
) -> None:
    """Make the chances of a project come true as often as they say, by the rows that people reviewed in it.

    The curve from the coder's chance of a row to the share of rows that people found right is fitted to this project
    alone, and so is one for each field of which enough was reviewed. Every coding of that coder gets its chances anew,
    without being coded again: rows can come above the bound from which on they are events, or fall below. Nothing of
    the project leaves it, and --undo gives the old chances back.

    \b
        dateline calibrate -p strikes --dry-run -o calibration.html
        dateline calibrate -p strikes
        dateline link -p strikes
        dateline calibrate -p strikes --undo
    """
    from dateline.evaluate.calibration.learn import learn
    from dateline.evaluate.calibration.tell import FORMATS, check_format, write
    from dateline.export.statement import number
    from dateline.store import Project
    from dateline.store.calibration.derive import calibration_of, log_calibration, newest_coder, reviewed

    name = who or getpass.getuser()
    if undo:
        given.refuse(context, "the coder's own chances come back", "leave it out", but=get_args(_Undoing))
        _take_back(project, name)
        return
    chosen = format or {"htm": "html", "html": "html", "json": "json"}.get(_ending(output), "text")
    check_format(chosen)
    console.check_output(output, chosen, FORMATS)
    with Project.open(project) as store:
        console.keep_apart(output, store.files)
        coder = newest_coder(store)
        if coder is None:
            console.tell("no report of the project is coded, so nothing can be learned; next: dateline code")
            raise typer.Exit(2)
        result = learn(reviewed(store), coder, least=least)
        with console.destination(output) as out:
            write(result, out, chosen)
        made = result.calibration(store.now())
        if dry_run or made is None:
            return
        before = calibration_of(store)
        if before is not None and before.fingerprint == made.fingerprint:
            made = before
        else:
            made.write(store.folder / store.settings.calibration)
            details = {"fingerprint": made.fingerprint, "rows": made.rows, "reports": made.reports}
            log_calibration(store, "calibrated", name, details)
        done = derived(store, made, project)
    print(
        f"{number(done, 'coding')} with calibrated chances; next: dateline link{in_project(project)}", file=sys.stderr
    )


def derived(store: Project, calibration: Calibration | None, folder: Path) -> int:
    """Give the project's codings the chances of a calibration, or their own back, counted; how many there were."""
    from dateline.store.calibration.derive import derive, waiting

    total = waiting(store, calibration)
    done = 0

    def so_far() -> str:
        verb = "calibrate" if calibration is not None else "calibrate --undo"
        return f"{done:,} of {total:,} codings are made and kept; to go on: dateline {verb}{in_project(folder)}"

    with console.going_on(so_far), console.counted("Calibrating chances", total) as count:
        for _ in count(report for batch in derive(store, calibration) for report in range(batch)):
            done += 1
    return done


def _take_back(project: Path, who: str) -> None:
    from dateline.export.statement import number
    from dateline.store import Project
    from dateline.store.calibration.derive import log_calibration

    with Project.open(project) as store:
        path = store.folder / store.settings.calibration
        there = path.exists()
        if there:
            log_calibration(
                store, "uncalibrated", who, {"calibration": path.read_text(encoding="utf-8", errors="replace")}
            )
            path.unlink()
        done = derived(store, None, project)
    if not there and not done:
        print("Nothing was changed: the chances are the coder's own.", file=sys.stderr)
        return
    print(
        f"{number(done, 'coding')} with the coder's own chances; next: dateline link{in_project(project)}",
        file=sys.stderr,
    )


def _ending(output: Path | None) -> str:
    return output.suffix.lstrip(".").lower() if output else ""
