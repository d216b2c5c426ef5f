"""What nouns tell of somebody: the sector, whether they are in public life, which pronouns may stand for them.

The words stand in ``lexicon/people.yaml``; here is how a phrase is looked up in them.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Literal

from dateline.lang.lexicon import Table, class_of, classes, table, words

SECTORS = classes("people.sectors")
SIDES = classes("people.sides")
BELONGING = words("people.belonging")
BELONGING_TO_ARMED = words("people.belonging_to_armed")
FOLLOWERS = words("people.followers")
AMOUNTS_OF_PEOPLE = words("people.amounts_of_people")
PUBLIC_ROLES = words("people.public_roles")
PRIVATE_ROLES = words("people.private_roles")
HONORIFICS = words("people.honorifics")
MASCULINE_NOUNS = words("people.masculine_nouns")
FEMININE_NOUNS = words("people.feminine_nouns")
BEHIND_THE_HEAD = words("people.behind_the_head")
_IRREGULAR: Table[str] = table("people.irregular_plurals")

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_WHOSE = re.compile(r"\s(?:of|for|at)\s")
_WARPLANES = re.compile(r"\bfighter[ -](?:jet|plane|bomber|aircraft)s?\b", re.IGNORECASE)
_AIR_FORCE = re.compile(r"\bair force\b", re.IGNORECASE)
_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.?){2,6}(?!\w)")
_DETERMINERS = frozenset({"the", "a", "his", "her", "its", "their"})
_DEEPEST = 4
"""How many "of" are followed: "two of the members of the council of elders"."""


@dataclass(frozen=True, slots=True)
class Sector:
    """The sector of a phrase: its PLOVER ``code``, and the ``word`` of the phrase that gives it.

    ``noun`` is the word as the list has it, ``source`` the list's file and line.
    """

    code: str
    word: str
    noun: str

    @property
    def source(self) -> str:
        """File and line of the noun."""
        return SECTORS.source(self.noun)


def words_of(text: str) -> list[str]:
    """The words of a phrase in lower case, possessive endings left out."""
    return [re.sub(r"['’]s$", "", m.group().lower()) for m in _WORD.finditer(text)]


def singular(word: str) -> str:
    """A rough singular, good enough to look a role noun up."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def listed(word: str, known: Container[str]) -> str | None:
    """The form of a word, as it is or in the singular, that a list has."""
    return next((form for form in (word, singular(word)) if form in known), None)


def head_words(text: str) -> list[str]:
    """The words of a phrase that may be its head, the likeliest first: from the last one before a preposition."""
    words = words_of(text)
    for n, word in enumerate(words):
        if n and word in BEHIND_THE_HEAD:
            return list(reversed(words[:n]))
    return list(reversed(words))


def whom(text: str) -> str:
    """Those whom an amount counts ("villagers" of "two groups of villagers"); else the phrase as it is."""
    for _ in range(_DEEPEST):
        head = head_words(text)
        whose = _whose(text)
        if not head or whose is None or singular(head[0]) not in AMOUNTS_OF_PEOPLE or sector(head[0]) is not None:
            break
        text = whose
    return text


def sector(noun: str) -> str | None:
    """The sector code that the list of sectors has for a noun in the singular."""
    return class_of(SECTORS.name, noun)


def is_armed(code: str) -> bool:
    """Whether those of a sector are under arms, for a state or not."""
    return class_of(SIDES.name, code) in {"state forces", "armed group"}


def sector_of(text: str) -> Sector | None:
    """The sector of a phrase, or None where no noun tells it.

    An office or a unit has the sector of what it belongs to, an amount that of whom it counts; what bears the
    initials of an international body is that body's.
    """
    return _sector_of(_AIR_FORCE.sub("air-force", _WARPLANES.sub("warplanes", text)), 0)


def _sector_of(text: str, depth: int) -> Sector | None:
    text = whom(text)
    head = head_words(text)
    for initials in _INITIALS.findall(text):
        plain = initials.replace(".", "").lower()
        if sector(plain) == "IGO" and {plain, initials.lower().strip(".")} & set(head):
            return Sector("IGO", initials, plain)
    office: tuple[str, str] | None = None
    armed = False
    for n, word in enumerate(head):
        form = next((f for f in (word, singular(word)) if f in BELONGING or sector(f) is not None), None)
        if form is None or (word == "general" and _is_adjective(head[n + 1 :])):
            continue
        code = sector(form)
        # "the general's boys" are his men, his boy is his son
        kin = form in FOLLOWERS and word == form and code is not None and not is_armed(code)
        if form in BELONGING and not kin:
            if office is None or office[1] in FOLLOWERS:
                armed = form in BELONGING_TO_ARMED
                office = word, form
        elif code is not None and (not armed or is_armed(code)):
            return Sector(code, word, form)
    if office is None:
        return None
    whose = _whose(text) if depth < _DEEPEST else None
    inner = _sector_of(whose, depth + 1) if whose is not None else None
    own = sector(office[1])
    if inner is not None and office[1] in FOLLOWERS and not is_armed(inner.code):
        inner = None
    return inner or (Sector(own, *office) if own is not None else None)


def _whose(text: str) -> str | None:
    """What stands behind the first "of", "for" or "at" of a phrase."""
    parts = _WHOSE.split(f" {text}", maxsplit=1)
    return parts[1] if len(parts) > 1 else None


def _is_adjective(before: list[str]) -> bool:
    """Whether "general" stands behind its noun, as in "attorney general" and "director general"."""
    nouns = [w for w in before if w not in _DETERMINERS]
    return bool(nouns) and sector(nouns[0]) != "MIL"


def gender_of(role: str) -> Literal["m", "f", ""]:
    """The letter m or f where the head of the role tells, else nothing."""
    head = next(iter(head_words(role)), "")
    return "m" if head in MASCULINE_NOUNS else "f" if head in FEMININE_NOUNS else ""


def is_role(noun: str) -> bool:
    """Whether a noun, singular, is one of the roles, public or private, by which people are described."""
    return noun in PUBLIC_ROLES or noun in PRIVATE_ROLES


def names_role(text: str) -> bool:
    """Whether a word of the phrase is one of the roles by which people are described."""
    return any(is_role(word) or is_role(singular(word)) for word in words_of(text))


def is_honorific(word: str) -> bool:
    """Whether a word is one of address before a name ("Mr.", "Dr"), and no role."""
    return word.lower().rstrip(".") in HONORIFICS


def names_post(text: str) -> bool:
    """Whether a phrase names a post that one person holds: "Chief of Staff"."""
    head = head_words(text)
    return bool(head) and is_role(head[0])
