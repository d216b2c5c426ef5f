"""One event: its tolls and whose they are, where its sources differ, what is denied, and each source's own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TextIO

from dateline.export.events.words import (
    FIGURES,
    claim_words,
    figure_voices,
    headline,
    said_by,
    sources_words,
    voice_words,
)
from dateline.export.page.fill import filled
from dateline.export.page.map.places import MapPlace, Told, draw, map_places
from dateline.export.page.overview.view import Noun
from dateline.export.page.views import Quote, because_words, quote_of, web_address
from dateline.export.safe import one_line
from dateline.export.statement import OUTLINES, event_limits, how_reviewed
from dateline.export.words import COUNT_WORDS, edtf_words, marks, place_words, status, title_words
from dateline.link.events.compare import Comparison
from dateline.link.model import Account, Claim, Value

STYLE = ("style.css", "overview.css", "event.css")
_EVERY = "every"


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One value of a field, and whose word it is."""

    words: str
    voices: str
    alone: bool


@dataclass(frozen=True, slots=True)
class ValueView:
    """One field: its claims, and where one of them is chosen for the event, which, by what, and how many agree."""

    field: str
    claims: tuple[ClaimView, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """What one account states on a field."""

    name: str
    words: str
    differs: bool


@dataclass(frozen=True, slots=True)
class AccountView:
    """One report's telling."""

    id: str
    number: int
    publisher: str
    published: str
    title: str
    about: tuple[str, ...]
    url: str | None
    modality: str
    voice: str
    copy: str
    quotes: tuple[Quote, ...]
    fields: tuple[FieldView, ...]
    because: tuple[str, ...]

    @property
    def quote(self) -> str:
        """The first evidence, whole."""
        first = self.quotes[0]
        return first.before + first.trigger + first.after


@dataclass(frozen=True, slots=True)
class DayView:
    """The reports of one day."""

    words: str
    rows: tuple[AccountView, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """One event as a page shows it; ``prefix`` goes before the ids of its parts.

    ``tolls`` are the numbers of people, ``differing`` the other fields on which sources give different values, and
    ``agreed`` those on which they do not, or on which one alone says anything.
    """

    id: str
    prefix: str
    name: str
    heading: str
    sources: str
    why: str
    tolls: tuple[ValueView, ...]
    differing: tuple[ValueView, ...]
    agreed: tuple[ValueView, ...]
    silent: str
    denied: tuple[AccountView, ...]
    timeline: tuple[DayView, ...]
    rows: tuple[AccountView, ...]


def write(comparison: Comparison, out: TextIO) -> None:
    """One HTML file that opens offline and has no script."""
    event = event_view(comparison)
    places = _places(comparison)
    for part in filled(
        "event.html",
        STYLE,
        heading=event.heading,
        event=event,
        reviewed=how_reviewed((account.event for account in comparison.accounts), linked=True),
        limits=event_limits(account.coding for account in comparison.accounts),
        places=places,
        drawing=draw(places),
        noun=Noun("report"),
        unplaced="",
        outlines=OUTLINES,
    ):
        out.write(part)


def event_view(comparison: Comparison, id: str = "", prefix: str = "") -> EventView:
    """An event as a page shows it."""
    event = comparison.event
    rows = tuple(_account(comparison, account, n, prefix) for n, account in enumerate(comparison.accounts, 1))
    denied = {account.id for account in comparison.denied}
    stated = [value for value in event.values if value.claims]
    values = {value.field: _value(comparison, value) for value in stated}
    differing = {value.field for value in comparison.differing}
    return EventView(
        id=id,
        prefix=prefix,
        name=event.id,
        heading=headline(comparison),
        sources=sources_words(comparison),
        why=event.because[0].rule,
        tolls=tuple(view for field, view in values.items() if field in FIGURES),
        differing=tuple(view for field, view in values.items() if field in differing - FIGURES),
        agreed=tuple(view for field, view in values.items() if field not in differing | FIGURES),
        silent=", ".join(_name(value.field) for value in event.values if not value.claims),
        denied=tuple(row for row, account in zip(rows, comparison.accounts, strict=True) if account.id in denied),
        timeline=tuple(DayView(day, tuple(of_day)) for day, of_day in groupby(rows, key=lambda row: row.published)),
        rows=rows,
    )


def _name(field: str) -> str:
    return COUNT_WORDS.get(field, field)


def _value(comparison: Comparison, value: Value) -> ValueView:
    accounts = {account.id: account for account in comparison.accounts}
    alone = {(alone.field, alone.claim) for alone in comparison.alone}
    of_people = value.field in FIGURES
    claims = sorted(value.claims, key=_size, reverse=True) if of_people else value.claims
    several = len(value.claims) > 1
    share = f": {value.agreement:.0%} of the sources" if value.agreement and not of_people else ""
    return ValueView(
        field=_name(value.field),
        claims=tuple(
            ClaimView(
                claim_words(value.field, claim),
                figure_voices(accounts, claim) if of_people else said_by(accounts, claim),
                (value.field, claim) in alone,
            )
            for claim in claims
        ),
        chosen=f"{claim_words(value.field, value.value)}, by {value.policy}{share}"
        if several and value.policy != _EVERY
        else "",
    )


def _size(claim: Claim) -> int:
    bounds = claim.value if isinstance(claim.value, tuple) else ()
    return max((n for n in bounds if n is not None), default=-1)


def _places(comparison: Comparison) -> tuple[MapPlace, ...]:
    """Where the accounts put the event; each stands there once."""
    return map_places(
        (account.event.place, Told(f"a{n}", f"#a{n}", f"{_publisher(account)}: {place_words(account.event.place)}"))
        for n, account in enumerate(comparison.accounts, 1)
        if account.event.place
    )


def _publisher(account: Account) -> str:
    return one_line(account.coding.report.publisher or "publisher not stated", 120)


def _account(comparison: Comparison, account: Account, n: int, prefix: str) -> AccountView:
    report, event = account.coding.report, account.event
    about = [f"owner {one_line(account.source.owner, 80)}"] if account.source.owner else []
    if account.source.interest != "unknown":
        about.append(f"interest: {account.source.interest}")
    copied = one_line(account.original, 80) if account.original != report.id else ""
    if copied:
        about.append(f"a copy of {copied}")
    day = (report.published or "")[:10]
    return AccountView(
        id=f"{prefix}a{n}",
        number=n,
        publisher=_publisher(account),
        published=edtf_words(day)[1] or "no publication date",
        title=title_words(report),
        about=(*about, f"report {one_line(report.id, 80)}"),
        url=web_address(report.url),
        modality=status(event) if marks(event) else "",
        voice=voice_words(account),
        copy=copied,
        quotes=tuple(quote_of(event, evidence) for evidence in event.evidence or (event.trigger,)),
        fields=tuple(_fields(comparison, account)),
        because=tuple(because_words(b.rule, b.matched) for b in account.because),
    )


def _fields(comparison: Comparison, account: Account) -> Iterator[FieldView]:
    """What the account states; what others state differently comes first."""
    found = []
    for value in comparison.event.values:
        own = [claim for claim in value.claims if account.id in claim.accounts]
        if own:
            words = "; ".join(claim_words(value.field, claim) for claim in own)
            found.append(FieldView(_name(value.field), words, value in comparison.differing))
    yield from sorted(found, key=lambda field: not field.differs)
