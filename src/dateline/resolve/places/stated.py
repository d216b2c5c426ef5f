"""What a text says itself of where a place lies ("X, Niger"; "X, west of Baghdad"), and which readings that leaves.

A namesake that lies elsewhere is no reading: where no place of the gazetteer is left, the name stays a name, with the
country of what it is said to lie in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dateline.lang.en.placing.name_forms import Container, containers_of
from dateline.lang.name_keys import demonym, fold
from dateline.resolve.gazetteer.lookup import ALTERNATE, USAGE, Entry, Gazetteer
from dateline.resolve.gazetteer.points import distance_km
from dateline.resolve.places.choose import LOCAL, Choice, Name
from dateline.resolve.places.names import candidates, is_abbreviation_only

LARGE = 100_000
"""A town of so many people is meant by any of its names, and lies in no other town."""
IN_TOWN_KM = 80.0
"""What is said to lie in a town is no farther from its point."""
NEAR_KM = 300.0
"""What is said to lie near a place, or in a division, is no farther from its point."""
_CONTAINERS = frozenset({"country", "admin1", "admin2"})
_BINDING = _CONTAINERS | {"town"}
_NARROWER = ("admin1", "admin2", "town")
"""Kinds of places in a country, the wider first: one lies in a wider one."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What the text says that a place lies in or near: readings of that name, which begins at an offset.

    ``near`` and ``firm`` are as in :class:`Container`.
    """

    key: str
    start: int
    entries: tuple[Entry, ...]
    near: bool
    firm: bool

    @property
    def parents(self) -> tuple[Entry, ...]:
        """The readings that the place may be said to lie in; none where it is only near."""
        return () if self.near else tuple(e for e in self.entries if e.kind in _CONTAINERS)


@dataclass(slots=True)
class Bound:
    """What the text's own words on where places lie leave of them.

    ``names`` are the names with the readings that can lie there, ``within`` what those lie in of which none can, and
    ``senses`` the reading, by offset, of each name that a place does lie in ("Spokane, Washington" is of the state).
    """

    names: dict[str, Name]
    within: dict[str, Entry] = field(default_factory=dict)
    senses: dict[int, Entry] = field(default_factory=dict)


def stated_of(text: str, start: int, end: int, gazetteer: Gazetteer) -> tuple[Stated, ...]:
    """What the text around ``[start, end)`` says that the place there lies in: "X, Texas", "X in Iran", "Iran's X"."""
    found = (_stated(one, gazetteer) for one in containers_of(text, start, end))
    return tuple(one for one in found if one is not None)


def _stated(container: Container, gazetteer: Gazetteer) -> Stated | None:
    for name in container.names:
        for form in (name, name.rstrip(".")):
            found = candidates(form, gazetteer) if demonym(form) is not None else gazetteer.lookup(form)
            if is_abbreviation_only(name):
                found = tuple(e for e in found if e.rank == USAGE or (len(form) == 2 and form.isupper()))
            found = tuple(e for e in found if e.kind in _CONTAINERS or e.rank > ALTERNATE or e.population >= LARGE)
            if found:
                return Stated(fold(form), container.start, found, container.near, container.firm)
    return None


def bind(
    names: Mapping[str, Name],
    stated: Mapping[str, Sequence[Stated]],
    choices: Mapping[str, Choice],
    gazetteer: Gazetteer,
) -> Bound:
    """The names of a report, by key, as far as the text's own words on where each lies leave them readings.

    ``choices`` are the readings that were chosen before, by which what they lie in is read.
    """
    bound = Bound(dict(names))
    for key, said in stated.items():
        name = names.get(key, Name(key, ()))
        read = [(one, place) for one in said if (place := _read(one, name, choices)) is not None]
        # A name without a reading has none to lose by words that may mean something else.
        firm = [(one, place) for one, place in read if one.firm or (not name.candidates and not one.near)]
        if not firm or (not name.candidates and len({place.country for _, place in firm}) > 1):
            continue
        fits = {e.id: e for one, place in firm for e in name.candidates if _allows(one, place, e, gazetteer)}
        if not fits:
            bound.within[key] = firm[0][1]
            bound.names.pop(key, None)
        elif len(fits) < len(name.candidates):
            bound.names[key] = replace(name, candidates=tuple(fits.values()))
        for one, place in firm:
            if not one.near and place.kind != "town":
                bound.senses.setdefault(one.start, place)
    return bound


def _read(stated: Stated, name: Name, choices: Mapping[str, Choice]) -> Entry | None:
    """The reading of what a place is said to lie in; None where that tells nothing of the place.

    It is one that some reading of the place lies in, else the one that the report means by the word elsewhere.
    """
    chosen = choices.get(stated.key)
    likely = sorted(_likely(stated, chosen.entry if chosen is not None else None), key=_rank)
    place = chosen.entry if chosen is not None and chosen.entry in likely else next(iter(likely), None)
    if place is None or stated.near:
        return place
    for wide in likely:
        if wide.kind != "town" and any(_lies_in(e, wide) for e in name.candidates):
            return wide
    if place.kind == "town":
        # "Leeds, London" is a list: what lies in a town is smaller than it, and no town that all know.
        largest = max((e.population for e in name.candidates), default=0)
        return place if largest < min(LARGE, place.population) else None
    return place


def _likely(stated: Stated, chosen: Entry | None) -> Iterator[Entry]:
    """The readings that are worth a thought: the one chosen, and those of what is in general use or a division."""
    for entry in stated.entries:
        wide = entry.rank == USAGE or (entry.kind == "admin1" and entry.rank > ALTERNATE)
        if entry.kind in _BINDING and (entry == chosen or wide or (chosen is None and entry == stated.entries[0])):
            yield entry


def _rank(entry: Entry) -> int:
    if entry.kind in _NARROWER:
        return _NARROWER.index(entry.kind)
    return len(_NARROWER) if entry.kind in LOCAL else -1


def _lies_in(entry: Entry, place: Entry) -> bool:
    if entry.kind not in LOCAL or entry.country != place.country or entry.id == place.id:
        return False
    return place.kind == "country" or entry.admin1 == place.admin1


def _allows(stated: Stated, place: Entry, entry: Entry, gazetteer: Gazetteer) -> bool:
    """Whether a reading of a name can lie in, or near, the place that the text names.

    Borders are disputed and divisions change, so what lies close by is never ruled out.
    """
    if _rank(entry) <= _rank(place) and entry.kind != "town":
        return True
    apart = distance_km(entry.point, place.point)
    if place.kind == "country":
        return entry.country == place.country or gazetteer.reaches(str(place.country), entry.point)
    if place.kind == "town":
        return apart <= (NEAR_KM if stated.near else IN_TOWN_KM)
    return entry.country == place.country and (entry.admin1 is None or entry.admin1 == place.admin1 or apart <= NEAR_KM)
