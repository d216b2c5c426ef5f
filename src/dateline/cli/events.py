"""The verbs of linked events: link, look at one with its sources side by side, decide, and the day's digest."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from dateline.cli import console, given
from dateline.cli.options import HERE, OutputOption, ProjectOption, Quotes, QuotesOption, in_project
from dateline.errors import OptionError

if TYPE_CHECKING:
    from dateline.export.statement import KeptBack
    from dateline.link.events.compare import Comparison
    from dateline.store import Project

SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Only events that a report of that day or later tells of.")
]


LISTED = 100
"""Events that a list on the screen has where nobody says how many."""


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

    Reports coded since the last time are taken up. An event that was merged or split names its successors. Where a
    report was coded anew, people's decisions hold of what tells the same now; those that cannot are told.
    """
    from dateline.store import Project

    done = born = gone = 0
    with Project.open(project) as store, console.decisions_watched(store):
        waiting = store.state().to_link

        def so_far() -> str:
            return f"{done:,} of {waiting:,} reports are linked and kept; to go on: dateline link{in_project(project)}"

        with console.going_on(so_far):
            outcomes = store.link()
            for taken in console.progress(outcomes, "Linking batches") if sys.stderr.isatty() else outcomes:
                done += taken.codings
                born += len(taken.changes.born)
                gone += len(taken.changes.gone)
    gave = f"; {gone:,} gave way to others" if gone else ""
    print(f"Linked {done:,} reports: {born:,} new events{gave}; next: dateline show", file=sys.stderr)


def show(
    context: typer.Context,
    event: Annotated[
        str | None,
        typer.Argument(metavar="[EVENT]", help="The id of an event, or how it alone begins; left out: all events."),
    ] = None,
    project: ProjectOption = HERE,
    since: SinceOption = None,
    most: Annotated[
        int | None,
        typer.Option(
            "--most",
            metavar="NUMBER",
            min=1,
            help=f"Only so many events, those told of last. Left out: {LISTED} on the screen; all in a file, as JSON "
            "and as a page.",
        ),
    ] = None,
    format: Annotated[
        ShowFormat | None,
        typer.Option(
            "-f", "--format", help="Text, JSON Lines, or a page. Left out: by the ending of the output file, else text."
        ),
    ] = None,
    quotes: QuotesOption = Quotes.keep,
    output: OutputOption = None,
    policies: Annotated[bool, typer.Option("--policies", help="List the policies by which values are chosen.")] = False,
) -> None:
    """Show an event with its sources side by side: what each says, where they differ, what is denied. Or list events.

    What is marked as confidential is left out, and how much that is is told.

    \b
        dateline show
        dateline show e15fcfc4b0cff
        dateline show e15f -o event.html
        dateline show -o events.html
        dateline show --since 2024-05-01 -f json > events.jsonl
        dateline show --most 500
    """
    from dateline.export.leaving.confidential import open_comparisons
    from dateline.export.statement import KeptBack
    from dateline.export.withheld import all_withheld
    from dateline.store import Project

    if policies:
        given.refuse(context, "the policies are dateline's own", "leave out the rest", but=("policies",))
        _policies()
        return
    if event is not None:
        given.refuse(
            context, "an event that is named is shown whenever it was told", "leave one out", only=("since", "most")
        )
    chosen = format or _by_ending(output)
    console.check_output(output, chosen.value, tuple(ShowFormat))
    with Project.open(project) as store:
        console.keep_apart(output, store.files)
        listed = event is None and chosen is ShowFormat.text and output is None
        bound = LISTED if most is None and listed else most
        found = store.comparisons(since, bound) if event is None else map(store.comparison, _standing(store, event))
        kept_back = KeptBack()
        wanted = open_comparisons(store, found, kept_back)
        told = iter(wanted if quotes is Quotes.keep else all_withheld(wanted))
        first = next(told, None)
        if first is None and not kept_back:
            _tell_none(store, since, output)
            return
        if first is None:
            console.tell(f"{console.nothing_written(output)}: {kept_back}")
            raise typer.Exit(2)
        with console.destination(output) as out:
            _show(chain((first,), told), chosen, event is None, out, kept_back)
        there = store.standing(since) if bound is not None else 0
    if bound is not None and bound < there:
        console.tell(f"{bound:,} of {there:,} events are shown, those told of last; to see more, write: --most {there}")
    if kept_back:
        console.tell(kept_back)


