"""What of a project is wanted: the filters of the workspace, and where on the map.

A filter means what it means in the workspace. Of events those fit of which a mention does; their values come from all
of their mentions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property, partial
from math import asin, cos, radians, sin, sqrt
from typing import Any, Literal, get_args

from dateline.errors import OptionError, ReviewError
from dateline.export.tables.mentions import day
from dateline.link.model import Source, Status
from dateline.model import EventMention
from dateline.store.index.making.reports import days_of
from dateline.store.index.memory.choosing import day as ordinal
from dateline.store.index.memory.choosing import figure, yes
from dateline.store.index.query import Query, status_of

_Reviewed = Literal["accepted", "corrected", "added"]
REVIEWED: tuple[_Reviewed, ...] = get_args(_Reviewed)
"""The status of mentions that a person has looked at."""
_Apart = Literal["words", "state", "by", "flagged", "confidential", "assigned", "suggestions"]
_APART: tuple[_Apart, ...] = get_args(_Apart)
"""Filters of the workspace's own work, which no export goes by."""
EVENT_STATUSES: tuple[Status, ...] = get_args(Status)
_EARTH = 6371.0088
"""The mean radius of the Earth in kilometres."""

FitsRow = Callable[[EventMention], bool]


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the map in WGS 84 degrees; where ``west`` is more than ``east`` it goes over the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def read(cls, told: str) -> Box:
        """A box told as GeoJSON tells it: west, south, east, north. Raises :class:`OptionError`."""
        west, south, east, north = _numbers(told, 4, "west,south,east,north, as in -5.2,41.3,9.6,51.1")
        if not (-90 <= south <= north <= 90 and abs(west) <= 180 and abs(east) <= 180):
            raise OptionError(f"{told!r} is no box", "give west,south,east,north in degrees")
        return cls(west, south, east, north)

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point is in it."""
        across = self.west <= lon <= self.east if self.west <= self.east else lon >= self.west or lon <= self.east
        return across and self.south <= lat <= self.north

    def __str__(self) -> str:
        return f"{self.west:g},{self.south:g},{self.east:g},{self.north:g}"


@dataclass(frozen=True, slots=True)
class Near:
    """All that is at most so many kilometres from a point (WGS 84 degrees)."""

    lat: float
    lon: float
    kilometres: float

    @classmethod
    def read(cls, told: str) -> Near:
        """A point and a distance: latitude, longitude, kilometres. Raises :class:`OptionError`."""
        lat, lon, kilometres = _numbers(told, 3, "latitude,longitude,kilometres, as in 45.75,4.85,50")
        if not (abs(lat) <= 90 and abs(lon) <= 180 and kilometres >= 0):
            raise OptionError(f"{told!r} is no point with a distance", "give latitude,longitude,kilometres")
        return cls(lat, lon, kilometres)

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point is so near, along the great circle (the haversine formula)."""
        up, along = radians(lat - self.lat) / 2, radians(lon - self.lon) / 2
        part = sin(up) ** 2 + cos(radians(self.lat)) * cos(radians(lat)) * sin(along) ** 2
        return 2 * _EARTH * asin(min(1.0, sqrt(part))) <= self.kilometres

    def __str__(self) -> str:
        return f"{self.lat:g},{self.lon:g},{self.kilometres:g}"


