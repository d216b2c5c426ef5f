"""What the verbs of the command line share: options, where reports come from, where results go, how errors are told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO, TypeVar

import typer

if TYPE_CHECKING:
    from dateline.coder.machine import MachineCoder
    from dateline.intake import Failure
    from dateline.model import Report
    from dateline.settings import CoderSettings

T = TypeVar("T")


class Names(StrEnum):
    """Whether private people are stored by role or by name."""

    roles = "roles"
    keep = "keep"


PathsArgument = Annotated[
    list[str],
    typer.Argument(metavar="PATH...|-", help="HTML, text or JSON Lines files, folders of them, or - for stdin."),
]
CodePathsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH...|-]",
        help="HTML, text or JSON Lines files, folders of them, or - for stdin. Left out: the project.",
    ),
]
PublishedOption = Annotated[
    str | None,
    typer.Option(
        "--published",
        metavar="DATE",
        help="The day of publication (2024-02-01): goes before what a page says of itself, after what a JSON record "
        "says; without any, no weekday gets a date.",
    ),
]
PublisherOption = Annotated[
    str | None, typer.Option("--publisher", metavar="NAME", help="The publisher, in the same order.")
]
CodebookOption = Annotated[
    str, typer.Option("--codebook", metavar="NAME|FILE", help="A built-in codebook, or a YAML file of your own.")
]
AuthorityOption = Annotated[
    Path | None,
    typer.Option(
        "--authority", metavar="FILE", help="A CSV list of actors of your own; it goes over the built-in one."
    ),
]
GazetteerOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--gazetteer",
        metavar="FILE",
        help="A CSV or GeoJSON list of places of your own, over the built-in gazetteer, or a gazetteer built of a "
        "GeoNames dump. Can be given again; a later list goes over an earlier one.",
    ),
]
NamesOption = Annotated[
    Names, typer.Option("--names", help="Store private people by role, or keep their names (exports say so).")
]
RulesOnlyOption = Annotated[
    bool,
    typer.Option("--rules-only", help="Code by the rules alone, without the network that proposes and judges."),
]
LexiconOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--lexicon",
        metavar="FILE",
        help="A list of words of your own, over the built-in ones. Can be given again; a later list goes over an "
        "earlier one.",
    ),
]
LimitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=N",
        help="Lift a bound on one report: bytes, characters, nodes of a page, seconds or memory. Can be given again.",
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "-f",
        "--format",
        metavar="table|json|jsonl|csv|html|geojson",
        help="How to write the codings, or a format of a plugin. Left out: by the ending of the output file; "
        "jsonl for JSON Lines input; else a table.",
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write here (whole or not at all) instead of standard output."),
]


def coder_settings(
    codebook: str,
    names: Names,
    authority: Path | None,
    gazetteer: list[Path] | None,
    lexicon: list[Path] | None,
    rules_only: bool,
) -> CoderSettings:
    """What the options of a command say of how to code."""
    from dateline.settings import CoderSettings

    return CoderSettings(
        codebook=codebook,
        names=names.value,
        authority=authority,
        gazetteer=tuple(gazetteer or ()),
        lexicon=tuple(lexicon or ()),
        encoder=not rules_only,
    )


def format_for(output: Path | None, paths: list[str]) -> str:
    """The format that nobody named: by the ending of the output file, else by the input."""
    suffix = output.suffix.lstrip(".").lower() if output else ""
    if suffix:
        return {"htm": "html", "ndjson": "jsonl", "txt": "table"}.get(suffix, suffix)
    if paths and all(path.removesuffix(".gz").endswith((".jsonl", ".ndjson")) for path in paths):
        return "jsonl"
    return "table"


def reports(
    paths: list[str], published: str | None, publisher: str | None, limit: list[str]
) -> Iterator[Report | Failure]:
    """The reports of all paths in order, with a failure for each that cannot be read."""
    from dateline.intake import Limits, read_path

    with told():
        limits = Limits().lifted(limit)
        for path in paths:
            yield from read_path(path, limits=limits, published=published, publisher=publisher)


def is_watched(output: Path | None) -> bool:
    """Somebody sees standard error, and the results do not run over the same screen."""
    return sys.stderr.isatty() and (output is not None or not sys.stdout.isatty())


def progress(outcomes: Iterator[T], what: str = "Coding reports", total: int | None = None) -> Iterator[T]:
    """The outcomes as they come, counted on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        for outcome in outcomes:
            bar.advance(task)
            yield outcome


@contextmanager
def destination(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that is replaced whole; an interrupt keeps what was done beside it."""
    if output is None:
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8")
        yield sys.stdout
        return
    partial = output.with_name(output.name + ".partial")
    with told(), partial.open("w", encoding="utf-8", newline="") as out:
        try:
            yield out
        except KeyboardInterrupt:
            print(f"Interrupted: what was coded so far is in {partial}.", file=sys.stderr)
            raise
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    partial.replace(output)


@contextmanager
def told() -> Iterator[None]:
    """Errors that a person can mend, as one line and exit code 2 instead of a traceback."""
    from dateline.codebook import CodebookError
    from dateline.export.registry import UnknownFormatError
    from dateline.intake import IntakeError
    from dateline.resolve.authority.lists import AuthorityError
    from dateline.resolve.gazetteer.entry import GazetteerError

    try:
        yield
    except (AuthorityError, CodebookError, GazetteerError, IntakeError, UnknownFormatError, OSError) as error:
        if isinstance(error, BrokenPipeError):
            raise
        print(f"dateline: {error}", file=sys.stderr)
        raise typer.Exit(2) from error


def warn_without_encoder(coder: MachineCoder) -> None:
    """One line on standard error where the coder wanted its encoder and cannot use it."""
    if coder.without:
        print(f"dateline: coding by the rules alone: {coder.without}", file=sys.stderr)
