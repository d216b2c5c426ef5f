"""What happened by type: how often it is told, and which numbers of people are given by whom, never added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.export.page.overview.entries import KINDS, Entry, Figure
from dateline.export.phrases import label

_OF_A_KIND = 2
_AT_ONCE = 4
_VOICES = 3


@dataclass(frozen=True, slots=True)
class Toll:
    """One number of people, who gives it, and the entries that do; ``href`` leads to the first of them."""

    words: str
    voices: str
    href: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypeShare:
    """A type with its entries; ``happened`` are those told as having happened in the report's own time."""

    number: int
    name: str
    type: str
    count: int
    happened: int
    tolls: tuple[Toll, ...]
    more: tuple[Toll, ...]


def type_shares(entries: Sequence[Entry]) -> tuple[TypeShare, ...]:
    """The types, those of most entries first."""
    by_type: dict[str, list[Entry]] = {}
    for entry in entries:
        by_type.setdefault(entry.type, []).append(entry)
    ranked = sorted(by_type.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(_share(number, type, told) for number, (type, told) in enumerate(ranked, 1))


def _share(number: int, type: str, entries: Sequence[Entry]) -> TypeShare:
    happened = [entry for entry in entries if entry.told == "asserted"]
    # What is planned, denied or long past has its numbers too; they are no toll of what happened.
    tolls = list(_tolls(happened))
    first = [toll for rank, toll in tolls if rank < _OF_A_KIND][:_AT_ONCE]
    return TypeShare(
        number,
        label(type, None),
        type,
        len(entries),
        len(happened),
        tuple(first),
        tuple(toll for _, toll in tolls if toll not in first),
    )


def _tolls(entries: Sequence[Entry]) -> Iterator[tuple[int, Toll]]:
    """The numbers with their ranks among those of their kind: the gravest kind first, in it the largest number."""
    given: dict[tuple[str, str], list[tuple[Entry, Figure]]] = {}
    for entry in entries:
        for figure in entry.figures:
            given.setdefault((figure.kind, figure.words), []).append((entry, figure))
    ranked = sorted(given.values(), key=lambda same: (KINDS.index(same[0][1].kind), -same[0][1].size))
    ranks: dict[str, int] = {}
    for same in ranked:
        entry, figure = same[0]
        rank = ranks[figure.kind] = ranks.get(figure.kind, -1) + 1
        voices = dict.fromkeys(voice for _, other in same for voice in other.voices)
        ids = dict.fromkeys(other.id for other, _ in same)
        yield rank, Toll(figure.words, few(voices), entry.href, tuple(ids))


def few(names: Mapping[str, None]) -> str:
    """Names in a line: the first ones, and how many more there are."""
    every = list(names)
    more = len(every) - _VOICES
    return "; ".join(every[:_VOICES]) + (f"; and {more} more" if more > 0 else "")
