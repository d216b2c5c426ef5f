"""The command line: verbs over the public functions. Results go to standard output, talk to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from dateline.cli import console
from dateline.cli.batches.shards import shards_app
from dateline.cli.code import code, demo, explain, schema
from dateline.cli.collecting.evidence import evidence_app
from dateline.cli.collecting.watch import sources, watch
from dateline.cli.evaluate import evaluate
from dateline.cli.events import decide, digest, link, show
from dateline.cli.giving.analysis import analysis
from dateline.cli.giving.export import export
from dateline.cli.giving.release import diff, release
from dateline.cli.keeping.copies import backup, copy, restore
from dateline.cli.knowledge.authority import authority_app
from dateline.cli.knowledge.codebook import codebook_app
from dateline.cli.knowledge.gazetteer import gazetteer_app
from dateline.cli.knowledge.lexicon import lexicon_app
from dateline.cli.project import add, init, status, verify
from dateline.cli.reviewing.agreement import agreement
from dateline.cli.reviewing.calibrate import calibrate
from dateline.cli.reviewing.people import people_app
from dateline.cli.reviewing.review import review
from dateline.cli.tables import apply, changes


class _Told(TyperGroup):
    """All verbs, in the order in which they are used, with the errors of each told in one place."""

    def make_context(self, *args: Any, **more: Any) -> Any:
        with console.told():  # here its own help and version are written
            return super().make_context(*args, **more)

    def invoke(self, ctx: Any) -> Any:
        with console.told():
            return super().invoke(ctx)


app = typer.Typer(
    cls=_Told,
    name="dateline",
    help="Turn news reports into event data: who did what to whom, where, when, in what numbers, and who says so.",
    epilog="Start with: dateline demo",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group, name in (
    (codebook_app, "codebook"),
    (lexicon_app, "lexicon"),
    (gazetteer_app, "gazetteer"),
    (authority_app, "authority"),
    (evidence_app, "evidence"),
    (people_app, "people"),
    (shards_app, "shards"),
):
    app.add_typer(group, name=name)
SUMMARIES: dict[Callable[..., None], str] = {
    init: "Begin a project: a folder of reports and events.",
    add: "Put reports into a project.",
    watch: "Poll feeds and sitemaps, and put in what is new.",
    sources: "List the sources that a project watches.",
    code: "Code reports: who did what to whom, where, when.",
    explain: "Show why each word was or was not coded.",
    link: "Link coded reports of a project into events.",
    show: "Show an event, source by source, or list events.",
    digest: "Print what was reported since a day.",
    decide: "Say whether two events are the same.",
    review: "Open the workspace: look, and decide what holds.",
    agreement: "Tell how far the coders of a project agree.",
    export: "Write the codings of a project as a table or page.",
    release: "Cut a version of the data that can be cited.",
    diff: "Tell what changed between two releases.",
    analysis: "Ask a release questions, in SQL.",
    apply: "Take a corrected sheet back into a project.",
    changes: "Show what people corrected in a project.",
    status: "Show how far a project is.",
    verify: "Check that evidence and database are what they were.",
    copy: "Copy a project, also to or from PostgreSQL.",
    backup: "Write a project into one file, while others work.",
    restore: "Make a project of a back-up.",
    calibrate: "Make chances come true as often as they say.",
    evaluate: "Compare a coding with what people coded.",
    demo: "Code the sample reports that come with dateline.",
    schema: "Print the JSON Schema of a coded report.",
}
"""The verbs and what each does, in a line that a terminal of 80 columns shows whole."""

for verb, summary in SUMMARIES.items():
    app.command(short_help=summary)(verb)


@app.callback(invoke_without_command=True)
def version(
    show: Annotated[bool, typer.Option("--version", "-V", help="Show the version and exit.", is_eager=True)] = False,
) -> None:
    """Print the version where it is asked for."""
    if show:
        from dateline.version import __version__

        print(f"dateline {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line. Its errors are told by :func:`console.told`; what waits to be written is written last."""
    _open_closed_streams()
    code: Any = 0
    try:
        app()
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
