"""Numbers in words: "at least two dozen", "between 30 and 40", "some 1,500", "hundreds"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.lang.lexicon import Made, Table, class_of, classes, table, words

UNITS: Table[int] = table("numbers.units")
TENS: Table[int] = table("numbers.tens")
SCALES: Table[int] = table("numbers.scales")
FRACTIONS: Table[int] = table("numbers.fractions")
SHORT_SCALES: Table[int] = table("numbers.short_scales")
BEHIND_A_GUESS = words("numbers.behind_a_guess")
VAGUE = words("numbers.vague")
VAGUE_AFTER_A = words("numbers.vague_after_a")
BOUNDS = classes("numbers.bounds")
DIGITS = re.compile(r"\d{1,3}(?:,\d{2,3})+|\d{1,12}(?:\.\d{1,3})?")
SHORTENED = re.compile(rf"({DIGITS.pattern})([a-z]{{1,2}})")
AND_A_HALF = ("and", "a", "half")
LARGEST = 10**10
PERIOD = re.compile(
    r"\b(?:so far (?:this|in)|(?<!earlier )(?<!later )(?<!early )(?<!late )this (?:year|decade|season)|year to date"
    r"|(?:in|over|during|within) the (?:past|last|previous) (?:\w+ ){0,3}?(?:months|years?|decades?)"
    r"|(?:in|over|during|within) the first (?:\w+ ){0,3}?(?:days|weeks|months) of (?:the year|\d{4})"
    r"|(?:per|each|every) (?:year|month|week|day)|annually)\b"
)
"""A protest that goes on for weeks is one event with one toll: spells of that length are no such period."""


def _by_first_word() -> dict[str, list[tuple[str, ...]]]:
    """The phrases that bound a number, by their first word, the longest first."""
    phrases = (tuple(phrase.split()) for members in BOUNDS.values() for phrase in members)
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
        found.setdefault(phrase[0], []).append(phrase)
    return found


_BOUNDING = Made(_by_first_word)


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


def is_shortened(word: str) -> bool:
    """Whether the word is a figure with a letter that multiplies it ("10k")."""
    told = SHORTENED.fullmatch(word)
    return told is not None and told[2] in SHORT_SCALES


def find_periods(words: Sequence[str]) -> tuple[int, ...]:
    """The last word of each phrase for a time over which numbers add up ("so far this year", "each month")."""
    text = " ".join(words)
    return tuple(text.count(" ", 0, match.end()) for match in PERIOD.finditer(text))


def _number(words: Sequence[str], at: int) -> Number | None:
    if words[at] == "between":
        low = _value(words, at + 1)
        if low and low[1] < len(words) and words[low[1]] == "and":
            high = _value(words, low[1] + 1)
            if high and low[0] <= high[0]:
                return Number(at, high[1], _in_scale(words, at + 1, low, high), None, high[0])
        return None
    bound, after = _bound(words, at)
    value = _value(words, after)
    if value is None:
        vague = _vague(words, after)
        return Number(at, vague, None, None, None) if vague is not None else None
    number, end = value
    if end + 1 < len(words) and words[end] in {"to", "-", "–", "or"}:
        upper = _value(words, end + 1)
        lower = _in_scale(words, after, value, upper) if upper else number
        if upper and lower < upper[0] <= lower * 100 and not (words[end] == "to" and upper[0] > lower * 10):
            return Number(at, upper[1], lower, None, upper[0])
    if tuple(words[end : end + 1]) == ("-",) and end + 1 < len(words) and words[end + 1] in BEHIND_A_GUESS:
        return Number(at, end + 2, None, number, None)
    if end < len(words) and words[end] == "plus":
        return Number(at, end + 1, number, number, None)
    dozen = words[end - 1] == "dozen" and number in {6, 12}
    return Number(at, end, *_bounds(bound, number, dozen))


def _in_scale(words: Sequence[str], at: int, low: tuple[int, int], high: tuple[int, int]) -> int:
    """The lower end of a range, in the scale that the upper one alone tells ("two to three thousand")."""
    scale = 1
    for word in words[low[1] + 1 : high[1]]:
        scale *= SCALES.get(word, 1)
    told = any(word in SCALES for word in words[at : low[1]])
    return low[0] if told or low[0] * scale >= high[0] else low[0] * scale


def _bounds(bound: str | None, number: int, dozen: bool) -> tuple[int | None, int | None, int | None]:
    if bound == "least":
        return number, number, None
    if bound == "most":
        return None, number, number
    if bound == "below":
        return None, None, number
    if bound == "guess" or dozen:
        return None, number, None
    return number, number, number


def _bound(words: Sequence[str], at: int) -> tuple[str | None, int]:
    """The bound that words at ``at`` make, and where they end; after a guess a second one counts ("about at least")."""
    bound: str | None = None
    for _ in range(2):
        phrases = _BOUNDING().get(words[at], ())
        phrase = next((p for p in phrases if tuple(words[at : at + len(p)]) == p), None)
        if phrase is None:
            break
        bound, at = class_of("numbers.bounds", " ".join(phrase)), at + len(phrase)
        if bound != "guess" or at >= len(words):
            break
    return bound, at


def _vague(words: Sequence[str], at: int) -> int | None:
    if at >= len(words):
        return None
    if words[at] == "a" and at + 1 < len(words) and words[at + 1] in VAGUE_AFTER_A:
        if words[at + 1] == "number" and words[at + 2 : at + 3] != ["of"]:
            return None
        end = at + 2
        of = end + 1 if tuple(words[end : end + 1]) == ("of",) else end  # "a couple of hundred"
        return of + 1 if of < len(words) and words[of] in SCALES else end
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
    fraction = _fraction(words, at)
    if fraction is not None:
        return fraction
    if word in {"a", "an"} and at + 1 < len(words) and words[at + 1] in SCALES:
        return _scaled(1.0, words, at + 1)
    if word == "a" and tuple(words[at + 1 : at + 2]) == ("couple",):
        scaled = any(following in SCALES for following in words[at + 2 : at + 4])
        return None if scaled else (2, at + 2)
    if DIGITS.fullmatch(word):
        return _scaled(float(word.replace(",", "")), words, at + 1)
    shortened = SHORTENED.fullmatch(word)
    if shortened and is_shortened(word):
        return round(float(shortened[1].replace(",", "")) * SHORT_SCALES[shortened[2]]), at + 1
    total = _below_hundred(words, at)
    return _scaled(float(total[0]), words, total[1]) if total else None


def _fraction(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """As in "half a dozen", "a quarter of a million" and "half a million"."""
    at += words[at] == "a"
    if at >= len(words) or words[at] not in FRACTIONS:
        return None
    end = at + 1
    for between in ("of", "a"):
        end += tuple(words[end : end + 1]) == (between,)
    if end >= len(words) or words[end] not in SCALES:
        return None
    return SCALES[words[end]] // FRACTIONS[words[at]], end + 1


def _below_hundred(words: Sequence[str], at: int) -> tuple[int, int] | None:
    word = words[at]
    if word in UNITS:
        return UNITS[word], at + 1
    if word in TENS:
        end = at + 1
        if end < len(words) and words[end] == "-":
            end += 1
        if end < len(words) and 1 <= UNITS.get(words[end], 0) <= 9:
            return TENS[word] + UNITS[words[end]], end + 1
        return TENS[word], at + 1
    if "-" in word:
        first, _, second = word.partition("-")
        if first in TENS and 1 <= UNITS.get(second, 0) <= 9:
            return TENS[first] + UNITS[second], at + 1
    return None


def _scaled(value: float, words: Sequence[str], at: int) -> tuple[int, int] | None:
    if at < len(words) and words[at] in SHORT_SCALES:
        value, at = value * SHORT_SCALES[words[at]], at + 1
    if tuple(words[at : at + 3]) == AND_A_HALF and at + 3 < len(words) and words[at + 3] in SCALES:
        value, at = value + 0.5, at + 3
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
