"""The language of a text, from a bounded sample of it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dateline.errors import IntakeError
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = 3000
"""Characters that are looked at: a few hundred words tell a language as surely as a book does."""

SHORTEST = 60
"""Letters below which Latin script is not told apart: names would decide."""

ENGLISH_WORDS = words("pages.english_words")
_ENGLISH_SHARE = 0.18
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_TAG = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*\s*")


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``, or None where too little of it is there to tell.

    Latin script needs :data:`SHORTEST` letters; other scripts tell themselves apart sooner.
    """
    sample = text[:SAMPLE].lower()
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if not words or letters < 8:
        return None
    common = sum(word in ENGLISH_WORDS for word in words)
    # Most of what is read here is plain English: it need not wait for the model of 97 languages.
    if len(words) >= 8 and common >= _ENGLISH_SHARE * len(words):
        return "en"
    # Latin script ends with U+024F; a text is in it when most of its letters are.
    latin = sum(len(word) for word in words if word[0] < "\u0250") > letters / 2
    if latin and letters < SHORTEST:
        return None
    return _classifier()(" ".join(words))


def check_language(value: str) -> str:
    """A language tag reduced to its ISO 639 code in lower case: ``en-GB`` gives ``en``. IntakeError for others."""
    match = _TAG.fullmatch(value)
    if match is None:
        raise IntakeError(f"the language {value[:60]!r} is no language code", "write en for English, fa for Persian")
    return match[1].lower()


@cache
def _classifier() -> Callable[[str], str]:
    import py3langid

    def classify(text: str) -> str:
        language = str(py3langid.classify(text)[0])
        # Lists of English names and figures are taken for Nigerian Pidgin far oftener than Pidgin is met.
        return "en" if language == "pcm" else language

    return classify
