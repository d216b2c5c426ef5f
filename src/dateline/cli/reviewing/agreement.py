"""The verb that tells how far the coders of a project agree."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dateline.cli import console
from dateline.cli.options import HERE, OutputOption, ProjectOption


class Codings(StrEnum):
    """Whose codings are compared."""

    blind = "blind"
    people = "people"
    machine = "machine"


class Over(StrEnum):
    """What agreement over time goes by."""

    month = "month"
    batch = "batch"


def agreement(
    project: ProjectOption = HERE,
    among: Annotated[
        Codings,
        typer.Option(
            "--among",
            help="The codings to compare: those made blind; people's, blind or not; or people's and the machine's.",
        ),
    ] = Codings.blind,
    by: Annotated[Over, typer.Option("--by", help="Agreement over time by month, or by batches of reports.")] = (
        Over.month
    ),
    batch: Annotated[int, typer.Option("--batch", metavar="N", min=1, help="Reports a batch.")] = 20,
    resamples: Annotated[
        int, typer.Option("--resamples", metavar="N", min=0, help="Bootstrap draws for the intervals; 0 for none.")
    ] = 1000,
    level: Annotated[
        float,
        typer.Option("--level", metavar="SHARE", min=0.5, max=0.999, help="What the intervals hold: 0.95 is 95%."),
    ] = 0.95,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, max=2**32 - 1, help="The seed of the draws.")] = 1,
    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="table|json",
            help="How to write it. Left out: by the ending of the output file, else a table.",
        ),
    ] = None,
    output: OutputOption = None,
) -> None:
    """Tell how far the people who coded a project agree: Krippendorff's alpha of each field, with intervals.

    Reports count that two people or more have coded and are done with, blind unless you say otherwise: assign them on
    the page of the team (dateline review).

    \b
        dateline agreement -p strikes
        dateline agreement -p strikes --by batch --batch 50 -o agreement.json
    """
    from dateline.evaluate.agreement.report import FORMATS, check_format, write
    from dateline.export.statement import number
    from dateline.review.team.agreeing import Agreements, Asked
    from dateline.store import Project

    chosen = format or console.format_for(output, [])
    check_format(chosen)
    console.check_output(output, chosen, FORMATS, [])
    with Project.open(project) as store:
        asked = Asked(among.value, by.value, batch, resamples, level, seed)
        found = Agreements(store).of(asked)
    notes = []
    if found.unfinished:
        notes.append(f"{number(found.unfinished, 'coding')} passed over, of which rows are undecided")
    if among is not Codings.blind:
        notes.append("codings that were not made blind are not independent: agreement comes out too high")
    if not found.agreement.reports:
        console.tell("No report has been coded by two people or more and finished: see dateline agreement --help.")
    with console.destination(output) as out:
        write(found.agreement, out, chosen, notes=notes)
