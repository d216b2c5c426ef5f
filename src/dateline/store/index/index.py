"""The index of a project: rows, events and reports as people look for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from dateline.store.index.lines import DayCount, EventLine, Facet, Found, Page, PlaceCount, ReportLine, RowLine
from dateline.store.index.query import Query
from dateline.store.project import Project

FILE = "index.sqlite"


class Index:
    """The index of a project, opened; :meth:`catch_up` brings it to what the project says now."""

    def __init__(self, project: Project, path: Path) -> None:
        self.project = project
        self.path = path

    @classmethod
    def open(cls, project: Project) -> Index:
        """The index beside the project's database, made where there is none or it is of another version."""
        return cls(project, project.folder / FILE)

    def close(self) -> None:
        """Close the file."""

    def catch_up(self, told: Callable[[int, int], None] | None = None) -> int:
        """Take in what the project has that the index lacks; how many reports. ``told`` hears of done and total."""
        raise NotImplementedError

    def refresh(self, reports: Iterable[int]) -> None:
        """Take in these reports again, by their numbers: what was decided of them holds now."""
        raise NotImplementedError

    def rows(self, query: Query, *, order: str = "-stake", after: str | None = None, limit: int = 50) -> Page[RowLine]:
        """Rows that fit."""
        raise NotImplementedError

    def row(self, key: str) -> RowLine | None:
        """The row of that key."""
        raise NotImplementedError

    def events(
        self, query: Query, *, order: str = "-stake", after: str | None = None, limit: int = 50
    ) -> Page[EventLine]:
        """Events of which a row fits."""
        raise NotImplementedError

    def reports(
        self, query: Query, *, order: str = "-stake", after: str | None = None, limit: int = 50
    ) -> Page[ReportLine]:
        """Reports that fit, or of which a row does."""
        raise NotImplementedError

    def facets(self, query: Query, names: Iterable[str], *, most: int = 12) -> tuple[Facet, ...]:
        """For each of the filters what values the rows of the query have."""
        raise NotImplementedError

    def places(self, query: Query, *, most: int = 2000) -> tuple[PlaceCount, ...]:
        """Where the rows of the query are, the places with most first."""
        raise NotImplementedError

    def days(self, query: Query, *, bars: int = 60) -> tuple[DayCount, ...]:
        """When the rows of the query are, in at most so many stretches of equal length."""
        raise NotImplementedError

    def find(self, words: str, *, most: int = 12) -> tuple[Found, ...]:
        """Anything whose name or words begin so: what Ctrl-K shows."""
        raise NotImplementedError
