"""The country that a phrase names, from names of countries and words of origin; no party or person is looked up."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.lang.name_keys import demonym, fold, rows
from dateline.resolve.authority.lists import built_in_authority

_WORD = re.compile(r"[^\W\d_]+(?:[-.'’][^\W\d_]+)*\.?")
_LONGEST = 6


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Folded names of countries, and of parts that stand for theirs, to ISO 3166-1 alpha-2."""
    found = {fold(name): target[:2] for name, target in rows("place_names.tsv") if re.match(r"[A-Z]{2}(?:/|$)", target)}
    for entry in built_in_authority().entries:
        if entry.kind == "country":
            found |= {fold(name): code for name in entry.names for code in entry.countries}
    found.pop("", None)
    return found


def country_of(phrase: str) -> tuple[str, str] | None:
    """The country (ISO 3166-1 alpha-2) that the phrase names or comes from, with the words that tell so, or None."""
    words = [m.group() for m in _WORD.finditer(re.sub(r"['’]s\b", "", phrase))][:40]
    names = _countries()
    for at in range(len(words)):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            text = " ".join(words[at : at + length])
            if not text[0].isupper() or (len(text) <= 3 and not text.replace(".", "").isupper()):
                continue
            if (code := names.get(fold(text))) is not None:
                return code, text
            if length == 1 and (target := demonym(text)) is not None:
                code = target.split("/")[0]
                return (code, text) if len(code) == 2 else None
    return None


def is_country(name: str) -> bool:
    """Whether the whole name is a country's."""
    return fold(name) in _countries() and len(name) > 1 and name[0].isupper()
