"""The rows of the events: the values that the project's policies chose, and how well their sources agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dateline.export.countries import iso3
from dateline.export.events.words import headline
from dateline.export.formats.rows import place_cells
from dateline.export.tables.columns import Row, columns_of
from dateline.export.tables.mentions import day, day_range
from dateline.export.words import country_name
from dateline.link.events.aggregate import NUMBERS
from dateline.link.events.compare import Comparison
from dateline.link.model import Claim, Value
from dateline.model import Place
from dateline.store.index.query import status_of
from dateline.store.whole.events import Life

GONE = "gone"
"""The status of an event that gave way to others."""


@dataclass(frozen=True, slots=True)
class TellingEvent:
    """An event as it leaves: by the accounts that may leave, or, where it gave way, without any.

    ``keys`` has the key in the table of mentions of each account, by the account's id. Those of codings that newer ones
    took the place of, until linking takes these up, have none: no row of that table is theirs.
    """

    life: Life
    comparison: Comparison | None
    keys: Mapping[str, str]

    def keys_of(self, accounts: Iterable[str]) -> list[str]:
        """The keys of accounts, of those that have one, in their order."""
        return [self.keys[account] for account in accounts if account in self.keys]


def event_row(told: TellingEvent) -> Row:
    """The row of an event."""
    life = told.life
    row: Row = {
        "event": life.id,
        "status": GONE,
        "born": _moment(life.born),
        "gone": _moment(life.gone),
        "successors": list(life.successors),
        "replaces": list(life.replaces),
    }
    if told.comparison is None:
        return {column.name: [] for column in columns_of("events") if column.is_list} | row
    return row | _of_values(told, told.comparison) | _of_accounts(told, told.comparison)


def _of_values(told: TellingEvent, compared: Comparison) -> Row:
    chosen: dict[str, Any] = {value.field: value.value for value in compared.event.values}
    # A policy may keep every value, or two ends: then there is no single one.
    single = {name: value for name, value in chosen.items() if not isinstance(value, tuple)}
    edtf = chosen["date"] if isinstance(chosen["date"], str) else "/".join(map(str, chosen["date"] or ())) or None
    first, last = day_range(edtf)
    row: Row = {
        "sentence": headline(compared),
        "type": single.get("type"),
        "mode": single.get("mode"),
        "modality": single.get("modality"),
        "historical": single.get("historical"),
        "actors": _names(chosen["actors"]),
        "recipients": _names(chosen["recipients"]),
        "date": edtf,
        "date_start": first,
        "date_end": last,
        "date_precision": _date_precision(compared, edtf),
        "status": compared.event.status,
        "status_because": compared.event.because[0].rule,
        "sources": compared.event.sources,
        "differing": [value.field for value in compared.differing],
        "claims": [_claim(told, value, claim) for value in compared.event.values for claim in value.claims],
    }
    for value in compared.event.values:
        row[f"agreement_{value.field}"] = value.agreement
    for kind in NUMBERS:
        if chosen[kind] is not None:
            row[f"{kind}_low"], row[f"{kind}_best"], row[f"{kind}_high"] = chosen[kind]
    country = single.get("country")
    place = place_of(compared, single.get("place"))
    where: Row = {**place_cells(place)} if place is not None else {"place": _text(chosen["place"])}
    # The country has a policy of its own.
    return row | where | {"country": country, "country_name": country_name(country), "iso3": iso3(country)}


def _of_accounts(told: TellingEvent, compared: Comparison) -> Row:
    accounts = compared.accounts
    type = next(value.value for value in compared.event.values if value.field == "type")
    of_type = [account.event for account in accounts if account.event.type == type]
    days = sorted(on for account in accounts if (on := day(account.coding.report.published)) is not None)
    reports = sorted({account.coding.report.id for account in accounts})
    return {
        "cameo": _most([event.codes.cameo for event in of_type]),
        "acled": _most([event.codes.acled for event in of_type]),
        "quad": _most([event.codes.quad for event in of_type]),
        "chance": max((a.event.chance for a in accounts if a.event.chance is not None), default=None),
        "mentions": len(accounts),
        "reports": len(reports),
        "publishers": len({account.coding.report.publisher for account in accounts} - {None}),
        "denied": len(compared.denied),
        "reviewed": sum(status_of(account.event) != "suggested" for account in accounts),
        "first_published": days[0] if days else None,
        "last_published": days[-1] if days else None,
        "report_ids": reports,
        "mention_ids": told.keys_of(account.id for account in accounts),
    }


def place_of(compared: Comparison, name: object) -> Place | None:
    """The place of a name that the event has: one with a point before one without, the earliest told."""
    named = [a.event.place for a in compared.accounts if a.event.place is not None and a.event.place.name == name]
    return next((place for place in named if place.lat is not None), named[0] if named else None)


def _date_precision(compared: Comparison, edtf: str | None) -> str | None:
    dates = (account.event.date for account in compared.accounts)
    return next((date.precision for date in dates if date is not None and date.edtf == edtf), None)


def _claim(told: TellingEvent, value: Value, claim: Claim) -> dict[str, Any]:
    """A claim as a list of a row has it; a count as "low/best/high", with nothing for what is not stated."""
    return {
        "field": value.field,
        "value": _text(claim.value),
        "sources": claim.sources,
        "voices": list(claim.voices),
        "mentions": told.keys_of(claim.accounts),
    }


def _text(value: object) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case tuple():
            return "/".join("" if part is None else str(part) for part in value)
    return str(value)


def _names(value: object) -> list[str | None]:
    if value is None:
        return []
    return [str(name) for name in value] if isinstance(value, tuple) else [str(value)]


def _most(codes: list[Any]) -> Any:
    """What most have; of as many, the first by the alphabet."""
    counted = Counter(code for code in codes if code is not None)
    return min(counted, key=lambda code: (-counted[code], code), default=None)


def _moment(told: str | None) -> datetime | None:
    return None if told is None else datetime.fromisoformat(told)
