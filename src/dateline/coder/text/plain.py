"""Text as the models read it: whatever is no visible character is a space, and so is what joins the parts of a day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.model import Block

if TYPE_CHECKING:
    pass


_LONG_WORD = re.compile(r"\S{400,}")


_INVISIBLE = (
    *range(9), *range(11, 32), *range(127, 161), 0xAD, 0x1680, *range(0x2000, 0x2010), 0x2028, 0x2029,
    *range(0x202A, 0x2030), 0x205F, 0x2060, *range(0x2066, 0x206A), 0x3000, 0xFEFF,
)  # fmt: skip


_PLAIN = dict.fromkeys(_INVISIBLE, " ")


_PLAIN |= {ord(mark): '"' for mark in "«»‹›„‟"}  # marks that the parser was not trained on


_JOINED_DAY = re.compile(
    r"(?<![\w-])(?:\d{1,2}([-/])[^\W\d_]{3,}|[^\W\d_]{3,}([-/])\d{1,2})(?:\1|\2)(?:\d\d){1,2}(?![\w-])"
)
"""A day written as one word, which parsers take for a name: "3-Mar-24", "Mar-03-2024"."""


_HIDDEN_CATEGORIES = ("Cs", "Co", "Cn", "Cf")


def printable(text: str, blocks: Sequence[Block] = ()) -> str:
    """A copy of the same length in which whatever is no visible character is a space, line ends within a block too.

    So are the hyphens of a day written as one word, whose month is written as others are ("3-MAR-24" is "3 Mar 24").
    """
    clean = text.translate(_PLAIN)
    if not clean.isascii():
        hidden = {c for c in set(clean) if unicodedata.category(c) in _HIDDEN_CATEGORIES}
        clean = clean.translate(dict.fromkeys(map(ord, hidden), " "))
    clean = _JOINED_DAY.sub(lambda m: re.sub("[-/]", " ", m.group()).title(), clean)
    # A tokenizer strips marks from a word one at a time, which is quadratic on a word of a megabyte.
    clean = _LONG_WORD.sub(lambda m: re.sub(r"(?s)(.{199}).", r"\1 ", m.group()), clean)
    parts: list[str] = []
    at = 0
    for block in blocks:
        parts += [clean[at : block.start], clean[block.start : block.end].replace("\n", " ")]
        at = block.end
    return "".join([*parts, clean[at:]])
