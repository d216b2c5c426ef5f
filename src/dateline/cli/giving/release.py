"""Cut a release of a project, and tell what changed between two."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import console
from dateline.cli.options import HERE, OutputOption, ProjectOption, Quotes

if TYPE_CHECKING:
    from dateline.export.release.model import Difference


def release(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The release's name, as it is cited: 2024.1, v3 ...")],
    project: ProjectOption = HERE,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FOLDER", help="The new folder. Left out: releases/NAME in the project."
        ),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option("--since", metavar="FOLDER", help="The release before. Left out: the last that was cut."),
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="The day of the release. Left out: today (UTC).")
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="WORDS", help="The title. Left out: by the project's folder.")
    ] = None,
    author: Annotated[
        list[str] | None,
        typer.Option(
            "--author",
            metavar="NAME",
            help="Who made the data: 'Family, Given', or an organisation. Can be given again.",
        ),
    ] = None,
    licence: Annotated[
        str | None, typer.Option("--licence", "--license", metavar="ID", help="An identifier of SPDX: CC-BY-4.0.")
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Where the release is found, such as its DOI.")
    ] = None,
    quotes: Annotated[
        Quotes,
        typer.Option(
            "--quotes",
            help="Without the words of the reports, which may name private people and belong to their publishers; or "
            "with quotations (never whole texts).",
        ),
    ] = Quotes.withhold,
) -> None:
    """Cut a version of a project's data that can be cited, into a new folder that is never written over.

    In it: mentions, events, reports (without their texts) and links, each as Parquet and CSV; reports by month and
    publisher; the codebooks; who coded, with which settings; data statements; what was added, changed and withdrawn
    since the release before; hashes of all files (SHA256SUMS); descriptions for programs (datapackage.json,
    croissant.json) and for citing (CITATION.cff, README.md).

    Confidential records stay behind, and private people are told by role, also where the project keeps names. The
    project's log keeps the name and the hash. The same project, name and day give the same bytes.

    \b
        dateline release 2024.1 -p strikes --author 'Doe, Ann' --licence CC-BY-4.0
        dateline release 2024.2 -p strikes --date 2024-12-31 -o /data/strikes-2024.2
        dateline diff strikes/releases/2024.1 strikes/releases/2024.2
        dateline analysis strikes/releases/2024.2
    """
    from dateline.export.release.cited import changes_in_words
    from dateline.export.release.cut import cut
    from dateline.export.release.model import Citation
    from dateline.store import Project

    with Project.open(project) as store:
        citation = Citation(
            name,
            date or store.now()[:10],
            title or f"Events of {store.folder.resolve().name}",
            tuple(author or ()),
            licence,
            url,
        )
        waiting = store.state().to_link
        with console.counted("Writing reports and events") as count:
            made = cut(store, citation, output, since=since, quotes=quotes is Quotes.keep, count=count)
    if waiting:
        console.tell(f"{waiting:,} reports wait for: dateline link; their mentions belong to no event here")
    if made.kept_back:
        console.tell(made.kept_back)
    if not citation.authors:
        console.tell("the citation names nobody; the next release can: --author 'Family, Given'")
    print(f"{made.folder}: {changes_in_words(made.difference)}")


class DiffFormat(StrEnum):
    """How the difference of two releases is written."""

    text = "text"
    json = "json"
    csv = "csv"


def diff(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="The folder of the earlier release.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="The folder of the later release.")],
    format: Annotated[DiffFormat, typer.Option("-f", "--format", help="How to write it.")] = DiffFormat.text,
    output: OutputOption = None,
) -> None:
    """Tell which events were added, changed (in which columns) and withdrawn (in favour of which) between two releases.

    Events are the same where their ids are. Ends with 0 where the events are the same, with 1 where they differ, and
    with 2 where a folder is no release.

    \b
        dateline diff strikes/releases/2024.1 strikes/releases/2024.2
        dateline diff strikes/releases/2024.1 strikes/releases/2024.2 -f csv -o changes.csv
        dateline diff old new -f json | jq '.counts'
    """
    from dateline.export.release.compare import compare_releases
    from dateline.export.release.folder import Folder
    from dateline.export.release.told import write_csv, write_json, write_text

    found: Difference = compare_releases(Folder.open(before), Folder.open(after))
    write = {DiffFormat.text: write_text, DiffFormat.json: write_json, DiffFormat.csv: write_csv}[format]
    with console.destination(output) as out:
        write(found, out)
    if found.columns:
        console.tell(f"only one of the releases has, so not compared: {', '.join(found.columns)}")
    if found.changes:
        raise typer.Exit(1)
