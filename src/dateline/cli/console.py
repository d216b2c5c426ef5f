"""How the verbs talk: where reports come from and results go, what a person sees meanwhile, how errors are told."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

import typer

from dateline.cli.counting import progress as counting
from dateline.cli.given import STANDARD_INPUT
from dateline.cli.telling import talk
from dateline.errors import DatelineError, KnowledgeError, OptionError, printable_line

if TYPE_CHECKING:
    from dateline.engine import Coder
    from dateline.export.statement import KeptBack
    from dateline.intake import Failure, Limits
    from dateline.intake.fetch import Fetcher
    from dateline.intake.reader import Columns
    from dateline.model import Coding, Report
    from dateline.store import Project

T = TypeVar("T")
tell = talk.tell

counted, progress = counting.counted, counting.progress

_FOR_ALL = (".txt", ".json", ".md", "")
"""Endings that say little of the format: several are written into such files."""

_PARTICULAR = (".csv", ".tsv", ".xlsx", ".ods", ".parquet", ".geojson", ".html", ".htm")
"""Formats whose files nothing else may be written into: prose would be taken for data."""


def format_for(output: Path | None, paths: list[str]) -> str:
    """The format that nobody named: by the ending of the output file, else by the input."""
    suffix = output.suffix.lstrip(".").lower() if output else ""
    if suffix:
        return {"htm": "html", "ndjson": "jsonl", "txt": "table"}.get(suffix, suffix)
    if paths and all(path.removesuffix(".gz").endswith((".jsonl", ".ndjson")) for path in paths):
        return "jsonl"
    return "table"


def check_output(
    output: Path | None,
    format: str,
    written: Collection[str],
    read: Iterable[str | Path] = (),
    *,
    folders: bool = False,
) -> None:
    """Refuse an output file before anything is read: where it cannot be written, is read, or says another format.

    ``written`` are the formats that there are, ``read`` the files and folders that are read for it; ``folders`` says
    that a folder may be written. Raises :class:`OptionError`.
    """
    if output is None:
        return
    if not output.parent.is_dir():
        raise OptionError(f"the folder {output.parent} of {output} is not there", "make it first, or write elsewhere")
    if output.is_dir() and not folders:
        raise OptionError(f"{output} is a folder", "name a file in it")
    keep_apart(output, read)
    named, ending = format_for(output, []), output.suffix.lower()
    if named in (format, _form_of(format)):
        return
    if ending not in _FOR_ALL and (named in written or ending in _PARTICULAR):
        raise OptionError(
            f"{output} says {named} by its ending, and what is written is {format}",
            f"end it otherwise, or choose another format ({', '.join(written)})",
        )


def _form_of(format: str) -> str:
    """The form of a format's files, where their ending says it and not the format."""
    match format:
        case "acled" | "csv-bom":
            return "csv"
        case "annotations":
            return "jsonld"
        case "polecat":
            return "tsv"
    return format.removesuffix("-rows")


def keep_apart(output: Path | None, read: Iterable[str | Path]) -> None:
    """Raise :class:`OptionError` where an output would take the place of a file that is read."""
    if output is not None and output.is_file() and any(_is_read(output, path) for path in read):
        raise OptionError(f"{output} is read and would be written over", "write to another file")


def _is_read(output: Path, read: str | Path) -> bool:
    """Whether the output is the file of a path, the input's, or one of a folder that was not written here."""
    from dateline.export.ours import is_ours
    from dateline.intake.registry import readers

    if str(read) == STANDARD_INPUT:
        return os.path.samestat(os.fstat(0), output.stat())
    path, inside = Path(read), output.resolve()
    if not path.is_dir():
        return path.exists() and path.samefile(output)
    return inside.is_relative_to(path.resolve()) and bool(readers().named(inside.name)) and not is_ours(output)


def is_folder(output: Path) -> bool:
    """Whether an output is a folder of pages: one that is there, or a name without an ending."""
    return output.is_dir() or not output.suffix


def reports(
    paths: list[str],
    published: str | None = None,
    publisher: str | None = None,
    limits: Limits | None = None,
    output: Path | None = None,
    fetch: Fetcher | None = None,
    columns: Columns | None = None,
) -> Iterator[Report | Failure]:
    """The reports of all paths in order, with a failure for each that cannot be read.

    What is written there is no report of its folder, nor is what belongs to a saved page that is given itself.
    """
    from dateline.intake import Limits, read_path

    apart = () if output is None else (output, partial(output))
    for path in own_paths(paths):
        yield from read_path(
            path,
            limits=limits or Limits(),
            apart=apart,
            fetch=fetch,
            columns=columns,
            published=published,
            publisher=publisher,
        )


