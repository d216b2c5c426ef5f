"""The command line: verbs over the public functions. Results go to standard output, talk to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import console
from dateline.cli.authority import authority_app
from dateline.cli.console import (
    AuthorityOption,
    CodebookOption,
    CodePathsArgument,
    FormatOption,
    GazetteerOption,
    LexiconOption,
    LimitOption,
    Names,
    NamesOption,
    OutputOption,
    PathsArgument,
    PublishedOption,
    PublisherOption,
    RulesOnlyOption,
)
from dateline.cli.evaluate import evaluate
from dateline.cli.events import decide, digest, link, show
from dateline.cli.gazetteer import gazetteer_app
from dateline.cli.project import HERE, ProjectOption, add, code_project, init, status, verify

if TYPE_CHECKING:
    from dateline.intake import Failure
    from dateline.model import Coding
    from dateline.settings import CoderSettings

app = typer.Typer(
    name="dateline",
    help="Turn news reports into event data: who did what to whom, where, when, in what numbers, and who says so.",
    epilog="Start with: dateline demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
codebook_app = typer.Typer(help="Look at, make and check codebooks: what may be coded, as data.", no_args_is_help=True)
app.add_typer(codebook_app, name="codebook")
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(authority_app, name="authority")


app.command()(init)
app.command()(add)


@app.command()
def code(
    paths: CodePathsArgument = None,
    project: ProjectOption = HERE,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    codebook: CodebookOption = "plover",
    names: NamesOption = Names.roles,
    authority: AuthorityOption = None,
    gazetteer: GazetteerOption = None,
    lexicon: LexiconOption = None,
    rules_only: RulesOnlyOption = False,
    limit: LimitOption = None,
    format: FormatOption = None,
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
        code_project(project)
        return
    chosen = format or console.format_for(output, paths)
    settings = console.coder_settings(codebook, names, authority, gazetteer, lexicon, rules_only)
    _write(_codings(paths, published, publisher, settings, limit), chosen, output)


@app.command()
def explain(
    paths: PathsArgument,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    codebook: CodebookOption = "plover",
    names: NamesOption = Names.roles,
    authority: AuthorityOption = None,
    gazetteer: GazetteerOption = None,
    lexicon: LexiconOption = None,
    rules_only: RulesOnlyOption = False,
    limit: LimitOption = None,
    output: OutputOption = None,
) -> None:
    """Show what was considered in each report, and why it was or was not coded."""
    settings = console.coder_settings(codebook, names, authority, gazetteer, lexicon, rules_only)
    _write(_codings(paths, published, publisher, settings, limit), "explain", output)


app.command()(link)
app.command()(show)
app.command()(digest)
app.command()(decide)
app.command()(status)
app.command()(verify)
app.command()(evaluate)


@app.command()
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


@app.command()
def schema() -> None:
    """Print the JSON Schema of a coded report."""
    import json

    from dateline.form import schema as form_schema

    print(json.dumps(form_schema(), indent=2, ensure_ascii=False))


@codebook_app.command("list")
def codebook_list() -> None:
    """List the built-in codebooks."""
    from dateline.codebook import builtin_codebooks, load_codebook

    for name in builtin_codebooks():
        book = load_codebook(name)
        print(f"{book.name} {book.version}: {book.description} ({len(book.types)} types)")


@codebook_app.command("show")
def codebook_show(
    codebook: Annotated[str, typer.Argument(metavar="NAME|FILE", help="A built-in codebook or a YAML file.")],
    type: Annotated[str | None, typer.Argument(metavar="[TYPE]", help="One type, with triggers and examples.")] = None,
) -> None:
    """Show a codebook, or one of its types whole."""
    from dateline.codebook import load_codebook
    from dateline.codebook.show import show

    with console.told():
        print(show(load_codebook(codebook), type))


@codebook_app.command("new")
def codebook_new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The YAML file to write; it must not exist.")],
    name: Annotated[str | None, typer.Option("--name", help="The codebook's name; else the file's.")] = None,
) -> None:
    """Write a commented starter codebook that extends the built-in one, ready to edit."""
    from dateline.codebook.new import new

    with console.told():
        new(file, name or file.stem)
    print(f"Wrote {file}. Edit it, then: dateline codebook check {file}", file=sys.stderr)


@codebook_app.command("check")
def codebook_check(
    codebook: Annotated[str, typer.Argument(metavar="NAME|FILE", help="A built-in codebook or a YAML file.")],
) -> None:
    """Run a codebook's worked examples as tests. The exit code is 1 where one fails."""
    from dateline.api import machine_coder
    from dateline.codebook.check import check_codebook
    from dateline.intake import read_text

    with console.told():
        coder = machine_coder(codebook)
        console.warn_without_encoder(coder)
        result = check_codebook(coder.codebook, lambda text: coder.code(read_text(text)).events)
    print(result)
    if result.failed:
        raise typer.Exit(1)


@app.callback(invoke_without_command=True)
def version(
    show: Annotated[bool, typer.Option("--version", help="Show the version and exit.", is_eager=True)] = False,
) -> None:
    """Print the version where it is asked for."""
    if show:
        from dateline.version import __version__

        print(f"dateline {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line, turning an interrupt into the usual exit code."""
    try:
        app()
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        raise SystemExit(130) from None
    except BrokenPipeError:
        # The reader (such as `head`) has seen enough; that is no error of ours.
        sys.stderr.close()
        raise SystemExit(141) from None


def _codings(
    paths: list[str],
    published: str | None,
    publisher: str | None,
    settings: CoderSettings,
    limit: list[str] | None = None,
) -> Iterator[Coding | Failure]:
    from dateline.api import machine_coder
    from dateline.engine import run

    # The codebook and the lists come first: a mistake in them should be told before a thousand files are read.
    with console.told():
        coder = machine_coder(settings=settings)
    console.warn_without_encoder(coder)
    yield from run(console.reports(paths, published, publisher, limit or []), coder)


def _write(outcomes: Iterator[Coding | Failure], format: str, output: Path | None) -> None:
    from dateline.export.registry import exporters
    from dateline.intake import Failure

    with console.told():
        write = exporters()[format]
    failed = 0

    def codings() -> Iterator[Coding]:
        nonlocal failed
        for outcome in console.progress(outcomes) if console.is_watched(output) else outcomes:
            if isinstance(outcome, Failure):
                failed += 1
                print(f"dateline: {outcome}", file=sys.stderr)
            else:
                yield outcome

    with console.destination(output) as out:
        write(codings(), out)
    if failed:
        print(f"{failed} could not be read or coded; the rest is written.", file=sys.stderr)
        raise typer.Exit(1)
