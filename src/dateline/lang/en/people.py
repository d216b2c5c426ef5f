"""Words that tell what an actor is, as data (``data/actor_words.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from dateline.lang.lexicon import Table, table, words

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_IRREGULAR: Table[str] = table("people.irregular")


@dataclass(frozen=True, slots=True)
class ActorWords:
    """The lists of ``data/actor_words.yaml`` by their names there; ``sectors`` maps a noun to its sector."""

    sectors: Mapping[str, str]
    public_roles: frozenset[str]
    private_roles: frozenset[str]
    honorifics: frozenset[str]
    relational: frozenset[str]
    armed_relational: frozenset[str]
    amounts: frozenset[str]
    depictions: frozenset[str]
    held: frozenset[str]
    plain_adjectives: frozenset[str]
    public_titles: frozenset[str]
    masculine: frozenset[str]
    feminine: frozenset[str]
    place_nouns: frozenset[str]


@lru_cache(maxsize=1)
def actor_words() -> ActorWords:
    """The words that come with the package."""
    import yaml

    path = files("dateline.data") / "actor_words.yaml"
    # Every scalar is a word here: "no" and "on" must not be read as truth values.
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    sectors: dict[str, str] = {}
    for code, nouns in data["sectors"].items():
        for noun in nouns.split():
            sectors.setdefault(noun, str(code))
    lists = {name: frozenset(data[name].split()) for name in ActorWords.__slots__ if name != "sectors"}
    return ActorWords(sectors=sectors, **lists)


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


def head_words(text: str) -> list[str]:
    """The words of a phrase that may be its head, the likeliest first: from the last one before a preposition."""
    words = words_of(text)
    for n, word in enumerate(words):
        if n and word in AFTER_HEAD:
            return list(reversed(words[:n]))
    return list(reversed(words))


AFTER_HEAD = words("people.after_head")


_ARMED = frozenset({"COP", "MIL", "REB", "SPY", "UAF", "CRM"})
_WHOSE = re.compile(r"\s(?:of|for|at)\s")
_WARPLANES = re.compile(r"\bfighter[ -](?:jet|plane|bomber|aircraft)s?\b", re.IGNORECASE)
_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.?){2,6}(?!\w)")


def sector_of(text: str, depth: int = 0) -> tuple[str, str] | None:
    """The sector code of a phrase and the noun that gives it, or None.

    An office or a unit has the sector of what it belongs to, an amount that of whom it counts; what bears the
    initials of an international body is that body's.
    """
    words = actor_words()
    text = _WARPLANES.sub("warplanes", text)
    head = head_words(text)
    for initials in _INITIALS.findall(text):
        plain = initials.replace(".", "").lower()
        if words.sectors.get(plain) == "IGO" and {plain, initials.lower().strip(".")} & set(head):
            return "IGO", initials
    whose = _WHOSE.split(f" {text}", maxsplit=1)[1:] if depth < 4 else []
    if head and singular(head[0]) in words.amounts and head[0] not in words.sectors and whose:
        return sector_of(whose[0], depth + 1)
    office: tuple[str, str] | None = None
    armed = False
    for n, word in enumerate(head):
        form = next((f for f in (word, singular(word)) if f in words.relational or f in words.sectors), None)
        if form is None or (word == "general" and _is_adjective(head[n + 1 :])):
            continue
        if form not in words.relational:
            if not armed or words.sectors[form] in _ARMED:
                return words.sectors[form], word
        elif office is None:
            armed = form in words.armed_relational
            office = (words.sectors.get(form, ""), word)
    if office is None:
        return None
    inner = sector_of(whose[0], depth + 1) if whose else None
    return inner or (office if office[0] else None)


def _is_adjective(before: list[str]) -> bool:
    """Whether "general" stands behind its noun, as in "attorney general" and "director general"."""
    nouns = [w for w in before if w not in ("the", "a", "his", "her", "its", "their")]
    return bool(nouns) and actor_words().sectors.get(nouns[0]) != "MIL"


def gender_of(role: str) -> str:
    """The letter m or f where the head of the role tells, else nothing."""
    head = next(iter(head_words(role)), "")
    return "m" if head in actor_words().masculine else "f" if head in actor_words().feminine else ""


def role_noun(text: str, roles: frozenset[str]) -> str | None:
    """The first noun of the phrase that is one of the roles."""
    for word in words_of(text):
        for form in (word, singular(word)):
            if form in roles:
                return form
    return None