def own_paths(paths: list[str]) -> Iterator[str]:
    """The paths without the folders that browsers saved beside pages among them: ``pages/*`` is what ``pages/`` is."""
    from dateline.intake.folders.listing import page_of

    given = {Path(path) for path in paths}
    for path in paths:
        page = page_of(Path(path)) if path != STANDARD_INPUT and Path(path).is_dir() else None
        if page in given:
            tell(f"{path} belongs to the saved page {page} and holds no reports of its own")
        else:
            yield path


def expected(paths: list[str]) -> int | None:
    """How many reports the paths give, where that shows without reading them."""
    from dateline.intake.folders.listing import expected as of

    numbers = [of(path) for path in paths]
    told = [number for number in numbers if number is not None]
    return sum(told) if len(told) == len(numbers) else None


def is_watched(output: Path | None) -> bool:
    """Somebody sees standard error, and the results do not run over the same screen."""
    return sys.stderr.isatty() and (output is not None or not sys.stdout.isatty())


def flushed(items: Iterable[T], out: TextIO) -> Iterator[T]:
    """The items; whoever writes them has each written out before the next one is made."""
    for item in items:
        yield item
        out.flush()


def partial(output: Path) -> Path:
    """Where a file is written before it is whole."""
    return output.with_name(output.name + ".partial")


def put(
    codings: Iterable[Coding], format: str, write: Callable[..., None], output: Path | None, **said: KeptBack
) -> None:
    """Write codings where they are to go: as pages of a folder where a folder is named, else as one file."""
    if output is not None and format == "html" and is_folder(output):
        from dateline.export.page.folder import write_folder

        write_folder(codings, output, **said)
        return
    with destination(output) as out:
        write(flushed(codings, out), out)


@contextmanager
def destination(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that is replaced whole; an interrupt keeps what was done beside it."""
    if output is None:
        if sys.stdout is None:
            raise OptionError("the standard output is closed", "open it, or name a file with -o")
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8")
        yield sys.stdout
        return
    if output.exists() and not (output.is_file() or output.is_dir()):
        # A device or a pipe is written to: in its place a file would be no use to anybody.
        with output.open("w", encoding="utf-8", newline="") as out:
            yield out
        return
    # What a link leads to is replaced, as if it had been opened by that name.
    output = output.resolve() if output.is_symlink() else output
    beside = partial(output)
    try:
        opened = beside.open("w", encoding="utf-8", newline="")
    except OSError as error:
        why = f"{output} cannot be written ({error.strerror})"
        raise OptionError(why, "check its folder and your rights") from error
    with opened as out:
        try:
            yield out
        except KeyboardInterrupt:
            kept = f"{output} is as it was" if output.exists() else f"{output} is not written"
            tell(f"interrupted: what was done so far is in {beside}; {kept}")
            raise Told from None
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    beside.replace(output)


class Told(KeyboardInterrupt):
    """An interrupt of which a person was told already."""


@contextmanager
def going_on(words: Callable[[], str]) -> Iterator[None]:
    """An interrupt with a word on what was kept and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        tell(f"interrupted: {words()}")
        raise Told from None


@contextmanager
def told() -> Iterator[None]:
    """What a person can mend, as one line a fault and exit code 2 instead of a traceback; an interrupt as 130.

    The whole command line runs in it: no verb tells of errors by itself.
    """
    remarks = _Remarks(logging.WARNING)
    log = logging.getLogger("dateline")
    log.addHandler(remarks)
    try:
        yield
    except KeyboardInterrupt as interrupt:
        if not isinstance(interrupt, Told):
            tell("interrupted")
        raise typer.Exit(130) from None
    except BrokenPipeError:
        # The reader (such as `head`) has seen enough; that is no error of ours, and there is nobody to flush to.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(141) from None
    except (DatelineError, OSError) as error:
        faults = error.problems if isinstance(error, KnowledgeError) else (fault(error),)
        tell("\n".join(printable_line(str(each)) for each in faults))
        raise typer.Exit(2) from error
    finally:
        log.removeHandler(remarks)
        talk.talk_in(talk.LogForm.text)


class _Remarks(logging.Handler):
    """What the log is told and a person should know, on standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        tell(printable_line(record.getMessage()))


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


def nothing_written(output: Path | None) -> str:
    """The words for an output that nothing is put into: a file that is there stays."""
    return (
        f"nothing is written; {output} is as it was" if output is not None and output.exists() else "nothing is written"
    )


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
