"""Place names folded into lookup keys, and the project's own tables of names (demonyms, abbreviations, regions)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from zlib import crc32

TABLES = ("demonyms.tsv", "place_names.tsv", "regions.tsv")

# Letters that Unicode does not decompose, and marks that transliterations use for sounds English drops.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h", "ŋ": "n"}
    | dict.fromkeys("'’‘ʻʼʽʾʿ`´′.‛ʹ")
    | dict.fromkeys('-‐‑–—_,/()&+*;:"“”«»\u00a0\u2009\u202f', " ")
)
_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


def fold(name: str) -> str:
    """The key under which a name is looked up: no case, accents, apostrophes or hyphens; "St." is "saint".

    Empty where the name has no letter that English text would use (a name in another script).
    """
    text = name.casefold()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = text.translate(_LETTERS)
    if not text.isascii():
        return ""
    words = text.split()
    if len(words) > 1:
        if words[0] == "the":
            words = words[1:]
        words = [_WORDS.get(w, w) for w in words]
    return " ".join(words)


def is_cut_short(name: str) -> bool:
    """Whether a name is a word cut short with a stop ("Mass."), not letters with stops ("N.Y.")."""
    return name.endswith(".") and name.count(".") == 1


def abbreviation_key(name: str) -> str:
    """The key of a word cut short, which keeps its stop."""
    return f"{fold(name)}."


_VARIANTS = (
    (re.compile(r"[ '-]"), ""),
    (re.compile("ph"), "f"),
    (re.compile("kh|gh|q|ck|c"), "k"),
    (re.compile("dj|dzh|zh"), "j"),
    (re.compile("w"), "v"),
    (re.compile("[aeiouy]*[ouw][aeiouy]*"), "u"),
    (re.compile("[eiy]+|a[iy]|e[iy]"), "i"),
    (re.compile("h(?=[^aiu]|$)"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def spelling(key: str) -> str:
    """A folded name without what transliterations and typists vary: doubled letters, e for i, q for k, w for v."""
    for pattern, plain in _VARIANTS:
        key = pattern.sub(plain, key)
    return key


def spelling_mark(key: str, country: str) -> int:
    """A number for the names of a country's towns that begin and are spelt alike, of 31 bits; others may share it."""
    return crc32(f"{country} {key[0]} {spelling(key)}".encode()) & 0x7FFFFFFF


def rows(table: str) -> Iterator[tuple[str, str]]:
    """The rows of one of the tables in ``dateline/data``: two columns, comments and the header left out."""
    lines = files("dateline").joinpath("data", table).read_text(encoding="utf-8").splitlines()
    body = [line for line in lines if line and not line.startswith("#")]
    for line in body[1:]:
        left, right = line.split("\t")
        yield left, right


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """Folded adjective or noun of origin to what it refers to ("IR", "GB/Scotland", "continent:EU")."""
    return {fold(word): target for word, target in rows("demonyms.tsv")}


def demonym(word: str) -> str | None:
    """What a word of nationality or origin refers to, plural or not; None where it is none."""
    key = fold(word)
    table = demonyms()
    for form in (key, key.removesuffix("s"), key.removesuffix("es")):
        if form in table:
            return table[form]
    return None
