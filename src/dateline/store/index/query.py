"""What a person looks for: the filters that the table, the map, the time line, the search and the queue share.

A query is read from the parameters of an address and written back into one: every state of a page has an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Literal, get_args
from urllib.parse import urlencode

from dateline.errors import ReviewError, did_you_mean
from dateline.model import EventMention

Order = Literal["stake", "date", "published", "chance", "killed", "place", "type", "report", "added"]
"""By what rows are ordered; a minus before it turns it round."""

State = Literal["to do", "in progress", "help needed", "ready for review", "done"]
STATES: tuple[State, ...] = get_args(State)

Status = Literal["suggested", "accepted", "corrected", "added", "rejected"]
STATUSES: tuple[Status, ...] = get_args(Status)
REJECTED: Status = "rejected"

ABOUT = "about"
"""What a filter means, in the metadata of its field: the documentation of the API says the same."""


def _many(about: str) -> tuple[str, ...]:
    """A filter of several values, of which one must fit; empty: any does."""
    found: tuple[str, ...] = field(default=(), metadata={ABOUT: about})
    return found


def _one(about: str) -> str:
    """A filter of one value; empty: any does."""
    found: str = field(default="", metadata={ABOUT: about})
    return found


@dataclass(frozen=True, slots=True)
class Query:
    """Filters, all of which hold: of several values of one filter one must. Empty is no filter.

    Days are ISO 8601 (``2024-03-05``); chances go from 0 to 1. What each means stands in its metadata (:data:`ABOUT`).
    """

    words: str = _one("Words that the report or a value of the row has; several must all be there.")
    type: tuple[str, ...] = _many("A type of the codebook.")
    mode: tuple[str, ...] = _many("A mode of a type.")
    modality: tuple[str, ...] = _many("asserted, negated, planned, possible or hypothetical.")
    status: tuple[str, ...] = _many(
        "suggested (by the machine alone), accepted, corrected, added; or rejected: rows that hold no more, "
        "and are given where they are asked for."
    )
    state: tuple[str, ...] = _many(
        "How far people are with the report: to do, in progress, help needed, ready for review or done."
    )
    place: tuple[str, ...] = _many("The name of the place.")
    admin1: tuple[str, ...] = _many("The first-order division that the place is in.")
    country: tuple[str, ...] = _many("The country that the place is in, as ISO 3166-1 alpha-2.")
    precision: tuple[str, ...] = _many("site, town, district, province, country, region or unknown.")
    since: str = _one("The event was on this day or later (ISO 8601).")
    until: str = _one("The event was on this day or earlier (ISO 8601).")
    published_since: str = _one("The report was published on this day or later (ISO 8601).")
    published_until: str = _one("The report was published on this day or earlier (ISO 8601).")
    publisher: tuple[str, ...] = _many("Who published the report.")
    interest: tuple[str, ...] = _many("What the project's list of publishers says of the publisher's interest.")
    said_by: tuple[str, ...] = _many("Who says so, by the report.")
    actor: tuple[str, ...] = _many("Who did it, by neutral name.")
    recipient: tuple[str, ...] = _many("To whom it was done, by neutral name.")
    counted: tuple[str, ...] = _many(
        "A kind of number that the row states: killed, injured, arrested, participants, missing or displaced."
    )
    chance_from: str = _one("The least chance of the row, from 0 to 1.")
    chance_to: str = _one("The greatest chance of the row, from 0 to 1.")
    historical: str = _one("yes: background of long before the report's own story; no: the others.")
    flagged: str = _one("yes: somebody wants others to look at the report; no: the others.")
    confidential: str = _one("yes: marked as confidential; no: the others.")
    assigned: tuple[str, ...] = _many("An account that codes the report.")
    by: tuple[str, ...] = _many("Who reviewed the row.")
    report: tuple[str, ...] = _many("The id of the report.")
    event: tuple[str, ...] = _many("The id of the event that the row tells of.")
    suggestions: str = _one("yes: also rows below the bound from which on the machine shows them; only: these alone.")

    @classmethod
    def read(cls, parameters: Iterable[tuple[str, str]]) -> Query:
        """The query of an address's parameters; empty ones say nothing, those of other purposes are passed over.

        Raises :class:`ReviewError` for a filter of one value that is given twice.
        """
        many = {one.name for one in fields(cls) if one.default == ()}
        one = {one.name for one in fields(cls)} - many
        lists: dict[str, list[str]] = {}
        single: dict[str, str] = {}
        for name, value in parameters:
            said = value.strip()
            if not said:
                continue
            if name in many and said not in lists.setdefault(name, []):
                lists[name].append(said)
            elif name in one and single.setdefault(name, said) != said:
                raise ReviewError(f"the filter {name!r} is there twice; give it once")
        return cls(**{name: tuple(values) for name, values in lists.items()}, **single)  # type: ignore[arg-type]

    def parameters(self) -> list[tuple[str, str]]:
        """The query as parameters, in the order of its fields."""
        found: list[tuple[str, str]] = []
        for part in fields(self):
            value: str | Sequence[str] = getattr(self, part.name)
            found += [(part.name, one) for one in ([value] if isinstance(value, str) else value) if one]
        return found

    def address(self, path: str, **more: str) -> str:
        """A path with the query behind it, and whatever else the page needs to be the same again."""
        told = [*self.parameters(), *((name, value) for name, value in more.items() if value)]
        return f"{path}?{urlencode(told)}" if told else path

    @property
    def is_empty(self) -> bool:
        """Whether everything fits."""
        return self == Query()


def status_of(event: EventMention) -> str:
    """How far people are with a row: suggested (nobody has looked at it), accepted, corrected or added.

    What was added stays so, whoever corrects it afterwards.
    """
    said = [because.id.partition(".")[2] for because in event.because if because.id.startswith("review.")]
    if not said:
        return "suggested"
    return "added" if "added" in said else "corrected" if "corrected" in said else said[-1]


def order_of(told: str) -> tuple[Order, bool]:
    """The order that an address names, and whether it is turned round. Raises :class:`ReviewError`."""
    name = told.removeprefix("-")
    known: tuple[Order, ...] = get_args(Order)
    if name not in known:
        raise ReviewError(f"{told[:40]!r} is no order. {did_you_mean(name, known, what='orders')}")
    return next(order for order in known if order == name), told.startswith("-")
