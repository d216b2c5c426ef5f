"""The writers by name, found through the entry points that a user's own plugin registers with.

A plugin adds a format by naming a callable under ``[project.entry-points."dateline.exporters"]``; the name of the
entry point is what ``--format`` takes. A writer is loaded only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TextIO

from dateline.errors import UnknownFormatError
from dateline.model import Coding
from dateline.plugins import Plugins

GROUP = "dateline.exporters"


class Exporter(Protocol):
    """Writes codings as text. Takes them one at a time where the format allows it."""

    def __call__(self, codings: Iterable[Coding], out: TextIO) -> None:
        """Write every coding to ``out``, opened as UTF-8 with ``newline=""``."""


def exporters() -> Mapping[str, Exporter]:
    """The installed writers by name, sorted. Raises :class:`UnknownFormatError` for a name that is not there."""
    return Plugins(GROUP, "format", UnknownFormatError)
