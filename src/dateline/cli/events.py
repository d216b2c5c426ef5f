"""The verbs of linked events: link, look at one with its sources side by side, decide, and the day's digest."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from dateline.cli import console
from dateline.cli.options import HERE, OutputOption, ProjectOption, Quotes, QuotesOption

if TYPE_CHECKING:
    from dateline.link.events.compare import Comparison
    from dateline.store import Project

SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Only events that a report of that day or later tells of.")
]


class ShowFormat(StrEnum):
    """How an event is shown."""

    text = "text"
    json = "json"
    html = "html"


class Sameness(StrEnum):
    """What a person decides on two events."""

    same = "same"
    different = "different"


def link(project: ProjectOption = HERE) -> None:
    """Link the coded reports of a project into events. Only what is new is compared; ids of events stay.

    Reports coded since the last time are taken up. An event that was merged or split names its successors.
    """
    from dateline.store import Project

    done = born = gone = 0
    with Project.open(project) as store:
        outcomes = store.link()
        for taken in console.progress(outcomes, "Linking batches") if sys.stderr.isatty() else outcomes:
            done += taken.codings
            born += len(taken.changes.born)
            gone += len(taken.changes.gone)
    gave = f"; {gone:,} gave way to others" if gone else ""
    print(f"Linked {done:,} reports: {born:,} new events{gave}; next: dateline show", file=sys.stderr)


def show(
    event: Annotated[str | None, typer.Argument(metavar="[EVENT]", help="The id of an event; left out: all.")] = None,
    project: ProjectOption = HERE,
    since: SinceOption = None,
    format: Annotated[
        ShowFormat, typer.Option("-f", "--format", help="Text, JSON Lines, or a page.")
    ] = ShowFormat.text,
    quotes: QuotesOption = Quotes.keep,
    output: OutputOption = None,
    policies: Annotated[bool, typer.Option("--policies", help="List the policies by which values are chosen.")] = False,
) -> None:
    """Show an event with its sources side by side: what each says, where they differ, what is denied. Or list events.

    \b
        dateline show
        dateline show ev-3f9a12c4
        dateline show ev-3f9a12c4 -o event.html
        dateline show --since 2024-05-01 -f json > events.jsonl
    """
    from dateline.export.withheld import withheld
    from dateline.store import Project

    if policies:
        _policies()
        return
    if output is not None and output.suffix in {".html", ".htm"}:
        format = ShowFormat.html
    with Project.open(project) as store:
        if event is None and format is ShowFormat.html:
            raise typer.BadParameter("a page shows one event: name it", param_hint="EVENT")
        wanted = store.comparisons(since) if event is None else map(store.comparison, _standing(store, event))
        with console.destination(output, store.files) as out:
            told = wanted if quotes is Quotes.keep else map(withheld, wanted)
            _show(told, format, event is None, out)


def _standing(store: Project, event: str) -> tuple[str, ...]:
    """The event, or those that it gave way to."""
    fate = store.fate(event)
    if fate is None or fate.stands:
        return (event,)
    print(f"Event {event} gave way to: {', '.join(fate.successors)}", file=sys.stderr)
    return fate.successors


def _show(wanted: Iterable[Comparison], format: ShowFormat, listed: bool, out: TextIO) -> None:
    from dateline.export.events.comparison import to_json, write_list, write_text
    from dateline.export.page import event as page

    if listed and format is ShowFormat.text:
        write_list(wanted, out)
        return
    for comparison in wanted:
        match format:
            case ShowFormat.json:
                print(to_json(comparison), file=out)
            case ShowFormat.html:
                page.write(comparison, out)
            case ShowFormat.text:
                write_text(comparison, out)


def _policies() -> None:
    from dateline.link.events.aggregate import FIELDS
    from dateline.link.events.policies import POLICIES

    for name, policy in POLICIES.items():
        print(f"{name}: {(policy.__doc__ or '').splitlines()[0]}")
    print()
    for field, name in FIELDS.items():
        print(f"{field} = {name}")


def decide(
    first: Annotated[str, typer.Argument(metavar="EVENT", help="An event, or a mention.")],
    second: Annotated[str, typer.Argument(metavar="EVENT", help="Another.")],
    answer: Annotated[Sameness, typer.Argument(metavar="same|different", help="What you know of them.")],
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who decides; it is kept.", envvar="DATELINE_WHO")],
    why: Annotated[str, typer.Option("--why", metavar="WORDS", help="Why; it is kept too.")] = "",
    project: ProjectOption = HERE,
) -> None:
    """Say whether two events are the same. A person's word outranks every score, and holds until another is given.

    Linking is done anew where the decision matters; nothing is ever deleted, and events that give way name their
    successors.

    \b
        dateline decide ev-3f9a12c4 ev-77b01e9d same --who "A. Editor" --why "one march, two starting points"
    """
    from dateline.store import Project

    with Project.open(project) as store:
        made = store.decide(first, second, answer.value, who=who, why=why)
    print(f"Kept: {first} and {second} are {answer.value} ({len(made)} pairs of mentions).", file=sys.stderr)


def digest(
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="The first day of reports that count.")],
    project: ProjectOption = HERE,
    quotes: QuotesOption = Quotes.keep,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here.")] = None,
) -> None:
    """Print what was reported since a day: neutral sentences from the records alone, each with its sources.

    \b
        dateline digest --since 2024-05-01
        dateline digest --since 2024-05-01 --quotes withhold
    """
    from dateline.export.events.digest import write
    from dateline.export.withheld import withheld
    from dateline.intake import check_published
    from dateline.store import Project

    with Project.open(project) as store:
        day = check_published(since, "day")
        found = store.comparisons(day)
        comparisons = list(found if quotes is Quotes.keep else map(withheld, found))
        with console.destination(output, store.files) as out:
            write(comparisons, day, out)
