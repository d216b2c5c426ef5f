"""``dateline lexicon``: look at, make and check lists of words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.options import LexiconOption

if TYPE_CHECKING:
    from dateline.lang.lexicon import Lexicon

lexicon_app = typer.Typer(
    help="Look at, make and check lists of words: what dateline knows of the language, as data.",
    short_help="Look at, make and check lists of words.",
    no_args_is_help=True,
)


def _lexicon(files: list[Path] | None) -> Lexicon:
    from dateline.lang.lexicon import built_in, lay_over

    return lay_over(built_in(), files or ())


@lexicon_app.command("list")
def lexicon_list(
    about: Annotated[str, typer.Argument(metavar="[TEXT]", help="Only lists whose name or meaning has it.")] = "",
    lexicon: LexiconOption = None,
) -> None:
    """List the lists: name, number of words, and what they mean.

    \b
        dateline lexicon list planned
    """
    from dateline.lang.lexicon.show import overview

    lines = overview(_lexicon(lexicon), about)
    print("\n".join(lines) if lines else f"No list has {about!r} in its name or meaning.")


@lexicon_app.command("show", short_help="Show a list whole, or all that is known of a word.")
def lexicon_show(
    name: Annotated[str, typer.Argument(metavar="LIST|WORD", help="A list (modality.governors) or a word (arrange).")],
    lexicon: LexiconOption = None,
) -> None:
    """Show a list whole, or all that is known of a word: every list it is in, with file and line.

    \b
        dateline lexicon show modality.governors
        dateline lexicon show herder
    """
    from dateline.lang.lexicon.show import show

    print(show(_lexicon(lexicon), name))


@lexicon_app.command("new")
def lexicon_new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The YAML file to write; it must not exist.")],
) -> None:
    """Write a commented starter file of words of your own, ready to edit.

    It is laid over the built-in lists by ``--lexicon FILE`` or by ``lexicon = ["FILE"]`` in a project's settings.
    """
    from dateline.lang.lexicon.new import new

    new(file)
    print(f"Wrote {file}. Edit it, then: dateline lexicon check {file}", file=sys.stderr)


@lexicon_app.command("check", short_help="Check files of words, or the built-in lists.")
def lexicon_check(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE...]", help="Files of your own; left out: the built-in lists.")
    ] = None,
) -> None:
    """Check files of words: every key, every word in lists that exclude each other, and every example.

    The exit code is 1 where an example fails, 2 where a file cannot be used.
    """
    from dateline.lang.base import load_language
    from dateline.lang.lexicon import built_in, using
    from dateline.lang.lexicon.check import failing_examples

    known, lexicon, language = built_in(), _lexicon(files), load_language()
    with using(lexicon):
        language.date_phrases()  # days that cannot be read are told here, not when a report is coded
    names = {file.name for file in files or ()}
    changed = [one for one in lexicon if not files or one is not known[one.name]]
    asked = [one.name for one in changed for example in one.examples if not names or example.file in names]
    problems = list(failing_examples(changed, language.pipeline()))
    for problem in problems:
        print(problem)
    lists = len(set(asked))
    print(f"{lists} list{'' if lists == 1 else 's'}, {len(asked) - len(problems)} of {len(asked)} examples passed.")
    if problems:
        raise typer.Exit(1)
