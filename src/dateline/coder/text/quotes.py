"""Quotation marks to quotations: every style, nested, over paragraphs, unbalanced or turned the wrong way.

One pass over the marks of each block, with a stack of those that are open; nothing is looked at twice, so the time
is linear in the text however many marks there are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dateline.lang.quotation import Quotation
from dateline.model import Block

_MARK = re.compile("``|''|[\"“”„‟‘’‚‛«»‹›'`＂「」『』]")

Act = Literal["open", "close"]
Family = Literal[
    "double", "low", "single", "guillemet", "angle", "corner", "corner2", "guillemet reversed", "angle reversed"
]
"""Marks that belong together: those of a family close what others of it opened."""

_OPENS: dict[str, Family] = {
    "“": "double",
    "„": "low",
    "‟": "double",
    "``": "double",
    "‘": "single",
    "‛": "single",
    "‚": "single",
}
_OPENS |= {"`": "single", "«": "guillemet", "‹": "angle", "「": "corner", "『": "corner2"}
_CLOSES: dict[str, Family] = {
    "”": "double",
    "''": "double",
    "’": "single",
    "»": "guillemet",
    "›": "angle",
    "」": "corner",
    "』": "corner2",
}
_TURNED: dict[str, Family] = {"»": "guillemet reversed", "›": "angle reversed"}
_CLOSES_TURNED: dict[str, Family] = {"«": "guillemet reversed", "‹": "angle reversed"}
_NEUTRAL: dict[str, Family] = {'"': "double", "＂": "double", "'": "single"}

_OPENING_PUNCTUATION = frozenset("([{<—–-/:=>*_|~")
_CLOSING_PUNCTUATION = frozenset(".,;:!?)]}…—–-/*_|~<")
_SENTENCE_ENDS = frozenset(".!?…")
_QUOTES = frozenset("\"“”„‟‘’‚‛«»‹›'`＂")


@dataclass(frozen=True, slots=True)
class _Open:
    """A quotation that was opened. ``family`` tells which marks may close it."""

    start: int
    family: Family
    mark: str


class _Stack:
    """The quotations that are open, with a count by family so that asking is not a search."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._families: Counter[Family] = Counter()

    def __len__(self) -> int:
        return len(self._open)

    def push(self, opened: _Open) -> None:
        self._open.append(opened)
        self._families[opened.family] += 1

    def holds(self, *families: Family) -> bool:
        return any(self._families[f] for f in families)

    def top_is(self, family: Family) -> bool:
        return bool(self._open) and self._open[-1].family == family

    def goes_on(self, family: Family) -> bool:
        """Whether only a quotation of the family is open: one that opens after a sentence of it is no other's."""
        return len(self._open) == 1 and self._open[0].family == family

    def outermost(self) -> Family | None:
        """The family of the outermost open quotation in double marks or the like: single ones are not trusted."""
        return next((o.family for o in self._open if o.family != "single"), None)

    def close(self, families: tuple[Family, ...], at: int, after: int) -> Iterator[Quotation]:
        """Ends the innermost quotation of the families, and those inside it whose closing marks are missing."""
        while self._open:
            opened = self._pop()
            if opened.family in families:
                yield Quotation(opened.start, after, len(self._open))
                return
            yield from self._unclosed(opened, at)

    def close_all(self, end: int) -> Iterator[Quotation]:
        while self._open:
            yield from self._unclosed(self._pop(), end)

    def _pop(self) -> _Open:
        opened = self._open.pop()
        self._families[opened.family] -= 1
        return opened

    def _unclosed(self, opened: _Open, end: int) -> Iterator[Quotation]:
        # A single mark without its pair is far more often an apostrophe than a quotation.
        if opened.family != "single" and end > opened.start + len(opened.mark):
            yield Quotation(opened.start, end, len(self._open), closed=False)


def find_quotations(text: str, blocks: Sequence[Block] = ()) -> tuple[Quotation, ...]:
    """The quotations of a text, outermost first where two start together; never across the given blocks.

    Without blocks the whole text is one. Quotations are properly nested. Apostrophes, feet and inches are not
    quotation marks. A mark that is never closed ends at the end of its block (``closed=False``).
    """
    spans = [(b.start, b.end) for b in blocks] or [(0, len(text))]
    quotations: list[Quotation] = []
    left_open: Family | None = None
    for start, end in spans:
        here, unclosed = _in_block(text, start, end, left_open)
        quotations.extend(here)
        left_open = unclosed if here or unclosed else None
    return tuple(quotations)


def _in_block(text: str, start: int, end: int, left_open: Family | None) -> tuple[list[Quotation], Family | None]:
    """Quotations of one block, and the family of the outermost one that is still open at its end.

    ``left_open`` is that family for the block before: a quotation that goes on over paragraphs.
    """
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    singles = _SingleClosers(text, start, end)
    stack = _Stack()
    done: list[Quotation] = []
    going_on: set[int] = set()
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        action = _action(text, mark, at, match.end(), start, end, stack, singles)
        if action is None:
            continue
        verb, family = action
        if verb == "open":
            if stack.goes_on(family) and family != "single" and (ended := _sentence_end(text, start, at)):
                # Paragraphs of one quotation whose breaks were lost: each is opened anew, the last is closed.
                done.extend(stack.close_all(ended))
                going_on.add(at)
            stack.push(_Open(at, family, mark))
        elif stack.holds(*_closable(family)):
            done.extend(stack.close(_closable(family), at, match.end()))
        elif not len(stack) and not done and family != "single" and mark not in _NEUTRAL and at > start:
            # A closing mark alone: the opening one was lost, so the words from the start of the block were quoted.
            done.append(Quotation(start, match.end(), closed=False))
    unclosed = stack.outermost()
    done.extend(stack.close_all(end))
    done.sort(key=lambda q: (q.start, -q.end))
    if done and left_open is not None and done[0].start == start:
        done[0] = replace(done[0], continues=True)
    if going_on:
        done = [replace(q, continues=True) if q.depth == 0 and q.start in going_on else q for q in done]
    return done, unclosed


