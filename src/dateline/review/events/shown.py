"""One event as its page shows it: its sources in parallel, whose word each value is, and its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import quote, urlencode

from dateline.errors import NotAllowedError
from dateline.export.events.words import FIGURES, claim_words, figure_voices, said_by, sources_words
from dateline.export.formats.rows import days
from dateline.export.leaving.confidential import open_comparisons
from dateline.export.page.event import AccountView, event_view
from dateline.export.statement import event_limits
from dateline.export.words import COUNT_WORDS, reviewed
from dateline.link.events.compare import Comparison
from dateline.link.model import Account, Claim, Value, report_of
from dateline.model import Because
from dateline.review.blind import without
from dateline.review.workspace import Workspace
from dateline.store.index.lines import EventLine
from dateline.store.index.query import Query
from dateline.store.review.marks import Confidential, Mark, confidential, marks_of
from dateline.store.review.people import Person
from dateline.store.review.told import EventHistory, history_of

COLUMNS = 12
"""Sources that stand side by side at once."""
NEAR = 8
"""Events that are offered as perhaps the same."""

_DECIDED = "event.decided"
_EVERY = "every"
_SOMEBODY = "a reviewer"
_DAYS = 3


@dataclass(frozen=True, slots=True)
class Source:
    """One report's telling: what the page of an event says of it, and where its row is decided on.

    ``review`` is what a person said of the row, None where nobody did; ``hidden``: it is confidential.
    """

    view: AccountView
    mention: str
    href: str
    review: str | None
    hidden: bool
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """A value that is claimed, whose word it is, and the numbers of the sources that give it."""

    words: str
    voices: str
    sources: tuple[int, ...]
    alone: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what is claimed, which value was chosen and by what policy, and whether sources differ on it."""

    field: str
    name: str
    differs: bool
    claims: tuple[Said, ...]
    chosen: str
    of_people: bool


@dataclass(frozen=True, slots=True)
class EventShown:
    """What the page shows. ``sources`` are those from ``first`` on that stand side by side; ``every`` are all.

    ``left_out`` accounts are confidential, which this person does not see.
    """

    id: str
    heading: str
    words: str
    why: str
    status: str
    fields: tuple[Field, ...]
    silent: str
    every: tuple[Source, ...]
    sources: tuple[Source, ...]
    first: int
    denied: tuple[Source, ...]
    reviewed: int
    mark: Mark | None
    left_out: int
    limits: str

    @property
    def differing(self) -> tuple[Field, ...]:
        """The fields that sources differ on."""
        return tuple(field for field in self.fields if field.differs)


def event_shown(workspace: Workspace, comparison: Comparison, person: Person, first: int = 0) -> EventShown | None:
    """An event as this person may see it; None where nothing of it may be seen.

    Raises :class:`NotAllowedError` where only reports tell of it that the person codes blind.
    """
    project = workspace.project
    others = without(comparison, workspace.blind, project.settings.policies)
    if others is None:
        raise NotAllowedError("you code blind what tells of this event; it is shown when all who code so are done")
    comparison = others
    with project.database.reading() as db:
        marked = confidential(db)
    accounts = len(comparison.accounts)
    if not person.may("reader"):
        seen = next(open_comparisons(project, [comparison]), None)
        if seen is None:
            return None
        comparison = _without_team(seen)
    marks = marks_of(project, [comparison.event.id]) if person.may("reader") else ()
    return _shown(comparison, person, marked, marks, max(first, 0), accounts - len(comparison.accounts))


def history(workspace: Workspace, event: str, person: Person) -> EventHistory | None:
    """What became of an event, without names of the team for who may not see them; None where there never was one."""
    found = history_of(workspace.project, event)
    if found is not None and workspace.blind:
        found = _told_by_others(found, workspace.blind)
    if found is None or person.may("reader"):
        return found
    with workspace.project.database.reading() as db:
        marked = confidential(db)
    decisions = tuple(
        replace(one, who=_SOMEBODY, why="")
        for one in found.decisions
        if not any(marked.touches(report_of(mention)) for mention in (one.first, one.second))
    )
    acts = tuple(
        replace(one, who=_SOMEBODY, account="", why="") for one in found.acts if not marked.touches(one.report or "")
    )
    return replace(found, decisions=decisions, acts=acts)


def _told_by_others(found: EventHistory, hidden: frozenset[str]) -> EventHistory:
    """The history without what was decided on these reports."""
    return replace(
        found,
        decisions=tuple(one for one in found.decisions if not {report_of(one.first), report_of(one.second)} & hidden),
        acts=tuple(one for one in found.acts if one.report not in hidden),
    )


