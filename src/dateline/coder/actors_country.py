"""The country that a phrase names, from names of countries and words of origin; no party or person is looked up."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.resolve.gazetteer_names import demonym, fold, rows

_WORD = re.compile(r"[^\W\d_]+(?:[-.'’][^\W\d_]+)*\.?")
_LONGEST = 6
_PARTS_OF_A_COUNTRY = ("england", "scotland", "wales", "northern ireland")
"""Called countries in reports, one country in ISO 3166-1."""

_SHORT_NAMES = {"russia": "RU", "turkey": "TR"}
"""Names that the list of countries has in their official form alone."""


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Folded names of countries to ISO 3166-1 alpha-2."""
    import pycountry

    found: dict[str, str] = {}
    for country in pycountry.countries:
        for attribute in ("name", "common_name", "official_name"):
            name = getattr(country, attribute, None)
            if name:
                found[fold(name)] = country.alpha_2
                found.setdefault(fold(name.split(",")[0]), country.alpha_2)
    for name, target in rows("place_names.tsv"):
        code = target.split("/")[0]
        if len(code) == 2 and code.isupper():
            found[fold(name)] = code
    found |= _SHORT_NAMES
    found |= dict.fromkeys(_PARTS_OF_A_COUNTRY, "GB")
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
