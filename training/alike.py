"""Whether a value of a coding is the value that a reader gave: the comparisons by which whole reports are scored.

They follow the published scorer of the hand codings, so that what is learned is what is measured.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

_STOP = frozenset(
    "a an the of in on at to for from by and or with his her their its this that "
    "some more than at least about who".split()
)
_TITLES = frozenset("mr mrs ms dr president minister spokesman spokeswoman spokesperson prime general gen sir".split())


def plain(words: str | None) -> list[str]:
    """The words of a phrase in small letters without accents and marks."""
    text = unicodedata.normalize("NFKD", words or "")
    text = "".join(c for c in text if not unicodedata.combining(c)).lower().replace("’", " ")
    return re.sub(r"[^\w\s]", " ", text).split()


def _words(phrase: str) -> set[str]:
    kept = [word for word in plain(phrase) if word not in _STOP and word != "s"]
    return {word[:-1] if len(word) > 3 and word.endswith("s") else word for word in kept}


def alike(one: str, other: str) -> bool:
    """Whether two phrases could name the same party: half of the shorter's words are shared."""
    a, b = _words(one), _words(other)
    both = a & b - _TITLES
    return bool(both) and len(both) * 2 >= min(len(a), len(b))


def _quote(gold: str | Mapping[str, Any]) -> str:
    return gold if isinstance(gold, str) else gold["quote"]


def same_party(gold: Sequence[str | Mapping[str, Any]], names: Sequence[str]) -> bool:
    """Whether any of the names is one of a party that the reader gave."""
    return any(alike(_quote(g), name) for g in gold for name in names if name)


def same_place(gold: Sequence[Mapping[str, Any]], place: Mapping[str, Any]) -> bool:
    """Whether a place is one that the reader gave, or a coarser one that he would accept."""
    name, country = " ".join(plain(place.get("name") or place.get("quote"))), place.get("country") or ""
    for one in gold:
        for other in map(" ".join, map(plain, (one["name"], *one.get("or", [])))):
            named = other and name and (other in name or name in other or " ".join(plain(place.get("quote"))) == other)
            if named and (not country or one.get("country") in {None, "", country, "XX"}):
                return True
    return False


def same_date(gold: Sequence[str], edtf: str | None) -> bool:
    """Whether a date is one that the reader gave; the hour is more than he says."""
    said = re.sub(r"T[\d:]+", "", edtf or "").rstrip("~?%")
    return bool(said) and said in [g.rstrip("~?%") for g in gold]
