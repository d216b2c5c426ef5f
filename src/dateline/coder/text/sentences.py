"""Text to sentences by its marks alone: aware of blocks, quotations, abbreviations, initials and ellipses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.coder.text.headlines import headline_teller
from dateline.lang.en.placing.datelines import read_dateline
from dateline.lang.lexicon import words
from dateline.model import Block

_TITLES = words("text.titles_before_names")

_MONTHS = words("text.before_numbers")

_ENDINGS = words("text.may_end_sentences")

_STARTERS = words("text.sentence_openers")

# The look-behind keeps a megabyte of full stops linear: a run is tried from its first mark only.
_END = re.compile(r"(?<![.!?…。！？؟])([.!?…。！？؟]++)([\"”“’'»›)\]}*_]*+)(\s++|\Z)")
_RUN_ON = re.compile(r"(?<=[a-zà-ÿ]{2})[.!?]+[\"”’)]?(?=[\"“‘(]?[A-ZÀ-Þ][a-zà-ÿ])")
_ELLIPSIS = re.compile(r"\.\s+(?=\.)")


def find_sentences(text: str, blocks: Sequence[Block] = ()) -> tuple[tuple[int, int], ...]:
    """Sentences as ``(start, end)`` without surrounding white space, in order; none crosses one of the blocks.

    Text outside the blocks has no sentences; without blocks the whole text is one block.
    """
    spans = [(b.start, b.end) for b in blocks] or [(0, len(text))]
    return tuple(sentence for start, end in spans for sentence in _in_block(text, start, end))


def _in_block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    lower_case = _is_lower_case(text, start, end)
    begin = start
    for stop in sorted({*_ends(text, start, end, lower_case)}):
        if span := _trim(text, begin, stop):
            yield span
        begin = stop
    if span := _trim(text, begin, end):
        yield span


def _ends(text: str, start: int, end: int, lower_case: bool) -> Iterator[int]:
    head = read_dateline(text, start, end)
    if head is not None and start < head.end < end:
        yield head.end
        start = head.end
    if (teller := headline_teller(text, start, end)) is not None:
        yield teller.mark
        if not text[max(teller.end, teller.verb[1] if teller.verb else 0) : end].strip(".! \n"):
            end = teller.mark
    for match in _END.finditer(text, start, end):
        after = match.end()
        if after < end and _is_end(text, match, start, end, lower_case):
            yield after
    for match in _RUN_ON.finditer(text, start, end):
        if "." not in _word_before(text, match.start(), start):
            yield match.end()


def _is_end(text: str, match: re.Match[str], start: int, end: int, lower_case: bool) -> bool:
    marks, closing = match.group(1), match.group(2)
    at, after = match.start(), match.end()
    following = _first_letter(text, after, end)
    if marks == "." and (text[after] == "." or (at > start and _ELLIPSIS.match(text, at, end))):
        return False  # ". . ." is one ellipsis
    if following.islower() and not lower_case:
        return False
    if following in ",;:" or (not following.isalnum() and text[after] in ",;:.)]}"):
        return False
    if marks != "." or closing:
        return not (lower_case and marks in ("...", "…"))
    word = _word_before(text, at, start)
    bare = word.lower()
    if bare in _TITLES:
        return False
    if bare in _MONTHS:
        return not text[after].isdigit()
    if word.isdigit() and at - len(word) == start:
        return False  # the number of a list item
    if bare in _ENDINGS or _is_initials(word):
        return not lower_case and _next_word(text, after, end).lower() in _STARTERS
    return True


def _is_initials(word: str) -> bool:
    """``J``, ``J.R`` and the like."""
    parts = word.split(".")
    return all(len(p) == 1 and p.isalpha() for p in parts)


def _word_before(text: str, at: int, start: int) -> str:
    begin = at
    lowest = max(start, at - 30)
    while begin > lowest and (text[begin - 1].isalnum() or text[begin - 1] == "."):
        begin -= 1
    return text[begin:at].strip(".")


def _next_word(text: str, at: int, end: int) -> str:
    stop = min(end, at + 30)
    while at < stop and not text[at].isalnum():
        at += 1
    begin = at
    while at < stop and (text[at].isalnum()):
        at += 1
    return text[begin:at]


def _first_letter(text: str, at: int, end: int) -> str:
    """The first letter or digit from the offset, past opening marks; else the character there."""
    for i in range(at, min(end, at + 4)):
        if text[i].isalnum():
            return text[i]
    return text[at]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return (start, end) if end > start else None


def _is_lower_case(text: str, start: int, end: int) -> bool:
    """Text written without capitals, in which a small letter may begin a sentence."""
    sample = text[start : min(end, start + 2000)]
    lower = sum(c.islower() for c in sample)
    return lower > 40 and sum(c.isupper() for c in sample) * 200 < lower
