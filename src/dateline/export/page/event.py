"""The page of one event: its sources side by side, where they differ, what is denied, and when it was reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TextIO

from dateline.export.events.words import claim_words, headline, said_by, sources_words, voice_words
from dateline.export.page.fill import asset, environment, fingerprint
from dateline.export.page.views import Quote, because_words, quote_of, web_address
from dateline.export.safe import one_line
from dateline.export.statement import event_limits
from dateline.export.words import edtf_words, marks, status, title_words
from dateline.link.events.compare import Comparison
from dateline.link.model import Account


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One value of a field, and whose word it is."""

    words: str
    voices: str
    alone: bool


@dataclass(frozen=True, slots=True)
class ValueView:
    """One field: what was chosen, by which policy, and from which claims."""

    field: str
    chosen: str
    policy: str
    agreement: str
    claims: tuple[ClaimView, ...]
    differs: bool


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


def write(comparison: Comparison, out: TextIO) -> None:
    """One HTML file that opens offline and has no script."""
    event = comparison.event
    style = asset("style.css") + asset("event.css")
    rows = tuple(_account(comparison, account, n) for n, account in enumerate(comparison.accounts, 1))
    denied = {account.id for account in comparison.denied}
    template = environment().get_template("event.html")
    for part in template.generate(
        heading=headline(comparison),
        id=event.id,
        sources=sources_words(comparison),
        why=event.because[0].rule,
        limits=event_limits(account.coding for account in comparison.accounts),
        values=list(_values(comparison)),
        silent=", ".join(value.field for value in event.values if not value.claims),
        denied=[row for row, account in zip(rows, comparison.accounts, strict=True) if account.id in denied],
        timeline=[DayView(day, tuple(of_day)) for day, of_day in groupby(rows, key=lambda row: row.published)],
        rows=rows,
        style=style,
        style_hash=fingerprint(style),
    ):
        out.write(part)


def _values(comparison: Comparison) -> Iterator[ValueView]:
    accounts = {account.id: account for account in comparison.accounts}
    alone = {(alone.field, alone.claim) for alone in comparison.alone}
    for value in comparison.event.values:
        if value.claims:
            yield ValueView(
                field=value.field,
                chosen=claim_words(value.field, value.value),
                policy=value.policy,
                agreement="" if value.agreement is None else f"{value.agreement:.0%}",
                claims=tuple(
                    ClaimView(claim_words(value.field, c), said_by(accounts, c), (value.field, c) in alone)
                    for c in value.claims
                ),
                differs=value in comparison.differing,
            )


def _account(comparison: Comparison, account: Account, n: int) -> AccountView:
    report, event = account.coding.report, account.event
    about = [f"owner {one_line(account.source.owner, 80)}"] if account.source.owner else []
    if account.source.interest != "unknown":
        about.append(f"interest: {account.source.interest}")
    copied = one_line(account.original, 80) if account.original != report.id else ""
    if copied:
        about.append(f"a copy of {copied}")
    day = (report.published or "")[:10]
    return AccountView(
        id=f"a{n}",
        number=n,
        publisher=one_line(report.publisher or "publisher not stated", 120),
        published=edtf_words(day)[1] or "no publication date",
        title=title_words(report),
        about=tuple(about),
        url=web_address(report.url),
        modality=status(event) if marks(event) else "",
        voice=voice_words(account),
        copy=copied,
        quotes=tuple(quote_of(event, evidence) for evidence in event.evidence or (event.trigger,)),
        fields=tuple(_fields(comparison, account)),
        because=tuple(because_words(b.rule, b.matched) for b in account.because),
    )


def _fields(comparison: Comparison, account: Account) -> Iterator[FieldView]:
    for value in comparison.event.values:
        own = [claim for claim in value.claims if account.id in claim.accounts]
        if own:
            words = "; ".join(claim_words(value.field, claim) for claim in own)
            yield FieldView(value.field, words, value in comparison.differing)
