"""What is asked at the terminal: which column of a table is which, where their names do not tell."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.cli.console import tell

if TYPE_CHECKING:
    from dateline.intake.reader import Columns
    from dateline.intake.records.unnamed import Unnamed

ASKED = 6
"""How many of the fields are asked for; the others are seldom in a table, and can be given as options."""
SHOWN = 60
"""Characters of a cell that are shown."""


def columns_asked(paths: Iterable[str], known: Columns | None = None) -> dict[str, str]:
    """Which column gives which field, as a person says of the first table that needs it; nothing where nobody can.

    ``known`` is what is known of tables already. Asked is only where somebody sits at the terminal.
    """
    from dateline.intake.records.unnamed import unnamed

    if not (sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()):
        return {}
    for path in paths:
        table = unnamed(Path(path), known)
        if table is not None:
            return _asked(path, table)
    return {}


def _asked(path: str, table: Unnamed) -> dict[str, str]:
    from rich.console import Console
    from rich.prompt import Prompt
    from rich.text import Text

    from dateline.intake.records.fields import FIELDS

    console = Console(stderr=True)
    tell(f"{path} does not say which of its columns holds the texts:")
    for number, name in enumerate(table.names, 1):
        sample = table.sample[number - 1] if number <= len(table.sample) else ""
        console.print(Text(f"  {number}  {name or '(without a name)'}  {sample[:SHOWN]}"))
    numbers = {str(n): name for n, name in enumerate(table.names, 1) if name}
    said: dict[str, str] = {}
    for field in sorted(FIELDS[:ASKED], key=lambda field: field != "text"):
        left = [n for n, name in numbers.items() if name not in said.values()]
        if field == "text":
            answer = Prompt.ask("Column of the texts", choices=left, show_choices=False, console=console)
        else:
            words = f"Column of the {field} (Enter: none)"
            answer = Prompt.ask(words, choices=[*left, ""], show_choices=False, default="", console=console)
        if answer:
            said[field] = numbers[answer]
    options = " ".join(f"--column {shlex.quote(f'{field}={column}')}" for field, column in said.items())
    tell(f"the same again without a question: {options}")
    return said
