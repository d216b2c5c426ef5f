"""How the verbs talk: where reports come from and results go, what a person sees meanwhile, how errors are told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

import typer

from dateline.errors import DatelineError, KnowledgeError, printable_line

if TYPE_CHECKING:
    from dateline.engine import Coder
    from dateline.intake import Failure
    from dateline.model import Report
    from dateline.store import Project

T = TypeVar("T")


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
    with partial.open("w", encoding="utf-8", newline="") as out:
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
    """What a person can mend, as one line a fault and exit code 2 instead of a traceback.

    The whole command line runs in it: no verb tells of errors by itself.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except (DatelineError, OSError) as error:
        faults = error.problems if isinstance(error, KnowledgeError) else (error,)
        tell("\n".join(printable_line(str(fault)) for fault in faults))
        raise typer.Exit(2) from error


def tell(what: object) -> None:
    """A word to the person, on standard error, under the program's name."""
    print(f"dateline: {what}", file=sys.stderr)


@contextmanager
def decisions_watched(store: Project) -> Iterator[None]:
    """Tells of each decision of a person that lost its effect, or is about to lose it, in what is done meanwhile."""
    before = set(store.unheeded())
    yield
    for unheeded in store.unheeded():
        if unheeded not in before:
            tell(printable_line(f"a decision has no effect: {unheeded}"))


def warn_without_encoder(coder: Coder) -> None:
    """One line on standard error where the machine wanted its encoder and cannot use it."""
    from dateline.coder.machine import MachineCoder

    if isinstance(coder, MachineCoder) and coder.without:
        tell(f"coding by the rules alone: {coder.without}")
