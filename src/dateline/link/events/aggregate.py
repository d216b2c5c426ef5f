"""Aggregation: from the accounts of an event to its values, each with the claims that it was chosen from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from dateline.errors import PolicyError
from dateline.link.events.policies import POLICIES, Statement, agreement
from dateline.link.model import Account, Claim, Event, Status, Value, Voice
from dateline.model import Because, CountKind, DatePrecision, PlacePrecision
from dateline.rules import rule

NUMBERS: tuple[CountKind, ...] = get_args(CountKind)
ONLY_PARTIES = rule("status.only-parties", "only parties to the event say so")
NOT_SAID = rule("status.not-said", "no account says that it happened")
NO_PARTY = rule("status.no-party", "somebody who is no party to the event reports it")
FIELDS: Mapping[str, str] = {
    "type": "majority",
    "mode": "majority",
    "modality": "majority",
    "historical": "majority",
    "date": "most precise",
    "place": "most precise",
    "country": "majority",
    "actors": "every",
    "recipients": "every",
    **dict.fromkeys(NUMBERS, "envelope"),
}
"""The fields of an event, and the policy of each where a project names no other."""

_PLACES: tuple[PlacePrecision, ...] = ("unknown", "region", "country", "province", "district", "town", "site")
_DATES: tuple[DatePrecision, ...] = (
    *("unknown", "duration", "century", "decade", "year", "season"),
    *("month", "week", "days", "day", "time"),
)


def policies(own: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """The policy of every field; ``own`` goes over the defaults.

    Raises :class:`PolicyError` that names the field or policy that is none, and what there is.
    """
    own = own or {}
    for field, policy in own.items():
        if field not in FIELDS:
            raise PolicyError(f"there is no field {field!r} to set a policy for; the fields are {', '.join(FIELDS)}")
        if policy not in POLICIES:
            raise PolicyError(f"{field}: there is no policy {policy!r}; the policies are {', '.join(POLICIES)}")
        counts = field in NUMBERS
        if (policy in {"every", "extent"} and counts) or (policy == "envelope" and not counts):
            raise PolicyError(f"{field}: the policy {policy!r} is not for this field; its default is {FIELDS[field]!r}")
    return dict(FIELDS) | dict(own)


def independent(accounts: Sequence[Account]) -> Mapping[str, str]:
    """The key of the independent source of each account, by the account's id.

    An account of a copied report belongs to the owner of the original where that is among the accounts, else to the
    original itself. Publishers of one owner are one source; a report without publisher is a source of its own.
    """
    published = {account.coding.report.id: account.source for account in accounts}
    keys = {}
    for account in accounts:
        source = published.get(account.original)
        name = None if source is None else source.owner or source.publisher
        keys[account.id] = f"report {account.original}" if name is None else f"owner {name.casefold().strip()}"
    return keys


def aggregate(id: str, accounts: Sequence[Account], own: Mapping[str, str] | None = None) -> Event:
    """The event that accounts tell of. The order of the accounts does not matter."""
    accounts = sorted(accounts, key=lambda account: account.id)
    sources = independent(accounts)
    stated = statements(accounts, sources)
    values = tuple(value(field, policy, stated.get(field, ())) for field, policy in policies(own).items())
    status, why = _status(accounts)
    return Event(
        id=id,
        accounts=tuple(account.id for account in accounts),
        values=values,
        sources=len(set(sources.values())),
        status=status,
        because=(why,),
    )


def value(field: str, policy: str, stated: Sequence[Statement]) -> Value:
    """What a policy makes of the statements on a field."""
    if not stated:
        return Value(field, None, policy)
    chosen = POLICIES[policy](stated)
    return Value(field, chosen, policy, tuple(_claims(stated)), agreement(stated, chosen))


def statements(accounts: Sequence[Account], sources: Mapping[str, str]) -> Mapping[str, Sequence[Statement]]:
    """What the accounts state, by field; a field that none states is left out."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for account in accounts:
        event = account.event

        def state(
            field: str,
            value: str | bool | tuple[int | None, int | None, int | None] | None,
            precision: int = 0,
            voice: Voice = account.voice,
            account: Account = account,
        ) -> None:
            if value is None:
                return
            name = voice.names[-1] if voice.names else account.source.publisher or ""
            found[field].append(
                Statement(
                    value,
                    account.id,
                    sources[account.id],
                    name,
                    voice.party,
                    precision,
                    account.coding.report.published or "",
                )
            )

        state("type", event.type)
        state("mode", event.mode)
        state("modality", event.modality)
        state("historical", event.historical)
        if event.date is not None:
            state("date", event.date.edtf, _DATES.index(event.date.precision))
        if event.place is not None:
            state("place", event.place.name, _PLACES.index(event.place.precision))
            state("country", event.place.country)
        for name in account.actors:
            state("actors", name)
        for name in account.recipients:
            state("recipients", name)
        for count, voice in account.figures:
            state(count.kind, (count.low, count.best, count.high), voice=voice)
    return found


def _claims(stated: Sequence[Statement]) -> Iterator[Claim]:
    by_value: dict[object, list[Statement]] = defaultdict(list)
    for statement in stated:
        by_value[statement.value].append(statement)
    ranked = sorted(by_value.values(), key=lambda group: (-len({s.source for s in group}), str(group[0].value)))
    for group in ranked:
        yield Claim(
            value=group[0].value,
            accounts=tuple(sorted({s.account for s in group})),
            voices=tuple(sorted({s.voice for s in group if s.voice})),
            sources=len({s.source for s in group}),
        )


def _status(accounts: Sequence[Account]) -> tuple[Status, Because]:
    if all(account.voice.party for account in accounts):
        return "reported, unverified", ONLY_PARTIES.because()
    if all(account.event.modality in {"possible", "hypothetical"} for account in accounts):
        return "possible", NOT_SAID.because()
    return "reported", NO_PARTY.because()
