"""The language of a text and of its paragraphs, from bounded samples of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from dateline.errors import IntakeError
from dateline.lang.lexicon import words
from dateline.model import CODED_BLOCKS, Block

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = 3000
"""Characters that are looked at: a few hundred words tell a language as surely as a book does."""

SHORTEST = 60
"""Letters below which Latin script is not told apart: names would decide."""

SURE = 100
"""Letters from which on a paragraph in Latin script is told apart from the report that it stands in."""

ENGLISH_WORDS = words("pages.english_words")
_ENGLISH_SHARE = 0.18
_HARDLY_ENGLISH = 0.04
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_TAG = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*\s*")


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``, or None where too little of it is there to tell.

    Latin script needs :data:`SHORTEST` letters; other scripts tell themselves apart sooner.
    """
    seen = _Seen.of(text)
    if seen is None:
        return None
    # Most of what is read here is plain English: it need not wait for the model of 97 languages.
    if seen.is_english:
        return "en"
    return None if seen.latin and seen.letters < SHORTEST else _classifier()(" ".join(seen.words))


def by_paragraph(text: str, blocks: tuple[Block, ...]) -> tuple[str | None, tuple[Block, ...]]:
    """The language of most of a text's prose, and its blocks, those that are surely in another one with theirs.

    Names, lists and short lines tell no language, and are the report's. Menus and share buttons are not asked: they are
    English on pages of many languages.
    """
    prose = [block for block in blocks if block.kind in CODED_BLOCKS]
    whole = detect_language("\n".join(text[b.start : min(b.end, b.start + SAMPLE)] for b in prose[:50]) or text)
    sure = {block: told for block in prose if (told := _surely(text[block.start : block.end])) is not None}
    if len(set(sure.values())) < 2:
        return whole, blocks
    letters: Counter[str] = Counter()
    for block, told in sure.items():
        letters[told] += block.end - block.start
    [(most, _), *_] = letters.most_common(1)
    others = {block: told for block, told in sure.items() if told != most}
    return most, tuple(replace(b, language=others[b]) if b in others else b for b in blocks)


def _surely(text: str) -> str | None:
    """The language of a paragraph; None where it may well be another."""
    seen = _Seen.of(text)
    if seen is None:
        return None
    if seen.is_english:
        return "en"
    if seen.latin and (seen.letters < SURE or seen.english > _HARDLY_ENGLISH):
        return None
    told = _classifier()(" ".join(seen.words))
    return None if told == "en" else told


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a text shows of its language: its words, their letters, the share of plain English words, and its script."""

    words: list[str]
    letters: int
    english: float
    latin: bool

    @property
    def is_english(self) -> bool:
        """Whether it is plain English: enough of its words are among the most frequent ones."""
        return len(self.words) >= 8 and self.english >= _ENGLISH_SHARE

    @classmethod
    def of(cls, text: str) -> _Seen | None:
        """What is seen of a text; None where it holds too little."""
        found = _WORD.findall(text[:SAMPLE].lower())
        letters = sum(map(len, found))
        if not found or letters < 8:
            return None
        english = sum(map(_english().__contains__, found)) / len(found)
        # Latin script ends with U+024F; a text is in it when most of its letters are.
        latin = sum(len(word) for word in found if word[0] < "\u0250") > letters / 2
        return cls(found, letters, english, latin)


def check_language(value: str) -> str:
    """A language tag reduced to its ISO 639 code in lower case: ``en-GB`` gives ``en``. IntakeError for others."""
    match = _TAG.fullmatch(value)
    if match is None:
        raise IntakeError(f"the language {value[:60]!r} is no language code", "write en for English, fa for Persian")
    return match[1].lower()


@cache
def _english() -> frozenset[str]:
    """The words once more as a set of Python's own: every word of every text is looked up."""
    return frozenset(ENGLISH_WORDS)


@cache
def _classifier() -> Callable[[str], str]:
    import py3langid

    def classify(text: str) -> str:
        language = str(py3langid.classify(text)[0])
        # Lists of English names and figures are taken for Nigerian Pidgin far oftener than Pidgin is met.
        return "en" if language == "pcm" else language

    return classify