@dataclass(frozen=True)
class Selection:
    """Filters, all of which hold. ``event_status`` is how events stand (:data:`dateline.link.model.Status`).

    Raises :class:`OptionError` for a filter that exports do not go by, and :class:`ReviewError` for a value that is
    none of its filter.
    """

    query: Query = field(default_factory=Query)
    box: Box | None = None
    near: Near | None = None
    event_status: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        apart = [name for name in _APART if getattr(self.query, name)]
        if apart:
            known = ", ".join(field.name for field in fields(Query) if field.name not in _APART)
            raise OptionError(f"exports do not go by {apart[0]!r}", f"the filters are {known}")
        for status in self.event_status:
            if status not in EVENT_STATUSES:
                raise ReviewError(f"{status[:40]!r} is no status of an event; there are {'; '.join(EVENT_STATUSES)}")
        self._tests  # noqa: B018 - a day or a chance that is none is told before anything is read

    @property
    def is_empty(self) -> bool:
        """Whether everything fits."""
        return not self.words()

    @property
    def asks_of_rows(self) -> bool:
        """Whether it asks anything of mentions, so that a report without any cannot fit."""
        return bool(self._tests or self.asks_of_voices or self.query.event)

    @property
    def asks_of_voices(self) -> bool:
        """Whether it asks who acts or speaks."""
        return bool(self.query.said_by or self.query.actor or self.query.recipient)

    def words(self) -> tuple[str, ...]:
        """The filters in words, each as it can be given again: ``country=FR``."""
        told = [f"{name}={value}" for name, value in self.query.parameters()]
        told += [f"box={self.box}"] if self.box else []
        told += [f"near={self.near}"] if self.near else []
        return (*told, *(f"event_status={status}" for status in self.event_status))

    def fits_report(self, id: str, publisher: str | None, published: str | None, source: Source) -> bool:
        """Whether a report fits, as far as filters ask of reports."""
        query = self.query
        if query.publisher and not _among(publisher, query.publisher):
            return False
        if query.interest and not _among(source.interest, query.interest):
            return False
        if query.report and id not in query.report:
            return False
        if query.published_since or query.published_until:
            on = day(published)
            if on is None:
                return False
            since, until = query.published_since, query.published_until
            return (not since or on.toordinal() >= ordinal(since)) and (not until or on.toordinal() <= ordinal(until))
        return True

    def fits_row(self, event: EventMention, linked: str | None) -> bool:
        """Whether a mention fits by its values and by the event that it is linked to."""
        if self.query.event and linked not in self.query.event:
            return False
        return all(test(event) for test in self._tests)

    def fits_voices(self, said_by: str | None, actors: Sequence[str], recipients: Sequence[str]) -> bool:
        """Whether a mention fits by who says it, who acts, and to whom it is done."""
        query = self.query
        return (
            (not query.said_by or _among(said_by, query.said_by))
            and (not query.actor or any(_among(name, query.actor) for name in actors))
            and (not query.recipient or any(_among(name, query.recipient) for name in recipients))
        )

    @cached_property
    def _tests(self) -> tuple[FitsRow, ...]:
        return tuple(_tests(self))


def _tests(wanted: Selection) -> list[FitsRow]:
    """What is asked of the values of a mention; a filter that is not set asks nothing."""
    query = wanted.query
    found: list[FitsRow] = []

    def one_of(told: Sequence[str], value: Callable[[EventMention], str | None]) -> None:
        if told:
            among = frozenset(one.casefold() for one in told)
            found.append(lambda event: (value(event) or "").casefold() in among)

    def where(name: str) -> Callable[[EventMention], Any]:
        return lambda event: getattr(event.place, name) if event.place is not None else None

    one_of(query.type, lambda event: event.type)
    one_of(query.mode, lambda event: event.mode)
    one_of(query.modality, lambda event: event.modality)
    one_of(query.status, status_of)
    one_of(query.place, where("name"))
    one_of(query.admin1, where("admin1"))
    one_of(query.country, where("country"))
    one_of(query.precision, where("precision"))
    if query.counted:
        found.append(lambda event: any(count.kind in query.counted for count in event.counts))
    if query.since:
        since = ordinal(query.since)
        found.append(lambda event: 0 < since <= _days(event)[1])
    if query.until:
        until = ordinal(query.until)
        found.append(lambda event: 0 < _days(event)[0] <= until)
    if query.chance_from:
        least = figure(query.chance_from, "chance_from")
        found.append(lambda event: event.chance is not None and event.chance >= least)
    if query.chance_to:
        most = figure(query.chance_to, "chance_to")
        found.append(lambda event: event.chance is not None and event.chance <= most)
    if query.historical:
        background = yes(query.historical, "historical")
        found.append(lambda event: event.historical == background)
    found += [partial(_is_in, area) for area in (wanted.box, wanted.near) if area is not None]
    for told in filter(None, (query.published_since, query.published_until)):
        ordinal(told)
    return found


def _is_in(area: Box | Near, event: EventMention) -> bool:
    place = event.place
    return place is not None and place.lat is not None and place.lon is not None and area.holds(place.lat, place.lon)


def _days(event: EventMention) -> tuple[int, int]:
    return days_of(event.date.edtf) if event.date is not None else (0, 0)


def _among(value: str | None, told: Sequence[str]) -> bool:
    return value is not None and value.casefold() in {one.casefold() for one in told}


def _numbers(told: str, many: int, form: str) -> list[float]:
    try:
        found = [float(part) for part in told.split(",")]
    except ValueError:
        found = []
    if len(found) != many:
        raise OptionError(f"{told!r} is not read", f"write {form}")
    return found
