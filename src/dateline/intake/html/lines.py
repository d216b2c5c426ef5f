"""Lines of plain text put together to units: paragraphs, headings, list items, whatever stands by itself.

A blank line always parts two units. A line break alone parts them, unless it only wraps a paragraph to a width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.lang.lexicon import words

BULLET = re.compile(r"(?:[-–—*•‣▪●◦·‧∙■□–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)")
"""What opens an item of a list, a lone dash or number with the space after it."""

CLOSERS = "\"'”’»›“‘)]}*_ \t\x91\x92\x93\x94"
"""Marks that may follow the final punctuation of a sentence, also quotation marks read in the wrong encoding."""

FINAL_MARKS = frozenset(".!?…:;。！？：；؟۔।॥።။")
"""Punctuation that ends a sentence, or announces what follows."""

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BREAKS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_CONTINUES = words("pages.unfinished_at")
_NARROWEST, _WIDEST = 40, 140
_DASHES = ("-", "–", "—", "_")
_REMARK = 100  # characters of a remark in brackets, such as the name of an agency, that may follow a sentence
_DATELINE = 60  # characters of the place, agency and dash that open a report


@dataclass(frozen=True, slots=True)
class Line:
    """One line without surrounding space. ``blank_before`` says that a blank line, or nothing, stands before it."""

    start: int
    end: int
    text: str
    blank_before: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines that belong together. ``text`` is exactly the text between ``start`` and ``end``."""

    start: int
    end: int
    text: str
    blank_before: bool


def find_units(text: str) -> list[Unit]:
    """The units of a text in order. They hold every character that is not space."""
    lines = list(_lines(text))
    width = _wrap_width(lines)
    units: list[Unit] = []
    first = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or not _goes_on(lines[i - 1], lines[i], width):
            start, end = lines[first].start, lines[i - 1].end
            units.append(Unit(start, end, text[start:end], lines[first].blank_before))
            first = i
    return units


def is_final(text: str) -> bool:
    """Whether the text ends as a sentence does, but for a remark in brackets after it."""
    end = text[-_REMARK:].rstrip(CLOSERS)
    if end[-1:] in FINAL_MARKS:
        return True
    if not text.endswith((")", "]")):
        return False
    before = end[: max(end.rfind("("), end.rfind("["), 0)]
    return before.rstrip(CLOSERS)[-1:] in FINAL_MARKS


def _lines(text: str) -> Iterator[Line]:
    end_before = 0
    breaks = 2
    for match in _LINE.finditer(text):
        words = match[0].strip()
        breaks += _count_breaks(text, end_before, match.start())
        end_before = match.end()
        if words:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Line(start, start + len(words), words, breaks > 1)
            breaks = 0


def _count_breaks(text: str, start: int, end: int) -> int:
    if end - start < 2:
        return end - start
    return sum(1 for _ in _BREAKS.finditer(text, start, end))


def _wrap_width(lines: list[Line]) -> int | None:
    """The width to which the text was wrapped, or None: a line that goes on is as full as its next word lets it be."""
    followed = [i for i in range(len(lines) - 1) if not lines[i + 1].blank_before]
    if len(followed) < 2:
        return None
    lengths = sorted(len(lines[i].text) for i in followed)
    width = lengths[int(len(lengths) * 0.9)]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    if sum(is_final(lines[i].text) for i in followed) > 0.5 * len(followed):
        # Only a text with one sentence a line ends so many lines with a sentence.
        return None
    full = sum(_is_full(lines[i], lines[i + 1], width) for i in followed)
    return width if full >= 0.6 * len(followed) else None


def _is_full(line: Line, after: Line, width: int) -> bool:
    first_word = after.text.split(maxsplit=1)[0] if len(after.text) < 1000 else after.text[:20]
    # Ragged wire text breaks a little before the margin, and counts two spaces after a full stop.
    return len(line.text) + 1 + len(first_word) > width - 8


def _goes_on(line: Line, after: Line, width: int | None) -> bool:
    """Whether ``after`` continues the unit that ``line`` belongs to."""
    if BULLET.match(after.text) or after.blank_before:
        # The line that opens a wire report ("KABUL (Agency) --") may stand alone, and belongs to what follows.
        return len(line.text) <= _DATELINE and line.text.endswith(_DASHES) and line.text[0].isalnum()
    final = is_final(line.text)
    if width is not None and len(line.text) <= width + 20 and _is_full(line, after, width):
        return True
    if final:
        return False
    if after.text[0].islower() or line.text.endswith((",", *_DASHES)):
        return True
    last_word = line.text[-24:].rsplit(maxsplit=1)[-1].lower()
    return last_word in _CONTINUES
