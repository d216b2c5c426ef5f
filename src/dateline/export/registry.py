"""The writers by name, found through the entry points that a user's own plugin registers with.

A plugin adds a format by naming a callable under ``[project.entry-points."dateline.exporters"]``; the name of the
entry point is what ``--format`` takes. A writer is loaded only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, TextIO, cast

from dateline.errors import UnknownFormatError
from dateline.model import Coding

GROUP = "dateline.exporters"


class Exporter(Protocol):
    """Writes codings as text. Takes them one at a time where the format allows it."""

    def __call__(self, codings: Iterable[Coding], out: TextIO) -> None:
        """Write every coding to ``out``, opened as UTF-8 with ``newline=""``."""


class _Exporters(Mapping[str, Exporter]):
    """The writers by name: listing them loads none of them."""

    def __init__(self, points: Iterable[EntryPoint]) -> None:
        self._points = {point.name: point for point in sorted(points, key=lambda p: (p.name, p.value))}

    def __getitem__(self, name: str) -> Exporter:
        if name not in self._points:
            raise UnknownFormatError(f"no format is named {name!r}; there are {', '.join(self._points) or 'none'}")
        return cast(Exporter, self._points[name].load())

    def __iter__(self) -> Iterator[str]:
        return iter(self._points)

    def __len__(self) -> int:
        return len(self._points)


def exporters() -> Mapping[str, Exporter]:
    """The installed writers by name, sorted. Raises :class:`UnknownFormatError` for a name that is not there."""
    return _Exporters(entry_points(group=GROUP))
