"""The lines of a document's pages to its paragraphs: words that were parted at the end of a line are whole again.

Lines that stand at the head or the foot of most pages are no part of the text: they stay in it, and are never coded.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from dateline.intake.documents.lines import Line
from dateline.intake.html.blocks import kinds_of_parts
from dateline.intake.html.lines import BULLET, is_final
from dateline.model import BlockKind

_MOST = 0.4
"""The share of the pages on which a running line stands: left and right pages have heads of their own."""
_LARGE = 1.15
"""Letters so many times as large as those of most lines are those of a heading."""
_LONGEST_HEADING = 200
_APART = 1.6
"""Lines so many times as far apart as most are parted by a blank line."""
_SHORT = 0.8
"""A line that fills less of its column ends a paragraph, where it ends a sentence."""
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_HYPHENS = "-\u00ad\u2010\x02"

Part = tuple[BlockKind | None, str]


def parts_of(pages: Sequence[Sequence[Line]]) -> list[tuple[BlockKind, str]]:
    """The paragraphs of a document in order, each with its kind."""
    running = _running(pages)
    words = Counter(word.lower() for page in pages for line in page for word in _WORD.findall(line.text))
    size = median([line.size for page in pages for line in page for _ in range(len(line.text))] or [1.0])
    parts: list[Part] = []
    debris: list[Part] = []
    open_at: int | None = None  # the paragraph that may go on at the head of the next page
    for page in pages:
        own = [line for line in page if not (line.edge and _form(line) in running)]
        debris += [("debris", line.text) for line in page if line.edge and _form(line) in running]
        found = [(kind, _whole(group, words)) for kind, group in _groups(own, size)]
        if found and open_at is not None and _goes_on(parts[open_at], found[0]):
            parts[open_at] = (None, _mended(parts[open_at][1], found.pop(0)[1], words))
        parts += found
        if not found or found[-1][0] is None:
            open_at = len(parts) - 1 if parts and parts[-1][0] is None else None
        else:
            open_at = None
        if open_at is None:
            parts, debris = parts + debris, []
    parts += debris
    kinds = kinds_of_parts(parts)
    return [("debris" if known == "debris" else kind, text) for kind, (known, text) in zip(kinds, parts, strict=True)]


def _running(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """The lines, their numbers aside, that stand at the edge of most pages."""
    if len(pages) < 2:
        return frozenset()
    seen = Counter(form for page in pages for form in {_form(line) for line in page if line.edge})
    return frozenset(form for form, number in seen.items() if number >= max(2, _MOST * len(pages)))


def _form(line: Line) -> str:
    return _DIGITS.sub("#", " ".join(line.text.split()).casefold())


def _groups(lines: Sequence[Line], size: float) -> Iterator[tuple[BlockKind | None, list[Line]]]:
    """Lines that belong together: a paragraph, the rows of a table, a heading of large letters."""
    gaps = [one.bottom - other.bottom for one, other in itertools.pairwise(lines) if one.bottom > other.bottom]
    usual = median(gaps) if gaps else 0.0
    group: list[Line] = []
    kind: BlockKind | None = None
    for line in lines:
        this: BlockKind | None = None
        if "\t" in line.text:
            this = "table"
        elif line.size >= _LARGE * size and len(line.text) <= _LONGEST_HEADING:
            this = "heading"
        if group and (this != kind or _parted(group, line, usual)):
            yield kind, group
            group = []
        group.append(line)
        kind = this
    if group:
        yield kind, group


def _parted(group: Sequence[Line], line: Line, usual: float) -> bool:
    """Whether a new paragraph begins with a line, as its place and the line before show it."""
    last = group[-1]
    gap = last.bottom - line.bottom
    if "\t" in line.text:
        return gap > 2 * _APART * usual
    if BULLET.match(line.text):
        return True
    if gap < 0:
        # The next column: a sentence that was not at its end goes on there.
        return is_final(last.text)
    if usual and gap > _APART * usual:
        return True
    left, right = min(one.left for one in group), max(one.right for one in (*group, line))
    if is_final(last.text) and last.right - left < _SHORT * (right - left):
        return True
    # The first line of a paragraph may be set in; that of a list hangs out, and its other lines are.
    return len(group) > 1 and line.left > group[-1].left + 0.8 * line.size and is_final(last.text)


def _whole(group: Sequence[Line], words: Counter[str]) -> str:
    if "\t" in group[0].text:
        return "\n".join(line.text for line in group)
    text = group[0].text
    for before, line in itertools.pairwise(group):
        text = _mended(text + ("\x02" if before.broken else ""), line.text, words)
    return text + ("\x02" if group[-1].broken else "")


def _mended(before: str, after: str, words: Counter[str]) -> str:
    """Two lines as one. A word that was parted by a hyphen is whole; one that is written with a hyphen keeps it."""
    if not before or before[-1] not in _HYPHENS or not after[:1].isalpha() or not before[-2:-1].isalpha():
        return f"{before} {after}"
    bare = before.rstrip(_HYPHENS)
    first, second = _WORD.findall(bare)[-1].lower(), _WORD.findall(after)[0].lower()
    if words[first + second]:
        return bare + after
    # Two words that stand by themselves elsewhere were joined by the writer; so were those with a capital letter.
    joined = not after[0].islower() or (len(first) > 2 and len(second) > 2 and words[first] > 1 and words[second] > 1)
    return f"{bare}-{after}" if joined else bare + after


def _goes_on(before: Part, after: Part) -> bool:
    if before[0] is not None or after[0] is not None:
        return False
    if before[1].endswith("\x02"):
        return True
    return not is_final(before[1]) and (after[1][:1].islower() or before[1].endswith((",", *_HYPHENS)))
