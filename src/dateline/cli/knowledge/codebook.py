"""``dateline codebook``: look at, make and check codebooks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli import console
from dateline.cli.options import CodebookArgument

codebook_app = typer.Typer(
    help="Look at, make and check codebooks: what may be coded, as data.",
    short_help="Look at, make and check codebooks.",
    no_args_is_help=True,
)


@codebook_app.command("list")
def codebook_list() -> None:
    """List the built-in codebooks."""
    from dateline.codebook import builtin_codebooks, load_codebook

    for name in builtin_codebooks():
        book = load_codebook(name)
        print(f"{book.name} {book.version}: {book.description} ({len(book.types)} types)")


@codebook_app.command("show")
def codebook_show(
    codebook: CodebookArgument,
    type: Annotated[str | None, typer.Argument(metavar="[TYPE]", help="One type, with triggers and examples.")] = None,
) -> None:
    """Show a codebook, or one of its types whole."""
    from dateline.codebook import load_codebook
    from dateline.codebook.show import show

    print(show(load_codebook(codebook), type))


@codebook_app.command("new", short_help="Write a commented starter codebook, ready to edit.")
def codebook_new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The YAML file to write; it must not exist.")],
    name: Annotated[str | None, typer.Option("--name", help="The codebook's name; else the file's.")] = None,
) -> None:
    """Write a commented starter codebook that extends the built-in one, ready to edit."""
    from dateline.codebook.new import new

    new(file, name or file.stem)
    print(f"Wrote {file}. Edit it, then: dateline codebook check {file}", file=sys.stderr)


@codebook_app.command("check")
def codebook_check(
    codebook: CodebookArgument,
) -> None:
    """Run a codebook's worked examples as tests. The exit code is 1 where one fails."""
    from dateline.api import machine_coder
    from dateline.codebook.check import check_codebook
    from dateline.intake import read_text

    coder = machine_coder(codebook)
    console.warn_without_encoder(coder)
    result = check_codebook(coder.codebook, lambda text: coder.code(read_text(text)).events)
    print(result)
    if result.failed:
        raise typer.Exit(1)
