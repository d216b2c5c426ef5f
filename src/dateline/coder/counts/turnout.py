"""How many took part, where no protester is the subject: "put the turnout at 2 million", "counted 900 marchers"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.coder.counts.phrases import FoundCount
from dateline.lang.en.numbers import Number, find_numbers
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

COUNTING = words("counts.counting")
OTHER_TOLLS = words("counts.other_tolls")
PEOPLE = words("counts.people")
PROTESTERS = words("counts.protesters")
PUTTING = words("counts.putting")
SIZES = words("counts.sizes")
TURNOUT = words("counts.turnout")
UP_TO_NUMBER = words("counts.up_to_number")
REACH = 6
"""Words between the noun and its number."""


def find_turnout(sentence: Span) -> Iterator[FoundCount]:
    """The turnouts that a sentence states, in order. ``start`` and ``end`` are offsets into the report's text."""
    tokens = list(sentence)
    lemmas = {t.lemma_.lower() for t in tokens}
    if not lemmas & TURNOUT and not lemmas & PUTTING and not lemmas & COUNTING:
        return
    putting = any(t.pos_ == "VERB" and t.lemma_.lower() in PUTTING for t in tokens)
    for number in find_numbers([t.lower_ for t in tokens]):
        anchor = _anchor(tokens, number, putting=putting)
        if anchor is not None:
            first, last = tokens[number.start], tokens[number.end - 1]
            end = last.idx + len(last.text)
            yield FoundCount("participants", number.low, number.best, number.high, first.idx, end, anchor)


def _anchor(tokens: list[Token], number: Number, *, putting: bool) -> Token | None:
    before = tokens[max(0, number.start - REACH) : number.start]
    following = tokens[number.end] if number.end < len(tokens) else None
    if following is not None and following.lemma_.lower() in PROTESTERS:
        return next((t for t in reversed(before) if t.lemma_.lower() in COUNTING and t.pos_ == "VERB"), None)
    if following is not None and following.pos_ == "NOUN" and following.lemma_.lower() not in PEOPLE:
        return None
    for n, token in enumerate(reversed(before)):
        if token.lemma_.lower() in TURNOUT or (putting and token.lemma_.lower() in SIZES):
            between = before[len(before) - n :]
            about_others = token.lemma_.lower() in SIZES and any(t.lower_ in OTHER_TOLLS for t in between[:1])
            return token if not about_others and any(t.lower_ in UP_TO_NUMBER for t in between) else None
    return None
