"""The verbs that code: reports from files, those of a project, and the samples; and the form of what they write."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar, cast

import typer

from dateline.cli import console, given
from dateline.cli.asking import columns_asked
from dateline.cli.options import (
    HERE,
    JOBS,
    AllowHostOption,
    AtLeastOption,
    AuthorityOption,
    CodebookOption,
    CodePathsArgument,
    CoderOption,
    ColumnOption,
    ContactOption,
    FormatOption,
    GazetteerOption,
    JobsOption,
    LexiconOption,
    LimitOption,
    Names,
    NamesOption,
    OfflineOption,
    OutputOption,
    PathsArgument,
    ProjectOption,
    PublishedOption,
    PublisherOption,
    Quotes,
    QuotesOption,
    RulesOnlyOption,
    Web,
    coder_settings,
    coding_limits,
    columns_given,
    in_project,
)
from dateline.errors import OptionError
from dateline.settings import AT_LEAST

if TYPE_CHECKING:
    from dateline.intake import Failure, Limits
    from dateline.model import Coding
    from dateline.settings import CoderSettings

T = TypeVar("T")


def code(
    context: typer.Context,
    paths: CodePathsArgument = None,
    project: ProjectOption = HERE,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    column: ColumnOption = None,
    coder: CoderOption = "machine",
    codebook: CodebookOption = "plover",
    names: NamesOption = Names.roles,
    authority: AuthorityOption = None,
    gazetteer: GazetteerOption = None,
    lexicon: LexiconOption = None,
    rules_only: RulesOnlyOption = False,
    at_least: AtLeastOption = AT_LEAST,
    limit: LimitOption = None,
    format: FormatOption = None,
    quotes: QuotesOption = Quotes.keep,
    output: OutputOption = None,
    jobs: JobsOption = None,
    allow_host: AllowHostOption = None,
    contact: ContactOption = None,
    offline: OfflineOption = False,
) -> None:
    """Code reports: events with their actors, places, dates, numbers and sources.

    What is piped in is read. Without that and without a path, the reports of the project that are not coded yet are
    coded, by the project's settings. One bad file costs itself only: it is named on standard error and the exit code
    is 1. Where nothing can be read, nothing is written, and the exit code is 2.

    \b
        dateline code report.html
        dateline code pages/ -f html -o map.html
        dateline code pages/ -f html -o out       (a folder: out/index.html, and a page a report)
        dateline code sheet.csv -o events.csv
        dateline code https://news.example/story
        dateline code --published 2024-02-01 < report.txt
        dateline code -p strikes

    Read are pages (.html, .htm, .xhtml), texts (.txt, .md), and records with an id and a text each: JSON Lines
    (.jsonl, .ndjson), JSON (.json), and tables (.csv, .tsv, .xlsx), whose columns have the names of the keys. Records
    may also have published, publisher, title, url, author, language and retrieved. Each file may be compressed (.gz).

    Addresses of the web are fetched: by themselves, or as a list (.urls, or a .txt or a table of nothing else). Hosts
    must be public, or be allowed by --allow-host; what cannot be fetched costs itself. With --offline nothing is.
    """
    paths = paths or _piped(context, project)
    if not paths:
        given.refuse(
            context,
            "the reports of a project are coded by its dateline.toml, and kept in it",
            "give a PATH, or leave them out and see what was coded with: dateline show",
            but=("project", JOBS),
        )
        _code_project(project, jobs)
        return
    given.refuse(
        context,
        "the files of a PATH are coded by themselves",
        "leave one of them out; to put files into a project: dateline add PATH -p DIR",
        only=("project",),
    )
    chosen = format or console.format_for(output, paths)
    limits = coding_limits(limit)
    settings = coder_settings(coder, codebook, names, authority, gazetteer, lexicon, rules_only, at_least, limits.words)
    web = Web(tuple(allow_host or ()), contact, offline)
    outcomes = _codings(
        paths, published, publisher, settings, limits, output, web, columns_given(column) or columns_asked(paths), jobs
    )
    _write(outcomes, chosen, output, quotes, paths, _read(paths, settings))


def _piped(context: typer.Context, project: Path) -> list[str]:
    """The standard input, where something is piped in and nobody can mean a project."""
    if given.is_given(context, "project") or not given.is_piped():
        return []
    if not given.holds_project(project):
        return [given.STANDARD_INPUT]
    if given.is_waiting():
        raise OptionError(
            "something is piped in, and this folder holds a project",
            "for what is piped in write: dateline code -; for the project: dateline code -p .",
        )
    return []


def explain(
    paths: PathsArgument = None,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    column: ColumnOption = None,
    coder: CoderOption = "machine",
    codebook: CodebookOption = "plover",
    names: NamesOption = Names.roles,
    authority: AuthorityOption = None,
    gazetteer: GazetteerOption = None,
    lexicon: LexiconOption = None,
    rules_only: RulesOnlyOption = False,
    at_least: AtLeastOption = AT_LEAST,
    limit: LimitOption = None,
    quotes: QuotesOption = Quotes.keep,
    output: OutputOption = None,
    allow_host: AllowHostOption = None,
    contact: ContactOption = None,
    offline: OfflineOption = False,
) -> None:
    """Show what was considered in each report, and why it was or was not coded.

    \b
        dateline explain report.html
        dateline explain sheet.csv --published 2024-02-01
    """
    paths = given.paths_or_pipe(paths)
    limits = coding_limits(limit)
    settings = coder_settings(coder, codebook, names, authority, gazetteer, lexicon, rules_only, at_least, limits.words)
    web = Web(tuple(allow_host or ()), contact, offline)
    outcomes = _codings(
        paths, published, publisher, settings, limits, output, web, columns_given(column) or columns_asked(paths)
    )
    _write(outcomes, "explain", output, quotes, paths, _read(paths, settings))


def demo(
    context: typer.Context,
    format: FormatOption = None,
    output: OutputOption = None,
    page: Annotated[
        Path | None, typer.Option("--page", metavar="FILE", help="Also write the page with text, cards and map here.")
    ] = None,
    samples: Annotated[
        Path | None,
        typer.Option(
            "--samples", metavar="DIR", help="Write the sample reports themselves into this folder, and code nothing."
        ),
    ] = None,
) -> None:
    """Code the sample reports that come with dateline: public events, told by several sides.

    \b
        dateline demo
        dateline demo --page demo.html
        dateline demo --samples pages/
    """
    from dateline.export.registry import exporters
    from dateline.samples import sample_paths, write_samples
    from dateline.settings import CoderSettings

    if samples is not None:
        given.refuse(context, "the sample reports are written and not coded", "leave it out", but=("samples",))
        files = write_samples(samples)
        print(f"{len(files)} files of sample reports are in {samples}; next: dateline code {samples}", file=sys.stderr)
        return
    chosen = format or console.format_for(output, [])
    paths = [str(path) for path in sample_paths()]
    outcomes = _codings(paths, None, None, CoderSettings())
    if page is None:
        _write(outcomes, chosen, output, paths=paths)
        return
    console.check_output(page, "html", exporters())
    kept: list[Coding | Failure] = []
    _write(_keeping(outcomes, kept), chosen, output, paths=paths)
    _write(iter(kept), "html", page)


def schema() -> None:
    """Print the JSON Schema of a coded report."""
    import json

    from dateline.form import schema as form_schema

    print(json.dumps(form_schema(), indent=2, ensure_ascii=False))


def _keeping(outcomes: Iterable[T], kept: list[T]) -> Iterator[T]:
    for outcome in outcomes:
        kept.append(outcome)
        yield outcome


def _code_project(folder: Path, jobs: int | None) -> None:
    """Code the reports of a project that its coder has not coded yet."""
    from dateline.api import load_coder
    from dateline.engine import run_jobs
    from dateline.intake import Failure
    from dateline.store import Project
    from dateline.store.calibration.derive import calibration_of, derive

    refusals, done = console.Refusals(), 0
    with Project.open(folder) as store, console.decisions_watched(store):
        settings = store.coder_settings
        coder = load_coder(settings=settings)
        console.warn_without_encoder(coder)
        fingerprint = store.keep_settings(coder.files)
        total = store.to_code(coder.info, fingerprint)

        def so_far() -> str:
            kept = total - store.to_code(coder.info, fingerprint)
            return f"{kept:,} of {total:,} reports are coded and kept; to go on: dateline code{in_project(folder)}"

        with console.going_on(so_far), console.counted("Coding reports", total) as count:
            outcomes = store.code(
                lambda reports: count(run_jobs(reports, coder, jobs, settings=settings)), coder.info, fingerprint
            )
            for outcome in outcomes:
                if isinstance(outcome, Failure):
                    refusals.add(outcome)
                else:
                    done += 1
        for _ in derive(store, calibration_of(store)):
            pass  # what is coded now has the project's chances too
    refusals.finish()
    print(f"Coded {done} report{'' if done == 1 else 's'}; next: dateline link", file=sys.stderr)
    if refusals.number:
        raise typer.Exit(1)


def _codings(
    paths: list[str],
    published: str | None,
    publisher: str | None,
    settings: CoderSettings,
    limits: Limits | None = None,
    output: Path | None = None,
    web: Web | None = None,
    columns: dict[str, str] | None = None,
    jobs: int | None = None,
) -> Iterator[Coding | Failure]:
    from dateline.intake import Limits
    from dateline.intake.reader import is_address

    def of_row(cells: tuple[str, ...]) -> dict[str, str]:
        return columns if columns and set(columns.values()) <= set(cells) else {}

    with (web.fetcher(limits or Limits()) if web else None) or nullcontext() as fetch:
        reports = console.reports(paths, published, publisher, limits, output, fetch, of_row)
        fetched = fetch is not None and any(map(is_address, paths))
        if not fetched and not any(path == given.STANDARD_INPUT or Path(path).exists() for path in paths):
            # There is nothing to code: what is wrong is told at once, and not when a coder has been loaded.
            yield from cast("Iterator[Failure]", reports)
            return

        from dateline.api import load_coder
        from dateline.engine import run_jobs

        # The codebook and the lists come first: a mistake in them should be told before a thousand files are read.
        coder = load_coder(settings=settings)
        console.warn_without_encoder(coder)
        yield from run_jobs(reports, coder, jobs, settings=settings)


def _read(paths: list[str], settings: CoderSettings) -> tuple[str | Path, ...]:
    """Every path that is read for an output."""
    authority = () if settings.authority is None else (settings.authority,)
    return (*paths, settings.codebook, *authority, *settings.gazetteer, *settings.lexicon)


def _write(
    outcomes: Iterator[Coding | Failure],
    format: str,
    output: Path | None,
    quotes: Quotes = Quotes.keep,
    paths: list[str] | None = None,
    read: Iterable[str | Path] = (),
) -> None:
    """Write the codings, counted against what ``paths`` are expected to give; nothing where there is none."""
    from dateline.export.registry import exporters
    from dateline.export.withheld import withheld
    from dateline.intake import Failure

    writers = exporters()
    write = writers[format]
    console.check_output(output, format, writers, read, folders=format == "html")
    refusals = console.Refusals()

    def codings() -> Iterator[Coding]:
        watched = paths is not None and (console.is_watched(output) or not sys.stderr.isatty())
        for outcome in console.progress(outcomes, total=console.expected(paths or [])) if watched else outcomes:
            if isinstance(outcome, Failure):
                refusals.add(outcome)
            else:
                yield outcome if quotes is Quotes.keep else withheld(outcome)
        refusals.finish()

    found = codings()
    first = next(found, None)
    if first is None:
        console.tell(f"no report could be read and coded, so {console.nothing_written(output)}")
        raise typer.Exit(2)
    console.put(chain((first,), found), format, write, output)
    if refusals.number:
        print(f"{refusals.number:,} could not be read or coded; the rest is written.", file=sys.stderr)
        raise typer.Exit(1)
