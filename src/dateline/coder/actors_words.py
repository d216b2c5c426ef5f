"""Words that tell what an actor is, as data (``data/actor_words.yaml``), and neutral wording."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_IRREGULAR = {"men": "man", "women": "woman", "children": "child", "police": "police", "people": "people"}


@dataclass(frozen=True, slots=True)
class ActorWords:
    """Noun to sector, the nouns of public and private roles, honorifics, and loaded words with their neutral ones."""

    sectors: Mapping[str, str]
    public_roles: frozenset[str]
    private_roles: frozenset[str]
    honorifics: frozenset[str]
    loaded: Mapping[str, str]


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
    public, private, honorifics = (
        frozenset(data[part].split()) for part in ("public_roles", "private_roles", "honorifics")
    )
    loaded = {str(word): str(plain) for word, plain in data["loaded"].items()}
    return ActorWords(sectors, public, private, honorifics, loaded)


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
        if n and word in _AFTER_HEAD:
            return list(reversed(words[:n]))
    return list(reversed(words))


_AFTER_HEAD = frozenset(
    "of in from at near with who whom whose that which by on for to against under during after before until till "
    "including loyal called known backed".split()
)


def sector_of(text: str) -> tuple[str, str] | None:
    """The sector code of a phrase and the noun that gives it, or None."""
    known = actor_words().sectors
    for word in head_words(text):
        for form in (word, singular(word)):
            if form in known:
                return known[form], word
    return None


def role_noun(text: str, roles: frozenset[str]) -> str | None:
    """The first noun of the phrase that is one of the roles."""
    for word in words_of(text):
        for form in (word, singular(word)):
            if form in roles:
                return form
    return None


def neutral(text: str) -> str:
    """The phrase without loaded words, or with neutral ones in their place."""
    loaded = actor_words().loaded
    plain = re.sub('["“”„«»‹›]', "", text)

    def swap(match: re.Match[str]) -> str:
        word = match.group()
        bare, ending = re.subn(r"['’]s$", "", word)
        new = loaded.get(bare.lower())
        return word if new is None else new + (word[len(bare) :] if ending and new else "")

    plain = _WORD.sub(swap, plain)
    plain = re.sub(r"\s+", " ", plain).strip(" ,;:.-–—")
    plain = _DANGLING.sub("", plain)
    plain = _PERSON_AS_ADJECTIVE.sub("armed ", plain)
    plain = re.sub(r"\b([Aa]) (?=armed\b)", r"\1n ", plain)
    plain = re.sub(r"\b(armed people|people|clergy) (members|people|groups?)\b", r"\2", plain)
    return re.sub(r"(?<=[a-rt-z])([’'])(?=\s)", r"\1s", plain)


_DANGLING = re.compile(
    r"\b(?:of|for|by|with|from)(?:\s+the)?\s+(?=(?:of|for|by|with|from)\b)|\s+(?:of|for|by|with|from)(?:\s+the)?$"
)
"""Prepositions that a word left out of a phrase leaves behind."""

_PERSON_AS_ADJECTIVE = re.compile(rf"\barmed (?:person|people) (?!(?:{'|'.join(sorted(_AFTER_HEAD))}|and|or)\b)(?=\w)")
