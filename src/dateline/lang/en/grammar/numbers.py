"""Numbers in words: "at least two dozen", "between 30 and 40", "some 1,500", "hundreds"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.lang.lexicon import Table, table, words

SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(" ")
    )
}
TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(" "), strict=True
    )
}
SCALES: Table[int] = table("counts.scales")
VAGUE = words("counts.vague")
DIGITS = re.compile(r"\d{1,3}(?:,\d{2,3})+|\d{1,12}(?:\.\d{1,3})?")
AT_LEAST = ("at least", "no fewer than", "not less than", "no less than", "not fewer than", "a minimum of")
MORE = ("more than", "over", "upwards of", "above", "in excess of", "well over")
AT_MOST = ("up to", "at most", "as many as", "no more than", "not more than")
FEWER = ("fewer than", "less than", "under", "below")
NEARLY = ("nearly", "almost", "close to")
ABOUT = ("about", "around", "some", "approximately", "roughly", "an estimated", "estimated", "as few as")
MODIFIERS: dict[str, list[tuple[tuple[str, ...], str]]] = {}
"""The modifiers by their first word, the longest first."""
for _phrase in sorted((*AT_LEAST, *MORE, *AT_MOST, *FEWER, *NEARLY, *ABOUT), key=lambda m: (-len(m.split()), m)):
    MODIFIERS.setdefault(_phrase.split()[0], []).append((tuple(_phrase.split()), _phrase))
LARGEST = 10**10


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the words ``[start, end)`` of a sentence, with its bounds. All None: a word such as "dozens"."""

    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None


def find_numbers(words: Sequence[str]) -> tuple[Number, ...]:
    """The numbers among the words (lower case), in order, each with the words that bound it."""
    out: list[Number] = []
    at = 0
    while at < len(words):
        found = _number(words, at)
        if found is None:
            at += 1
        else:
            out.append(found)
            at = found.end
    return tuple(out)


def _number(words: Sequence[str], at: int) -> Number | None:
    if words[at] == "between":
        low = _value(words, at + 1)
        if low and low[1] < len(words) and words[low[1]] == "and":
            high = _value(words, low[1] + 1)
            if high and low[0] <= high[0]:
                return Number(at, high[1], low[0], None, high[0])
        return None
    modifier, after = _modifier(words, at)
    value = _value(words, after)
    if value is None:
        vague = _vague(words, after)
        return Number(at, vague, None, None, None) if vague is not None else None
    number, end = value
    if end + 1 < len(words) and words[end] in {"to", "-", "–", "or"}:
        upper = _value(words, end + 1)
        if upper and number < upper[0] <= number * 100 and not (words[end] == "to" and upper[0] > number * 10):
            return Number(at, upper[1], number, None, upper[0])
    if end < len(words) and words[end] == "plus":
        return Number(at, end + 1, number, number, None)
    dozen = words[end - 1] == "dozen" and number in {6, 12}
    return Number(at, end, *_bounds(modifier, number, dozen))


def _bounds(modifier: str | None, number: int, dozen: bool) -> tuple[int | None, int | None, int | None]:
    if modifier in AT_LEAST or modifier in MORE:
        return number, number, None
    if modifier in AT_MOST:
        return None, number, number
    if modifier in FEWER:
        return None, None, number
    if modifier in NEARLY:
        return None, number, number
    if modifier in ABOUT or dozen:
        return None, number, None
    return number, number, number


def _modifier(words: Sequence[str], at: int) -> tuple[str | None, int]:
    """The modifier at ``at`` and where it ends; after "about" a second one counts ("about at least 20")."""
    name: str | None = None
    for _ in range(2):
        found = next((m for m in MODIFIERS.get(words[at], ()) if tuple(words[at : at + len(m[0])]) == m[0]), None)
        if found is None:
            break
        name, at = found[1], at + len(found[0])
        if name not in ABOUT or at >= len(words):
            break
    return name, at


def _vague(words: Sequence[str], at: int) -> int | None:
    if at >= len(words):
        return None
    if words[at] == "a" and at + 1 < len(words) and words[at + 1] in {"few", "handful", "number", "couple", "score"}:
        if words[at + 1] == "number" and words[at + 2 : at + 3] != ["of"]:
            return None
        end = at + 2
        if end < len(words) and words[end] in SCALES:
            end += 1
        return end
    if words[at] in VAGUE:
        end = at + 1
        while end + 1 < len(words) and words[end] == "of" and words[end + 1] in VAGUE | set(SCALES):
            end += 2
        while end < len(words) and (words[end] in SCALES or words[end] in VAGUE):
            end += 1
        return end
    return None


def _value(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """The value of the number words from ``at`` on, and where they end."""
    if at >= len(words):
        return None
    word = words[at]
    if word == "half" and tuple(words[at + 1 : at + 3]) in {("a", "dozen"), ("a", "million")}:
        return SCALES[words[at + 2]] // 2, at + 3
    if word in {"a", "an"} and at + 1 < len(words) and words[at + 1] in SCALES:
        return _scaled(1.0, words, at + 1)
    if word == "a" and tuple(words[at + 1 : at + 2]) == ("couple",):
        return 2, at + 2
    if DIGITS.fullmatch(word):
        return _scaled(float(word.replace(",", "")), words, at + 1)
    total = _below_hundred(words, at)
    return _scaled(float(total[0]), words, total[1]) if total else None


def _below_hundred(words: Sequence[str], at: int) -> tuple[int, int] | None:
    word = words[at]
    if word in SMALL:
        return SMALL[word], at + 1
    if word in TENS:
        end = at + 1
        if end < len(words) and words[end] == "-":
            end += 1
        if end < len(words) and 1 <= SMALL.get(words[end], 0) <= 9:
            return TENS[word] + SMALL[words[end]], end + 1
        return TENS[word], at + 1
    if "-" in word:
        first, _, second = word.partition("-")
        if first in TENS and 1 <= SMALL.get(second, 0) <= 9:
            return TENS[first] + SMALL[second], at + 1
    return None


def _scaled(value: float, words: Sequence[str], at: int) -> tuple[int, int] | None:
    total = 0.0
    while at < len(words) and words[at] in SCALES and value < LARGEST:
        value *= SCALES[words[at]]
        at += 1
        rest = at + 1 if at < len(words) and words[at] == "and" else at
        more = _below_hundred(words, rest) if rest < len(words) else None
        if more and more[0] and value >= 100:
            total += value
            value, at = float(more[0]), more[1]
    total += value
    return (round(total), at) if total == round(total) and total < LARGEST else None
