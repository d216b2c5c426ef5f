"""The forms in which English text writes a place's name: with other words around it, and beside what it lies in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.lang.lexicon import any_of, words
from dateline.lang.name_keys import demonym

_BEFORE = any_of(words("places.qualifiers_before"), before="(?:", after=r")\s+")
_AFTER = any_of(words("places.qualifiers_after"), before=r"[\s-]+(?:", after=")$")
_ARTICLE = any_of(words("places.arabic_articles"), before="^(?:", after=")[ -]")
_POSSESSIVE = re.compile(r"['’]s?$")
_REACH = 90
"""Characters before and after a name in which the one of its container stands."""
_BESIDE = 20
"""Characters before and after a name in which a noun says what it is the name of."""
_DIVISIONS = words("places.divisions_said")
_QUALIFIERS = words("places.qualifiers_before")
_KINDS = (
    ("c", words("places.compass")),
    ("n", words("placing.place_nouns")),
    ("t", words("text.articles")),
    ("u", words("places.lengths")),
    ("r", words("places.beside")),
)
"""The letters that stand for words of these lists in what is between a name and its container."""
_MARKS = {",": ",", "(": "(", ")": ")", "in": "i", "of": "o", "from": "f", "to": "d"}
_BETWEEN = re.compile(r"(?:['’]s)?([a-z\d\s,.()-]*+)(?=[A-Z])")
_TOKENS = re.compile(r"[\n.,()]|[a-z-]+|\d[\d.,]*\d|\d")
_INSIDE = re.compile(r"n?,?it?c*|n?,t?c*|\(|,?tw{0,2}n[io]t?(?:co?)?|,?n[io]t?c*|,?itw?no")
_NEAR = re.compile(r",?w?(?:(?:#u(?:\(#u\))?)(?:dt)?(?:c[of]|f)|(?:dt)?c[of]|r)t?")
_NAME = re.compile(r"[A-Z][\w.'’-]*(?:\s+(?:of\s+)?[A-Z][\w.'’-]*){0,3}")
_OWNER = re.compile(r"((?:[A-Z][\w.-]*)(?:\s+[A-Z][\w.-]*){0,3})(['’]s)?\s+((?:[a-z-]+\s+){0,4})$")
_ENDS = re.compile(r"[^\w\s'’,]|,(?!\s+(?:[A-Z]|and\s))|\s+on\s|\s*$")
"""What ends the name of a container; a name or a verb behind it says that it may be no container at all."""
_LISTED = re.compile(r"[A-Z][\w-]*,\s+$")
_OWNED = "cwno"


@dataclass(frozen=True, slots=True)
class Container:
    """What the text says that a place lies in or near.

    ``names`` are the forms of its name, as long as can be first; ``start`` is where the name begins. ``near`` says
    that the place is not in it but beside it ("west of Baghdad"), and ``firm`` that the words can hardly mean
    something else: they end there, and are no list.
    """

    names: tuple[str, ...]
    start: int
    near: bool = False
    firm: bool = True


def bare(name: str) -> str:
    """A name on one line, without a possessive ending."""
    return _POSSESSIVE.sub("", " ".join(name.split()))


def unqualified(name: str) -> Iterator[str]:
    """The name without words that do not belong to it in a gazetteer ("northern Iraq", "Tehran province").

    Each form is followed by itself with the article of an Arabic name added or left out ("Hasakah", "Al Hasakah").
    """
    before = _BEFORE().sub("", name, count=1)
    for shorter in (before, _AFTER().sub("", name), _AFTER().sub("", before)):
        if shorter != name:
            yield shorter
        yield _other_article(shorter)


def _other_article(name: str) -> str:
    without = _ARTICLE().sub("", name)
    return without if without != name else f"Al {name}"


def is_said_division(text: str, start: int, end: int) -> bool:
    """Whether a noun beside the name at ``[start, end)`` says that it is a division's ("Niger state")."""
    before = text[max(0, start - _BESIDE) : start].split()[-2:]
    after = text[end : end + _BESIDE].split()[:1]
    return (before[-1:] == ["of"] and before[0] in _DIVISIONS) or any(
        word.rstrip(".,;:") in _DIVISIONS for word in after
    )


def containers_of(text: str, start: int, end: int) -> Iterator[Container]:
    """What the place at ``[start, end)`` is said to lie in or near.

    "X, Texas", "X in Iran", "X, a village in northern Togo" and "X, 20 km west of Baghdad" name it behind, "Iran's X"
    and "the Syrian village of X" before.
    """
    if found := _behind(text, start, end):
        yield found
    if found := _before(text, start):
        yield found


def _behind(text: str, start: int, end: int) -> Container | None:
    between = _BETWEEN.match(text, end, min(len(text), end + _REACH))
    if between is None:
        return None
    letters = _letters(between.group(1))
    near = not _INSIDE.fullmatch(letters)
    if near and not _NEAR.fullmatch(letters):
        return None
    name = _NAME.match(text, between.end(), min(len(text), between.end() + _REACH))
    if name is None:
        return None
    parts = name.group().split()
    described = "ni" in letters or "no" in letters
    if owner := next((n for n, part in enumerate(parts, 1) if _POSSESSIVE.search(part)), 0):
        if not described:
            # "In Mali, China's ambassador said" tells of no town of China.
            return None
        parts = [*parts[: owner - 1], bare(parts[owner - 1])]
    first = 1 if len(parts) > 1 and parts[0].lower() in _QUALIFIERS else 0
    ends = _ENDS.match(text, name.end()) is not None or name.group().endswith(".")
    listed = letters == "," and _LISTED.search(text, max(0, start - _REACH), start) is not None
    # "Northern Ireland" is a name, "northern" Syria's is not: the whole goes first, and no such word stands alone.
    names = tuple(" ".join(parts[m:n]) for m in range(first + 1) for n in range(len(parts), first, -1))
    return Container(names, between.end(), near, firm=described or near or (ends and not listed))


def _before(text: str, start: int) -> Container | None:
    owner = _OWNER.search(text, max(0, start - _REACH), start)
    if owner is None:
        return None
    letters = _letters(owner.group(3))
    parts = owner.group(1).split()
    names = tuple(" ".join(parts[n:]) for n in range(len(parts)))
    if owner.group(2):
        if len(letters) > 3 or not set(letters) <= set(_OWNED):
            return None
        return Container(names, owner.start(1), firm="n" in letters)
    nations = tuple(name for name in names if demonym(name) is not None)
    return Container(nations, owner.start(1)) if nations and re.fullmatch(r"w{0,2}no?", letters) else None


def _letters(between: str) -> str:
    return "".join(_letter(token) for token in _TOKENS.findall(between))


def _letter(token: str) -> str:
    if token[0].isdigit():
        return "#"
    return _MARKS.get(token) or next((letter for letter, listed in _KINDS if token in listed), "w")
