"""How the verbs talk: where reports come from and results go, what a person sees meanwhile, how errors are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

import typer

from dateline.errors import DatelineError, KnowledgeError, OptionError, printable_line

if TYPE_CHECKING:
    from dateline.engine import Coder
    from dateline.intake import Failure, Limits
    from dateline.model import Report

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
    paths: list[str], published: str | None = None, publisher: str | None = None, limits: Limits | None = None
) -> Iterator[Report | Failure]:
    """The reports of all paths in order, with a failure for each that cannot be read."""
    from dateline.intake import Limits, read_path

    for path in paths:
        yield from read_path(path, limits=limits or Limits(), published=published, publisher=publisher)


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
def destination(output: Path | None, read: Iterable[str | Path] = ()) -> Iterator[TextIO]:
    """Standard output, or a file that is replaced whole; an interrupt keeps what was done beside it.

    ``read`` are the files and folders that are read for it: :class:`OptionError` where the output is one of them.
    """
    if output is None:
        if sys.stdout is None:
            raise OptionError("the standard output is closed", "open it, or name a file with -o")
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8")
        yield sys.stdout
        return
    keep_apart(output, read)
    if output.exists() and not (output.is_file() or output.is_dir()):
        # A device or a pipe is written to: in its place a file would be no use to anybody.
        with output.open("w", encoding="utf-8", newline="") as out:
            yield out
        return
    # What a link leads to is replaced, as if it had been opened by that name.
    output = output.resolve()
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


def keep_apart(output: Path | None, read: Iterable[str | Path]) -> None:
    """Raise :class:`OptionError` where an output would take the place of a file that is read."""
    if output is not None and output.is_file() and any(_is_read(output, path) for path in read):
        raise OptionError(f"{output} is one of the files that are read", "name another file with -o")


def _is_read(output: Path, read: str | Path) -> bool:
    """Whether the output is the file of a path, one of a folder that would be read with it, or the input's."""
    from dateline.intake.registry import readers

    if str(read) == "-":
        return os.path.samestat(os.fstat(0), output.stat())
    path, inside = Path(read), output.resolve()
    if not path.is_dir():
        return path.exists() and path.samefile(output)
    return inside.is_relative_to(path.resolve()) and bool(readers().named(inside.name))


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
        faults = error.problems if isinstance(error, KnowledgeError) else (fault(error),)
        tell("\n".join(printable_line(str(each)) for each in faults))
        raise typer.Exit(2) from error


def fault(error: Exception) -> str:
    """An error in words; the system names no file where standard output would take no more."""
    if isinstance(error, OSError) and error.strerror and error.filename is None:
        return f"the output cannot be written ({error.strerror}); free some room, or write it elsewhere with -o"
    return str(error)


class Refusals:
    """What could not be read or coded, told as it comes: of one file the first, and then how much more there was."""

    MOST = 20
    """Lines of one file that are told of one by one: who sees so many looks into the file."""

    def __init__(self) -> None:
        self.number = 0
        self._of_file: list[Failure] = []
        self._unsaid = 0

    def add(self, failure: Failure) -> None:
        """Tell of a failure, unless its file has had many."""
        self.number += 1
        if not self._of_file or self._of_file[-1].path != failure.path:
            self.finish()
        self._of_file = [*self._of_file[-self.MOST :], failure]
        if len(self._of_file) <= self.MOST:
            tell(failure)
        else:
            self._unsaid += 1

    def finish(self) -> None:
        """Tell how many more there were of the last file."""
        if self._unsaid:
            last = self._of_file[-1]
            where = f", the last in line {last.line:,}" if last.line else ""
            tell(printable_line(f"{last.path}: and {self._unsaid:,} more{where}"))
        self._of_file, self._unsaid = [], 0


def tell(what: object) -> None:
    """A word to the person, on standard error, under the program's name."""
    print(f"dateline: {what}", file=sys.stderr)


def warn_without_encoder(coder: Coder) -> None:
    """One line on standard error where the machine wanted its encoder and cannot use it."""
    from dateline.coder.machine import MachineCoder

    if isinstance(coder, MachineCoder) and coder.without:
        tell(f"coding by the rules alone: {coder.without}")
