"""A project as it may leave: its codings and events without what is confidential or names private people.

Whatever is written of a project goes through here, one report or some events at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

from dateline.export.formats.rows import key
from dateline.export.leaving.confidential import without_confidential, without_rows
from dateline.export.leaving.roles import by_role
from dateline.export.statement import KeptBack, Statement, are_named
from dateline.export.tables.columns import Row, TableName
from dateline.export.tables.events import TellingEvent, event_row
from dateline.export.tables.mentions import mention_rows
from dateline.export.tables.reports import link_rows, report_row
from dateline.export.tables.selection import Selection
from dateline.export.tables.stated import EventStatement
from dateline.export.withheld import are_withheld, withheld
from dateline.form import unchecked
from dateline.link.events.accounts import accounts
from dateline.link.events.compare import compare
from dateline.link.model import Account, Source, report_of
from dateline.model import Because, Coding
from dateline.store.kept.codings import unpack, unpack_kept
from dateline.store.project import Project
from dateline.store.review.marks import Confidential, confidential
from dateline.store.whole.codings import held, holding, numbered, with_text
from dateline.store.whole.events import Life, Linked, Standing, gone_events, standing_events

if TYPE_CHECKING:
    from sqlalchemy import Connection


_Aside = Literal["left_out", "places", "dates"]
_ASIDE: tuple[_Aside, ...] = get_args(_Aside)
"""Parts of a coding that no table tells of."""
_Below = Literal["suggestions"]
_BELOW: tuple[_Below, ...] = get_args(_Below)
"""Parts of a coding that no event is linked from."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A coding that may leave, the events of its mentions, and what the project knows of its report."""

    coding: Coding
    events: dict[str, str]
    source: Source
    original: str | None


