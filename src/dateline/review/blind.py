"""The workspace as somebody sees it who codes reports blind: without what others made of these, until all are done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dateline.corrections.values import Known
from dateline.errors import NotAllowedError
from dateline.export.statement import number
from dateline.export.words import reviewed
from dateline.link.events.compare import Comparison, compare
from dateline.link.model import Account, report_of
from dateline.review.linking import Linker
from dateline.review.showing.extents import Extents
from dateline.review.team.agreeing import Agreements
from dateline.review.workspace import Workspace
from dateline.store.index.index import Index
from dateline.store.index.lines import EventLine, Page, ReportLine, RowLine
from dateline.store.index.making.events import values_of
from dateline.store.index.query import Query


class BlindIndex(Index):
    """An index that gives and counts no row of some reports, given by number with their ids."""

    def __init__(self, whole: Index, hidden: Mapping[int, str]) -> None:
        self._whole = whole
        self._ids = frozenset(hidden.values())
        self.blind = frozenset(hidden)
        self.seen = whole.seen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)

    def row(self, key: str, *, rejected: bool = False) -> RowLine | None:
        """The row of that key; of a report that is coded blind without any value."""
        found = self._whole.row(key, rejected=rejected)
        return found and self._row(found)

    def due(self, query: Query, *, order: str = "-stake", after: str | None = None, limit: int = 50) -> Page[RowLine]:
        """Rows to decide on; those of reports that are coded blind are among them without any value."""
        page = super().due(query, order=order, after=after, limit=limit)
        return replace(page, lines=tuple(map(self._row, page.lines)))

    def reports(
        self, query: Query, *, order: str = "-stake", after: str | None = None, limit: int = 50
    ) -> Page[ReportLine]:
        """Reports that fit, or of which a row does that may be seen."""
        page = super().reports(query, order=order, after=after, limit=limit)
        return replace(page, lines=tuple(map(self._report, page.lines)))

    def report(self, number: int) -> ReportLine | None:
        """The report of a number."""
        found = self._whole.report(number)
        return found and self._report(found)

    def report_of(self, id: str) -> ReportLine | None:
        """The report of an id."""
        found = self._whole.report_of(id)
        return found and self._report(found)

    def events(
        self, query: Query, *, order: str = "-stake", after: str | None = None, limit: int = 50
    ) -> Page[EventLine]:
        """Events of which a row fits that may be seen, each as the other reports tell it."""
        page = super().events(query, order=order, after=after, limit=limit)
        return replace(page, lines=tuple(line for one in page.lines if (line := self._event(one)) is not None))

    def _event(self, line: EventLine) -> EventLine | None:
        project = self._whole.project
        whole = project.comparison(line.id)
        seen = without(whole, self._ids, project.settings.policies)
        if seen is whole or seen is None:
            return line if seen else None
        values = values_of(seen)
        values["counts"] = tuple(values["counts"])
        done = sum(reviewed(account.event) is not None for account in seen.accounts)
        return EventLine(id=line.id, reviewed=done, stake=0.0, confidential=line.confidential, **values)

    def _row(self, line: RowLine) -> RowLine:
        return _veiled_row(line) if line.number in self.blind else line

    def _report(self, line: ReportLine) -> ReportLine:
        return _veiled_report(line) if line.number in self.blind else line


@dataclass
class BlindWorkspace(Workspace):
    """The workspace with such an index; what is loaded once, or runs behind the scenes, is that of the whole one."""

    whole: Workspace
    hidden: frozenset[str]

    @classmethod
    def of(cls, whole: Workspace, hidden: Mapping[int, str]) -> BlindWorkspace:
        """What of a workspace somebody sees who codes these reports blind, given by number with their ids."""
        return cls(whole.project, BlindIndex(whole.index, hidden), whole.local, whole, frozenset(hidden.values()))

    @property
    def blind(self) -> frozenset[str]:
        """The ids of the reports that who asks codes blind."""
        return self.hidden

    @property
    def known(self) -> Known:
        """What corrections are read by."""
        return self.whole.known

    @property
    def extents(self) -> Extents:
        """How far divisions reach."""
        return self.whole.extents

    @property
    def linker(self) -> Linker:
        """What links the project after decisions."""
        return self.whole.linker

    @property
    def agreements(self) -> Agreements:
        """How far coders agree."""
        return self.whole.agreements


def without(comparison: Comparison, hidden: frozenset[str], policies: Mapping[str, str]) -> Comparison | None:
    """An event as the reports tell it that are not among these; None where no other does."""
    kept = tuple(_account(one, hidden) for one in comparison.accounts if one.coding.report.id not in hidden)
    if len(kept) == len(comparison.accounts):
        return comparison
    return compare(comparison.event.id, kept, policies) if kept else None


def _account(account: Account, hidden: frozenset[str]) -> Account:
    """The account without the reasons why it is linked with what these reports tell."""
    because = tuple(one for one in account.because if report_of(one.matched) not in hidden)
    return account if because == account.because else replace(account, because=because)


def all_seen(workspace: Workspace) -> None:
    """Raises :class:`NotAllowedError` where who asks codes reports blind: a file for others must lack nothing."""
    if workspace.blind:
        raise NotAllowedError(f"{left_out(workspace)}; a file for others must lack nothing, so it waits until then")


def not_blind(row: RowLine) -> RowLine:
    """The row. Raises :class:`NotAllowedError` where who asks codes its report blind."""
    if row.blind:
        raise NotAllowedError("you code its report blind; what holds of it is shown when all are done")
    return row


def left_out(workspace: Workspace) -> str:
    """That reports are left out because who asks codes them blind, in words; empty where none is."""
    many = len(workspace.blind)
    if not many:
        return ""
    return f"{number(many, 'report')} that you code blind left out, until all who code so are done"


def _veiled_row(line: RowLine) -> RowLine:
    """A row that tells no more than its report does."""
    return RowLine(
        key=line.key,
        report=line.report,
        number=line.number,
        row=line.row,
        suggestion=False,
        type="",
        mode=None,
        modality="",
        historical=False,
        place=None,
        admin1=None,
        country=None,
        precision=None,
        lat=None,
        lon=None,
        edtf=None,
        days=None,
        counts=(),
        actors=(),
        recipients=(),
        said_by=None,
        publisher=line.publisher,
        interest=line.interest,
        published=line.published,
        title=line.title,
        sentence=line.title or line.report,
        chance=None,
        stake=0.0,
        why=(),
        status="suggested",
        by=None,
        state="to do",
        flagged=line.flagged,
        confidential=line.confidential,
        event=None,
        blind=True,
    )


def _veiled_report(line: ReportLine) -> ReportLine:
    """A report of which nothing is told that others made of it."""
    gone = replace(line, rows=0, suggestions=0, reviewed=0, stake=0.0, why=(), notes=(), coding=None)
    return replace(gone, state="to do", blind=True)
