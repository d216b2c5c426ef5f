"""The filters of a page in words: what can be chosen, how much each choice would leave, and what is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from dateline.export.phrases import label
from dateline.export.safe import one_line
from dateline.export.words import MODALITY_WORDS, country_name
from dateline.store.index.index import Index
from dateline.store.index.lines import Facet
from dateline.store.index.query import Query
from dateline.store.review.people import Person

Shared = Literal["type", "country", "status", "publisher", "modality", "precision", "counted", "interest", "said_by"]
SHARED: tuple[Shared, ...] = get_args(Shared)
"""The facets that pages of rows offer, in their order."""
Typed = Literal["words", "since", "until", "chance_from"]
"""Filters that have a field of their own."""
_OF_THE_TEAM: tuple[str, ...] = get_args(Literal["by", "assigned", "state", "flagged"])
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter; ``count`` rows have it among those that the other filters leave (None: not counted)."""

    value: str
    words: str
    count: int | None
    on: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one filter; ``more``: there are values beyond those named."""

    name: str
    choices: tuple[Choice, ...]
    more: bool

    @property
    def on(self) -> int:
        """How many of them are chosen."""
        return sum(choice.on for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on: its name, its value in words, and the page's address without it."""

    name: str
    words: str
    without: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What ``filters.html`` shows. ``kept`` are parameters that the form carries along without showing them."""

    path: str
    query: Query
    groups: tuple[Group, ...]
    chips: tuple[Chip, ...]
    kept: tuple[tuple[str, str], ...]
    clear: str


def asked(parameters: Iterable[tuple[str, str]], person: Person) -> Query:
    """The query of an address, without filters by names of the team for who may not see these.

    Raises :class:`ReviewError` for a filter of one value that is given twice.
    """
    query = Query.read(parameters)
    return query if person.may("reader") else replace(query, by=(), assigned=())


def filters_of(
    index: Index,
    query: Query,
    path: str,
    person: Person,
    names: Iterable[str] = SHARED,
    **more: str,
) -> Filters:
    """The filters of the page at ``path``; ``more`` are what else makes it the same again (its order, its view).

    Filters by people of the team are for those who may see names of the team.
    """
    offered = [name for name in names if person.may("reader") or name not in _OF_THE_TEAM]
    groups = tuple(_group(facet, query) for facet in index.facets(query, offered))
    shown = {*offered, *get_args(Typed)}
    kept = (
        *((name, value) for name, value in query.parameters() if name not in shown),
        *((name, value) for name, value in more.items() if value),
    )
    groups = tuple(group for group in groups if group.choices)
    return Filters(path, query, groups, tuple(chips_of(query, path, more)), kept, Query().address(path, **more))


def value_words(name: str, value: str) -> str:
    """A value of a filter as people read it: ``FR`` as France, ``COERCE`` as Coerce."""
    match name:
        case "country":
            return country_name(value) or value
        case "modality":
            return next((words for modality, words in MODALITY_WORDS.items() if modality == value), value)
        case "type":
            return label(value, None)
        case "mode":
            return one_line(value.replace("_", " "), _LONGEST)
        case _:
            return one_line(value, _LONGEST)


def _group(facet: Facet, query: Query) -> Group:
    told: Sequence[str] | str = getattr(query, facet.name, ())
    chosen = (told,) if isinstance(told, str) and told else tuple(told)
    counted = {value: count for value, count in facet.values if value}
    # What is chosen stays in the list though no row has it: else it could not be taken back where it was chosen.
    values = [*((v, None) for v in chosen if v not in counted), *counted.items()]
    return Group(
        facet.name,
        tuple(Choice(value, value_words(facet.name, value), count, value in chosen) for value, count in values),
        facet.more,
    )


def chips_of(query: Query, path: str, more: Mapping[str, str]) -> Iterator[Chip]:
    """The filters that are on, each with the address of the page at ``path`` without it."""
    for name, value in query.parameters():
        told: str | tuple[str, ...] = getattr(query, name)
        rest: str | tuple[str, ...] = "" if isinstance(told, str) else tuple(one for one in told if one != value)
        without = replace(query, **{name: rest})  # type: ignore[arg-type]
        yield Chip(name, value_words(name, value), without.address(path, **more))
