"""The words of English dates, and the small patterns that the rules are put together from."""

from __future__ import annotations

import re
from fractions import Fraction

GAP = r"(?:[^\S\n]{1,4}(?:\n[^\S\n]{0,4})?|\n[^\S\n]{0,4})"
"""Space between the words of one date: never an empty line, never long (a megabyte of blanks is no date)."""
HYPHEN = r"[-‐‑‒–]"
JOIN = rf"(?:{HYPHEN}|{GAP})"
APOSTROPHE = r"['’ʼ`‘]"

_MONTH_NAMES = ("january february march april may june july august september october november december").split()
MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)} | {
    short: number
    for number, shorts in enumerate(
        ["jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec"], 1
    )
    for short in shorts.split()
}
MONTH_NAME = "|".join(_MONTH_NAMES)
MONTH_SHORT = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
MONTH_ANY = rf"(?:{MONTH_NAME}|{MONTH_SHORT})"

_WEEKDAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAYS = {name: number for number, name in enumerate(_WEEKDAY_NAMES)} | {
    short: number
    for number, shorts in enumerate(["mon", "tue tues", "wed", "thu thur thurs", "fri", "sat", "sun"])
    for short in shorts.split()
}
WEEKDAY_NAME = "|".join(_WEEKDAY_NAMES)
WEEKDAY_ANY = rf"(?:{WEEKDAY_NAME}|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?)"

UNIT = r"(?:seconds?|minutes?|hours?|days?|weeks?|fortnights?|months?|quarters?|years?|decades?|century|centuries)"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
PART_OF_DAY = r"(?:morning|afternoon|evening|night)"
PARTS_OF_DAY = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINAL_ONES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
).split()
_NUMBERS = {word: number for number, word in enumerate(_ONES, 1)} | {
    word: number * 10 for number, word in enumerate(_TENS, 2)
}
_ORDINALS = {word: number for number, word in enumerate(_ORDINAL_ONES, 1)} | {
    "twentieth": 20,
    "thirtieth": 30,
    "last": -1,
    "final": -1,
}
_SCALES = {"hundred": 100, "thousand": 1000, "dozen": 12}
_NUMBER_WORD = rf"(?:{'|'.join(sorted((*_ONES, *_TENS), key=len, reverse=True))})"
NUMBER_WORDS = rf"(?:{_NUMBER_WORD}(?:{JOIN}(?:{_NUMBER_WORD}|hundred|thousand|dozen)\b){{0,4}})"
ORDINAL_WORD = rf"(?:(?:twenty|thirty){JOIN})?(?:{'|'.join(_ORDINAL_ONES)}|twentieth|thirtieth)"
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)\b|{ORDINAL_WORD}\b)"
DAY_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d|%|[.,:]\d)"
YEAR = r"(?:1\d{3}|20\d{2}|2100)(?![\d%]|[.,:]\d)"
SPOKEN_YEAR = (
    rf"(?:(?:eighteen|nineteen|twenty){GAP}(?:{'|'.join((*_TENS, *_ONES[9:]))}|oh)"
    rf"(?:{JOIN}(?:{'|'.join(_ONES[:9])})\b)?"
    rf"|two{GAP}thousand(?:{GAP}(?:and{GAP})?(?:{'|'.join(_ONES[::-1])})\b)?)"
)
VAGUE_NUMBER = rf"(?:(?:a{GAP})?(?:few|several|some)|many|a{GAP}number{GAP}of|a{GAP}handful{GAP}of|dozens{GAP}of)"
EXACT_NUMBER = (
    rf"(?:\d{{1,4}}{GAP}[1-3]/[2-4]|\d{{1,4}}(?:[.,]\d{{1,3}})?(?:½|¼|¾)?|{NUMBER_WORDS}(?:{JOIN}and{JOIN}a{JOIN}half)?"
    rf"|a{GAP}(?:couple{GAP}(?:of)?|dozen|hundred|thousand)|half{GAP}(?:a|an)|an?{JOIN}half|an?)"
)
NUMBER = rf"(?:{EXACT_NUMBER}|{VAGUE_NUMBER})"

