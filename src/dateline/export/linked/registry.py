"""The writers of events by name, found through entry points as those of codings are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TextIO

from dateline.errors import UnknownFormatError
from dateline.export.tables.events import TellingEvent
from dateline.export.tables.stated import EventStatement
from dateline.plugins import Plugins

GROUP = "dateline.event_exporters"


class EventExporter(Protocol):
    """Writes events, one at a time where the format allows it."""

    def __call__(self, events: Iterable[TellingEvent], out: TextIO, statement: EventStatement) -> None:
        """Write every event to ``out``, opened as UTF-8 with ``newline=""``; what is binary goes to its ``buffer``.

        ``statement`` counts the events as they come: it is whole once they have all come, and is written where the
        format has a place for it.
        """


def event_exporters() -> Mapping[str, EventExporter]:
    """The installed writers by name, sorted. Raises :class:`UnknownFormatError` for a name that is not there."""
    return Plugins(GROUP, "format of events", UnknownFormatError)
