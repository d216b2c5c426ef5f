"""Passages of reports in which the words that somebody looks for stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import combining, normalize

_AROUND = 110
"""Characters of the text before and behind the words."""
_PARTS = re.compile(r'"([^"]+)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a passage; ``hit``: they are what was looked for."""

    words: str
    hit: bool


def excerpt(text: str, words: str) -> tuple[Piece, ...]:
    """The passage around the first place that has one of the words, else the beginning of the text."""
    pattern = _pattern(words)
    folded = _folded(text)
    found = pattern.search(folded) if pattern else None
    start = max(0, found.start() - _AROUND) if found else 0
    end = min(len(text), (found.end() if found else 0) + _AROUND * (1 if found else 2))
    # No word is cut where a space is near.
    while start > 0 and not text[start - 1].isspace() and start > (found.start() if found else 0) - _AROUND - 20:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - _AROUND * 2 < (found.end() if found else 0) + 20:
        end += 1
    pieces = list(_pieces(text, folded, pattern, start, end))
    before = [Piece("… ", False)] if start else []
    behind = [Piece(" …", False)] if end < len(text) else []
    return (*before, *pieces, *behind)


def marked(text: str, words: str) -> tuple[Piece, ...]:
    """The whole text with the words marked."""
    return tuple(_pieces(text, _folded(text), _pattern(words), 0, len(text)))


def _pieces(text: str, folded: str, pattern: re.Pattern[str] | None, start: int, end: int) -> Iterator[Piece]:
    at = start
    for found in pattern.finditer(folded, start, end) if pattern else ():
        if found.start() > at:
            yield Piece(text[at : found.start()], False)
        yield Piece(text[found.start() : found.end()], True)
        at = found.end()
    if at < end:
        yield Piece(text[at:end], False)


def _pattern(words: str) -> re.Pattern[str] | None:
    told = [_folded(phrase or word).strip("\"'.,;:!?()[]") for phrase, word in _PARTS.findall(words)]
    parts = [re.escape(part).replace(r"\ ", r"\s+") for part in sorted(told, key=len, reverse=True) if part]
    return re.compile(rf"\b(?:{'|'.join(parts)})\b") if parts else None


def _folded(text: str) -> str:
    """The text in small letters without accents, each character at its place."""
    return "".join(_letter(sign) for sign in text)


def _letter(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    plain = "".join(part for part in normalize("NFD", sign) if not combining(part)).lower()
    return plain if len(plain) == 1 else sign
