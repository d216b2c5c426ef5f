"""The command line: verbs over the public functions. Results go to standard output, talk to standard error."""

from __future__ import annotations

from collections.abc import Callable
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
from dateline.cli.tables import apply, changes, export


class _Told(TyperGroup):
    """All verbs, in the order in which they are used, with the errors of each told in one place."""

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
):
    app.add_typer(group, name=name)
SUMMARIES: dict[Callable[..., None], str] = {
    init: "Begin a project: a folder of reports and events.",
    add: "Put reports into a project.",
    code: "Code reports: who did what to whom, where, when.",
    explain: "Show why each word was or was not coded.",
    link: "Link coded reports of a project into events.",
    show: "Show an event, source by source, or list events.",
    digest: "Print what was reported since a day.",
    decide: "Say whether two events are the same.",
    export: "Write the codings of a project as a table or page.",
    apply: "Take a corrected sheet back into a project.",
    changes: "Show what people corrected in a project.",
    status: "Show how far a project is.",
    verify: "Check that evidence and database are what they were.",
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
    """Run the command line."""
    app()
