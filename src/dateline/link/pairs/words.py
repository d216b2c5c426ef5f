"""The words that linking compares, and how much each one tells.

A word that every report has tells nothing, a street's name much. How common a word is comes from a fixed table, not
from the reports at hand: else what links would depend on what came in first. The table was counted on annotated news
by ``training/rarity.py``: a word is as common as in that collection where it is commonest, so that "gunman" tells
little among shootings and among wires alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from math import fsum, sqrt

from dateline.lang.en.neutral.origins import country_names, origin_words

TABLE = "word_rarity.tsv"
RAREST = 6.5
"""The rarity of a word that is not in the table: the natural logarithm of the number of reports that one has it."""
LEAST = 1.0
"""Words less rare are not compared at all: more than a third of the reports of some collection have them."""
SIDE = 3.0
"""The rarity of every country, nationality and faith: who somebody is must not change what is linked."""
LONGEST = 40
"""Longer runs of letters are no words (addresses, codes, hostile text)."""

_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Small letters without accents, in compatibility form."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words_in(text: str) -> list[str]:
    """The folded words of a text in order, of two characters or more."""
    return [word for word in _WORD.findall(folded(text)) if 2 <= len(word) <= LONGEST]


def telling(text: str) -> tuple[str, ...]:
    """The words of a text that are compared: sorted, each once."""
    table = rarities()
    return tuple(sorted(word for word in set(words_in(text)) if table.get(word, RAREST) >= LEAST))


@lru_cache(maxsize=1)
def rarities() -> Mapping[str, float]:
    """How rare each word of the table is; others have :data:`RAREST`."""
    table: dict[str, float] = {}
    for line in (files("dateline.data") / TABLE).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            rarity, words = line.split("\t")
            table |= dict.fromkeys(words.split(" "), float(rarity))
    for word in (*origin_words(), *country_names()):
        table |= {folded(word): SIDE, f"{folded(word)}s": SIDE}
    return table


def rarity(word: str) -> float:
    """How rare a folded word is."""
    return rarities().get(word, RAREST)


def as_rare(words: Iterable[str], least: float) -> list[str]:
    """Those of some folded words that are so rare or rarer, in their order."""
    rare = rarities().get
    return [word for word in words if rare(word, RAREST) >= least]


class _Squares(dict[str, float]):
    """The square of how rare each word is."""

    def __missing__(self, word: str) -> float:
        return RAREST**2


@lru_cache(maxsize=1)
def _squares() -> _Squares:
    return _Squares((word, rarity**2) for word, rarity in rarities().items())


def length(words: Iterable[str]) -> float:
    """The length of the vector of a set of words, each as long as it is rare."""
    return sqrt(_sum(words))


def alike(a: frozenset[str], b: frozenset[str], lengths: float) -> float:
    """The cosine of two sets of words, 0 to 1, given the product of their lengths."""
    return cosine(a & b, lengths)


def cosine(shared: frozenset[str], lengths: float) -> float:
    """The same, of the words that are in both."""
    return min(1.0, _sum(shared) / lengths) if shared else 0.0


def _sum(words: Iterable[str]) -> float:
    # Summed without rounding, since else a sum depends on its order, and that of a set on the process.
    return fsum(map(_squares().__getitem__, words))
