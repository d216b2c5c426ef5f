"""Write a project's event mentions or its linked events, all or those that filters choose."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dateline.cli import console
from dateline.cli.giving.choosing import (
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
    import gc

    from dateline.export.tables import Reading
    from dateline.store import Project

    # What goes by is many small things without cycles: looking for some as often as usual takes a third of the time.
    gc.set_threshold(100_000, 20, 100)
    queried = selection_of(
        {"type": type, "place": place, "admin1": admin1, "country": country, "publisher": publisher, "status": status},
        {"since": since, "until": until, "chance_from": chance},
        filter or (),
        box=box,
        near=near,
        reviewed=reviewed,
    )
    chosen = _format(what, format, output)
    with Project.open(project) as store:
        reading = Reading(store, queried, names=names is Names.keep, quotes=quotes is Quotes.keep, gone=gone)
        console.keep_apart(output, store.files)
        beside = (_put_events if what is What.events else _put_mentions)(reading, chosen, output)
    if reading.kept_back:
        console.tell(reading.kept_back)
    if beside is not None:
        console.tell(f"the data statement is in {beside}")


def _format(what: What, format: str | None, output: Path | None) -> str:
    """The format that is named, or follows from the output file. Raises :class:`OptionError` where these disagree."""
    from dateline.export.linked.registry import event_exporters
    from dateline.export.registry import exporters

    if what is What.mentions:
        chosen = format or console.format_for(output, [])
        console.check_output(output, chosen, exporters(), folders=chosen == "html")
        return chosen
    chosen = format or (console.format_for(output, []) if output is not None and output.suffix else "csv")
    console.check_output(output, chosen, event_exporters())
    return chosen


def _put_mentions(reading: Reading, chosen: str, output: Path | None) -> Path | None:
    """Write the mentions; where the data statement stands, if that is beside the file."""
    from dateline.export.leaving.writing import state_beside, writer_of

    write = writer_of(chosen, reading)
    codings = reading.codings()
    first = next(codings, None)
    if first is None:
        _tell_nothing(reading, output)
    console.put(chain((first,), codings), chosen, write, output, kept_back=reading.kept_back)
    return state_beside(output, chosen, reading.statement) if output is not None and output.is_file() else None


def _put_events(reading: Reading, chosen: str, output: Path | None) -> Path | None:
    """Write the events; where the data statement stands, if that is beside the file."""
    from dateline.export.leaving.writing import event_writer_of, state_beside

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
