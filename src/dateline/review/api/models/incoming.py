"""Who published what, which sources are watched, and what came in and has no event yet."""

from __future__ import annotations

from dateline.review.api.models.base import Told, example, iso, same
from dateline.review.api.models.deciding import ChangeTold
from dateline.review.deciding.resuggesting import Suggested
from dateline.store.index.lines import SourceCount
from dateline.store.watching.sources import State as SourceState


class PublisherTold(Told):
    """A publisher, whose word that is, and how much of it was looked at; null: no publisher is stated."""

    model_config = example(
        publisher="Sample Courier",
        owner="Courier Group",
        interest="independent",
        reports=12,
        rows=31,
        suggestions=4,
        reviewed=20,
        first="2024-05-01",
        last="2024-05-31",
    )

    publisher: str | None
    owner: str | None
    interest: str
    reports: int
    rows: int
    suggestions: int
    reviewed: int
    first: str | None
    """The day of the first report that has one."""
    last: str | None

    @classmethod
    def of(cls, line: SourceCount, owner: str | None) -> PublisherTold:
        """From what the index has."""
        first, last = line.first and iso(line.first), line.last and iso(line.last)
        given = same(cls, line, "owner", "first", "last")
        return cls(owner=owner or None, first=first or None, last=last or None, **given)


class WatchedTold(Told):
    """A source that is watched, and how it fares."""

    model_config = example(
        number=2,
        url="https://courier.example/feed.xml",
        title="Sample Courier",
        form="atom",
        parent=None,
        added="2024-06-01T12:00:00+00:00",
        polled="2024-06-02T12:00:00+00:00",
        due="2024-06-02T13:00:00+00:00",
        state="on",
        failures=0,
        trouble=None,
        waiting=3,
        reports=41,
    )

    number: int
    url: str
    title: str | None
    form: str | None
    """What it is written in; null: it was not read yet."""
    parent: int | None
    """The number of the source that names it."""
    added: str
    polled: str | None
    """When it was last asked for; null: never."""
    due: str
    """When it is asked for next."""
    state: SourceState
    failures: int
    """How often in a row it failed."""
    trouble: str | None
    waiting: int
    """Entries whose pages were not asked for yet."""
    reports: int
    """Entries whose pages are reports."""


class RefusedTold(Told):
    """Evidence from which no report could be read, and why."""

    model_config = example(
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        origin="photo.pdf",
        size=20480,
        added="2024-06-01T12:00:00+00:00",
        why="it holds no text",
    )

    sha256: str
    origin: str
    size: int
    """Bytes."""
    added: str
    why: str


class RepeatedTold(Told):
    """Evidence that says what a report of the project says already."""

    model_config = example(
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        origin="again.html",
        report="port-1",
        title="Cranes stand still",
        added="2024-06-01T12:00:00+00:00",
    )

    sha256: str
    origin: str
    report: str
    title: str
    added: str


class SuggestedTold(Told):
    """A row of a newer coding of the machine; decisions call it `row`. `instead` is the row that it would change."""

    model_config = example(
        row="e3@14",
        coding=14,
        type="PROTEST",
        quote="Dockers stopped work",
        instead=None,
        changes=[],
    )

    row: str
    coding: int
    type: str
    quote: str
    instead: str | None
    """null: the coding has no such row."""
    changes: list[ChangeTold]

    @classmethod
    def of(cls, one: Suggested) -> SuggestedTold:
        """From what the desk shows."""
        changes = [ChangeTold.model_validate(change) for change in one.changes]
        event = one.event
        return cls(
            row=one.row,
            coding=one.coding.number,
            type=event.type,
            quote=event.trigger.quote,
            instead=one.instead,
            changes=changes,
        )
