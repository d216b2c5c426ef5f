"""Names read as stand-ins by the judge: whoever is named, the same sentence gets the same chances.

People, bodies, countries of more words than one and those who are called by their trade or station are each one word
to it; whoever is named again has the same word again, so that it can still follow who did what. What tells an office
or a force of a state stays, as it decides what is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.lang.en.neutral.origins import COUNTRY, long_country_names
from dateline.lang.en.people import sector, singular
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span, Token

_STATIONS = words("people.stations")
_OF_A_STATE = frozenset({"COP", "MIL", "SPY", "JUD", "GOV", "LEG", "IGO"})

ANYBODY, PEOPLE = "resident", "residents"
PERSONS = (
    "Smith", "Jones", "Brown", "Taylor", "Wilson", "Davies", "Evans", "Thomas", "Roberts", "Johnson", "Walker",
    "Wright", "Robinson", "Thompson", "White", "Hughes",
)  # fmt: skip
BODIES = ("Alpha", "Beta", "Gamma", "Delta", "Sigma", "Omega", "Lambda", "Theta")
"""Which words they are does not matter: whoever is named first is the first of them."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """A word that is read for ``[start, end)`` of the text; it stands ``at`` the last word of the name."""

    start: int
    end: int
    at: int
    word: str


def stand_ins(doc: Doc, people: Sequence[tuple[int, int]]) -> list[StandIn]:
    """What is read for which words of a text, in order. ``people`` are the names of people, as tokens."""
    names = {start: doc[start:end] for start, end in people}
    taken = {n for name in names.values() for n in range(name.start, name.end)}
    bodies = {
        name.start: name
        for name in doc.ents
        if taken.isdisjoint(range(name.start, name.end)) and (_is_body(name) or name.text.lower() in _countries())
    }
    taken |= {n for name in bodies.values() for n in range(name.start, name.end)}
    stations = {t.i: t for t in doc if t.i not in taken and t.pos_ == "NOUN" and singular(t.lower_) in _STATIONS}
    return list(_in_order(doc, names, bodies, stations))


def _in_order(
    doc: Doc, people: dict[int, Span], bodies: dict[int, Span], stations: dict[int, Token]
) -> Iterator[StandIn]:
    persons: dict[str, str] = {}
    known: dict[str, str] = {}
    for n in sorted({*people, *bodies, *stations}):
        if n in people:
            name = people[n]
            word = persons.setdefault(name[-1].lower_, PERSONS[len(persons) % len(PERSONS)])
        elif n in bodies:
            name = bodies[n]
            if (told := _name(name).lower()) in _countries():
                word = COUNTRY
                if name.start and doc[name.start - 1].lower_ == "the":
                    name = doc[name.start - 1 : name.end]
            else:
                word = known.setdefault(told, BODIES[len(known) % len(BODIES)])
        else:
            name, word = doc[n : n + 1], PEOPLE if stations[n].lower_ != singular(stations[n].lower_) else ANYBODY
        yield StandIn(name.start_char, name.end_char, name[-1].idx, word)


def _name(name: Span) -> str:
    return name[1:].text if len(name) > 1 and name[0].lower_ == "the" else name.text


def _is_body(name: Span) -> bool:
    """Whether a name is that of a body that is no state's."""
    if name.label_ not in {"ORG", "NORP"} or any(char.isdigit() for char in name.text):
        return False
    if any(t.pos_ == "NOUN" and t.is_lower for t in name) or not any(t.pos_ == "PROPN" for t in name):
        return False
    return not any(sector(singular(t.lower_)) in _OF_A_STATE for t in name)


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(name.lower() for name in long_country_names())
