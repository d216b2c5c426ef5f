"""On whose side somebody is, as far as a crosswalk asks: a state, an armed group, a crowd, civilians, or no person.

The exceptions of ``lexicon/conditions.yaml`` decide, then the sector of the actor, then the sectors that
``lexicon/people.yaml`` gives nouns. Common nouns alone are looked at, never a party's or nation's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.lang.en.grammar.agents import GROUP_NOUNS, PERSON_NOUNS
from dateline.lang.en.people import SIDES, head_words, listed, sector_of, singular, whom
from dateline.lang.lexicon import Words, class_of, classes, words

Kind = Literal["state", "nonstate", "crowd", "civilian", "weapon", "thing", "unknown"]

CROWD = words("conditions.crowd")
HOUSES = words("conditions.houses")
THINGS = words("conditions.things")
WEAPONS = words("conditions.weapons")
IN_SERVICE = words("conditions.in_service")
UNLESS_TOLD = classes("conditions.unless_told")

_IN_WORDS: dict[Kind, str] = {
    "state": "a state's",
    "nonstate": "an armed group",
    "crowd": "a crowd",
    "civilian": "civilian",
    "weapon": "a weapon",
    "thing": "a thing",
    "unknown": "not known",
}


@dataclass(frozen=True, slots=True)
class Side:
    """What a participant was taken for.

    ``by`` is the noun or the sector that told it, ``source`` the file and line of the list that has it; both are empty
    where nothing told it. ``armed``: police, soldiers or an armed group.
    """

    words: str
    kind: Kind = "unknown"
    armed: bool = False
    by: str = ""
    source: str = ""

    def __str__(self) -> str:
        if not self.by:
            return "of some no word tells on whose side they are"
        return f'"{self.by}" counts as {_IN_WORDS[self.kind]} ({self.source})'


def side_of(words: str, sector: str | None = None, *, acted_upon: bool = False) -> Side:
    """On whose side a participant is, by its words and the sector of its actor.

    ``acted_upon``: something was done to it; a house is then a thing, and who acts for a state without arms a civilian.
    """
    text = whom(words)
    heads = head_words(text)
    told = sector_of(text)
    for word in heads:
        for kind, exceptions in _exceptions(acted_upon):
            if (noun := listed(word, exceptions)) is not None:
                return Side(words, kind, by=noun, source=exceptions.source(noun))
        if told is not None and word == told.word:
            break
    unarmed = acted_upon and _names_person(told.noun if told is not None else singular(next(iter(heads), "")))
    if told is not None and sector in (None, "", told.code):
        return _side(words, class_of(SIDES.name, told.code), told.noun, told.source, unarmed=unarmed)
    if sector:
        # what a list or the rest of the report says of the actor goes before a noun of its name ("the Northern Army")
        return _side(words, class_of(SIDES.name, sector), sector, SIDES.source(sector), unarmed=unarmed)
    for word in heads:
        form = singular(word)
        if (unless := class_of(UNLESS_TOLD.name, form)) is not None:
            return _side(words, unless, form, UNLESS_TOLD.source(form))
    return Side(words)


def kind_of(words: str, sector: str | None = None) -> Kind:
    """What a participant is when it acts."""
    return side_of(words, sector).kind


def sides_of(words: Sequence[str], sectors: Sequence[str], *, acted_upon: bool = False) -> tuple[Side, ...]:
    """The sides of participants, by their words and the sectors of their actors, of which either may be missing."""
    quoted = words or ("",) * len(sectors)
    aligned = sectors if len(sectors) == len(quoted) else ("",) * len(quoted)
    return tuple(side_of(w, s, acted_upon=acted_upon) for w, s in zip(quoted, aligned, strict=True))


def _names_person(noun: str) -> bool:
    return noun in PERSON_NOUNS and noun not in GROUP_NOUNS


def _exceptions(acted_upon: bool) -> Iterator[tuple[Kind, Words]]:
    yield from (("crowd", CROWD), ("weapon", WEAPONS), ("thing", THINGS), ("civilian", IN_SERVICE))
    if acted_upon:
        yield "thing", HOUSES


def _side(words: str, side: str | None, by: str, source: str, *, unarmed: bool = False) -> Side:
    """A side by its name in ``people.sides``; ``unarmed``: a person, to whom something was done."""
    match side:
        case "state forces":
            return Side(words, "state", armed=True, by=by, source=source)
        case "armed group":
            return Side(words, "nonstate", armed=True, by=by, source=source)
        case "state":
            return Side(words, "civilian" if unarmed else "state", by=by, source=source)
        case "civilian":
            return Side(words, "civilian", by=by, source=source)
    return Side(words, by=by, source=source)
