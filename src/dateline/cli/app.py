"""The command line: verbs over the public functions. Results go to standard output, talk to standard error."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from dateline.cli import console
from dateline.cli.code import code, demo, explain, schema
from dateline.cli.evaluate import evaluate
from dateline.cli.events import decide, digest, link, show
from dateline.cli.knowledge.authority import authority_app
from dateline.cli.knowledge.codebook import codebook_app
from dateline.cli.knowledge.gazetteer import gazetteer_app
from dateline.cli.knowledge.lexicon import lexicon_app
from dateline.cli.project import add, init, status, verify


class _Told(TyperGroup):
    """All verbs, with the errors of each told in one place."""

    def invoke(self, ctx: Any) -> Any:
        with console.told():
            return super().invoke(ctx)


app = typer.Typer(
    cls=_Told,
    name="dateline",
    help="Turn news reports into event data: who did what to whom, where, when, in what numbers, and who says so.",
    epilog="Start with: dateline demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group, name in (
    (codebook_app, "codebook"),
    (lexicon_app, "lexicon"),
    (gazetteer_app, "gazetteer"),
    (authority_app, "authority"),
):
    app.add_typer(group, name=name)
for verb in (init, add, code, explain, link, show, digest, decide, status, verify, evaluate, demo, schema):
    app.command()(verb)


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
    _open_closed_streams()
    try:
        app()
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        code: Any = 130
    except BrokenPipeError:
        code = _PIPE_CLOSED
    except SystemExit as left:
        code = left.code
    raise SystemExit(_flushed(code))


_PIPE_CLOSED = 141
"""The reader (such as `head`) has seen enough; that is no error of ours."""


def _open_closed_streams() -> None:
    """Put nothing where a standard stream was closed: else the next file that is opened would take its place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # open until the end


def _flushed(code: Any) -> Any:
    """The exit code, after what is still waiting was written: what cannot be is told here, and not by Python."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except BrokenPipeError:
        told = _PIPE_CLOSED
    except OSError as error:
        told = code or 2
        if not code:
            console.tell(console.fault(error))
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return told
