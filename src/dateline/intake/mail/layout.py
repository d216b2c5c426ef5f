"""The layout of a mail's text: what it quotes, its signature, and the mails that a digest strings together.

What is quoted and the signature stay in the text, as blocks that are never coded: quoted words are another report's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from dateline.intake.html.blocks import find_blocks
from dateline.intake.html.lines import is_final
from dateline.intake.records.contacts import has_contact
from dateline.model import CODED_BLOCKS, Block

_LINE = re.compile(r"[^\n]*\n?")
_VISIBLE = re.compile(r"[^\n]")
_QUOTED = re.compile(r"[ \t]{0,3}>")
_SIGNATURE = re.compile(r"--[ \t]?\r?\n?")
_INTRODUCED = 3
"""Lines that may say who is quoted, before what is quoted: the last of them ends with a colon."""

_RULE = re.compile(r"^-{27,}[ \t]*\r?$", re.M)
"""What parts the mails of a digest (RFC 1153): thirty hyphens, and some programs are a little short of it."""
_HEADER = re.compile(r"([A-Za-z][A-Za-z-]{1,30}):[ \t]")
_FOLDED = (" ", "\t")


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a mail's text, in order, without overlap; what is quoted, and the signature, are debris."""
    apart = list(_apart(text))
    # Where they stand is left blank for looking at the rest: the offsets are those of the whole text.
    pieces, at = [], 0
    for start, end in apart:
        pieces += [text[at:start], _VISIBLE.sub(" ", text[start:end])]
        at = end
    masked = "".join([*pieces, text[at:]])
    own = (_without_contact(text, block) for block in find_blocks(masked))
    rest = [piece for block in own for piece in _outside(text, block, apart)]
    debris = [Block(*_trimmed(text, start, end), "debris") for start, end in apart if text[start:end].strip()]
    return tuple(sorted([*rest, *debris], key=lambda block: block.start))


def _without_contact(text: str, block: Block) -> Block:
    """A block that is no sentence and tells how somebody is reached is debris."""
    words = text[block.start : block.end]
    if block.kind in CODED_BLOCKS and not is_final(words) and has_contact(words):
        return Block(block.start, block.end, "debris")
    return block


def _apart(text: str) -> Iterator[tuple[int, int]]:
    """Where what is quoted and the signature stand, in order."""
    lines = [(found.start(), found.end(), found[0]) for found in _LINE.finditer(text) if found[0]]
    at = 0
    written = 0  # the first line that is not yet taken for a part that stands apart
    while at < len(lines):
        if _QUOTED.match(lines[at][2]):
            end = at
            while end < len(lines) and (_QUOTED.match(lines[end][2]) or _is_blank_in_quote(lines, end)):
                end += 1
            first = _introduction(lines, at, written)
            yield lines[first][0], lines[end - 1][1]
            at = written = end
        elif _SIGNATURE.fullmatch(lines[at][2]):
            end = at + 1
            while end < len(lines) and not _QUOTED.match(lines[end][2]):
                end += 1
            yield lines[at][0], lines[end - 1][1]
            at = written = end
        else:
            at += 1


def _is_blank_in_quote(lines: list[tuple[int, int, str]], at: int) -> bool:
    return not lines[at][2].strip() and at + 1 < len(lines) and bool(_QUOTED.match(lines[at + 1][2]))


def _introduction(lines: list[tuple[int, int, str]], quote: int, written: int) -> int:
    """The first line of those that say who is quoted; the quote itself where none does."""
    last = quote - 1
    if last >= written and not lines[last][2].strip():
        last -= 1
    if last < written or not lines[last][2].rstrip().endswith(":"):
        return quote
    first = last
    while first > written and last - first + 1 < _INTRODUCED and lines[first - 1][2].strip():
        first -= 1
    # Only a few lines of their own introduce a quote: the end of a longer paragraph is the writer's.
    alone = first == written or not lines[first - 1][2].strip()
    return first if alone else last


def _outside(text: str, block: Block, apart: list[tuple[int, int]]) -> Iterator[Block]:
    """What of a block lies outside of the parts that stand apart."""
    at = block.start
    for start, end in apart[max(0, bisect_left(apart, (at, at)) - 1) :]:
        if start >= block.end:
            break
        if end <= at:
            continue
        if text[at:start].strip():
            yield Block(*_trimmed(text, at, start), block.kind)
        at = end
    if text[at : block.end].strip():
        yield Block(*_trimmed(text, at, block.end), block.kind)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def digested(text: str) -> list[str]:
    """The mails that a digest strings together, each as its headers and its text; none where the text is no digest."""
    sections = [section.lstrip("\r\n") for section in _RULE.split(text)[1:]]
    mails = [section for section in sections if _is_mail(section)]
    return mails if len(mails) >= 2 else []


def _is_mail(section: str) -> bool:
    names = set()
    for line in section.splitlines()[:30]:
        if not line.strip():
            break
        header = _HEADER.match(line)
        if header is None and not line.startswith(_FOLDED):
            return False
        if header is not None:
            names.add(header[1].lower())
    return "subject" in names and ("date" in names or "from" in names)