def near(workspace: Workspace, comparison: Comparison, most: int = NEAR) -> tuple[EventLine, ...]:
    """Other events of the same type, in the same country, within three days: perhaps the same one."""
    values = {value.field: value.value for value in comparison.event.values}
    kind, country = values["type"], values["country"]
    told = [day for account in comparison.accounts for day in days(account.event.date) if day is not None]
    query = Query(
        type=(kind,) if isinstance(kind, str) else (),
        country=(country,) if isinstance(country, str) else (),
        since=str(min(told) - timedelta(_DAYS)) if told else "",
        until=str(max(told) + timedelta(_DAYS)) if told else "",
    )
    lines = workspace.index.events(query, order="-date", limit=most + 1).lines
    return tuple(line for line in lines if line.id != comparison.event.id)[:most]


def row_address(report: str, row: str) -> str:
    """Where a row is looked at and decided on."""
    return f"/reports/{quote(report, safe='/')}?{urlencode({'row': row})}"


def _shown(
    comparison: Comparison, person: Person, marked: Confidential, marks: Sequence[Mark], first: int, left_out: int
) -> EventShown:
    view = event_view(comparison)
    differing = {value.field for value in comparison.differing}
    numbers = {account.id: n for n, account in enumerate(comparison.accounts, 1)}
    every = tuple(
        _source(row, account, marked, person) for row, account in zip(view.rows, comparison.accounts, strict=True)
    )
    denied = {account.id for account in comparison.denied}
    return EventShown(
        id=comparison.event.id,
        heading=view.heading,
        words=sources_words(comparison),
        why=view.why,
        status=comparison.event.status,
        fields=tuple(
            _field(comparison, value, value.field in differing, numbers)
            for value in comparison.event.values
            if value.claims
        ),
        silent=view.silent,
        every=every,
        sources=every[first : first + COLUMNS],
        first=first,
        denied=tuple(source for source in every if source.mention in denied),
        reviewed=sum(source.review is not None for source in every),
        mark=marks[0] if marks else None,
        left_out=left_out,
        limits=event_limits(account.coding for account in comparison.accounts),
    )


def _source(view: AccountView, account: Account, marked: Confidential, person: Person) -> Source:
    said = reviewed(account.event)
    if said is not None and not person.may("reader"):
        said = f"{said.partition(' by ')[0]} by {_SOMEBODY}"
    return Source(
        view=view,
        mention=account.id,
        href=row_address(account.coding.report.id, account.event.id),
        review=said,
        hidden=account.event.id in marked.left_out(account.coding),
        cells={field.name: field.words for field in view.fields},
    )


def _field(comparison: Comparison, value: Value, differs: bool, numbers: Mapping[str, int]) -> Field:
    of_people = value.field in FIGURES
    several = len(value.claims) > 1 and value.policy != _EVERY
    share = f": {value.agreement:.0%} of the sources" if value.agreement and not of_people else ""
    claims = sorted(value.claims, key=_size, reverse=True) if of_people else value.claims
    return Field(
        field=value.field,
        name=COUNT_WORDS.get(value.field, value.field),
        differs=differs,
        claims=tuple(_said(comparison, value.field, claim, numbers) for claim in claims),
        chosen=f"{claim_words(value.field, value.value)}, by {value.policy}{share}" if several else "",
        of_people=of_people,
    )


def _said(comparison: Comparison, field: str, claim: Claim, numbers: Mapping[str, int]) -> Said:
    accounts = {account.id: account for account in comparison.accounts}
    return Said(
        words=claim_words(field, claim),
        voices=figure_voices(accounts, claim) if field in FIGURES else said_by(accounts, claim),
        sources=tuple(sorted(numbers[name] for name in claim.accounts)),
        alone=any(alone.field == field and alone.claim == claim for alone in comparison.alone),
    )


def _size(claim: Claim) -> int:
    bounds = claim.value if isinstance(claim.value, tuple) else ()
    return max((n for n in bounds if n is not None), default=-1)


def _without_team(comparison: Comparison) -> Comparison:
    """The comparison with nobody of the team named in the reasons why accounts are linked."""
    accounts = tuple(replace(a, because=tuple(_unnamed(a.because))) for a in comparison.accounts)
    by_id = {account.id: account for account in accounts}
    return replace(comparison, accounts=accounts, denied=tuple(by_id[account.id] for account in comparison.denied))


def _unnamed(reasons: Iterable[Because]) -> Iterator[Because]:
    for reason in reasons:
        yield replace(reason, rule=f"decided by {_SOMEBODY}") if reason.id == _DECIDED else reason
