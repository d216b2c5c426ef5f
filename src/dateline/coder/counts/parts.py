"""Parts of a number: "12 people including three children" tells of twelve, and the three are among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.coder.counts.phrases import FoundCount
from dateline.lang.en.numbers import Number
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

BEFORE_A_PART = words("counts.before_a_part")
BEHIND_A_PART = words("counts.behind_a_part")
REACH = 5
"""Words between a part and the next one of its list ("including eight children and six women")."""


@dataclass(frozen=True, slots=True)
class Part:
    """The number of some of those whom another number counts."""

    number: Number
    whole: Number
    told_as_one: bool
    """Whether it only says who is among the whole ("12 including three children"), so that both come off alike."""


def parts_of(tokens: Sequence[Token], numbers: Sequence[Number]) -> dict[int, Part]:
    """The parts among the numbers of a sentence, by their first word in it."""
    found: dict[int, Part] = {}
    for before, number in pairwise(numbers):
        above = found.get(before.start)
        among = _before(tokens, number) or (above is not None and _goes_on(tokens, before, number))
        if among or _behind(tokens, number):
            whole = above.whole if above else before
            if _most(number) and (not _most(whole) or _most(number) <= _most(whole)):
                between = tokens[whole.end : number.start]
                acts = any(t.pos_ == "VERB" and t.lower_ not in BEFORE_A_PART for t in between)
                found[number.start] = Part(number, whole, among and not acts)
    return found


def without_parts(found: Iterable[FoundCount], tokens: Sequence[Token], parts: Mapping[int, Part]) -> list[FoundCount]:
    """The counts without those of a part whose whole is counted.

    In "12 people including three children were killed" the parser gives the verb to the three: all are meant. A part
    that came off in another way than the whole is told apart ("20 people were hurt, two of whom died").
    """
    kept = list(found)
    at = {tokens[start].idx: part for start, part in parts.items()}
    for count in [c for c in kept if c.start in at]:
        whole = at[count.start].whole
        first, last = tokens[whole.start], tokens[whole.end - 1]
        start, end = first.idx, last.idx + len(last.text)
        of_whole = [c for c in kept if c.start < end and start < c.end and c is not count]
        if any(c.kind == count.kind for c in of_whole):
            kept.remove(count)
        elif not of_whole and at[count.start].told_as_one:
            kept.remove(count)
            kept.append(replace(count, low=whole.low, best=whole.best, high=whole.high, start=start, end=end))
    return kept


def _most(number: Number) -> int:
    return number.best or number.high or number.low or 0


def _before(tokens: Sequence[Token], number: Number) -> bool:
    """Whether words that single out a part stand right before a number ("among them three", "including his two")."""
    at = number.start
    while at > 0 and tokens[at - 1].pos_ in {"DET", "PRON"} and tokens[at - 1].lower_ not in BEFORE_A_PART:
        at -= 1
    before = [t.lower_ for t in tokens[max(0, at - 2) : number.start]]
    return any(
        " ".join(before[n:m]) in BEFORE_A_PART for n in range(len(before)) for m in range(n + 1, len(before) + 1)
    )


def _behind(tokens: Sequence[Token], number: Number) -> bool:
    """Whether the words behind a number make a part of it ("12 of them women")."""
    return " ".join(t.lower_ for t in tokens[number.end : number.end + 2]) in BEHIND_A_PART


def _goes_on(tokens: Sequence[Token], part: Number, number: Number) -> bool:
    """Whether a number goes on with the list of a part."""
    between = tokens[part.end : number.start]
    return 0 < len(between) <= REACH and between[-1].pos_ == "CCONJ" and all(t.pos_ != "VERB" for t in between)