PORTION = (
    rf"(?P<portion>(?:earlier|later|early|late|sometime)(?:{GAP}(?:in|on))?{GAP}(?:the{GAP})?"
    rf"|(?:the{GAP})?mid(?:[-‐‑‒–]|{GAP})?"
    rf"|the{GAP}(?:very{GAP})?(?:earl(?:y|ier)|late(?:r)?|beginning|start|middle|end|rest|first{GAP}part"
    rf"|latter{GAP}part|close)(?:{GAP}of)?{GAP}(?:the{GAP})?)"
)
APPROXIMATE = rf"(?P<approximate>(?:about|around|approximately|roughly|circa|some(?:where)?{GAP}around){GAP})"

_FRACTION = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}


def words(text: str) -> list[str]:
    """The words and numbers of a phrase, lower case, without hyphens and full stops."""
    return re.findall(r"[^\W_]+", text.lower())


def month_number(text: str) -> int:
    """1 to 12 for a month's name or its abbreviation, with or without a full stop."""
    return MONTHS[text.lower().rstrip(".")]


def weekday_number(text: str) -> int:
    """0 (Monday) to 6 for a weekday's name or its abbreviation."""
    lower = text.lower().rstrip(".")
    return WEEKDAYS[lower if lower in WEEKDAYS else lower.removesuffix("s")]


def unit_name(text: str) -> str:
    """The unit in the singular."""
    lower = text.lower()
    if lower.startswith("centur"):
        return "century"
    return lower.removesuffix("s")


def ordinal_number(text: str) -> int | None:
    """``3rd``, ``third``, ``twenty-third``; -1 for ``last``."""
    if digits := re.match(r"\d+", text):
        return int(digits[0])
    total = 0
    for word in words(text):
        if word in _ORDINALS:
            return total + _ORDINALS[word]
        total += _NUMBERS.get(word, 0)
    return None


def spoken_year(text: str) -> int | None:
    """``nineteen ninety-six``, ``two thousand``, ``two thousand three``."""
    parts = [w for w in words(text) if w != "and"]
    if parts[:2] == ["two", "thousand"]:
        return 2000 + sum(_NUMBERS.get(w, 0) for w in parts[2:])
    return _NUMBERS[parts[0]] * 100 + sum(_NUMBERS.get(w, 0) for w in parts[1:])


def number_value(text: str) -> Fraction | None:
    """The number a phrase says, or None where it is vague ("several", "a few")."""
    text = text.strip().lower()
    if match := re.match(r"(\d+)\s+(\d)/(\d)", text):
        return int(match[1]) + Fraction(int(match[2]), int(match[3]))
    if match := re.match(r"\d+(?:[.,]\d+)?", text):
        digits = re.sub(r",(?=\d{3}$)", "", match[0]).replace(",", ".")
        return Fraction(digits) + _FRACTION.get(text[match.end() :], 0)
    parts = words(text)
    if set(parts) & {"few", "several", "some", "many", "number", "handful", "dozens"}:
        return None
    if "half" in parts:
        rest = [w for w in parts if w not in ("half", "and", "a", "an")]
        return _spoken_number(rest) + Fraction(1, 2)
    if "couple" in parts:
        return Fraction(2)
    return _spoken_number(parts)


def _spoken_number(parts: list[str]) -> Fraction:
    total = current = 0
    for word in parts:
        if word in ("a", "an"):
            current = 1
        elif word in _NUMBERS:
            current += _NUMBERS[word]
        elif word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if word == "thousand":
                total, current = total + current, 0
    return Fraction(total + current)


def year_number(text: str) -> int | None:
    """A year in digits, in words, or cut short (``'98``)."""
    if digits := re.fullmatch(r"\d{4}", text):
        return int(digits[0])
    if digits := re.search(r"\d\d$", text):
        short = int(digits[0])
        return 1900 + short if short >= 40 else 2000 + short
    return spoken_year(text)
