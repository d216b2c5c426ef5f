"""What a person gave: options that do not apply are refused by name, and what is piped in is read."""

from __future__ import annotations

import os
import select
import stat
import sys
from collections.abc import Collection
from pathlib import Path

import typer

from dateline.errors import OptionError

STANDARD_INPUT = "-"


def refuse(
    context: typer.Context, why: str, mend: str, *, only: Collection[str] = (), but: Collection[str] = ()
) -> None:
    """Refuse the options that were given on the command line (``only`` those, or all ``but`` those) by their names.

    What is dropped without a word is taken for done.
    """
    given = []
    for option in context.command.params:
        name = option.name or ""
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE" and (name in only if only else name not in but):
            given.append(max(option.opts, key=len) if option.opts[0].startswith("-") else name.upper())
    if given:
        *first, last = given
        named = f"{', '.join(first)} and {last}" if first else last
        raise OptionError(f"{named} {'do' if first else 'does'} not go with this: {why}", mend)


def is_given(context: typer.Context, name: str) -> bool:
    """Whether somebody gave an option: on the command line, or as a variable of the environment."""
    source = context.get_parameter_source(name)
    return source is not None and not source.name.startswith("DEFAULT")


def is_piped() -> bool:
    """Whether something is piped into the program, or a file is directed to it."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)


def is_waiting() -> bool:
    """Whether what is piped in has something to read already."""
    if not is_piped():
        return False
    try:
        if stat.S_ISREG(os.fstat(sys.stdin.fileno()).st_mode):
            return os.fstat(sys.stdin.fileno()).st_size > 0
        ready, _, _ = select.select([sys.stdin], [], [], 0)
        return bool(ready) and bool(sys.stdin.buffer.peek(1))  # type: ignore[union-attr]
    except (OSError, ValueError):
        return False


def paths_or_pipe(paths: list[str] | None) -> list[str]:
    """The paths that were given, or the standard input where something is piped in. Raises OptionError for neither."""
    if paths:
        return paths
    if is_piped():
        return [STANDARD_INPUT]
    raise OptionError("there is nothing to read", "give a file or a folder, or pipe a text or records in")


def holds_project(folder: Path) -> bool:
    """Whether a folder holds a project."""
    from dateline.store.databases.places import place_of

    return place_of(folder) is not None
