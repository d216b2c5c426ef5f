"""The verbs that code: reports from files, those of a project, and the samples; and the form of what they write."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import console
from dateline.cli.options import (
    HERE,
    AtLeastOption,
    AuthorityOption,
    CodebookOption,
    CodePathsArgument,
    CoderOption,
    FormatOption,
    GazetteerOption,
    LexiconOption,
    LimitOption,
    Names,
    NamesOption,
    OutputOption,
    PathsArgument,
    ProjectOption,
    PublishedOption,
    PublisherOption,
    Quotes,
    QuotesOption,
    RulesOnlyOption,
    coder_settings,
    coding_limits,
)
from dateline.settings import AT_LEAST

if TYPE_CHECKING:
    from dateline.intake import Failure, Limits
    from dateline.model import Coding
    from dateline.settings import CoderSettings


def code(
    paths: CodePathsArgument = None,
    project: ProjectOption = HERE,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
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
) -> None:
    """Code reports: events with their actors, places, dates, numbers and sources.

    Without a path, the reports of the project that are not coded yet are coded, by the project's settings. One bad
    file costs itself only: it is named on standard error and the exit code is 1.

    \b
        dateline code report.html
        dateline code pages/ -f html -o map.html
        dateline code - --published 2024-02-01 < report.txt
        dateline code -p strikes
    """
    if not paths:
        _code_project(project)
        return
    chosen = format or console.format_for(output, paths)
    limits = coding_limits(limit)
    settings = coder_settings(coder, codebook, names, authority, gazetteer, lexicon, rules_only, at_least, limits.words)
    _write(_codings(paths, published, publisher, settings, limits), chosen, output, quotes, _read(paths, settings))


def explain(
    paths: PathsArgument,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
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
) -> None:
    """Show what was considered in each report, and why it was or was not coded."""
    limits = coding_limits(limit)
    settings = coder_settings(coder, codebook, names, authority, gazetteer, lexicon, rules_only, at_least, limits.words)
    _write(_codings(paths, published, publisher, settings, limits), "explain", output, quotes, _read(paths, settings))


def demo(
    format: FormatOption = None,
    output: OutputOption = None,
    page: Annotated[
        Path | None, typer.Option("--page", metavar="FILE", help="Also write the page with text, cards and map here.")
    ] = None,
) -> None:
    """Code the sample reports that come with dateline: public events, told by several sides."""
    from dateline.samples import sample_paths
    from dateline.settings import CoderSettings

    chosen = format or console.format_for(output, [])
    outcomes = _codings([str(path) for path in sample_paths()], None, None, CoderSettings())
    if page is None:
        _write(outcomes, chosen, output)
        return
    kept = list(outcomes)
    _write(iter(kept), chosen, output)
    _write(iter(kept), "html", page)


def schema() -> None:
    """Print the JSON Schema of a coded report."""
    import json

    from dateline.form import schema as form_schema

    print(json.dumps(form_schema(), indent=2, ensure_ascii=False))


def _code_project(folder: Path) -> None:
    """Code the reports of a project that its coder has not coded yet."""
    from dateline.api import load_coder
    from dateline.engine import run
    from dateline.intake import Failure
    from dateline.store import Project

    refusals, done = console.Refusals(), 0
    with Project.open(folder) as store:
        coder = load_coder(settings=store.coder_settings)
        console.warn_without_encoder(coder)
        fingerprint = store.keep_settings(coder.files)
        total = store.to_code(coder.info, fingerprint)
        outcomes = store.code(lambda reports: run(reports, coder), coder.info, fingerprint)
        shown = console.progress(outcomes, "Coding reports", total) if sys.stderr.isatty() else outcomes
        for outcome in shown:
            if isinstance(outcome, Failure):
                refusals.add(outcome)
            else:
                done += 1
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
) -> Iterator[Coding | Failure]:
    from dateline.api import load_coder
    from dateline.engine import run

    # The codebook and the lists come first: a mistake in them should be told before a thousand files are read.
    coder = load_coder(settings=settings)
    console.warn_without_encoder(coder)
    yield from run(console.reports(paths, published, publisher, limits), coder)


def _read(paths: list[str], settings: CoderSettings) -> tuple[str | Path, ...]:
    """Every path that is read for an output."""
    authority = () if settings.authority is None else (settings.authority,)
    return (*paths, settings.codebook, *authority, *settings.gazetteer, *settings.lexicon)


def _write(
    outcomes: Iterator[Coding | Failure],
    format: str,
    output: Path | None,
    quotes: Quotes = Quotes.keep,
    read: Iterable[str | Path] = (),
) -> None:
    from dateline.export.registry import exporters
    from dateline.export.withheld import withheld
    from dateline.intake import Failure

    write = exporters()[format]
    refusals = console.Refusals()

    def codings() -> Iterator[Coding]:
        for outcome in console.progress(outcomes) if console.is_watched(output) else outcomes:
            if isinstance(outcome, Failure):
                refusals.add(outcome)
            else:
                yield outcome if quotes is Quotes.keep else withheld(outcome)
        refusals.finish()

    with console.destination(output, read) as out:
        write(codings(), out)
    if refusals.number:
        print(f"{refusals.number:,} could not be read or coded; the rest is written.", file=sys.stderr)
        raise typer.Exit(1)
