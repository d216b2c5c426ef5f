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
    loaded = {str(word): str(plain) for word, plain in data["loaded"].items()}
    lists = {name: frozenset(data[name].split()) for name in ActorWords.__slots__ if name not in ("sectors", "loaded")}
    return ActorWords(sectors=sectors, loaded=loaded, **lists)


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


_ARMED = frozenset({"COP", "MIL", "REB", "SPY", "UAF", "CRM"})
_WHOSE = re.compile(r"\s(?:of|for|at)\s")
_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.?){2,6}(?!\w)")


def sector_of(text: str, depth: int = 0) -> tuple[str, str] | None:
    """The sector code of a phrase and the noun that gives it, or None.

    An office or a unit has the sector of what it belongs to, an amount that of whom it counts; what bears the
    initials of an international body is that body's.
    """
    words = actor_words()
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


def neutral(text: str) -> str:
    """The phrase without loaded words, or with neutral ones in their place."""
    plain = re.sub('["“”„«»‹›]', "", text)

    out: list[str] = []
    at = 0
    for match in _WORD.finditer(plain):
        out.append(plain[at : match.start()])
        out.append(_swapped(match.group(), out, plain[match.end() :]))
        at = match.end()
    plain = "".join([*out, plain[at:]])
    plain = re.sub(r"\s+", " ", plain).strip(" ,;:.-–—")
    plain = _DANGLING.sub("", plain)
    if plain != text:  # the word after the article is another one
        plain = re.sub(r"\b([Aa])n (?=[b-df-hj-np-tv-z])", r"\1 ", plain)
        plain = re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", plain)
    plain = re.sub(r"\b(armed people|people|clergy) (members|people|groups?)\b", r"\2", plain)
    return re.sub(r"(?<=[a-rt-z])([’'])(?=\s)", r"\1s", plain)


def _swapped(word: str, before: list[str], after: str) -> str:
    """The neutral words for one word; before another noun a person is no noun ("terrorist group": "armed group")."""
    bare, ending = re.subn(r"['’]s$", "", word)
    new = actor_words().loaded.get(bare.lower())
    if new is None:
        return word
    if re.search(r"\b(?:person|people)$", new) and _BEFORE_NOUN.match(after) and not ending:
        new = re.sub(r"\s?(?:person|people)$", "", new)
    said = "".join(before).split()
    if new and said and new.split()[0] == said[-1].lower():  # "military junta" is no "military military government"
        new = new.partition(" ")[2]
    return new + (word[len(bare) :] if ending and new else "")


_DANGLING = re.compile(
    r"\b(?:of|for|by|with|from)(?:\s+the)?\s+(?=(?:of|for|by|with|from)\b)|\s+(?:of|for|by|with|from)(?:\s+the)?$"
)
"""Prepositions that a word left out of a phrase leaves behind."""

_BEFORE_NOUN = re.compile(
    rf" (?!(?:{'|'.join(sorted(_AFTER_HEAD))}|and|or|killed|who|has|have|had|is|are|was|were)\b)(?=[^\W\d_])"
)
