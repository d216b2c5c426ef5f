"""The comparison: what each source says of one event, where they differ, what one side says alone, what is denied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.link.events.aggregate import aggregate, independent
from dateline.link.model import Account, Claim, Event, Value


@dataclass(frozen=True, slots=True)
class Alone:
    """A claim that one independent source makes and no other, though others report the event."""

    field: str
    claim: Claim
    source: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """An event with its accounts side by side, the earliest published first.

    ``source_of`` gives the independent source of each account; ``differing`` are the fields on which sources give
    different values; ``denied`` the accounts that say it did not happen.
    """

    event: Event
    accounts: tuple[Account, ...]
    source_of: Mapping[str, str]
    differing: tuple[Value, ...]
    alone: tuple[Alone, ...]
    denied: tuple[Account, ...]


def compare(id: str, accounts: Sequence[Account], own: Mapping[str, str] | None = None) -> Comparison:
    """The comparison of the accounts of an event; ``own`` are a project's policies."""
    in_time = tuple(sorted(accounts, key=lambda a: (a.coding.report.published or "9999", a.id)))
    event = aggregate(id, in_time, own)
    source_of = independent(in_time)
    differing = tuple(value for value in event.values if len(value.claims) > 1 and _differ(value, source_of))
    return Comparison(
        event,
        in_time,
        source_of,
        differing,
        tuple(_alone(event, source_of)) if event.sources > 1 else (),
        tuple(account for account in in_time if account.event.modality == "negated"),
    )


def _differ(value: Value, source_of: Mapping[str, str]) -> bool:
    """Not every source states every value: one source that states two of a list differs from nobody."""
    stated = [{source_of[account] for account in claim.accounts} for claim in value.claims]
    return any(sources != stated[0] for sources in stated)


def _alone(event: Event, source_of: Mapping[str, str]) -> list[Alone]:
    found = []
    for value in event.values:
        for claim in value.claims:
            sources = {source_of[account] for account in claim.accounts}
            if len(sources) == 1:
                found.append(Alone(value.field, claim, *sources))
    return found
