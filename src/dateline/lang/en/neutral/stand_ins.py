"""Names read as stand-ins by the judge: whoever is named, the same sentence gets the same chances.

People, bodies, countries of more words than one and those who are called by their trade or station are each one word
to it; whoever is named again has the same word again, so that it can still follow who did what. What tells an office
or a force of a state stays, as it decides what is done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sized
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from spacy.tokens import Span

from dateline.lang.en.neutral.origins import BODY_NOUNS, COUNTRY, long_country_names, sides_in_text
from dateline.lang.en.people import sector, singular
from dateline.lang.lexicon import Words, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

_STATIONS = words("people.stations")
_OF_A_STATE = frozenset({"COP", "MIL", "SPY", "JUD", "GOV", "LEG"})

ANYBODY, PEOPLE = "resident", "residents"
PERSONS, BODIES = words("people.stand_ins_people"), words("people.stand_ins_bodies")
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
    bodies: dict[int, Span] = {}
    for name in (*_capitals(doc), *doc.ents):
        held = range(name.start, name.end)
        if taken.isdisjoint(held) and (_is_body(name) or name.text.lower() in _countries()):
            bodies[name.start] = name
            taken.update(held)
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
            word = persons.setdefault(name[-1].lower_, _next(PERSONS, persons))
        elif n in bodies:
            name = bodies[n]
            told = _name(name).lower()
            word = COUNTRY if told in _countries() else known.setdefault(told, _next(BODIES, known))
            if name.start and doc[name.start - 1].lower_ == "the":  # "the United States" as "Sudan"
                name = doc[name.start - 1 : name.end]
        else:
            name, word = doc[n : n + 1], PEOPLE if stations[n].lower_ != singular(stations[n].lower_) else ANYBODY
        yield StandIn(name.start_char, name.end_char, name[-1].idx, word)


def _next(stand_ins: Words, taken: Sized) -> str:
    """The word for the next who is named; after the last the first again."""
    every = stand_ins.ordered()
    return every[len(taken) % len(every)]


def _name(name: Span) -> str:
    return name[1:].text if len(name) > 1 and name[0].lower_ == "the" else name.text


def _capitals(doc: Doc) -> Iterator[Span]:
    """Names of bodies that the models passed over: words with capitals of which the last is a body's."""
    for token in doc:
        if token.lower_ in BODY_NOUNS and token.is_title and token.i:
            first = token.i
            while first and _in_a_name(doc[first - 1]):
                first -= 1
            if first < token.i:
                yield Span(doc, first, token.i + 1, label="ORG")


def _in_a_name(token: Token) -> bool:
    if token.is_sent_start:
        return False
    return token.is_title or (token.tag_ == "POS" and token.i > 0 and token.nbor(-1).is_title)


def _is_body(name: Span) -> bool:
    """Whether a name is that of a body that is no state's."""
    if all(token.text in sides_in_text() for token in name):
        return False
    if name.label_ not in {"ORG", "NORP"} or any(char.isdigit() for char in name.text):
        return False
    if any(t.pos_ == "NOUN" and t.is_lower for t in name) or not any(t.pos_ == "PROPN" for t in name):
        return False
    if len(name) == 1 and sector(name.text.lower()) == "IGO":
        return False
    return not any(sector(singular(t.lower_)) in _OF_A_STATE for t in name)


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(name.lower() for name in long_country_names())
