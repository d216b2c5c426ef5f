"""The verbs of a project's tables: write the codings out, take a corrected sheet back, show what was corrected."""

from __future__ import annotations

import json
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dateline.cli import console
from dateline.cli.choosing import (
    Admin1Option,
    BoxOption,
    ChanceOption,
    CountryOption,
    DaySinceOption,
    DayUntilOption,
    FilterOption,
    NearOption,
    PlaceOption,
    PublishersOption,
    ReviewedOption,
    StatusOption,
    TypeOption,
    What,
    selection_of,
)
from dateline.cli.options import HERE, Names, OutputOption, ProjectOption, Quotes, QuotesOption

if TYPE_CHECKING:
    from dateline.export.tables import Reading
    from dateline.store.kept.corrections import Change

WhoOption = Annotated[
    str,
    typer.Option("--who", metavar="NAME", help="Who corrected the sheet; it is kept.", envvar="DATELINE_WHO"),
]


def export(
    project: ProjectOption = HERE,
    what: Annotated[
        What, typer.Option("--what", help="What to write: event mentions, as reports tell them, or linked events.")
    ] = What.mentions,
    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="csv|xlsx|parquet|geojson|jsonl|...",
            help="How to write it: see the formats below, or one of a plugin. Left out: by the ending of the output "
            "file; else a table of mentions, and CSV of events.",
        ),
    ] = None,
    type: TypeOption = None,
    place: PlaceOption = None,
    admin1: Admin1Option = None,
    country: CountryOption = None,
    box: BoxOption = None,
    near: NearOption = None,
    since: DaySinceOption = None,
    until: DayUntilOption = None,
    publisher: PublishersOption = None,
    status: StatusOption = None,
    reviewed: ReviewedOption = False,
    chance: ChanceOption = None,
    filter: FilterOption = None,
    gone: Annotated[
        bool, typer.Option("--gone", help="Of events: also those that gave way to others, each with its successors.")
    ] = False,
    names: Annotated[
        Names,
        typer.Option(
            "--names",
            help="Private people by role, and where the project keeps their names without the words of the reports, "
            "which have them too; or by name, as the project keeps them (the data statement says so).",
        ),
    ] = Names.roles,
    quotes: QuotesOption = Quotes.keep,
    output: OutputOption = None,
) -> None:
    """Write a project's event mentions (of each report the coding that holds), or its linked events.

    Filters mean what they mean in the workspace; all that are given hold. Of events those are written of which a
    mention fits. What is marked as confidential is left out, and how much that is is told. A data statement is in the
    file where its format has a place for it, else beside it (FILE.statement.json).

    Formats of mentions: table, html, explain, csv, csv-bom, xlsx, acled, polecat, geojson, json and jsonl (a coded
    report a line), jsonl-rows (a mention a line), parquet, annotations (W3C), jsonld (PROV), duckdb (all tables).
    Formats of events: csv, csv-bom, xlsx, acled, polecat, geojson, jsonl, parquet, annotations, jsonld, duckdb.

    A sheet of mentions (csv, csv-bom, xlsx) can be corrected and taken back: see dateline apply.

    \b
        dateline export -p strikes -o sheet.xlsx
        dateline export -p strikes -f acled -o acled.csv
        dateline export -p strikes --what events --country FR --since 2024-01-01 -o events.parquet
        dateline export -p strikes --what events --reviewed --near 45.75,4.85,50 -o lyon.geojson
        dateline export -p strikes --filter counted=killed --filter said_by=police -f jsonl-rows
        dateline export -p strikes -o strikes.duckdb
    """
    from dateline.export.tables import Reading
    from dateline.store import Project

    queried = selection_of(
        {"type": type, "place": place, "admin1": admin1, "country": country, "publisher": publisher, "status": status},
        {"since": since, "until": until, "chance_from": chance},
        filter or (),
        box=box,
        near=near,
        reviewed=reviewed,
    )
    with Project.open(project) as store:
        reading = Reading(store, queried, names=names is Names.keep, quotes=quotes is Quotes.keep, gone=gone)
        console.keep_apart(output, store.files)
        beside = (_put_events if what is What.events else _put_mentions)(reading, format, output)
    if reading.kept_back:
        console.tell(reading.kept_back)
    if beside is not None:
        console.tell(f"the data statement is in {beside}")


def _put_mentions(reading: Reading, format: str | None, output: Path | None) -> Path | None:
    """Write the mentions; where the data statement stands, if that is beside the file."""
    from dateline.export.leaving.writing import state_beside, writer_of
    from dateline.export.registry import exporters

    chosen, writers = format or console.format_for(output, []), exporters()
    console.check_output(output, chosen, writers, folders=chosen == "html")
    write = writer_of(chosen, reading)
    codings = reading.codings()
    first = next(codings, None)
    if first is None:
        _tell_nothing(reading, output)
    console.put(chain((first,), codings), chosen, write, output, kept_back=reading.kept_back)
    return state_beside(output, chosen, reading.statement) if output is not None and output.is_file() else None


def _put_events(reading: Reading, format: str | None, output: Path | None) -> Path | None:
    """Write the events; where the data statement stands, if that is beside the file."""
    from dateline.export.leaving.writing import event_writer_of, state_beside
    from dateline.export.linked.registry import event_exporters

    by_ending = console.format_for(output, []) if output is not None and output.suffix else "csv"
    chosen, writers = format or by_ending, event_exporters()
    console.check_output(output, chosen, writers)
    statement = reading.event_statement()
    write = event_writer_of(chosen, reading, statement)
    events = reading.events(statement)
    first = next(events, None)
    if first is None:
        waiting = reading.project.state().to_link
        _tell_nothing(reading, output, f"{waiting:,} reports wait for: dateline link" if waiting else "")
    with console.destination(output) as out:
        write(chain((first,), events), out)
    return state_beside(output, chosen, statement) if output is not None and output.is_file() else None


def _tell_nothing(reading: Reading, output: Path | None, waiting: str = "") -> NoReturn:
    """Say why nothing is written; a file is not written over with nothing."""
    chosen, kept_back = reading.selection.words(), reading.kept_back
    why = "; ".join(filter(None, (str(kept_back) if kept_back else "", waiting)))
    if chosen:
        why = "; ".join(filter(None, (f"nothing fits {' and '.join(chosen)}", why)))
    mend = "" if why else "; next: dateline code"
    console.tell(f"{why or 'no report of the project is coded'}, so {console.nothing_written(output)}{mend}")
    raise typer.Exit(2)


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
