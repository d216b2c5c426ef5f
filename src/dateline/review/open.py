"""The workspace as somebody sees it who sees no more than the data: without what is confidential."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, get_args

from dateline.corrections.values import Known
from dateline.export.events.words import headline
from dateline.export.leaving.confidential import open_comparisons
from dateline.link.events.compare import Comparison
from dateline.review.showing.extents import Extents
from dateline.review.workspace import Workspace
from dateline.store.index.index import Index
from dateline.store.index.lines import EventLine, Found, Page, ReportLine, RowLine
from dateline.store.index.memory.choosing import Chosen
from dateline.store.index.memory.columns import Columns
from dateline.store.index.query import Query
from dateline.store.review.marks import Kind, confidential


class OpenIndex(Index):
    """An index that holds back what is confidential; all else is the index that it is made of."""

    def __init__(self, whole: Index) -> None:
        self._whole = whole
        self.blind = whole.blind
        self.seen = "open"

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)

    def _fitting(self, query: Query) -> tuple[Columns, Chosen]:
        # Whatever is asked of an index is asked of the rows that fit.
        return self._whole._fitting(replace(query, confidential="no"))

    def row(self, key: str, *, rejected: bool = False) -> RowLine | None:
        """The row of that key, unless it is confidential."""
        found = self._whole.row(key, rejected=rejected)
        return None if found is None or found.confidential else found

    def report(self, number: int) -> ReportLine | None:
        """The report of a number, unless it is confidential."""
        return _seen(self._whole.report(number))

    def report_of(self, id: str) -> ReportLine | None:
        """The report of an id, unless it is confidential."""
        return _seen(self._whole.report_of(id))

    def events(
        self, query: Query, *, order: str = "-stake", after: str | None = None, limit: int = 50
    ) -> Page[EventLine]:
        """Events of which a row fits, each as those accounts tell it that are not confidential.

        Numbers of people are left away where one of an event's accounts is: they could be that account's.
        """
        page = super().events(query, order=order, after=after, limit=limit)
        project = self._whole.project
        with project.database.reading() as db:
            if not confidential(db):
                return page
        told = open_comparisons(project, (project.comparison(line.id) for line in page.lines))
        seen = {one.event.id: one for one in told}
        lines = (_told(line, seen[line.id]) for line in page.lines if line.id in seen)
        return replace(page, lines=tuple(lines))

    def find(self, words: str, *, most: int = 12) -> tuple[Found, ...]:
        """Anything whose name or words begin so: where something is confidential, no reports, rows and events."""
        with self._whole.project.database.reading() as db:
            marked = bool(confidential(db))
        found = self._whole.find(words, most=most)
        return tuple(one for one in found if not marked or one.kind not in get_args(Kind))


@dataclass
class OpenWorkspace(Workspace):
    """The workspace with such an index; what is loaded once is loaded by the whole one."""

    whole: Workspace

    @classmethod
    def of(cls, whole: Workspace) -> OpenWorkspace:
        """What of a workspace everybody in it may see."""
        return cls(whole.project, OpenIndex(whole.index), whole.local, whole)

    @property
    def known(self) -> Known:
        """What corrections are read by."""
        return self.whole.known

    @property
    def extents(self) -> Extents:
        """How far divisions reach."""
        return self.whole.extents

    @property
    def blind(self) -> frozenset[str]:
        """The reports that who asks codes blind."""
        return self.whole.blind


def _seen(line: ReportLine | None) -> ReportLine | None:
    return None if line is None or line.confidential else line


def _told(line: EventLine, seen: Comparison) -> EventLine:
    """An event's line by what may be seen of it."""
    if len(seen.accounts) == line.mentions:
        return line
    reports = len({account.coding.report.id for account in seen.accounts})
    return replace(line, sentence=headline(seen), reports=reports, sources=seen.event.sources, counts=())
