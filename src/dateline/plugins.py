"""The parts that others may bring: found by name through the entry points of installed packages.

The parts that dateline has itself are named in the same way, in its ``pyproject.toml``. A part that another package
brings under the same name goes before dateline's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar, cast

from dateline.errors import PluginError, UnknownNameError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

T = TypeVar("T")

OWN = "dateline."
"""How the objects of dateline's own parts begin."""


class Plugins(Mapping[str, T]):
    """The installed parts of one entry-point group by name, in alphabetical order. Listing them loads none.

    ``what`` says in a word what they are ("format", "coder"). A name that is not there raises ``unknown``, which lists
    those that are; a part that cannot be loaded raises :class:`PluginError`.
    """

    def __init__(self, group: str, what: str, unknown: type[UnknownNameError] = UnknownNameError) -> None:
        # Imported here: the command line's help starts without looking for what is installed.
        from importlib.metadata import entry_points

        points = sorted(entry_points(group=group), key=lambda p: (not p.value.startswith(OWN), p.name, p.value))
        # The last of a name stays: another package's goes before dateline's own.
        self._points: dict[str, EntryPoint] = {point.name: point for point in points}
        self._names = sorted(self._points)
        self._what = what
        self._unknown = unknown

    def __getitem__(self, name: str) -> T:
        point = self._points.get(name)
        if point is None:
            raise self._unknown(f"no {self._what} is named {name!r}; there are {', '.join(self) or 'none'}")
        try:
            return cast(T, point.load())
        except Exception as error:
            raise PluginError(
                f"the {self._what} {name!r} ({point.value}) cannot be loaded ({type(error).__name__}: {error}); "
                "install the package that brings it again, or take it away"
            ) from error

    def __contains__(self, name: object) -> bool:
        return name in self._points

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def is_own(self, name: str) -> bool:
        """Whether a part is one of dateline's own."""
        return self._points[name].value.startswith(OWN)
