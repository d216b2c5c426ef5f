"""The verb that compares a coding with what people coded by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar, get_args

import typer

from dateline.cli import console, given
from dateline.cli.options import CodebookOption, OutputOption
from dateline.errors import OptionError

if TYPE_CHECKING:
    from dateline.evaluate import Field
    from dateline.intake import Failure
    from dateline.model import Coding

T = TypeVar("T")


def evaluate(
    context: typer.Context,
    gold: Annotated[
        Path | None,
        typer.Argument(
            metavar="[GOLD]",
            help="What people coded: coded reports (JSON Lines), or a sheet (CSV) with one row an event.",
        ),
    ] = None,
    predictions: Annotated[
        Path | None,
        typer.Argument(
            metavar="CODING",
            help="The coding to compare, in either form. Left out: dateline codes the texts of GOLD itself.",
        ),
    ] = None,
    project: Annotated[
        Path | None,
        typer.Option(
            "-p",
            "--project",
            metavar="DIR",
            help="In the place of GOLD: what people reviewed in this project, against its machine's coding.",
        ),
    ] = None,
    reports: Annotated[
        list[str] | None,
        typer.Option(
            "--reports",
            metavar="PATH",
            help="The reports that a sheet names but does not hold, as `dateline code` reads them. Can be given again.",
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="OURS=THEIRS", help="What the sheet calls a column. Can be given again."),
    ] = None,
    rename: Annotated[
        list[str] | None,
        typer.Option(
            "--rename",
            metavar="OLD=NEW",
            help="Read a type of GOLD as another, or as TYPE/mode (arrest=COERCE/arrest). Can be given again.",
        ),
    ] = None,
    type: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="A type that GOLD covers: events of other types are then no errors. Can be given again.",
        ),
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option(
            "--field", metavar="FIELD", help="A field to compare; else all that GOLD codes. Can be given again."
        ),
    ] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Want the very words and bounds; else words agree where they overlap.")
    ] = False,
    resamples: Annotated[
        int, typer.Option("--resamples", metavar="N", min=0, help="Bootstrap draws for the intervals; 0 for none.")
    ] = 1000,
    level: Annotated[
        float,
        typer.Option("--level", metavar="SHARE", min=0.5, max=0.999, help="What the intervals hold: 0.95 is 95%."),
    ] = 0.95,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, max=2**32 - 1, help="The seed of the draws.")] = 1,
    errors: Annotated[int, typer.Option("--errors", metavar="N", min=0, help="How many errors the table shows.")] = 20,
    codebook: CodebookOption = "plover",
    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="table|json|html",
            help="How to write the comparison. Left out: by the ending of the output file, else a table.",
        ),
    ] = None,
    output: OutputOption = None,
) -> None:
    """Compare a coding with what people coded by hand: precision, recall and F1 with intervals, and every error.

    A record of GOLD that cannot be read costs its report: it is named on standard error and the exit code is 1.

    \b
        dateline evaluate gold.jsonl
        dateline evaluate gold.csv --reports articles.jsonl -o errors.html
        dateline evaluate first-coder.csv second-coder.csv
        dateline evaluate -p strikes
    """
    from dateline.evaluate import compare
    from dateline.evaluate.report.write import FORMATS, check_format, write

    chosen = format or console.format_for(output, [])
    check_format(chosen)
    read: list[str | Path] = [*([gold] if gold else []), *([predictions] if predictions else []), *(reports or [])]
    console.check_output(output, chosen, FORMATS, read)
    fields = _fields(field)
    failures: list[Failure] = []
    if project is not None:
        given.refuse(context, "a project has its own gold, codings and texts", "leave it out", only=get_args(_OfFiles))
        pair = _of_project(project)
    elif gold is None:
        raise OptionError("nothing is given to compare with", "name GOLD, or a project with reviewed rows: -p DIR")
    else:
        if predictions:
            given.refuse(context, "CODING was coded already", "leave it out", only=("codebook",))
        columns, renamed = _options(column, "--column"), _options(rename, "--rename")
        pair = _of_files(gold, predictions, reports or [], columns, renamed, codebook, failures)
    result = compare(
        pair.gold,
        pair.coded,
        fields=[f for f in fields if f in pair.fields],
        types=type or (),
        spans="exact" if exact else "overlap",
        resamples=resamples,
        level=level,
        seed=seed,
    )
    with console.destination(output) as out:
        write(result, pair.gold, out, chosen, errors=errors)
    if failures:
        raise typer.Exit(1)


_OfFiles = Literal["gold", "predictions", "reports", "column", "rename", "codebook"]
"""What goes with a gold that stands in a file."""


@dataclass(frozen=True)
class _Pair:
    """What is compared: a gold, a coding of the same reports, and the fields that both have."""

    gold: Sequence[Coding]
    coded: Sequence[Coding]
    fields: Collection[Field]


def _of_project(folder: Path) -> _Pair:
    """What people reviewed in a project, and what the machine had made of it."""
    from dateline.errors import ReviewError
    from dateline.evaluate.gold.project import COMPARED, own_gold
    from dateline.export.statement import number
    from dateline.store import Project
    from dateline.store.calibration.derive import reviewed

    with Project.open(folder) as store:
        found = own_gold(reviewed(store, own=False))
    if not found.gold:
        raise ReviewError(f"nobody has reviewed a row in {folder} that a machine coded; begin with: dateline review")
    if found.waiting:
        _tell([f"{number(found.waiting, 'row')} of these reports that nobody has looked at: not compared"])
    return _Pair(found.gold, found.machine, COMPARED)


def _of_files(
    gold: Path,
    predictions: Path | None,
    reports: Sequence[str],
    columns: dict[str, str],
    renamed: dict[str, str],
    codebook: str,
    failures: list[Failure],
) -> _Pair:
    """What stands in files, else in the gold alone: then the machine codes its texts."""
    from dateline.errors import SheetError
    from dateline.evaluate import read_both, read_codings

    texts = {r.id: r for r in _kept(console.reports(list(reports)), failures)}
    if predictions:
        ours, coded = read_both(gold, predictions, reports=texts, columns=columns, renamed=renamed)
    else:
        ours, coded = read_codings(gold, reports=texts, columns=columns, renamed=renamed), None
    for file in (ours, *([coded] if coded else [])):
        failures += file.failures
        _tell(file.notes)
    _tell(failures)
    if not ours.codings:
        mend = "mend what is named above, or give another file" if ours.failures else "put a row for each event into it"
        raise SheetError(f"{gold}: no report can be compared", mend)
    told = len(failures)
    other = coded.codings if coded else tuple(_kept(_machine(ours.codings, codebook), failures))
    _tell(failures[told:])
    return _Pair(ours.codings, other, [f for f in ours.fields if coded is None or f in coded.fields])


def _machine(gold: Sequence[Coding], codebook: str) -> Iterator[Coding | Failure]:
    """What the machine makes of the texts, with a word on types that its codebook does not have."""
    from dateline.api import machine_coder
    from dateline.engine import run_jobs
    from dateline.settings import CoderSettings

    coder = machine_coder(codebook)
    console.warn_without_encoder(coder)
    types = {t.name.casefold() for t in coder.codebook.types}
    foreign = sorted({event.type for coding in gold for event in coding.events if event.type.casefold() not in types})
    if foreign:
        _tell([f"no types of the codebook {coder.codebook.name}: {', '.join(foreign)[:200]} (see --rename)"])
    settings = CoderSettings(codebook=codebook)
    outcomes = run_jobs((coding.report for coding in gold), coder, settings=settings)
    return console.progress(outcomes, total=len(gold))


def _kept(outcomes: Iterable[T | Failure], failures: list[Failure]) -> Iterator[T]:
    """What could be read or coded; the rest is added to the failures."""
    from dateline.intake import Failure

    for outcome in outcomes:
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            yield outcome


def _fields(names: list[str] | None) -> tuple[Field, ...]:
    from dateline.evaluate import FIELDS

    for name in names or ():
        if name not in FIELDS:
            raise OptionError(f"no field is called {name!r}", f"the fields are {', '.join(FIELDS)}")
    return tuple(f for f in FIELDS if not names or f in names)


def _options(given: list[str] | None, option: str) -> dict[str, str]:
    """Options of the form ``A=B`` as pairs."""
    pairs = {}
    for words in given or ():
        left, sign, right = (part.strip() for part in words.partition("="))
        if not (left and sign and right):
            raise OptionError(f"{words!r} cannot be read", f"write two names with = between them: {option} A=B")
        pairs[left] = right
    return pairs


def _tell(remarks: Iterable[object]) -> None:
    from dateline.intake import Failure

    refusals = console.Refusals()
    for remark in remarks:
        if isinstance(remark, Failure):
            refusals.add(remark)
        else:
            console.tell(remark)
    refusals.finish()
