"""What a person looks for: the filters that the table, the map, the time line, the search and the queue share.

A query is read from the parameters of an address and written back into one: every state of a page has an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Literal, get_args
from urllib.parse import urlencode

from dateline.errors import ReviewError, did_you_mean
from dateline.model import EventMention

Order = Literal["stake", "date", "published", "chance", "killed", "place", "type", "report", "added"]
"""By what rows are ordered; a minus before it turns it round."""

State = Literal["to do", "in progress", "help needed", "ready for review", "done"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Query:
    """Filters, all of which hold: of several values of one filter one must. Empty is no filter.

    ``words`` is searched in the reports and in the values of the rows. Days are ISO 8601 (``2024-03-05``); chances go
    from 0 to 1. ``status``: suggested (the machine alone), accepted, corrected, added, rejected. ``suggestions``: "yes"
    for rows below the bound from which on the machine shows them as well, "only" for these alone.
    """

    words: str = ""
    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    published_since: str = ""
    published_until: str = ""
    publisher: tuple[str, ...] = ()
    interest: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    chance_from: str = ""
    chance_to: str = ""
    historical: str = ""
    flagged: str = ""
    confidential: str = ""
    assigned: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    suggestions: str = ""

    @classmethod
    def read(cls, parameters: Iterable[tuple[str, str]]) -> Query:
        """The query of an address's parameters; empty ones say nothing, those of other purposes are passed over.

        Raises :class:`ReviewError` for a filter of one value that is given twice.
        """
        many = {field.name for field in fields(cls) if field.default == ()}
        one = {field.name for field in fields(cls)} - many
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
        for field in fields(self):
            value: str | Sequence[str] = getattr(self, field.name)
            found += [(field.name, one) for one in ([value] if isinstance(value, str) else value) if one]
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