class Reading:
    """What a project gives by a selection; each pass reads it anew, in memory that stays the same.

    ``names``: private people by name, where the project keeps names; else by role, and then without the words of the
    reports, which name them too. ``quotes``: with the words of the reports. ``gone``: also events that gave way.
    ``kept_back`` counts what is confidential in the whole project, whatever the selection: the number says nothing of
    what the filters look for.
    """

    def __init__(
        self,
        project: Project,
        selection: Selection | None = None,
        *,
        names: bool = False,
        quotes: bool = True,
        gone: bool = False,
        kept_back: KeptBack | None = None,
    ) -> None:
        self.project = project
        self.selection = selection or Selection()
        self.names, self.quotes, self.gone = names, quotes, gone
        self.kept_back = KeptBack() if kept_back is None else kept_back
        self.kept_back.chosen = self.selection.words()
        self._publishers = project.publishers
        self.statement = Statement(kept_back=self.kept_back)
        """What the last pass over codings gave, counted as they were given."""

    @cached_property
    def _marked(self) -> Confidential:
        with self.project.database.reading() as db:
            return confidential(db)

    @cached_property
    def _names_kept(self) -> bool:
        return self.project.settings.coding.names == "keep"

    @cached_property
    def reports(self) -> int:
        """How many reports the project has."""
        return self.project.state().reports

    def rows(self, table: TableName) -> Iterator[Row]:
        """The rows of a table."""
        match table:
            case "mentions":
                for told in self.leaving():
                    yield from mention_rows(told.coding, told.events)
            case "events":
                yield from map(event_row, self.events())
            case "reports":
                for told in self.leaving():
                    yield report_row(told.coding, told.source, told.original)
            case "links":
                for event in self.events():
                    yield from link_rows(event)

    def codings(self) -> Iterator[Coding]:
        """The coding that holds of each report, as far as it may leave, with the mentions that fit."""
        for told in self.leaving(texts=True):
            yield told.coding

    def leaving(self, *, texts: bool = False) -> Iterator[Leaving]:
        """The same with what is known beside; without ``texts`` those of the reports are empty."""
        counted = KeptBack()
        texts = texts or not self.quotes
        self.statement = statement = Statement(kept_back=self.kept_back, of_all=self.reports)
        with self.project.database.passing() as db:
            for one in held(db, texts=texts):
                told = self._leaving(db, one.row, one.events, counted)
                if told is not None:
                    statement.add(told.coding)
                    yield told
        self.kept_back.reports, self.kept_back.rows = counted.reports, counted.rows

    def _leaving(self, db: Connection, row: Any, events: dict[str, str], counted: KeptBack) -> Leaving | None:
        source = self._publishers.source(row.publisher)
        fits = self.selection.fits_report(row.id, row.publisher, row.published, source)
        # What is confidential is counted also where it does not fit.
        if row.id in self._marked.reports:
            counted.reports += 1
            return None
        if not fits and not self._marked.touches(row.id):
            return None
        coding = self._open(db, row, counted)
        if coding is None or not fits:
            return None
        chosen = self._fitting(coding, events, source, row.original)
        return None if chosen is None else Leaving(chosen, events, source, row.original)

    def _open(self, db: Connection, row: Any, counted: KeptBack, without: tuple[_Below, ...] = ()) -> Coding | None:
        """A coding as it may leave, as far as need be without some parts; None where nothing of it may."""
        coding = unpack_kept(row, () if row.text else (*_ASIDE, *without))
        touched = self._marked.touches(row.id)
        named = not self.names and (self._names_kept or are_named([coding]))
        if not touched and not named and self.quotes:
            return coding
        if not row.text:
            coding = unpack(with_text(db, row.coding))
        if touched:
            made = without_confidential(coding, self._marked, counted)
            # Without its events it would pass for a report in which nothing happened.
            if coding.events and not made.events:
                return None
            coding = made
        if named:
            coding = by_role(coding)
        return coding if self.quotes else withheld(coding)

    def _fitting(self, coding: Coding, events: dict[str, str], source: Source, original: str | None) -> Coding | None:
        """The coding with the rows that fit; None where none does."""
        wanted = self.selection
        if not wanted.asks_of_rows:
            return coding
        gone = [row.id for row in coding.rows if not wanted.fits_row(row, events.get(row.id))]
        if wanted.asks_of_voices:
            whole = unchecked(coding, events=coding.rows, suggestions=())
            gone += [a.event.id for a in accounts(whole, source, original) if not self._fits_voices(a)]
        if not gone:
            return coding
        left = frozenset(gone)
        if all(event.id in left for event in coding.events):
            return None
        return without_rows(coding, left)

    def _fits_voices(self, account: Account) -> bool:
        said_by = account.voice.names[-1] if account.voice.names else None
        return self.selection.fits_voices(said_by, account.actors, account.recipients)

    def stated(self) -> dict[str, str]:
        """The data statement of the last pass over codings."""
        return self.statement.plain()

    def event_statement(self) -> EventStatement:
        """The data statement of the events, to be counted up by :meth:`events`."""
        return EventStatement(self.kept_back, self.reports, dict(self.project.settings.policies))

    def events(self, statement: EventStatement | None = None) -> Iterator[TellingEvent]:
        """The events that stand and of which a mention fits, by the accounts that may leave; then those that gave way.

        They come in the order in which they were first told; ``statement`` counts them as they come.
        """
        for told in self._events():
            if statement is not None:
                statement.add(told)
            yield told

    def _events(self) -> Iterator[TellingEvent]:
        own, counted = self.project.settings.policies, 0
        with self.project.database.passing() as db:
            for standing in standing_events(db):
                told, keys = self._accounts(db, standing)
                for life in standing.lives:
                    found = told.get(life.id, ())
                    if not found:
                        counted += 1
                    elif self._fits_event(life.id, found):
                        compared = compare(life.id, found, own)
                        if not self.selection.event_status or compared.event.status in self.selection.event_status:
                            yield TellingEvent(self._open_life(life), compared, keys)
            if self.gone and self.selection.is_empty:
                for life in gone_events(db):
                    open_life = self._open_life(life)
                    if life.id not in self._marked.events and (open_life.successors or not life.successors):
                        yield TellingEvent(open_life, None, {})
        self.kept_back.events = counted

    def _open_life(self, life: Life) -> Life:
        """The life of an event without the events that are confidential."""
        secret = self._marked.events
        if not secret:
            return life
        successors = tuple(id for id in life.successors if id not in secret)
        return replace(life, successors=successors, replaces=tuple(id for id in life.replaces if id not in secret))

    def _accounts(self, db: Connection, standing: Standing) -> tuple[dict[str, tuple[Account, ...]], dict[str, str]]:
        """The accounts of some events that may leave, by the event; and the keys of those that the mentions have."""
        by_coding: dict[int, list[Linked]] = {}
        for found in standing.mentions.values():
            for link in found:
                if link.event not in self._marked.events:
                    by_coding.setdefault(link.coding, []).append(link)
        told: dict[str, list[Account]] = {}
        keys: dict[str, str] = {}
        holds = holding(db, by_coding)
        for number, row in numbered(db, tuple(by_coding), texts=not self.quotes):
            coding = self._open(db, row, KeptBack(), _BELOW)
            if coding is None or row.id in self._marked.reports:
                continue
            mine = {link.event_id: link for link in by_coding[number]}
            hidden = are_withheld([coding])
            source = self._publishers.source(row.publisher)
            some = unchecked(coding, events=tuple(event for event in coding.events if event.id in mine))
            # Events hold their mentions: their codings, without those, have who is who and who says so.
            bare = unchecked(coding, events=(), suggestions=())
            for account in accounts(some, source, row.original):
                link = mine[account.event.id]
                because = tuple(self._open_reason(why, hidden) for why in link.because)
                made = replace(account, id=link.mention, coding=bare, because=because)
                told.setdefault(link.event, []).append(made)
                if number in holds:
                    keys[link.mention] = key(row.id, link.event_id)
        return {event: tuple(sorted(found, key=lambda a: a.id)) for event, found in told.items()}, keys

    def _open_reason(self, why: Because, hidden: bool) -> Because:
        """A reason without words that may not leave, and without the name of a mention that may not."""
        secret = hidden or (bool(self._marked) and self._marked.touches(report_of(why.matched)))
        return replace(why, matched="") if secret and why.matched else why

    def _fits_event(self, event: str, told: Iterable[Account]) -> bool:
        wanted = self.selection
        return any(
            wanted.fits_report(a.coding.report.id, a.coding.report.publisher, a.coding.report.published, a.source)
            and wanted.fits_row(a.event, event)
            and (not wanted.asks_of_voices or self._fits_voices(a))
            for a in told
        )