def _by_ending(output: Path | None) -> ShowFormat:
    """How to show what nobody chose a format for. Raises :class:`OptionError` for the ending of another format."""
    ending = output.suffix.lstrip(".").lower() if output else ""
    match ending:
        case "" | "txt" | "md":
            return ShowFormat.text
        case "json" | "jsonl" | "ndjson":
            return ShowFormat.json
        case "html" | "htm":
            return ShowFormat.html
    raise OptionError(
        f"events are not shown as {ending!r}, which {output} says by its ending",
        "end it in .txt, .json or .html, or choose a format with -f",
    )


def _tell_none(store: Project, since: str | None, output: Path | None) -> None:
    """Say why no event is shown; a file is not written over with nothing."""
    waiting = store.state().to_link
    why = f"{waiting:,} reports wait for: dateline link" if waiting else "there is none in the project"
    console.tell(f"no event to show ({f'none since {since}; ' if since else ''}{why})")
    if output is not None:
        console.tell(console.nothing_written(output))
        raise typer.Exit(2)


def _standing(store: Project, event: str) -> tuple[str, ...]:
    """The event, or those that it gave way to."""
    event = store.event_named(event)
    fate = store.fate(event)
    if fate is None or fate.stands:
        return (event,)
    print(f"Event {event} gave way to: {', '.join(fate.successors)}", file=sys.stderr)
    return fate.successors


def _show(wanted: Iterable[Comparison], format: ShowFormat, listed: bool, out: TextIO, kept_back: KeptBack) -> None:
    from dateline.export.events.comparison import to_json, write_list, write_text

    if listed and format is ShowFormat.text:
        write_list(wanted, out)
        return
    if format is ShowFormat.html:
        from dateline.export.page import event as page
        from dateline.export.page import events as every

        told = list(wanted)
        if listed or len(told) > 1:
            every.write(told, out, kept_back=kept_back)
        else:
            page.write(told[0], out)
        return
    for comparison in wanted:
        if format is ShowFormat.json:
            print(to_json(comparison), file=out)
        else:
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
    first: Annotated[
        str, typer.Argument(metavar="EVENT", help="An event (its id, or how that alone begins), or a mention.")
    ],
    second: Annotated[str, typer.Argument(metavar="EVENT", help="Another.")],
    answer: Annotated[Sameness, typer.Argument(metavar="same|different", help="What you know of them.")],
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who decides; it is kept.", envvar="DATELINE_WHO")],
    why: Annotated[str, typer.Option("--why", metavar="WORDS", help="Why; it is kept too.")] = "",
    project: ProjectOption = HERE,
) -> None:
    """Say whether two events are the same. A person's word outranks every score, and holds until another is given.

    It holds in newer codings of the reports too; `dateline status` lists those that could not be carried over.

    Linking is done anew where the decision matters; nothing is ever deleted, and events that give way name their
    successors.

    \b
        dateline decide e15fcfc4b0cff e8803 same --who "A. Editor" --why "one march, two starting points"
    """
    from dateline.store import Project

    with Project.open(project) as store:
        first, second = store.event_named(first), store.event_named(second)
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
    from dateline.export.leaving.confidential import open_comparisons
    from dateline.export.statement import KeptBack
    from dateline.export.withheld import all_withheld
    from dateline.intake import check_published
    from dateline.store import Project

    console.check_output(output, "text", ("text",))
    with Project.open(project) as store:
        day = check_published(since, "day")
        kept_back = KeptBack()
        found = open_comparisons(store, store.comparisons(day), kept_back)
        console.keep_apart(output, store.files)
        with console.destination(output) as out:
            write(found if quotes is Quotes.keep else all_withheld(found), day, out, kept_back)