def _sentence_end(text: str, start: int, at: int) -> int:
    """Where a sentence ends before white space and a mark at ``at``; 0 where none does."""
    end = at
    while end > start and text[end - 1].isspace():
        end -= 1
    return end if end < at and end > start and text[end - 1] in _SENTENCE_ENDS else 0


def _closable(family: Family) -> tuple[Family, ...]:
    """The families of open quotation that a closing mark of a family may end: low-9 marks close with either curl."""
    return ("double", "low") if family == "double" else (family,)


def _action(
    text: str, mark: str, at: int, after: int, start: int, end: int, stack: _Stack, singles: _SingleClosers
) -> tuple[Act, Family] | None:
    """What a mark does: ("open" | "close", family), or None where it is no quotation mark."""
    before = text[at - 1] if at > start else " "
    following = text[after] if after < end else " "
    opens_here = _opens_after(before) and not following.isspace()
    closes_here = not before.isspace() and (following.isspace() or _is_closing(following) or not following.isalnum())
    if mark in _NEUTRAL and _NEUTRAL[mark] == "single":
        return _single(mark, before, following, at, stack, singles)
    if mark in _NEUTRAL:
        return _straight(before, following, at == start, opens_here, closes_here, stack)
    if mark in ("‘", "‛", "`", "‚"):
        ok = _opens_after(before) and not following.isspace() and singles.any_after(after)
        return ("open", "single") if ok else None
    if mark == "’":
        if before.isalnum() and following.isalnum():
            return None
        return ("close", "single") if stack.holds("single") and not singles.is_possessive(at) else None
    if mark in _CLOSES_TURNED and stack.holds(_CLOSES_TURNED[mark]) and not opens_here:
        return "close", _CLOSES_TURNED[mark]
    if mark in _OPENS:
        family = _OPENS[mark]
        if mark in "“‟" and not opens_here and (stack.top_is("low") or (stack.holds(family) and closes_here)):
            return "close", "double"
        return "open", family
    family = _CLOSES[mark]
    is_open = stack.holds(*_closable(family))
    if mark in _TURNED and not is_open:
        return ("open", _TURNED[mark]) if opens_here else None
    if not is_open and (at == start or opens_here):
        return "open", family  # a closing mark where one must open: turned the wrong way
    if not is_open and before.isdigit():
        return None  # inches
    return "close", family


def _straight(
    before: str, following: str, first: bool, opens_here: bool, closes_here: bool, stack: _Stack
) -> tuple[Act, Family] | None:
    """A straight double mark has no direction: its neighbours give one, and where they do not, what is open does."""
    is_open = stack.holds("double")
    if first or (opens_here and not closes_here):
        return "open", "double"
    if is_open:
        return "close", "double"
    if closes_here and not opens_here:
        return None if before.isdigit() else ("close", "double")
    return ("open", "double") if not following.isspace() or before.isspace() else None


def _single(
    mark: str, before: str, following: str, at: int, stack: _Stack, singles: _SingleClosers
) -> tuple[Act, Family] | None:
    """A straight single mark: most are apostrophes, so it opens only where a closing one follows in the block."""
    if before.isalnum() and following.isalnum():
        return None
    if stack.holds("single"):
        if not before.isspace() and not following.isalnum() and not singles.is_possessive(at):
            return "close", "single"
        return None
    opens = _opens_after(before) and not following.isspace() and not following.isdigit()
    return ("open", "single") if opens and singles.any_after(at + len(mark)) else None


def _opens_after(before: str) -> bool:
    return before.isspace() or before in _OPENING_PUNCTUATION or before in _QUOTES


def _is_closing(following: str) -> bool:
    return following in _CLOSING_PUNCTUATION or following in _QUOTES


class _SingleClosers:
    """Where a block's single marks could close a quotation, found once a block."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._strong: list[int] = []
        self._weak: list[int] = []
        self._opening: list[int] = []
        for match in re.finditer("['’‘`]", text[start:end] if (start, end) != (0, len(text)) else text):
            at = match.start() + start
            before = text[at - 1] if at > start else " "
            following = text[at + 1] if at + 1 < end else " "
            if _opens_after(before) and not following.isspace():
                self._opening.append(at)
            elif match.group() in "'’" and not before.isspace() and not following.isalnum():
                possessive = before in "sS" and following.isspace() and text[at + 2 : at + 3].isalpha()
                (self._weak if possessive else self._strong).append(at)

    def any_after(self, at: int) -> bool:
        """Is there a mark at or after the offset that can close a single quotation?"""
        return bool(self._strong and self._strong[-1] >= at) or bool(self._weak and self._weak[-1] >= at)

    def is_possessive(self, at: int) -> bool:
        """A mark after a plural (``workers' rights``) while a surer closing mark follows before the next opening."""
        weak = bisect_left(self._weak, at)
        if weak == len(self._weak) or self._weak[weak] != at:
            return False
        strong = bisect_left(self._strong, at)
        opening = bisect_left(self._opening, at)
        limit = self._opening[opening] if opening < len(self._opening) else None
        return strong < len(self._strong) and (limit is None or self._strong[strong] < limit)
